//! Concerns: whom each reached and when, and who took it on.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::concern::{Concern, ConcernId, Knows, NewConcern, NewWritten, Route, TakenOn, Written};
use domain::people::{OrganisationId, PersonId};
use sea_orm::sea_query::{Expr, Query};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select, Set,
};
use uuid::Uuid;

use crate::audit::Action;
use crate::entities::{
    concern, concern_about, concern_taken_on, concern_told, concern_unanswered, concern_written,
};
use crate::people::unknown;
use crate::{Db, Result, Tx, instant};

mod covers;

pub use covers::{
    COVER_CHANGED, cover, cover_now, covered_by, covers, covers_now, save_cover, who_is_there,
    who_is_there_now,
};

/// Somebody raised a concern.
pub const RAISED: Action = Action::named("concern_raised");
/// Somebody who covers it opened one.
pub const OPENED: Action = Action::named("concern_opened");
/// Somebody took one on.
pub const TAKEN_ON: Action = Action::named("concern_taken_on");
/// Somebody said where one is written down.
pub const WRITTEN_DOWN: Action = Action::named("concern_written_down");

/// One.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn concern(db: &Db, id: ConcernId) -> Result<Option<Concern>> {
    let found = concern::Entity::find_by_id(id.as_uuid());
    Ok(whole(&db.read, found.all(&db.read).await?).await?.pop())
}

/// One inside the transaction that changes what becomes of it. They take turns.
///
/// # Errors
/// As [`concern`].
pub async fn concern_now(tx: &Tx, id: ConcernId) -> Result<Option<Concern>> {
    let found = concern::Entity::find_by_id(id.as_uuid()).lock_exclusive();
    Ok(whole(&tx.0, found.all(&tx.0).await?).await?.pop())
}

/// A page of concerns, the latest first: those before one, if it names one, and how many at most.
pub type Page = (Option<ConcernId>, u64);

fn paged(found: Select<concern::Entity>, (before, limit): Page) -> Select<concern::Entity> {
    let found = match before {
        Some(before) => found.filter(concern::Column::Id.lt(before.as_uuid())),
        None => found,
    };
    found.order_by_desc(concern::Column::Id).limit(limit)
}

/// Those that somebody raised.
///
/// # Errors
/// As [`concern`].
pub async fn raised_by(db: &Db, person: PersonId, page: Page) -> Result<Vec<Concern>> {
    let found = concern::Entity::find().filter(concern::Column::ById.eq(person.as_uuid()));
    whole(&db.read, paged(found, page).all(&db.read).await?).await
}

/// Those of some ways at some organisations that are somebody's to read: neither about them nor raised by them.
///
/// # Errors
/// As [`concern`].
pub async fn reaching(
    db: &Db,
    person: PersonId,
    ways: &[(OrganisationId, Route)],
    page: Page,
) -> Result<Vec<Concern>> {
    use concern::Column;
    if ways.is_empty() {
        return Ok(Vec::new());
    }
    let of = |(organisation, route): &(OrganisationId, Route)| {
        Condition::all()
            .add(Column::OrganisationId.eq(organisation.as_uuid()))
            .add(Column::Route.eq(route.as_str()))
    };
    let about = Query::select()
        .column(concern_about::Column::ConcernId)
        .from(concern_about::Entity)
        .and_where(concern_about::Column::PersonId.eq(person.as_uuid()))
        .to_owned();
    let found = concern::Entity::find()
        .filter(ways.iter().fold(Condition::any(), |any, it| any.add(of(it))))
        .filter(Column::ById.ne(person.as_uuid()))
        .filter(Column::Id.not_in_subquery(about));
    whole(&db.read, paged(found, page).all(&db.read).await?).await
}

/// What belongs to these rows, in their order.
async fn whole(conn: &impl ConnectionTrait, rows: Vec<concern::Model>) -> Result<Vec<Concern>> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<Uuid> = rows.iter().map(|it| it.id).collect();
    let ids = || ids.iter().copied();
    let mut about: BTreeMap<Uuid, Vec<PersonId>> = BTreeMap::new();
    let found = concern_about::Entity::find().filter(concern_about::Column::ConcernId.is_in(ids()));
    for it in found.order_by_asc(concern_about::Column::PersonId).all(conn).await? {
        about.entry(it.concern_id).or_default().push(PersonId::from_uuid(it.person_id));
    }
    let mut told: BTreeMap<Uuid, Vec<_>> = BTreeMap::new();
    let found = concern_told::Entity::find().filter(concern_told::Column::ConcernId.is_in(ids()));
    for it in found.order_by_asc(concern_told::Column::Number).all(conn).await? {
        told.entry(it.concern_id).or_default().push((PersonId::from_uuid(it.person_id), instant(it.at)));
    }
    let found = concern_taken_on::Entity::find().filter(concern_taken_on::Column::ConcernId.is_in(ids()));
    let taken_on = found.all(conn).await?.into_iter();
    let taken_on: BTreeMap<_, _> =
        taken_on.map(|it| (it.concern_id, (PersonId::from_uuid(it.person_id), instant(it.at)))).collect();
    let found = concern_unanswered::Entity::find().filter(concern_unanswered::Column::ConcernId.is_in(ids()));
    let unanswered = found.all(conn).await?.into_iter();
    let unanswered: BTreeMap<_, _> = unanswered.map(|it| (it.concern_id, instant(it.at))).collect();
    let found = concern_written::Entity::find().filter(concern_written::Column::ConcernId.is_in(ids()));
    let written = found.all(conn).await?.into_iter();
    let mut written: BTreeMap<_, _> =
        written.map(|it| (it.concern_id, Written { system: it.system, reference: it.reference })).collect();
    let read = |it: concern::Model| {
        let knows = it.knows.as_deref().map(|it| Knows::parse(it).ok_or_else(|| unknown("who knows", it)));
        Ok(Concern {
            id: ConcernId::from_uuid(it.id),
            organisation: OrganisationId::from_uuid(it.organisation_id),
            route: Route::parse(&it.route).ok_or_else(|| unknown("way of a concern", &it.route))?,
            by: PersonId::from_uuid(it.by_id),
            at: instant(it.at),
            knows: knows.transpose()?,
            about: about.remove(&it.id).unwrap_or_default(),
            told: told.remove(&it.id).unwrap_or_default(),
            due_at: it.due_at.map(instant),
            taken_on: taken_on.get(&it.id).copied(),
            unanswered_at: unanswered.get(&it.id).copied(),
            written: written.remove(&it.id),
        })
    };
    rows.into_iter().map(read).collect()
}

/// Whether one is kept under this id, as after a second tap.
///
/// # Errors
/// When the database does not answer.
pub async fn is_raised(tx: &Tx, id: ConcernId) -> Result<bool> {
    Ok(concern::Entity::find_by_id(id.as_uuid()).one(&tx.0).await?.is_some())
}

/// Keeps a concern, whom it is about, and who is told.
///
/// # Errors
/// When the database does not answer, or refuses what no rule would make.
pub async fn save(tx: &Tx, id: ConcernId, new: &NewConcern, now: DateTime<Utc>) -> Result<()> {
    let row = concern::ActiveModel {
        id: Set(id.as_uuid()),
        organisation_id: Set(new.organisation().as_uuid()),
        route: Set(new.route().as_str().to_owned()),
        by_id: Set(new.by().as_uuid()),
        at: Set(now.timestamp_millis()),
        knows: Set(new.knows().map(|it| it.as_str().to_owned())),
        due_at: Set(Some(new.due_at().timestamp_millis())),
    };
    concern::Entity::insert(row).exec_without_returning(&tx.0).await?;
    let about = |it: &PersonId| concern_about::ActiveModel {
        concern_id: Set(id.as_uuid()),
        person_id: Set(it.as_uuid()),
    };
    let about: Vec<_> = new.about().iter().map(about).collect();
    if !about.is_empty() {
        concern_about::Entity::insert_many(about).exec_without_returning(&tx.0).await?;
    }
    tell(tx, (id, 1), new.told(), now).await?;
    match new.written() {
        Some(it) => save_where(tx, (id, it), new.by(), now).await,
        None => Ok(()),
    }
}

async fn tell(tx: &Tx, (id, number): (ConcernId, i64), to: PersonId, now: DateTime<Utc>) -> Result<()> {
    let row = concern_told::ActiveModel {
        concern_id: Set(id.as_uuid()),
        person_id: Set(to.as_uuid()),
        number: Set(number),
        at: Set(now.timestamp_millis()),
    };
    concern_told::Entity::insert(row).exec_without_returning(&tx.0).await?;
    Ok(())
}

/// The number of whoever is told after those who were.
fn next_number(concern: &Concern) -> i64 {
    i64::try_from(concern.told.len()).unwrap_or(i64::MAX - 1) + 1
}

/// Keeps that it reached the next, who has until `due_at`.
///
/// # Errors
/// When the database does not answer, or refuses what no rule would make.
pub async fn save_told(
    tx: &Tx,
    concern: &Concern,
    (to, due_at): (PersonId, DateTime<Utc>),
    now: DateTime<Utc>,
) -> Result<()> {
    tell(tx, (concern.id, next_number(concern)), to, now).await?;
    save_due(tx, concern.id, Some(due_at)).await
}

/// Keeps that nobody is left whom it could reach.
///
/// # Errors
/// When the database does not answer, or refuses what no rule would make.
pub async fn save_unanswered(tx: &Tx, id: ConcernId, now: DateTime<Utc>) -> Result<()> {
    let row =
        concern_unanswered::ActiveModel { concern_id: Set(id.as_uuid()), at: Set(now.timestamp_millis()) };
    concern_unanswered::Entity::insert(row).exec_without_returning(&tx.0).await?;
    save_due(tx, id, None).await
}

async fn save_due(tx: &Tx, id: ConcernId, due_at: Option<DateTime<Utc>>) -> Result<()> {
    concern::Entity::update_many()
        .col_expr(concern::Column::DueAt, Expr::value(due_at.map(|it| it.timestamp_millis())))
        .filter(concern::Column::Id.eq(id.as_uuid()))
        .exec(&tx.0)
        .await?;
    Ok(())
}

/// Keeps that somebody took it on, whom it has reached by then.
///
/// # Errors
/// When the database does not answer, or refuses what no rule would make.
pub async fn save_taken_on(tx: &Tx, concern: &Concern, new: &TakenOn, now: DateTime<Utc>) -> Result<()> {
    if !new.was_told() {
        tell(tx, (concern.id, next_number(concern)), new.by(), now).await?;
    }
    let row = concern_taken_on::ActiveModel {
        concern_id: Set(new.concern().as_uuid()),
        person_id: Set(new.by().as_uuid()),
        at: Set(now.timestamp_millis()),
    };
    concern_taken_on::Entity::insert(row).exec_without_returning(&tx.0).await?;
    save_due(tx, new.concern(), None).await
}

/// Keeps where it is written down.
///
/// # Errors
/// When the database does not answer, or refuses what no rule would make.
pub async fn save_written(tx: &Tx, new: &NewWritten, by: PersonId, now: DateTime<Utc>) -> Result<()> {
    save_where(tx, (new.concern(), new.written()), by, now).await
}

async fn save_where(
    tx: &Tx,
    (id, written): (ConcernId, &Written),
    by: PersonId,
    now: DateTime<Utc>,
) -> Result<()> {
    let row = concern_written::ActiveModel {
        concern_id: Set(id.as_uuid()),
        system: Set(written.system.clone()),
        reference: Set(written.reference.clone()),
        by_id: Set(by.as_uuid()),
        at: Set(now.timestamp_millis()),
    };
    concern_written::Entity::insert(row).exec_without_returning(&tx.0).await?;
    Ok(())
}
