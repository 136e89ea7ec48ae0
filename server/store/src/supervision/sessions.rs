//! Sessions that took place, in the versions in which they were written down.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::day::TimeOfDay;
use domain::people::{PersonId, StrandMember};
use domain::supervision::arrangement::{ArrangementId, Days};
use domain::supervision::presence::{Came, Presence};
use domain::supervision::session::{NewHeld, SessionId};
use sea_orm::sea_query::{Expr, Query, SelectStatement};
use sea_orm::{ColumnTrait, Condition, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect, Set};

use super::actions;
use crate::audit::Action;
use crate::entities::{supervision_fact, supervision_presence, supervision_session, supervision_theme};
use crate::people::{small, unknown};
use crate::{Db, Result, Tx, instant};

/// Somebody wrote down that a session took place.
pub const HELD: Action = Action::named("supervision_held");

/// A session as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    pub id: SessionId,
    /// Counts in how many versions it was written down, from one.
    pub number: i64,
    /// The day on which it began.
    pub day: NaiveDate,
    /// On the wall.
    pub time: TimeOfDay,
    pub minutes: u16,
    pub place: String,
    /// What it was about, in a few words.
    pub themes: String,
    /// Who wrote this version down, and when.
    pub by: PersonId,
    pub at: DateTime<Utc>,
    pub present: Vec<Presence>,
}

/// A page of the sessions of one pair or group, the latest first, of the days that somebody reads along.
///
/// # Errors
/// When the database does not answer, or holds what the rules do not know.
pub async fn sessions(
    db: &Db,
    (by, days): (&StrandMember, &Days),
    (before, limit): (Option<(NaiveDate, SessionId)>, u64),
) -> Result<Vec<Held>> {
    use supervision_session::Column;
    let mut found = supervision_session::Entity::find()
        .filter(Column::ArrangementId.eq(by.arrangement().as_uuid()))
        .filter(within(days))
        .order_by_desc(Column::ArrangementId)
        .order_by_desc(Column::Day)
        .order_by_desc(Column::Id)
        .limit(limit);
    if let Some((day, id)) = before {
        let same_day = Column::Day.eq(day).and(Column::Id.lt(id.as_uuid()));
        found = found.filter(Column::Day.lte(day)).filter(Column::Day.lt(day).or(same_day));
    }
    read(db, found.all(&db.read).await?).await
}

/// One session of theirs.
///
/// # Errors
/// When the database does not answer, or holds what the rules do not know.
pub async fn session(db: &Db, by: &StrandMember, id: SessionId) -> Result<Option<Held>> {
    let found = supervision_session::Entity::find_by_id(id.as_uuid())
        .filter(supervision_session::Column::ArrangementId.eq(by.arrangement().as_uuid()));
    Ok(read(db, found.all(&db.read).await?).await?.pop())
}

/// In which pair or group a session took place, and on which day.
///
/// # Errors
/// When the database does not answer.
pub async fn whose(db: &Db, id: SessionId) -> Result<Option<(ArrangementId, NaiveDate)>> {
    let found = supervision_session::Entity::find_by_id(id.as_uuid()).one(&db.read).await?;
    Ok(found.map(|it| (ArrangementId::from_uuid(it.arrangement_id), it.day)))
}

/// The sessions of the pair or group to which somebody belongs: whatever hangs on one is asked for through it.
pub(super) fn sessions_of(by: &StrandMember) -> SelectStatement {
    Query::select()
        .column(supervision_session::Column::Id)
        .from(supervision_session::Entity)
        .and_where(supervision_session::Column::ArrangementId.eq(by.arrangement().as_uuid()))
        .to_owned()
}

/// That a presence is of the version of its session that counts.
pub(super) fn presence_counts() -> SelectStatement {
    use supervision_presence::Column;
    let session = |ours: supervision_session::Column, theirs: Column| {
        Expr::col((supervision_session::Entity, ours)).equals((supervision_presence::Entity, theirs))
    };
    Query::select()
        .expr(Expr::val(1))
        .from(supervision_session::Entity)
        .and_where(session(supervision_session::Column::Id, Column::SessionId))
        .and_where(session(supervision_session::Column::Number, Column::Number))
        .to_owned()
}

/// Days that a query is kept to.
fn within(days: &Days) -> Condition {
    use supervision_session::Column;
    match days {
        Days::All => Condition::all(),
        Days::Within(spells) => spells.iter().fold(Condition::any(), |any, spell| {
            let from = Condition::all().add(Column::Day.gte(spell.from));
            any.add(from.add_option(spell.to.map(|last| Column::Day.lte(last))))
        }),
    }
}

/// The sessions of one pair or group that began on a day.
///
/// # Errors
/// When the database does not answer, or holds what the rules do not know.
pub async fn on_day(db: &Db, by: &StrandMember, day: NaiveDate) -> Result<Vec<Held>> {
    use supervision_session::Column;
    let found = supervision_session::Entity::find()
        .filter(Column::ArrangementId.eq(by.arrangement().as_uuid()))
        .filter(Column::Day.eq(day))
        .order_by_asc(Column::Began);
    read(db, found.all(&db.read).await?).await
}

/// The sessions of one pair or group that began on a day, with the version that counts and the instant at which they
/// began, inside the transaction that would write one down.
///
/// # Errors
/// When the database does not answer.
pub async fn on_day_now(
    tx: &Tx,
    arrangement: ArrangementId,
    day: NaiveDate,
) -> Result<Vec<(SessionId, i64, DateTime<Utc>)>> {
    use supervision_session::Column;
    let found = supervision_session::Entity::find()
        .filter(Column::ArrangementId.eq(arrangement.as_uuid()))
        .filter(Column::Day.eq(day));
    let rows = found.all(&tx.0).await?.into_iter();
    Ok(rows.map(|it| (SessionId::from_uuid(it.id), it.number, instant(it.began))).collect())
}

/// The version of a session of theirs that counts, inside the transaction that changes it. They take turns.
///
/// # Errors
/// When the database does not answer.
pub async fn number_now(tx: &Tx, by: &StrandMember, id: SessionId) -> Result<Option<i64>> {
    let found = supervision_session::Entity::find_by_id(id.as_uuid())
        .filter(supervision_session::Column::ArrangementId.eq(by.arrangement().as_uuid()))
        .lock_exclusive();
    Ok(found.one(&tx.0).await?.map(|it| it.number))
}

/// Whether there is a session with this id: it was written down before, as after a second tap.
///
/// # Errors
/// When the database does not answer.
pub async fn is_written(tx: &Tx, id: SessionId) -> Result<bool> {
    Ok(supervision_session::Entity::find_by_id(id.as_uuid()).one(&tx.0).await?.is_some())
}

/// Each as the version says that counts.
async fn read(db: &Db, rows: Vec<supervision_session::Model>) -> Result<Vec<Held>> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids = || rows.iter().map(|it| it.id);
    let mut present: BTreeMap<_, Vec<Presence>> = BTreeMap::new();
    let found = supervision_presence::Entity::find()
        .filter(supervision_presence::Column::SessionId.is_in(ids()))
        .order_by_asc(supervision_presence::Column::PersonId);
    for row in found.all(&db.read).await? {
        let came = Came::parse(&row.came).ok_or_else(|| unknown("presence", &row.came))?;
        let one = Presence {
            person: PersonId::from_uuid(row.person_id),
            came,
            minutes: small("minutes", row.minutes)?,
        };
        present.entry((row.session_id, row.number)).or_default().push(one);
    }
    let found = supervision_fact::Entity::find().filter(supervision_fact::Column::SessionId.is_in(ids()));
    let mut facts: BTreeMap<_, _> =
        found.all(&db.read).await?.into_iter().map(|it| ((it.session_id, it.number), it)).collect();
    let found = supervision_theme::Entity::find().filter(supervision_theme::Column::SessionId.is_in(ids()));
    let themes = found.all(&db.read).await?.into_iter().map(|it| ((it.session_id, it.number), it.text));
    let mut themes: BTreeMap<_, _> = themes.collect();
    let held = |row: &supervision_session::Model| {
        let key = (row.id, row.number);
        let fact = facts.remove(&key)?;
        let themes = themes.remove(&key).unwrap_or_default();
        Some(read_one(fact, themes, present.remove(&key).unwrap_or_default()))
    };
    rows.iter().filter_map(held).collect()
}

fn read_one(fact: supervision_fact::Model, themes: String, present: Vec<Presence>) -> Result<Held> {
    let time: u16 = small("time of day", fact.time)?;
    Ok(Held {
        id: SessionId::from_uuid(fact.session_id),
        number: fact.number,
        day: fact.day,
        time: TimeOfDay::from_minutes(time).ok_or_else(|| unknown("time of day", &time.to_string()))?,
        minutes: small("minutes", fact.minutes)?,
        place: fact.place,
        themes,
        by: PersonId::from_uuid(fact.by_id),
        at: instant(fact.at),
        present,
    })
}

/// Keeps a session that took place. The transaction has taken its turn with the pair or group.
///
/// # Errors
/// When the database does not answer, or refuses what no rule would make: two that began at the same moment
/// (`supervision_session_once`) are one.
pub async fn save(
    tx: &Tx,
    (arrangement, id): (ArrangementId, SessionId),
    new: &NewHeld,
    now: DateTime<Utc>,
) -> Result<()> {
    let row = supervision_session::ActiveModel {
        id: Set(id.as_uuid()),
        arrangement_id: Set(arrangement.as_uuid()),
        day: Set(new.day()),
        began: Set(new.began().timestamp_millis()),
        minutes: Set(new.minutes().into()),
        number: Set(1),
        made_at: Set(now.timestamp_millis()),
    };
    supervision_session::Entity::insert(row).exec_without_returning(&tx.0).await?;
    save_version(tx, (arrangement, id, 1), new, now).await
}

/// Keeps another version of one, which counts from now on.
///
/// # Errors
/// As [`save`].
pub async fn save_next(
    tx: &Tx,
    (arrangement, id, number): (ArrangementId, SessionId, i64),
    new: &NewHeld,
    now: DateTime<Utc>,
) -> Result<()> {
    use supervision_session::Column;
    supervision_session::Entity::update_many()
        .col_expr(Column::Day, Expr::value(new.day()))
        .col_expr(Column::Began, Expr::value(new.began().timestamp_millis()))
        .col_expr(Column::Minutes, Expr::value(i64::from(new.minutes())))
        .col_expr(Column::Number, Expr::value(number))
        .filter(Column::Id.eq(id.as_uuid()))
        .exec(&tx.0)
        .await?;
    save_version(tx, (arrangement, id, number), new, now).await
}

async fn save_version(
    tx: &Tx,
    (arrangement, id, number): (ArrangementId, SessionId, i64),
    new: &NewHeld,
    now: DateTime<Utc>,
) -> Result<()> {
    let row = supervision_fact::ActiveModel {
        session_id: Set(id.as_uuid()),
        number: Set(number),
        arrangement_id: Set(arrangement.as_uuid()),
        day: Set(new.day()),
        time: Set(new.time().minutes().into()),
        began: Set(new.began().timestamp_millis()),
        minutes: Set(new.minutes().into()),
        place: Set(new.place().to_owned()),
        by_id: Set(new.by().as_uuid()),
        at: Set(now.timestamp_millis()),
    };
    supervision_fact::Entity::insert(row).exec_without_returning(&tx.0).await?;
    let one = |it: &Presence| supervision_presence::ActiveModel {
        session_id: Set(id.as_uuid()),
        number: Set(number),
        person_id: Set(it.person.as_uuid()),
        arrangement_id: Set(arrangement.as_uuid()),
        day: Set(new.day()),
        came: Set(it.came.as_str().to_owned()),
        minutes: Set(it.minutes.into()),
    };
    let present: Vec<_> = new.present().iter().map(one).collect();
    if !present.is_empty() {
        supervision_presence::Entity::insert_many(present).exec_without_returning(&tx.0).await?;
    }
    if !new.themes().is_empty() {
        let themes = supervision_theme::ActiveModel {
            session_id: Set(id.as_uuid()),
            number: Set(number),
            text: Set(new.themes().to_owned()),
        };
        supervision_theme::Entity::insert(themes).exec_without_returning(&tx.0).await?;
    }
    actions::save(tx, (arrangement, id), new.actions(), now).await
}
