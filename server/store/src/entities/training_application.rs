use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "training_application")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub round_id: Uuid,
    pub criteria: i64,
    pub person_id: Uuid,
    pub state: String,
    pub was: Option<String>,
    pub is_sent: bool,
    pub has_talked: bool,
    pub asks: bool,
    pub arranger_id: Option<Uuid>,
    pub decided_by: Option<Uuid>,
    pub steps: i64,
    pub made_at: i64,
    pub changed_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
