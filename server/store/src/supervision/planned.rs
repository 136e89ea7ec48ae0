//! Sessions that lie ahead, and what became of them.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, Months, NaiveDate, Utc};
use domain::day::TimeOfDay;
use domain::people::{PersonId, StrandMember};
use domain::supervision::arrangement::{ArrangementId, Spell};
use domain::supervision::ending::Ended;
use domain::supervision::plan::{
    Busy, CalledOff, Fate, Moved, NewOff, NewPlan, Planned, PlannedId, Slot, Why, is_link,
};
use domain::supervision::session::SessionId;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select, Set,
};
use uuid::Uuid;

use crate::audit::Action;
use crate::entities::{supervision_arrangement, supervision_planned, supervision_spell};
use crate::people::{small, unknown};
use crate::{Db, Failure, Result, Tx, instant};

/// Somebody planned when two or a group meet.
pub const PLANNED: Action = Action::named("supervision_planned");
/// Somebody moved a session, or those after it too.
pub const MOVED: Action = Action::named("supervision_moved");
/// Somebody called a session off, or said that it did not take place.
pub const CALLED_OFF: Action = Action::named("supervision_called_off");

/// One with how it came to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptPlanned {
    pub planned: Planned,
    /// When it began as it was planned first.
    pub first_starts: DateTime<Utc>,
    /// Who planned it.
    pub made_by: PersonId,
    /// When it was changed last.
    pub changed_at: DateTime<Utc>,
    /// Why it was called off, in a word, and by whom.
    pub why: Option<Why>,
    pub off_by: Option<PersonId>,
}

/// What is open in some pairs and groups from a day to another: what lies ahead, and what waits to be written down. The
/// earliest first.
///
/// # Errors
/// When the database does not answer, or holds what the rules do not know.
pub async fn open_in(
    db: &Db,
    arrangements: &[ArrangementId],
    (from, to): (NaiveDate, NaiveDate),
    limit: u64,
) -> Result<Vec<Planned>> {
    if arrangements.is_empty() {
        return Ok(Vec::new());
    }
    let found = open(arrangements, (from, to)).order_by_asc(supervision_planned::Column::Starts).limit(limit);
    found.all(&db.read).await?.into_iter().map(Planned::try_from).collect()
}

/// Everything that was planned in some pairs and groups from a day to another, whatever became of it, the latest first.
///
/// # Errors
/// When the database does not answer, or holds what the rules do not know.
pub async fn all_in(
    db: &Db,
    arrangements: &[ArrangementId],
    (from, to): (NaiveDate, NaiveDate),
    limit: u64,
) -> Result<Vec<KeptPlanned>> {
    use supervision_planned::Column;
    if arrangements.is_empty() {
        return Ok(Vec::new());
    }
    let found = supervision_planned::Entity::find()
        .filter(Column::ArrangementId.is_in(arrangements.iter().map(|it| it.as_uuid())))
        .filter(Column::Day.between(from, to))
        .order_by_desc(Column::Starts)
        .order_by_desc(Column::Id)
        .limit(limit);
    found.all(&db.read).await?.into_iter().map(KeptPlanned::try_from).collect()
}

fn open(
    arrangements: &[ArrangementId],
    (from, to): (NaiveDate, NaiveDate),
) -> Select<supervision_planned::Entity> {
    use supervision_planned::Column;
    supervision_planned::Entity::find()
        .filter(Column::ArrangementId.is_in(arrangements.iter().map(|it| it.as_uuid())))
        .filter(Column::Day.between(from, to))
        .filter(Column::Off.is_null())
        .filter(Column::SessionId.is_null())
}

/// One of theirs.
///
/// # Errors
/// When the database does not answer, or holds what the rules do not know.
pub async fn planned(db: &Db, by: &StrandMember, id: PlannedId) -> Result<Option<KeptPlanned>> {
    one(by, id).one(&db.read).await?.map(KeptPlanned::try_from).transpose()
}

/// The same inside the transaction that changes it. They take turns.
///
/// # Errors
/// As [`planned`].
pub async fn planned_now(tx: &Tx, by: &StrandMember, id: PlannedId) -> Result<Option<Planned>> {
    one(by, id).lock_exclusive().one(&tx.0).await?.map(Planned::try_from).transpose()
}

fn one(by: &StrandMember, id: PlannedId) -> Select<supervision_planned::Entity> {
    supervision_planned::Entity::find_by_id(id.as_uuid())
        .filter(supervision_planned::Column::ArrangementId.eq(by.arrangement().as_uuid()))
}

/// Those of a pair or group that are open from a day on, inside the transaction that changes them.
///
/// # Errors
/// When the database does not answer, or holds what the rules do not know.
pub async fn later_now(tx: &Tx, by: &StrandMember, from: NaiveDate) -> Result<Vec<Planned>> {
    // Nothing is planned as far ahead.
    let found = open(&[by.arrangement()], (from, from + Months::new(36)));
    let found = found.order_by_asc(supervision_planned::Column::Starts).lock_exclusive();
    found.all(&tx.0).await?.into_iter().map(Planned::try_from).collect()
}

/// Those of a day that are open, in all pairs and groups, a page after one.
///
/// # Errors
/// When the database does not answer, or holds what the rules do not know.
pub async fn open_on(
    db: &Db,
    day: NaiveDate,
    (after, limit): (Option<PlannedId>, u64),
) -> Result<Vec<Planned>> {
    use supervision_planned::Column;
    let mut found = supervision_planned::Entity::find()
        .filter(Column::Day.eq(day))
        .filter(Column::Off.is_null())
        .filter(Column::SessionId.is_null())
        .order_by_asc(Column::Day)
        .order_by_asc(Column::Id)
        .limit(limit);
    if let Some(after) = after {
        found = found.filter(Column::Id.gt(after.as_uuid()));
    }
    found.all(&db.read).await?.into_iter().map(Planned::try_from).collect()
}

/// Those of a day that are open, with the instants at which they begin, inside the transaction that writes one down.
///
/// # Errors
/// When the database does not answer.
pub async fn open_on_now(
    tx: &Tx,
    arrangement: ArrangementId,
    day: NaiveDate,
) -> Result<Vec<(PlannedId, DateTime<Utc>)>> {
    let rows = open(&[arrangement], (day, day)).lock_exclusive().all(&tx.0).await?;
    Ok(rows.into_iter().map(|it| (PlannedId::from_uuid(it.id), instant(it.starts))).collect())
}

/// Whether a plan with this id is kept already, as after a second tap.
///
/// # Errors
/// When the database does not answer.
pub async fn is_kept(tx: &Tx, plan: Uuid) -> Result<bool> {
    let found = supervision_planned::Entity::find().filter(supervision_planned::Column::PlanId.eq(plan));
    Ok(found.one(&tx.0).await?.is_some())
}

/// When people cannot be elsewhere, from a day to another: it says neither what it is nor with whom.
///
/// # Errors
/// When the database does not answer, or holds what the rules do not know.
pub async fn busy(
    db: &Db,
    (people, except): (&[PersonId], &[PlannedId]),
    days: (NaiveDate, NaiveDate),
) -> Result<Vec<Busy>> {
    busy_in(&db.read, (people, except), days).await
}

/// The same inside the transaction that takes up their time, once it has taken their turns.
///
/// # Errors
/// As [`busy`].
pub async fn busy_now(
    tx: &Tx,
    (people, except): (&[PersonId], &[PlannedId]),
    days: (NaiveDate, NaiveDate),
) -> Result<Vec<Busy>> {
    busy_in(&tx.0, (people, except), days).await
}

async fn busy_in(
    db: &impl ConnectionTrait,
    (people, except): (&[PersonId], &[PlannedId]),
    (from, to): (NaiveDate, NaiveDate),
) -> Result<Vec<Busy>> {
    let ids = || people.iter().map(|it| it.as_uuid());
    // What began the evening before may go on.
    let (from, to) = (from - Days::new(1), to + Days::new(1));
    let held: Vec<Uuid> = supervision_arrangement::Entity::find()
        .select_only()
        .column(supervision_arrangement::Column::Id)
        .filter(supervision_arrangement::Column::SupervisorId.is_in(ids()))
        .filter(
            Condition::any()
                .add(supervision_arrangement::Column::EndedOn.is_null())
                .add(supervision_arrangement::Column::EndedOn.gte(from)),
        )
        .into_tuple()
        .all(db)
        .await?;
    let mut spells: BTreeMap<Uuid, Vec<Spell>> = BTreeMap::new();
    let theirs =
        supervision_spell::Entity::find().filter(supervision_spell::Column::PersonId.is_in(ids())).filter(
            Condition::any()
                .add(supervision_spell::Column::ToOn.is_null())
                .add(supervision_spell::Column::ToOn.gte(from)),
        );
    for row in theirs.all(db).await? {
        spells.entry(row.arrangement_id).or_default().push(row.into());
    }
    let all: Vec<_> = held.iter().chain(spells.keys()).map(|it| ArrangementId::from_uuid(*it)).collect();
    if all.is_empty() {
        return Ok(Vec::new());
    }
    let mut rows = open(&all, (from, to)).all(db).await?;
    rows.retain(|it| {
        let belongs =
            spells.get(&it.arrangement_id).is_some_and(|of| of.iter().any(|spell| spell.holds(it.day)));
        let is_moved = except.iter().any(|id| id.as_uuid() == it.id);
        !is_moved && (belongs || held.contains(&it.arrangement_id))
    });
    let busy = |it: supervision_planned::Model| {
        Ok(Busy { starts: instant(it.starts), minutes: small("minutes", it.minutes)? })
    };
    rows.into_iter().map(busy).collect()
}

/// Keeps what was planned, all of it at once.
///
/// # Errors
/// When the database does not answer, or refuses what no rule would make: two that begin at the same moment
/// (`supervision_planned_once`) are one.
pub async fn save(
    tx: &Tx,
    (arrangement, plan): (ArrangementId, Uuid),
    new: &NewPlan,
    now: DateTime<Utc>,
) -> Result<()> {
    let row = |slot: &Slot| supervision_planned::ActiveModel {
        id: Set(Uuid::now_v7()),
        arrangement_id: Set(arrangement.as_uuid()),
        plan_id: Set(plan),
        number: Set(1),
        day: Set(slot.day()),
        time: Set(slot.time().minutes().into()),
        starts: Set(slot.starts().timestamp_millis()),
        first_starts: Set(slot.starts().timestamp_millis()),
        minutes: Set(slot.minutes().into()),
        place: Set(place_and_link(slot).0.to_owned()),
        link: Set(place_and_link(slot).1.to_owned()),
        made_by: Set(new.by().as_uuid()),
        made_at: Set(now.timestamp_millis()),
        changed_at: Set(now.timestamp_millis()),
        off: Set(None),
        why: Set(None),
        off_by: Set(None),
        session_id: Set(None),
    };
    let rows = new.slots().iter().map(row);
    supervision_planned::Entity::insert_many(rows).exec_without_returning(&tx.0).await?;
    Ok(())
}

/// Keeps when and where those that were moved are from now on, one after the other as the rule put them.
///
/// # Errors
/// As [`save`].
pub async fn save_moved(tx: &Tx, moved: &[Moved], now: DateTime<Utc>) -> Result<()> {
    use supervision_planned::Column;
    for it in moved {
        let slot = it.slot();
        supervision_planned::Entity::update_many()
            .col_expr(Column::Number, Expr::value(it.number()))
            .col_expr(Column::Day, Expr::value(slot.day()))
            .col_expr(Column::Time, Expr::value(i64::from(slot.time().minutes())))
            .col_expr(Column::Starts, Expr::value(slot.starts().timestamp_millis()))
            .col_expr(Column::Minutes, Expr::value(i64::from(slot.minutes())))
            .col_expr(Column::Place, Expr::value(place_and_link(slot).0))
            .col_expr(Column::Link, Expr::value(place_and_link(slot).1))
            .col_expr(Column::ChangedAt, Expr::value(now.timestamp_millis()))
            .filter(Column::Id.eq(it.planned().as_uuid()))
            .exec(&tx.0)
            .await?;
    }
    Ok(())
}

/// What stands in the columns of where it is: one of them is empty.
fn place_and_link(slot: &Slot) -> (&str, &str) {
    if is_link(slot.place()) { ("", slot.place()) } else { (slot.place(), "") }
}

/// Keeps that one does not take place.
///
/// # Errors
/// When the database does not answer, or refuses what no rule would make.
pub async fn save_off(tx: &Tx, new: &NewOff, now: DateTime<Utc>) -> Result<()> {
    use supervision_planned::Column;
    supervision_planned::Entity::update_many()
        .col_expr(Column::Off, Expr::value(new.off().as_str()))
        .col_expr(Column::Why, Expr::value(new.why().map(Why::as_str)))
        .col_expr(Column::OffBy, Expr::value(new.by().as_uuid()))
        .col_expr(Column::ChangedAt, Expr::value(now.timestamp_millis()))
        .filter(Column::Id.eq(new.planned().as_uuid()))
        .exec(&tx.0)
        .await?;
    Ok(())
}

/// The days of those of a pair or group that are open, inside the transaction that ends it.
///
/// # Errors
/// When the database does not answer.
pub async fn open_days_now(tx: &Tx, arrangement: ArrangementId) -> Result<Vec<NaiveDate>> {
    use supervision_planned::Column;
    let found = supervision_planned::Entity::find()
        .select_only()
        .column(Column::Day)
        .filter(Column::ArrangementId.eq(arrangement.as_uuid()))
        .filter(Column::Off.is_null())
        .filter(Column::SessionId.is_null());
    Ok(found.into_tuple().all(&tx.0).await?)
}

/// Calls off what lies after the end of a pair or group.
///
/// # Errors
/// When the database does not answer.
pub async fn save_off_after(tx: &Tx, ended: &Ended, (by, now): (PersonId, DateTime<Utc>)) -> Result<()> {
    use supervision_planned::Column;
    supervision_planned::Entity::update_many()
        .col_expr(Column::Off, Expr::value(CalledOff::Service.as_str()))
        .col_expr(Column::Why, Expr::value(Why::NotNeeded.as_str()))
        .col_expr(Column::OffBy, Expr::value(by.as_uuid()))
        .col_expr(Column::ChangedAt, Expr::value(now.timestamp_millis()))
        .filter(Column::ArrangementId.eq(ended.arrangement().as_uuid()))
        .filter(Column::Day.gt(ended.last()))
        .filter(Column::Off.is_null())
        .filter(Column::SessionId.is_null())
        .exec(&tx.0)
        .await?;
    Ok(())
}

/// Keeps that one took place, as it is written down.
///
/// # Errors
/// When the database does not answer, or refuses what no rule would make.
pub async fn save_held(
    tx: &Tx,
    (planned, session): (PlannedId, SessionId),
    now: DateTime<Utc>,
) -> Result<()> {
    use supervision_planned::Column;
    supervision_planned::Entity::update_many()
        .col_expr(Column::SessionId, Expr::value(session.as_uuid()))
        .col_expr(Column::ChangedAt, Expr::value(now.timestamp_millis()))
        .filter(Column::Id.eq(planned.as_uuid()))
        .exec(&tx.0)
        .await?;
    Ok(())
}

impl TryFrom<supervision_planned::Model> for Planned {
    type Error = Failure;

    fn try_from(row: supervision_planned::Model) -> Result<Self> {
        let time: u16 = small("time of day", row.time)?;
        let off = row.off.map(|it| CalledOff::parse(&it).ok_or_else(|| unknown("end of a plan", &it)));
        let fate = match (off.transpose()?, row.session_id) {
            (Some(off), _) => Fate::Off(off),
            (None, Some(session)) => Fate::Held(SessionId::from_uuid(session)),
            (None, None) => Fate::Open,
        };
        Ok(Self {
            id: PlannedId::from_uuid(row.id),
            arrangement: ArrangementId::from_uuid(row.arrangement_id),
            number: row.number,
            day: row.day,
            time: TimeOfDay::from_minutes(time).ok_or_else(|| unknown("time of day", &time.to_string()))?,
            starts: instant(row.starts),
            minutes: small("minutes", row.minutes)?,
            place: if row.link.is_empty() { row.place } else { row.link },
            fate,
        })
    }
}

impl TryFrom<supervision_planned::Model> for KeptPlanned {
    type Error = Failure;

    fn try_from(row: supervision_planned::Model) -> Result<Self> {
        let why = row.why.as_deref().map(|it| Why::parse(it).ok_or_else(|| unknown("word", it)));
        Ok(Self {
            first_starts: instant(row.first_starts),
            made_by: PersonId::from_uuid(row.made_by),
            changed_at: instant(row.changed_at),
            why: why.transpose()?,
            off_by: row.off_by.map(PersonId::from_uuid),
            planned: row.try_into()?,
        })
    }
}
