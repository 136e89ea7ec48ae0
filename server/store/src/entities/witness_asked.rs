use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "witness_asked")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub person_id: Uuid,
    pub framework_id: Uuid,
    pub known_as: Option<String>,
    pub email: Option<String>,
    pub hash: Vec<u8>,
    pub serves: String,
    pub made_at: i64,
    pub ending: Option<String>,
    pub evidence_id: Option<Uuid>,
}

impl ActiveModelBehavior for ActiveModel {}
