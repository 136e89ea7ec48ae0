use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "course_adoption")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub course_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i64,
    pub adopted_on: Date,
    pub lived_by: Uuid,
    pub lived_as: Option<String>,
    pub profession_by: Uuid,
    pub profession_as: Option<String>,
    pub safety_by: Option<Uuid>,
    pub safety_as: Option<String>,
    pub review_by: Option<Date>,
}

impl ActiveModelBehavior for ActiveModel {}
