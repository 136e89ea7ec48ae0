use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "training_criterion")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub round_id: Uuid,
    pub position: i64,
    pub words: String,
    pub need: String,
    pub equivalence: bool,
    pub lived: bool,
    pub willing: bool,
}

impl ActiveModelBehavior for ActiveModel {}
