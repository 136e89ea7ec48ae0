use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "evidence_file")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub evidence_id: Uuid,
    pub kind: String,
    pub media: String,
    pub bytes: i64,
    pub sha256: Vec<u8>,
}

impl ActiveModelBehavior for ActiveModel {}
