use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "supervision_planned")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub arrangement_id: Uuid,
    pub plan_id: Uuid,
    pub number: i64,
    pub day: Date,
    pub time: i64,
    pub starts: i64,
    pub first_starts: i64,
    pub minutes: i64,
    pub place: String,
    pub link: String,
    pub made_by: Uuid,
    pub made_at: i64,
    pub changed_at: i64,
    pub off: Option<String>,
    pub why: Option<String>,
    pub off_by: Option<Uuid>,
    pub session_id: Option<Uuid>,
}

impl ActiveModelBehavior for ActiveModel {}
