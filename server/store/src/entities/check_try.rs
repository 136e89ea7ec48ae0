use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "check_try")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub course_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub lesson: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub question: String,
    pub first: String,
    pub latest: String,
    pub first_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
