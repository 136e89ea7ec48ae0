//! Registers: who was at which session.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::people::PersonId;
use domain::training::cohort::{CohortId, CohortSessionId};
use domain::training::register::{Held, KeptRegister, Mark, Marked, Register};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QuerySelect, Set};

use crate::audit::Action;
use crate::entities::{cohort_mark, cohort_session};
use crate::people::{small, unknown};
use crate::{Db, Result, Tx};

/// The register of a session was kept.
pub const REGISTER_KEPT: Action = Action::named("cohort_register_kept");

/// What is marked at the sessions of a group, session by session.
pub type Marks = BTreeMap<CohortSessionId, BTreeMap<PersonId, Marked>>;

/// What is marked of everybody in a group.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn of_cohort(db: &Db, cohort: CohortId) -> Result<Marks> {
    let of_it = cohort_mark::Column::CohortId.eq(cohort.as_uuid());
    sorted(cohort_mark::Entity::find().filter(of_it).all(&db.read).await?)
}

/// What is marked of one person in a group.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn of_person(db: &Db, cohort: CohortId, person: PersonId) -> Result<Marks> {
    let found = cohort_mark::Entity::find()
        .filter(cohort_mark::Column::CohortId.eq(cohort.as_uuid()))
        .filter(cohort_mark::Column::PersonId.eq(person.as_uuid()));
    sorted(found.all(&db.read).await?)
}

/// The register of a session as it is kept.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn of_session(db: &Db, session: CohortSessionId, revision: i64) -> Result<Register> {
    let of_it = cohort_mark::Column::SessionId.eq(session.as_uuid());
    let mut marks = sorted(cohort_mark::Entity::find().filter(of_it).all(&db.read).await?)?;
    Ok(Register { marks: marks.remove(&session).unwrap_or_default(), revision })
}

/// The same inside the transaction that keeps the next one, together with the session. Two tabs take turns.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn now(tx: &Tx, cohort: CohortId, session: CohortSessionId) -> Result<Option<(Register, Held)>> {
    let found = cohort_session::Entity::find_by_id(session.as_uuid())
        .filter(cohort_session::Column::CohortId.eq(cohort.as_uuid()))
        .lock_exclusive();
    let Some(row) = found.one(&tx.0).await? else { return Ok(None) };
    let of_it = cohort_mark::Column::SessionId.eq(session.as_uuid());
    let mut marks = sorted(cohort_mark::Entity::find().filter(of_it).all(&tx.0).await?)?;
    let register = Register { marks: marks.remove(&session).unwrap_or_default(), revision: row.register };
    let held = Held { on: row.held_on, minutes: small("length", row.minutes)?, is_off: row.is_off };
    Ok(Some((register, held)))
}

/// Keeps a register in the place of what was kept before: all of it or nothing.
///
/// # Errors
/// When the database does not answer, or somebody in it has no place (`cohort_mark_of_somebody_with_a_place`).
pub async fn save(
    tx: &Tx,
    (cohort, session): (CohortId, CohortSessionId),
    kept: &KeptRegister,
    today: NaiveDate,
) -> Result<()> {
    use cohort_mark::Column;
    let Register { marks, revision } = kept.register();
    let gone = cohort_mark::Entity::delete_many()
        .filter(Column::SessionId.eq(session.as_uuid()))
        .filter(Column::PersonId.is_not_in(marks.keys().map(|it| it.as_uuid())));
    gone.exec(&tx.0).await?;
    let row = |(person, it): (&PersonId, &Marked)| cohort_mark::ActiveModel {
        session_id: Set(session.as_uuid()),
        person_id: Set(person.as_uuid()),
        cohort_id: Set(cohort.as_uuid()),
        mark: Set(it.mark.as_str().to_owned()),
        minutes: Set(it.minutes.map(i64::from)),
        caught_up: Set(it.caught_up),
    };
    if !marks.is_empty() {
        let again = OnConflict::columns([Column::SessionId, Column::PersonId])
            .update_columns([Column::Mark, Column::Minutes, Column::CaughtUp])
            .to_owned();
        let rows = cohort_mark::Entity::insert_many(marks.iter().map(row));
        rows.on_conflict(again).exec_without_returning(&tx.0).await?;
    }
    let row = cohort_session::ActiveModel {
        id: Set(session.as_uuid()),
        register: Set(*revision),
        kept_on: Set(Some(today)),
        ..Default::default()
    };
    row.update(&tx.0).await?;
    Ok(())
}

fn sorted(rows: Vec<cohort_mark::Model>) -> Result<Marks> {
    let mut marks = Marks::new();
    for it in rows {
        let mark = Mark::parse(&it.mark).ok_or_else(|| unknown("mark", &it.mark))?;
        let minutes = it.minutes.map(|it| small("length", it)).transpose()?;
        let marked = Marked { mark, minutes, caught_up: it.caught_up };
        let of_session = marks.entry(CohortSessionId::from_uuid(it.session_id)).or_default();
        of_session.insert(PersonId::from_uuid(it.person_id), marked);
    }
    Ok(marks)
}
