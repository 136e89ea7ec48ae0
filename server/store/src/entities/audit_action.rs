use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_action")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub action: String,
}

impl ActiveModelBehavior for ActiveModel {}
