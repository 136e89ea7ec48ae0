use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "feedback_round")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub through: Date,
    #[sea_orm(primary_key, auto_increment = false)]
    pub course_id: Uuid,
    pub since: Option<Date>,
    pub answers: i64,
}

impl ActiveModelBehavior for ActiveModel {}
