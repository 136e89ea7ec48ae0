use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "session_proof")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub session_id: Uuid,
    pub second_factor_at: Option<i64>,
    pub stepped_up_at: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
