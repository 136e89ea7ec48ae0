use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "vetting_check")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub organisation_id: Uuid,
    pub person_id: Uuid,
    pub level: String,
    pub workforce: Option<String>,
    pub barred_list: bool,
    pub issued_on: Date,
    pub updated_on: Option<Date>,
    pub outcome: String,
    pub by_person: Uuid,
    pub made_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
