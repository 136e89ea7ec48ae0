use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "placement_item")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub placement_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i64,
    pub person_id: Uuid,
    pub words: String,
    pub day: Option<Date>,
    pub by_id: Option<Uuid>,
}

impl ActiveModelBehavior for ActiveModel {}
