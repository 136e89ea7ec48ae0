use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "requirement_exemption")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub organisation_id: Uuid,
    pub person_id: Uuid,
    pub requirement_id: Uuid,
    pub why: String,
    pub from_on: Date,
    pub until_on: Date,
    pub by_person: Uuid,
    pub made_at: i64,
    pub back_by: Option<Uuid>,
    pub back_why: Option<String>,
    pub back_on: Option<Date>,
}

impl ActiveModelBehavior for ActiveModel {}
