use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "plan_review")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub person_id: Uuid,
    pub held_on: Date,
    pub company: String,
    pub went_well: String,
    pub changes: String,
    pub revision: i64,
    pub made_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
