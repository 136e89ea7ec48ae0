use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "placement_ended")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub placement_id: Uuid,
    pub person_id: Uuid,
    pub ended_on: Date,
    pub was_to: Date,
    pub why: String,
    pub by_id: Uuid,
    pub made_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
