use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "requirement_version")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub requirement_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i64,
    pub from_on: Date,
    pub title: String,
    pub level: i64,
    pub rule: String,
    pub months: Option<i64>,
    pub minutes: Option<i64>,
    pub weeks: i64,
    pub accepts_others: bool,
    pub made_at: i64,
    pub before_start: bool,
}

impl ActiveModelBehavior for ActiveModel {}
