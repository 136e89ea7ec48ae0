use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "course_proposal")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub course_id: Uuid,
    pub hash: Vec<u8>,
    pub outline: String,
    pub came_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
