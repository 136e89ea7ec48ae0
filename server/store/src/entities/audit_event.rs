use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_event")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub sequence: i64,
    pub at: i64,
    pub actor: Option<Uuid>,
    pub action: String,
    pub subject: Option<Uuid>,
    pub about: Option<Uuid>,
    pub organisation: Option<Uuid>,
    pub restricted_until: Option<Date>,
    pub restricted_reason: Option<String>,
    pub detail_hash: Option<Vec<u8>>,
    pub previous: Vec<u8>,
    pub hash: Vec<u8>,
}

impl ActiveModelBehavior for ActiveModel {}
