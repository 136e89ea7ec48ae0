use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "training_round")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub organisation_id: Uuid,
    pub name: String,
    pub sentence: String,
    pub opens_on: Date,
    pub closes_on: Date,
    pub places: i64,
    pub role: String,
    pub revision: i64,
    pub criteria: i64,
    pub opened_at: Option<i64>,
    pub made_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
