use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "concern_cover")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub route: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i64,
    pub answer_within: i64,
    pub there: String,
    pub out_of_hours: String,
    pub outside: String,
    pub by_id: Uuid,
    pub at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
