use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "policy_edition")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub requirement_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub edition: i64,
    pub from_on: Date,
    pub last_edition: Option<i64>,
    pub last_on: Option<Date>,
    pub title: String,
    pub words: Option<String>,
    pub link: Option<String>,
    pub changed: String,
    pub text: String,
    pub hash: String,
    pub made_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
