use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "role_act")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub issue_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i64,
    pub person_id: Uuid,
    pub act: String,
    pub by_id: Uuid,
    pub hash: Option<String>,
    pub name: String,
    pub words: String,
    pub at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
