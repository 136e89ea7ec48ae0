use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "cohort_mark")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub session_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: Uuid,
    pub cohort_id: Uuid,
    pub mark: String,
    pub minutes: Option<i64>,
    pub caught_up: bool,
}

impl ActiveModelBehavior for ActiveModel {}
