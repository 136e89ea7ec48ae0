use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "competence")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub framework_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    pub position: i64,
    pub title: String,
    pub domain: String,
    pub need: String,
    pub optional: bool,
    pub lived_experience: bool,
    pub parent: Option<String>,
    pub indicators: String,
    pub courses: String,
}

impl ActiveModelBehavior for ActiveModel {}
