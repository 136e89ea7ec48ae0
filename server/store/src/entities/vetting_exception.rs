use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "vetting_exception")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub organisation_id: Uuid,
    pub person_id: Uuid,
    pub kind: String,
    pub guide_id: Uuid,
    pub duties: String,
    pub from_on: Date,
    pub until_on: Date,
    pub by_person: Uuid,
    pub made_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
