use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "supervision_arrangement")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub organisation_id: Uuid,
    pub strand: String,
    pub supervisor_id: Uuid,
    pub comes_from_id: Uuid,
    pub supervisee_id: Option<Uuid>,
    pub group_name: String,
    pub from_on: Date,
    pub ended_on: Option<Date>,
    pub made_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
