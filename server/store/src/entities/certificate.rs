use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "certificate")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub person_id: Uuid,
    pub course_id: Uuid,
    pub code: String,
    pub shows: String,
    pub statement: Option<String>,
    pub made_at: i64,
    pub withdrawn_at: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
