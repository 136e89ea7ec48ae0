use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "engagement")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub person_id: Uuid,
    pub organisation_id: Uuid,
    pub kind: String,
    pub basis: Option<String>,
    pub service_id: Option<Uuid>,
    pub team_id: Option<Uuid>,
    pub from_on: Date,
    pub to_on: Option<Date>,
    pub away_from: Option<Date>,
    pub away_to: Option<Date>,
}

impl ActiveModelBehavior for ActiveModel {}
