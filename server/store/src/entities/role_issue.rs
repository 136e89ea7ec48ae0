use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "role_issue")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub role_id: Uuid,
    pub version: i64,
    pub hash: String,
    pub person_id: Uuid,
    pub organisation_id: Uuid,
    pub by_id: Uuid,
    pub issued_at: i64,
    pub state: String,
    pub by_person: bool,
    pub by_manager: bool,
    pub acts: i64,
}

impl ActiveModelBehavior for ActiveModel {}
