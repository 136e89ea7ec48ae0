use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "role_profile")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub organisation_id: Uuid,
    pub title: String,
    pub description: String,
    pub essential: String,
    pub desirable: String,
    pub framework_id: Option<Uuid>,
    pub band: String,
    pub minutes: Option<i64>,
    pub checks: String,
    pub training: String,
    pub revision: i64,
}

impl ActiveModelBehavior for ActiveModel {}
