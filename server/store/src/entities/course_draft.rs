use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "course_draft")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub slug: String,
    pub course_id: Option<Uuid>,
    pub based_on: i64,
    pub hash: Vec<u8>,
    pub outline: String,
    pub outline_revision: i64,
    pub changed_at: i64,
    pub took: Option<Vec<u8>>,
}

impl ActiveModelBehavior for ActiveModel {}
