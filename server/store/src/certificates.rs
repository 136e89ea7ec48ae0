//! Certificates: what was signed for whoever has finished a course, and whether it is still good.

use chrono::{DateTime, Utc};
use domain::course::certificate::{Certified, Code, NameShown};
use domain::people::PersonId;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, Select, Set};
use uuid::Uuid;

use crate::audit::Action;
use crate::entities::certificate::{ActiveModel, Column, Entity, Model};
use crate::people::unknown;
use crate::{Db, Failure, Result, Tx, learning};

/// Somebody made a certificate.
pub const CERTIFICATE_MADE: Action = Action::named("certificate_made");
/// Somebody let their certificate show another name.
pub const CERTIFICATE_RENAMED: Action = Action::named("certificate_renamed");
/// Somebody withdrew a certificate.
pub const CERTIFICATE_WITHDRAWN: Action = Action::named("certificate_withdrawn");

/// A certificate that is good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Good {
    pub id: Uuid,
    pub course: Uuid,
    pub code: Code,
    pub shows: NameShown,
    pub statement: Statement,
}

/// What was signed, with its signature. It names somebody, so it gets into no log.
#[derive(Clone, PartialEq, Eq)]
pub struct Statement(pub String);

impl std::fmt::Debug for Statement {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Statement(…)")
    }
}

/// What a code is found to stand for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    Good(Good),
    /// Whoever it was made for took it back, and nothing else is known of it.
    Withdrawn,
}

/// Somebody's certificate of a course, if they have a good one.
///
/// # Errors
/// When the database does not answer, or holds what the rules do not know.
pub async fn of(db: &Db, person: PersonId, course: Uuid) -> Result<Option<Good>> {
    current(person, course).one(&db.read).await?.map(good).transpose().map(Option::flatten)
}

/// The same inside the transaction that changes it. Two tabs take turns.
///
/// # Errors
/// When the database does not answer, or holds what the rules do not know.
pub async fn of_now(tx: &Tx, person: PersonId, course: Uuid) -> Result<Option<Good>> {
    learning::take_turns(tx, person, course).await?;
    current(person, course).one(&tx.0).await?.map(good).transpose().map(Option::flatten)
}

/// What a code stands for, if it was ever given out.
///
/// # Errors
/// When the database does not answer, or holds what the rules do not know.
pub async fn find(db: &Db, code: Code) -> Result<Option<Found>> {
    let Some(row) = Entity::find().filter(Column::Code.eq(code.to_string())).one(&db.read).await? else {
        return Ok(None);
    };
    Ok(Some(good(row)?.map_or(Found::Withdrawn, Found::Good)))
}

/// Keeps a certificate with what was signed: a new one, or in the place of what the one there said.
///
/// # Errors
/// When the database does not answer, or the person has not finished the course (`certificate_of_a_finished_course`),
/// or has a good one already (`certificate_one_current`).
pub async fn save(
    tx: &Tx,
    (person, course): (PersonId, Uuid),
    (certified, there): (&Certified, Option<Uuid>),
    Statement(statement): Statement,
    now: DateTime<Utc>,
) -> Result<Uuid> {
    let shows = Set(certified.name().shows().as_str().to_owned());
    if let Some(id) = there.filter(|_| !certified.is_new()) {
        let row = ActiveModel { id: Set(id), shows, statement: Set(Some(statement)), ..Default::default() };
        row.update(&tx.0).await?;
        return Ok(id);
    }
    let id = Uuid::now_v7();
    let row = ActiveModel {
        id: Set(id),
        person_id: Set(person.as_uuid()),
        course_id: Set(course),
        code: Set(certified.code().to_string()),
        shows,
        statement: Set(Some(statement)),
        made_at: Set(now.timestamp_millis()),
        withdrawn_at: Set(None),
    };
    row.insert(&tx.0).await?;
    Ok(id)
}

/// Withdraws a certificate: what it said is gone, and its code says from now on that it was withdrawn.
///
/// # Errors
/// When the database does not answer.
pub async fn withdraw(tx: &Tx, id: Uuid, now: DateTime<Utc>) -> Result<()> {
    let row = ActiveModel {
        id: Set(id),
        statement: Set(None),
        withdrawn_at: Set(Some(now.timestamp_millis())),
        ..Default::default()
    };
    row.update(&tx.0).await?;
    Ok(())
}

fn current(person: PersonId, course: Uuid) -> Select<Entity> {
    Entity::find()
        .filter(Column::PersonId.eq(person.as_uuid()))
        .filter(Column::CourseId.eq(course))
        .filter(Column::WithdrawnAt.is_null())
}

/// What a row holds, unless it was withdrawn.
fn good(row: Model) -> Result<Option<Good>> {
    let Some(statement) = row.statement.filter(|_| row.withdrawn_at.is_none()) else { return Ok(None) };
    Ok(Some(Good {
        id: row.id,
        course: row.course_id,
        code: Code::read(&row.code).map_err(|error| Failure::Content(error.to_string()))?,
        shows: NameShown::parse(&row.shows).ok_or_else(|| unknown("name", &row.shows))?,
        statement: Statement(statement),
    }))
}
