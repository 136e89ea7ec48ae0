use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "training_answer")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub application_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub criterion_id: Uuid,
    pub evidence: String,
    pub title: String,
    pub body: String,
    pub year: Option<i64>,
    pub valid_until: Option<Date>,
    pub seen_by: String,
    pub equivalence: String,
    pub lived: Option<bool>,
    pub willing_by: Option<Date>,
    pub revision: i64,
    pub changed_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
