use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "plan_share")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub tutor_id: Uuid,
    pub organisation_id: Uuid,
    pub from_on: Date,
    pub courses: bool,
}

impl ActiveModelBehavior for ActiveModel {}
