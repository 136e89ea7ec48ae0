use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "directory")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub filed_under: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: Uuid,
    pub leads: bool,
}

impl ActiveModelBehavior for ActiveModel {}
