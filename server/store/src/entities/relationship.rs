use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "relationship")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub kind: String,
    pub holder_id: Uuid,
    pub person_id: Uuid,
    pub organisation_id: Uuid,
    pub from_on: Date,
    pub to_on: Option<Date>,
}

impl ActiveModelBehavior for ActiveModel {}
