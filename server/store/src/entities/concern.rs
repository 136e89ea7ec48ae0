use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "concern")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub organisation_id: Uuid,
    pub route: String,
    pub by_id: Uuid,
    pub at: i64,
    pub knows: Option<String>,
    pub due_at: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
