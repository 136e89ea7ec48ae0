use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "feedback")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub course_id: Uuid,
    pub term: Date,
    pub good: Option<String>,
    pub tell: Option<String>,
    pub welcome: Option<String>,
    pub through: Option<Date>,
}

impl ActiveModelBehavior for ActiveModel {}
