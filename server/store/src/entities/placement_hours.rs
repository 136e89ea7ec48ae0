use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "placement_hours")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub placement_id: Uuid,
    pub person_id: Uuid,
    pub activity: String,
    pub day: Date,
    pub minutes: i64,
    pub site_id: Uuid,
    pub words: String,
    pub state: String,
    pub corrects_id: Option<Uuid>,
    pub question: String,
    pub revision: i64,
    pub agreed_by: Option<Uuid>,
    pub agreed_at: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
