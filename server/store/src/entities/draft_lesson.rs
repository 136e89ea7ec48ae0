use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "draft_lesson")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub draft: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub slug: String,
    pub position: i64,
    pub source: String,
    pub revision: i64,
}

impl ActiveModelBehavior for ActiveModel {}
