use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_head")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub day: Date,
    pub sequence: i64,
    pub hash: Vec<u8>,
    pub kid: String,
    pub signature: Vec<u8>,
}

impl ActiveModelBehavior for ActiveModel {}
