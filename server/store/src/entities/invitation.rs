use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invitation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub organisation_id: Uuid,
    pub email: String,
    pub hash: Vec<u8>,
    pub made_by: Option<Uuid>,
    pub made_at: i64,
    pub withdrawn_at: Option<i64>,
    pub accepted_at: Option<i64>,
    pub accepted_by: Option<Uuid>,
}

impl ActiveModelBehavior for ActiveModel {}
