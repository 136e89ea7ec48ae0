use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "plan_goal")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub person_id: Uuid,
    pub words: String,
    pub notice: String,
    pub heading: Option<String>,
    pub state: String,
    pub state_since: Date,
    pub revision: i64,
    pub made_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
