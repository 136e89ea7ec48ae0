use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "vetting_role")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: String,
    pub revision: i64,
    pub level: Option<String>,
    pub workforce: Option<String>,
    pub barred_list: bool,
    pub reason: String,
    pub repeat_months: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
