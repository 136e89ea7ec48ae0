use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "plan")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: Uuid,
    pub hopes: String,
    pub helps: String,
    pub hinders: String,
    pub revision: i64,
    pub changed_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
