use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "requirement_part")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub requirement_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i64,
    pub name: String,
}

impl ActiveModelBehavior for ActiveModel {}
