use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "concern_unanswered")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub concern_id: Uuid,
    pub at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
