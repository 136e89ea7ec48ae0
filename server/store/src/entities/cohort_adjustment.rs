use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "cohort_adjustment")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub cohort_id: Uuid,
    pub person_id: Uuid,
    pub percent: i64,
    pub why: String,
    pub by_person: Uuid,
    pub made_on: Date,
}

impl ActiveModelBehavior for ActiveModel {}
