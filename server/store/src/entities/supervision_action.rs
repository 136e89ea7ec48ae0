use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "supervision_action")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub arrangement_id: Uuid,
    pub session_id: Uuid,
    pub what: String,
    pub owner_id: Uuid,
    pub due_on: Date,
    pub is_shareable: bool,
    pub made_at: i64,
    pub done_at: Option<i64>,
    pub done_by: Option<Uuid>,
}

impl ActiveModelBehavior for ActiveModel {}
