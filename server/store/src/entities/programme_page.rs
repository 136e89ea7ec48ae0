use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "programme_page")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub programme_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: String,
    pub position: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub slug: String,
    pub source: String,
}

impl ActiveModelBehavior for ActiveModel {}
