use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "help_line")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i64,
    pub label: String,
    pub detail: String,
    pub link: Option<String>,
    pub source: String,
    pub verified_on: Date,
}

impl ActiveModelBehavior for ActiveModel {}
