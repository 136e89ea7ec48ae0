use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "training_interest")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub organisation_id: Uuid,
    pub email: String,
    pub known_as: String,
    pub role: String,
    pub consent: i64,
    pub person_id: Option<Uuid>,
    pub confirmed_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
