use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "framework_version")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub framework_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i64,
    pub licence: String,
    pub source: String,
    pub made_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
