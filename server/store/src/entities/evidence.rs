use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "evidence")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub person_id: Uuid,
    pub by_id: Uuid,
    pub kind: String,
    pub title: String,
    pub words: String,
    pub made_at: i64,
    pub withdrawn_at: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
