use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "placement_rung")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub placement_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub rung: String,
    pub person_id: Uuid,
    pub day: Date,
    pub guide_id: Uuid,
    pub by_id: Uuid,
    pub why: String,
    pub at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
