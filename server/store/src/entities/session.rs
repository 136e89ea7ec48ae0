use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "session")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub person_id: Uuid,
    pub kind: String,
    pub device: String,
    pub began_at: i64,
    pub last_used_at: i64,
    pub ended_at: Option<i64>,
    pub proved_generation: Option<i64>,
    pub proved_token: Option<Vec<u8>>,
}

impl ActiveModelBehavior for ActiveModel {}
