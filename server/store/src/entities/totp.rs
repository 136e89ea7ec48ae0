use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "totp")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: Uuid,
    pub secret: Vec<u8>,
    pub last_step: i64,
    pub set_up_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
