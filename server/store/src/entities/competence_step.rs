use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "competence_step")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub framework_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i64,
    pub version: i64,
    pub state: String,
    pub by_id: Uuid,
    pub comment: String,
    pub day: Option<Date>,
    pub level: Option<String>,
    pub at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
