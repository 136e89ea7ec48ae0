//! Whether those who were there agree with what is written down, and what waits for whom.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::people::{PersonId, StrandMember};
use domain::supervision::arrangement::ArrangementId;
use domain::supervision::session::SessionId;
use domain::supervision::stand::{NewStand, Stand};
use sea_orm::sea_query::{Expr, Query, SelectStatement};
use sea_orm::{ColumnTrait, Condition, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect, Set};
use uuid::Uuid;

use super::sessions::{presence_counts, sessions_of};
use crate::audit::Action;
use crate::entities::{supervision_fact, supervision_presence, supervision_session, supervision_stand};
use crate::people::unknown;
use crate::{Db, Failure, Result, Tx, instant};

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
pub async fn stands(db: &Db, by: &StrandMember, (session, number): (SessionId, i64)) -> Result<Vec<Stood>> {
    use supervision_stand::Column;
    let found = supervision_stand::Entity::find()
        .filter(Column::SessionId.eq(session.as_uuid()))
        .filter(Column::Number.eq(number))
        .filter(Column::SessionId.in_subquery(sessions_of(by)))
        .order_by_asc(Column::PersonId);
    found.all(&db.read).await?.into_iter().map(Stood::try_from).collect()
}

impl TryFrom<supervision_stand::Model> for Stood {
    type Error = Failure;

    fn try_from(row: supervision_stand::Model) -> Result<Self> {
        let stand = Stand::parse(&row.stand).ok_or_else(|| unknown("stand", &row.stand))?;
        let person = PersonId::from_uuid(row.person_id);
        Ok(Self { person, stand, comment: row.comment, at: instant(row.at) })
    }
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
        .filter(Expr::exists(presence_counts()))
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

/// What counts of a session, as far as it is asked about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    pub session: SessionId,
    pub arrangement: ArrangementId,
    pub day: NaiveDate,
    /// Which version.
    pub number: i64,
    /// Who wrote it, and when.
    pub by: PersonId,
    pub at: DateTime<Utc>,
    /// Of whom it says whether they came.
    pub people: Vec<PersonId>,
    pub stands: Vec<Stood>,
}

/// What counts of some sessions, inside the transaction that says something of them. They take turns.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn counted_now(tx: &Tx, sessions: &[SessionId]) -> Result<Vec<Counted>> {
    use supervision_session::Column;
    let ids = || sessions.iter().map(|it| it.as_uuid());
    let turn = supervision_session::Entity::find()
        .filter(Column::Id.is_in(ids()))
        .order_by_asc(Column::Id)
        .lock_exclusive();
    let rows = turn.all(&tx.0).await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let facts = supervision_fact::Entity::find().filter(supervision_fact::Column::SessionId.is_in(ids()));
    let facts = facts.all(&tx.0).await?.into_iter().map(|it| ((it.session_id, it.number), it));
    let mut facts: BTreeMap<_, _> = facts.collect();
    let mut people: BTreeMap<_, Vec<PersonId>> = BTreeMap::new();
    let present =
        supervision_presence::Entity::find().filter(supervision_presence::Column::SessionId.is_in(ids()));
    for row in present.all(&tx.0).await? {
        people.entry((row.session_id, row.number)).or_default().push(PersonId::from_uuid(row.person_id));
    }
    let mut stands: BTreeMap<_, Vec<Stood>> = BTreeMap::new();
    let said = supervision_stand::Entity::find().filter(supervision_stand::Column::SessionId.is_in(ids()));
    for row in said.all(&tx.0).await? {
        stands.entry((row.session_id, row.number)).or_default().push(row.try_into()?);
    }
    let counted = |row: supervision_session::Model| {
        let key = (row.id, row.number);
        let fact = facts.remove(&key)?;
        Some(Counted {
            session: SessionId::from_uuid(row.id),
            arrangement: ArrangementId::from_uuid(row.arrangement_id),
            day: row.day,
            number: row.number,
            by: PersonId::from_uuid(fact.by_id),
            at: instant(fact.at),
            people: people.remove(&key).unwrap_or_default(),
            stands: stands.remove(&key).unwrap_or_default(),
        })
    };
    Ok(rows.into_iter().filter_map(counted).collect())
}
