use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "cohort_session")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub cohort_id: Uuid,
    pub position: i64,
    pub slug: String,
    pub minutes: i64,
    pub held_on: Date,
    pub begins: i64,
    pub place: String,
    pub link: String,
    pub is_off: bool,
    pub register: i64,
    pub kept_on: Option<Date>,
}

impl ActiveModelBehavior for ActiveModel {}
