//! Whether those who were there agree with what is written down, and what waits for whom.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::people::{PersonId, StrandMember};
use domain::supervision::arrangement::ArrangementId;
use domain::supervision::session::SessionId;
use domain::supervision::stand::{NewStand, Stand};
use sea_orm::sea_query::{Expr, Query, SelectStatement};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect,
    Set,
};
use uuid::Uuid;

use crate::audit::Action;
use crate::entities::{supervision_fact, supervision_presence, supervision_session, supervision_stand};
use crate::people::unknown;
use crate::{Db, Result, Tx, instant};

/// Somebody said whether a session is written down as it was.
pub const STOOD: Action = Action::named("supervision_stood");

/// What somebody said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stood {
    pub person: PersonId,
    pub stand: Stand,
    pub comment: String,
    pub at: DateTime<Utc>,
}

/// What was said of one version of a session of theirs.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn stands(db: &Db, _by: &StrandMember, of: (SessionId, i64)) -> Result<Vec<Stood>> {
    read(&db.read, of).await
}

/// The same inside a transaction that has taken its turn.
///
/// # Errors
/// As [`stands`].
pub async fn stands_now(tx: &Tx, of: (SessionId, i64)) -> Result<Vec<Stood>> {
    read(&tx.0, of).await
}

async fn read(db: &impl ConnectionTrait, (session, number): (SessionId, i64)) -> Result<Vec<Stood>> {
    use supervision_stand::Column;
    let found = supervision_stand::Entity::find()
        .filter(Column::SessionId.eq(session.as_uuid()))
        .filter(Column::Number.eq(number))
        .order_by_asc(Column::PersonId);
    let stood = |it: supervision_stand::Model| {
        let stand = Stand::parse(&it.stand).ok_or_else(|| unknown("stand", &it.stand))?;
        Ok(Stood {
            person: PersonId::from_uuid(it.person_id),
            stand,
            comment: it.comment,
            at: instant(it.at),
        })
    };
    found.all(db).await?.into_iter().map(stood).collect()
}

/// Keeps what somebody says.
///
/// # Errors
/// When the database does not answer, or refuses what no rule would make.
pub async fn save(tx: &Tx, session: SessionId, new: &NewStand, now: DateTime<Utc>) -> Result<()> {
    let row = supervision_stand::ActiveModel {
        session_id: Set(session.as_uuid()),
        number: Set(new.number()),
        person_id: Set(new.person().as_uuid()),
        stand: Set(new.stand().as_str().to_owned()),
        comment: Set(new.comment().to_owned()),
        at: Set(now.timestamp_millis()),
    };
    supervision_stand::Entity::insert(row).exec_without_returning(&tx.0).await?;
    Ok(())
}

/// A session that waits for somebody to say whether it was so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    pub session: SessionId,
    pub arrangement: ArrangementId,
    pub day: NaiveDate,
    pub minutes: i64,
    /// Which version.
    pub number: i64,
}

/// What waits for somebody in pairs and groups since a day, the latest first: sessions of which it is said whether they
/// came, and those of the pairs that they supervise (`supervised`), where another wrote them down.
///
/// # Errors
/// When the database does not answer.
pub async fn waiting_for(
    db: &Db,
    (person, supervised): (PersonId, &[ArrangementId]),
    (since, limit): (NaiveDate, u64),
) -> Result<Vec<Waiting>> {
    use supervision_session::Column;
    let theirs: Vec<Uuid> = supervision_presence::Entity::find()
        .select_only()
        .column(supervision_presence::Column::SessionId)
        .distinct()
        .filter(supervision_presence::Column::PersonId.eq(person.as_uuid()))
        .filter(supervision_presence::Column::Day.gte(since))
        .into_tuple()
        .all(&db.read)
        .await?;
    if theirs.is_empty() && supervised.is_empty() {
        return Ok(Vec::new());
    }
    let mut whose = Condition::any();
    if !theirs.is_empty() {
        whose = whose.add(Column::Id.is_in(theirs));
    }
    if !supervised.is_empty() {
        whose = whose.add(Column::ArrangementId.is_in(supervised.iter().map(|it| it.as_uuid())));
    }
    let found = supervision_session::Entity::find()
        .filter(whose)
        .filter(Column::Day.gte(since))
        .filter(Expr::not_exists(written_by(person)))
        .filter(Expr::not_exists(said_by(person)))
        .order_by_desc(Column::Day)
        .order_by_desc(Column::Id)
        .limit(limit);
    let waiting = |it: supervision_session::Model| Waiting {
        session: SessionId::from_uuid(it.id),
        arrangement: ArrangementId::from_uuid(it.arrangement_id),
        day: it.day,
        minutes: it.minutes,
        number: it.number,
    };
    Ok(found.all(&db.read).await?.into_iter().map(waiting).collect())
}

/// That somebody wrote the version that counts.
fn written_by(person: PersonId) -> SelectStatement {
    use supervision_fact::{Column, Entity};
    of_what_counts(Entity, (Column::SessionId, Column::Number), (Column::ById, person))
}

/// That somebody has said something of the version that counts.
fn said_by(person: PersonId) -> SelectStatement {
    use supervision_stand::{Column, Entity};
    of_what_counts(Entity, (Column::SessionId, Column::Number), (Column::PersonId, person))
}

/// That there is a row about the version of a session that counts, of somebody.
fn of_what_counts<E: EntityTrait>(
    entity: E,
    (session, number): (E::Column, E::Column),
    (column, person): (E::Column, PersonId),
) -> SelectStatement {
    use supervision_session::Column;
    let same = |ours: E::Column, theirs: Column| {
        Expr::col((entity, ours)).equals((supervision_session::Entity, theirs))
    };
    Query::select()
        .expr(Expr::val(1))
        .from(entity)
        .and_where(same(session, Column::Id))
        .and_where(same(number, Column::Number))
        .and_where(Expr::col((entity, column)).eq(person.as_uuid()))
        .to_owned()
}

/// The facts of some versions that somebody is asked about, by session: who wrote each, and who is in it.
///
/// # Errors
/// When the database does not answer.
pub async fn people_now(
    tx: &Tx,
    (session, number): (SessionId, i64),
) -> Result<Option<(PersonId, DateTime<Utc>, Vec<PersonId>)>> {
    let fact = supervision_fact::Entity::find_by_id((session.as_uuid(), number)).one(&tx.0).await?;
    let Some(fact) = fact else { return Ok(None) };
    let present: Vec<Uuid> = supervision_presence::Entity::find()
        .select_only()
        .column(supervision_presence::Column::PersonId)
        .filter(supervision_presence::Column::SessionId.eq(session.as_uuid()))
        .filter(supervision_presence::Column::Number.eq(number))
        .into_tuple()
        .all(&tx.0)
        .await?;
    let people = present.into_iter().map(PersonId::from_uuid).collect();
    Ok(Some((PersonId::from_uuid(fact.by_id), instant(fact.at), people)))
}

/// The numbers of the versions that count of some sessions, inside the transaction that says something of them. They
/// take turns.
///
/// # Errors
/// When the database does not answer.
pub async fn numbers_now(
    tx: &Tx,
    sessions: &[SessionId],
) -> Result<BTreeMap<SessionId, (ArrangementId, NaiveDate, i64)>> {
    use supervision_session::Column;
    let found = supervision_session::Entity::find()
        .filter(Column::Id.is_in(sessions.iter().map(|it| it.as_uuid())))
        .order_by_asc(Column::Id)
        .lock_exclusive();
    let read = |it: supervision_session::Model| {
        (SessionId::from_uuid(it.id), (ArrangementId::from_uuid(it.arrangement_id), it.day, it.number))
    };
    Ok(found.all(&tx.0).await?.into_iter().map(read).collect())
}
