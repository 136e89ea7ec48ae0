use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "cohort")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub organisation_id: Uuid,
    pub programme_id: Uuid,
    pub programme_version: i64,
    pub name: String,
    pub places: i64,
    pub least_percent: i64,
    pub begun_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
