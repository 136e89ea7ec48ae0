use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "link")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub hash: Vec<u8>,
    pub person_id: Uuid,
    pub purpose: String,
    pub email: Option<String>,
    pub made_at: i64,
    pub used_at: Option<i64>,
    pub next: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
