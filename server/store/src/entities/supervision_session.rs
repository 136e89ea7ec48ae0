use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "supervision_session")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub arrangement_id: Uuid,
    pub day: Date,
    pub began: i64,
    pub minutes: i64,
    pub number: i64,
    pub made_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
