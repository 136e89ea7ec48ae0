use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "placement_paper")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub placement_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub paper: String,
    pub words: String,
    pub text: String,
    pub hash: String,
    pub made_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
