use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "placement_signature")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub placement_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub paper: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub side: String,
    pub person_id: Uuid,
    pub hash: String,
    pub by_id: Uuid,
    pub name: String,
    pub at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
