use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "course_signature")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub draft: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub side: String,
    pub person_id: Uuid,
    pub hash: Vec<u8>,
    pub shows_name: bool,
    pub review_by: Option<Date>,
    pub signed_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
