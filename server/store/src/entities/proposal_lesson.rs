use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "proposal_lesson")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub course_id: Uuid,
    pub position: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub slug: String,
    pub source: String,
}

impl ActiveModelBehavior for ActiveModel {}
