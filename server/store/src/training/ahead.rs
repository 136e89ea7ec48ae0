//! What comes next for somebody: sessions of their groups, and registers that wait to be kept.

use chrono::NaiveDate;
use domain::people::PersonId;
use domain::training::cohort::{CohortId, PlaceState};
use sea_orm::sea_query::{Query, SimpleExpr};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use uuid::Uuid;

use super::cohorts::{Cohort, CohortSession, cohorts};
use crate::entities::{cohort_place, cohort_session, cohort_tutor};
use crate::{Db, Result};

/// A session with the group that holds it.
pub type Ahead = (CohortSession, Cohort);

/// The next sessions of the groups in which somebody takes part, from a day on. Who holds them is not among it.
///
/// # Errors
/// When the database does not answer, or holds what the rules do not know.
pub async fn sessions_of(db: &Db, person: PersonId, from: NaiveDate, limit: u64) -> Result<Vec<Ahead>> {
    use cohort_place::Column;
    let theirs = Query::select()
        .column(Column::CohortId)
        .from(cohort_place::Entity)
        .and_where(Column::PersonId.eq(person.as_uuid()))
        .and_where(Column::State.eq(PlaceState::Here.as_str()))
        .to_owned();
    let found = taking_place(cohort_session::Column::CohortId.in_subquery(theirs))
        .filter(cohort_session::Column::HeldOn.gte(from))
        .order_by_asc(cohort_session::Column::HeldOn)
        .order_by_asc(cohort_session::Column::Begins);
    with_groups(db, found.limit(limit)).await
}

/// The sessions of the groups that somebody holds whose register has not been kept, up to a day, the latest first.
///
/// # Errors
/// When the database does not answer, or holds what the rules do not know.
pub async fn registers_of(db: &Db, tutor: PersonId, to: NaiveDate, limit: u64) -> Result<Vec<Ahead>> {
    use cohort_tutor::Column;
    let held: Vec<Uuid> = cohort_tutor::Entity::find()
        .select_only()
        .column(Column::CohortId)
        .filter(Column::PersonId.eq(tutor.as_uuid()))
        .into_tuple()
        .all(&db.read)
        .await?;
    if held.is_empty() {
        return Ok(Vec::new());
    }
    let found = taking_place(cohort_session::Column::CohortId.is_in(held))
        .filter(cohort_session::Column::HeldOn.lte(to))
        .filter(cohort_session::Column::Register.eq(0))
        .order_by_desc(cohort_session::Column::HeldOn)
        .order_by_desc(cohort_session::Column::Begins);
    with_groups(db, found.limit(limit)).await
}

fn taking_place(of_groups: SimpleExpr) -> Select<cohort_session::Entity> {
    cohort_session::Entity::find().filter(of_groups).filter(cohort_session::Column::IsOff.eq(false))
}

async fn with_groups(db: &Db, found: Select<cohort_session::Entity>) -> Result<Vec<Ahead>> {
    let rows = found.all(&db.read).await?;
    let ids: Vec<CohortId> = rows.iter().map(|it| CohortId::from_uuid(it.cohort_id)).collect();
    let groups = cohorts(db, &ids).await?;
    let with = |row: cohort_session::Model| {
        let group = groups.iter().find(|it| it.id.as_uuid() == row.cohort_id).cloned();
        Ok(group.zip(Some(CohortSession::try_from(row)?)).map(|(group, session)| (session, group)))
    };
    rows.into_iter().filter_map(|row| with(row).transpose()).collect()
}
