use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "supervision_agreement")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub arrangement_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i64,
    pub every: i64,
    pub unit: String,
    pub minutes: i64,
    pub times_a_year: Option<i64>,
    pub pro_rata: bool,
    pub grace_days: i64,
    pub from_on: Date,
    pub place: String,
    pub ground_rules: String,
    pub confidentiality: String,
    pub limits: String,
    pub missed: String,
    pub review_on: Date,
    pub ends_on: Option<Date>,
    pub text: String,
    pub hash: String,
    pub by_id: Uuid,
    pub made_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
