use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "placement")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub organisation_id: Uuid,
    pub person_id: Uuid,
    pub supervisor_id: Uuid,
    pub site_id: Uuid,
    pub cohort_id: Option<Uuid>,
    pub from_on: Date,
    pub to_on: Date,
    pub made_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
