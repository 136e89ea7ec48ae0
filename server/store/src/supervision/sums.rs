//! The hours that sessions come to.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::people::PersonId;
use domain::supervision::arrangement::ArrangementId;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::sessions::presence_counts;
use crate::entities::{supervision_presence, supervision_session};
use crate::{Db, Result};

/// How many sessions somebody came to, and for how many minutes, in each pair or group since a day.
///
/// # Errors
/// When the database does not answer.
pub async fn came_to(
    db: &Db,
    person: PersonId,
    since: NaiveDate,
) -> Result<BTreeMap<ArrangementId, (i64, i64)>> {
    use supervision_presence::Column;
    let sums: Vec<(Uuid, i64, i64)> = supervision_presence::Entity::find()
        .select_only()
        .column(Column::ArrangementId)
        .column_as(Column::SessionId.count(), "sessions")
        .column_as(Column::Minutes.sum().cast_as("bigint"), "minutes")
        .filter(Column::PersonId.eq(person.as_uuid()))
        .filter(Column::Day.gte(since))
        .filter(Column::Minutes.gt(0))
        .filter(Expr::exists(presence_counts()))
        .group_by(Column::ArrangementId)
        .into_tuple()
        .all(&db.read)
        .await?;
    Ok(by_arrangement(sums))
}

/// How many sessions took place in each of some pairs and groups since a day, and for how many minutes.
///
/// # Errors
/// When the database does not answer.
pub async fn took_place(
    db: &Db,
    arrangements: &[ArrangementId],
    since: NaiveDate,
) -> Result<BTreeMap<ArrangementId, (i64, i64)>> {
    use supervision_session::Column;
    if arrangements.is_empty() {
        return Ok(BTreeMap::new());
    }
    let sums: Vec<(Uuid, i64, i64)> = supervision_session::Entity::find()
        .select_only()
        .column(Column::ArrangementId)
        .column_as(Column::Id.count(), "sessions")
        .column_as(Column::Minutes.sum().cast_as("bigint"), "minutes")
        .filter(Column::ArrangementId.is_in(arrangements.iter().map(|it| it.as_uuid())))
        .filter(Column::Day.gte(since))
        .group_by(Column::ArrangementId)
        .into_tuple()
        .all(&db.read)
        .await?;
    Ok(by_arrangement(sums))
}

fn by_arrangement(sums: Vec<(Uuid, i64, i64)>) -> BTreeMap<ArrangementId, (i64, i64)> {
    sums.into_iter()
        .map(|(id, sessions, minutes)| (ArrangementId::from_uuid(id), (sessions, minutes)))
        .collect()
}
