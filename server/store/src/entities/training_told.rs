use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "training_told")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub interest_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub round_id: Uuid,
}

impl ActiveModelBehavior for ActiveModel {}
