use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "feedback_spread")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub through: Date,
    #[sea_orm(primary_key, auto_increment = false)]
    pub course_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub question: String,
    pub answers: i64,
    pub said_yes: Option<i64>,
    pub said_partly: Option<i64>,
    pub said_no: Option<i64>,
    pub left_open: Option<i64>,
    pub most: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
