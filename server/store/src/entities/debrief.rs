use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "debrief")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub organisation_id: Uuid,
    pub person_id: Uuid,
    pub of_id: Uuid,
    pub soon: String,
    pub at: i64,
    pub became: Option<String>,
    pub answered_by: Option<Uuid>,
    pub answered_at: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
