//! What was done on placements, line by line, and who agreed it.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::people::{PersonId, PlaceId};
use domain::training::hours::{Activity, Agreed, HoursId, Line, LineState, NewLine};
use domain::training::placement::PlacementId;
use sea_orm::sea_query::{Expr, Query};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder,
    QuerySelect, Set,
};
use uuid::Uuid;

use crate::audit::Action;
use crate::entities::{person, placement_hours};
use crate::people::unknown;
use crate::{Db, Failure, Result, Tx};

/// Whoever looks after a placement agreed hours of it.
pub const HOURS_AGREED: Action = Action::named("placement_hours_agreed");
/// They sent a line back with a question.
pub const HOURS_ASKED: Action = Action::named("placement_hours_asked");

/// The lines of a placement, the earliest day first; without those that were taken back. A placement has some hundreds
/// at most.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn lines(db: &Db, placement: PlacementId) -> Result<Vec<Line>> {
    lines_in(&db.read, placement).await
}

/// The same inside a transaction that has taken its turn with the placement.
///
/// # Errors
/// As [`lines`].
pub async fn lines_now(tx: &Tx, placement: PlacementId) -> Result<Vec<Line>> {
    lines_in(&tx.0, placement).await
}

async fn lines_in(db: &impl ConnectionTrait, placement: PlacementId) -> Result<Vec<Line>> {
    let found = placement_hours::Entity::find()
        .filter(placement_hours::Column::PlacementId.eq(placement.as_uuid()))
        .filter(placement_hours::Column::State.ne(LineState::TakenBack.as_str()))
        .order_by_asc(placement_hours::Column::Day)
        .order_by_asc(placement_hours::Column::Id);
    found.all(db).await?.into_iter().map(read).collect()
}

/// What somebody told of one day, whatever the placement. They take turns with themselves: of two lines that are told
/// at once, of two placements, the second sees the first.
///
/// # Errors
/// As [`lines`].
pub async fn of_day_now(tx: &Tx, person: PersonId, day: NaiveDate) -> Result<Vec<Line>> {
    person::Entity::find_by_id(person.as_uuid()).lock_exclusive().one(&tx.0).await?;
    let found = placement_hours::Entity::find()
        .filter(placement_hours::Column::PersonId.eq(person.as_uuid()))
        .filter(placement_hours::Column::Day.eq(day));
    found.all(&tx.0).await?.into_iter().map(read).collect()
}

/// How many lines of these placements wait to be agreed.
///
/// # Errors
/// When the database does not answer.
pub async fn waiting(db: &Db, placements: &[PlacementId]) -> Result<BTreeMap<PlacementId, i64>> {
    if placements.is_empty() {
        return Ok(BTreeMap::new());
    }
    let found: Vec<(Uuid, i64)> = placement_hours::Entity::find()
        .select_only()
        .column(placement_hours::Column::PlacementId)
        .column_as(placement_hours::Column::Id.count(), "lines")
        .filter(placement_hours::Column::PlacementId.is_in(placements.iter().map(|it| it.as_uuid())))
        .filter(placement_hours::Column::State.eq(LineState::Waiting.as_str()))
        .group_by(placement_hours::Column::PlacementId)
        .into_tuple()
        .all(&db.read)
        .await?;
    Ok(found.into_iter().map(|it| (PlacementId::from_uuid(it.0), it.1)).collect())
}

/// The placements of somebody in which a line came back to them with a question, the latest first.
///
/// # Errors
/// When the database does not answer.
pub async fn asked_about(db: &Db, person: PersonId, limit: u64) -> Result<Vec<PlacementId>> {
    use placement_hours::Column;
    let found: Vec<Uuid> = placement_hours::Entity::find()
        .select_only()
        .column(Column::PlacementId)
        .distinct()
        .filter(Column::PersonId.eq(person.as_uuid()))
        .filter(Column::State.eq(LineState::Asked.as_str()))
        .order_by_desc(Column::PlacementId)
        .limit(limit)
        .into_tuple()
        .all(&db.read)
        .await?;
    Ok(found.into_iter().map(PlacementId::from_uuid).collect())
}

/// How many minutes of these placements count: of agreed lines, without those that another agreed line is told instead
/// of.
///
/// # Errors
/// When the database does not answer.
pub async fn counted(db: &Db, placements: &[PlacementId]) -> Result<BTreeMap<PlacementId, i64>> {
    use placement_hours::Column;
    if placements.is_empty() {
        return Ok(BTreeMap::new());
    }
    let of_it = |it| Expr::col(("instead", it));
    let instead = Query::select()
        .expr(Expr::value(1))
        .from_as(placement_hours::Entity, "instead")
        .and_where(of_it(Column::CorrectsId).equals((placement_hours::Entity, Column::Id)))
        .and_where(of_it(Column::State).eq(LineState::Agreed.as_str()))
        .take();
    let found: Vec<(Uuid, i64)> = placement_hours::Entity::find()
        .select_only()
        .column(Column::PlacementId)
        .column_as(Column::Minutes.sum().cast_as("bigint"), "minutes")
        .filter(Column::PlacementId.is_in(placements.iter().map(|it| it.as_uuid())))
        .filter(Column::State.eq(LineState::Agreed.as_str()))
        .filter(Expr::exists(instead).not())
        .group_by(Column::PlacementId)
        .into_tuple()
        .all(&db.read)
        .await?;
    Ok(found.into_iter().map(|it| (PlacementId::from_uuid(it.0), it.1)).collect())
}

/// Whether there is a line with this id, whosever it is: it was told before, as after a second tap.
///
/// # Errors
/// When the database does not answer.
pub async fn is_told(tx: &Tx, id: HoursId) -> Result<bool> {
    Ok(placement_hours::Entity::find_by_id(id.as_uuid()).one(&tx.0).await?.is_some())
}

/// Keeps a line that is told. The transaction has taken its turn with the placement.
///
/// # Errors
/// When the database does not answer, or there is a line with that id.
pub async fn save(tx: &Tx, (placement, person): (PlacementId, PersonId), new: &NewLine) -> Result<()> {
    let row = placement_hours::ActiveModel {
        placement_id: Set(placement.as_uuid()),
        person_id: Set(person.as_uuid()),
        corrects_id: Set(new.line().corrects.map(HoursId::as_uuid)),
        agreed_by: Set(None),
        agreed_at: Set(None),
        ..row_of(new.line())
    };
    placement_hours::Entity::insert(row).exec_without_returning(&tx.0).await?;
    Ok(())
}

/// Keeps what a line says from now on. The transaction has taken its turn with the placement, and has found it there.
///
/// # Errors
/// When the database does not answer, or the line was agreed (`placement_hours_agreed_never_change`).
pub async fn change(tx: &Tx, new: &NewLine) -> Result<()> {
    row_of(new.line()).update(&tx.0).await?;
    Ok(())
}

fn row_of(line: &Line) -> placement_hours::ActiveModel {
    placement_hours::ActiveModel {
        id: Set(line.id.as_uuid()),
        activity: Set(line.activity.as_str().to_owned()),
        day: Set(line.day),
        minutes: Set(line.minutes.into()),
        site_id: Set(line.site.as_uuid()),
        words: Set(line.words.clone()),
        state: Set(line.state.as_str().to_owned()),
        question: Set(line.question.clone()),
        revision: Set(line.revision),
        ..Default::default()
    }
}

/// Keeps that lines were agreed. The transaction has taken its turn with the placement.
///
/// # Errors
/// When the database does not answer.
pub async fn save_agreed(tx: &Tx, by: PersonId, agreed: &Agreed, now: DateTime<Utc>) -> Result<()> {
    use placement_hours::Column;
    placement_hours::Entity::update_many()
        .col_expr(Column::State, Expr::value(LineState::Agreed.as_str()))
        .col_expr(Column::AgreedBy, Expr::value(by.as_uuid()))
        .col_expr(Column::AgreedAt, Expr::value(now.timestamp_millis()))
        .filter(Column::Id.is_in(agreed.lines().iter().map(|it| it.as_uuid())))
        .exec(&tx.0)
        .await?;
    Ok(())
}

fn read(row: placement_hours::Model) -> Result<Line> {
    let minutes = u16::try_from(row.minutes);
    Ok(Line {
        id: HoursId::from_uuid(row.id),
        activity: Activity::parse(&row.activity).ok_or_else(|| unknown("activity", &row.activity))?,
        day: row.day,
        minutes: minutes.map_err(|_| Failure::Content("more minutes than a day has".into()))?,
        site: PlaceId::from_uuid(row.site_id),
        words: row.words,
        state: LineState::parse(&row.state).ok_or_else(|| unknown("state", &row.state))?,
        corrects: row.corrects_id.map(HoursId::from_uuid),
        question: row.question,
        revision: row.revision,
    })
}
