use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "role_version")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub role_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i64,
    pub title: String,
    pub description: String,
    pub essential: String,
    pub desirable: String,
    pub essential_word: String,
    pub desirable_word: String,
    pub framework_id: Option<Uuid>,
    pub framework_version: Option<i64>,
    pub framework_title: String,
    pub band: String,
    pub minutes: Option<i64>,
    pub checks: String,
    pub training: String,
    pub text: String,
    pub hash: String,
    pub by_id: Uuid,
    pub made_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
