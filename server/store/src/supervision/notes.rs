//! What is written about sessions. Whatever is private is asked for with the key of its author and nothing else;
//! whatever is shared with that of somebody who was there.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::own_words::Revised;
use domain::people::{Author, PersonId, StrandMember};
use domain::supervision::note::{NewShared, Next, Private, Shared};
use domain::supervision::session::SessionId;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};
use uuid::Uuid;

use super::sessions::sessions_of;
use crate::audit::Action;
use crate::entities::{supervision_note, supervision_opened, supervision_session, supervision_shared};
use crate::{Db, Result, Tx, instant};

/// Somebody shared something about a session.
pub const SHARED: Action = Action::named("supervision_shared");

/// What somebody wrote for themself about a session.
///
/// # Errors
/// When the database does not answer.
pub async fn note(
    db: &Db,
    by: &Author,
    (session, kind): (SessionId, Private),
) -> Result<Option<Revised<String>>> {
    Ok(supervision_note::Entity::find_by_id(key(by, session, kind)).one(&db.read).await?.map(revised))
}

/// The same inside the transaction that keeps something newer. Two tabs take turns.
///
/// # Errors
/// When the database does not answer.
pub async fn note_now(
    tx: &Tx,
    by: &Author,
    (session, kind): (SessionId, Private),
) -> Result<Option<Revised<String>>> {
    let turn = supervision_session::Entity::find_by_id(session.as_uuid()).lock_exclusive();
    turn.one(&tx.0).await?;
    Ok(supervision_note::Entity::find_by_id(key(by, session, kind)).one(&tx.0).await?.map(revised))
}

/// Keeps what somebody wrote for themself. What they took back leaves its number behind, so that an old tab does not
/// bring back what is gone.
///
/// # Errors
/// When the database does not answer.
pub async fn save_note(
    tx: &Tx,
    by: &Author,
    (session, kind): (SessionId, Private),
    (next, now): (&Next<String>, DateTime<Utc>),
) -> Result<()> {
    use supervision_note::Column;
    let (author_id, session_id, kind) = key(by, session, kind);
    let row = supervision_note::ActiveModel {
        author_id: Set(author_id),
        session_id: Set(session_id),
        kind: Set(kind),
        text: Set(next.value().clone()),
        revision: Set(next.revision()),
        changed_at: Set(now.timestamp_millis()),
    };
    let again = OnConflict::columns([Column::AuthorId, Column::SessionId, Column::Kind])
        .update_columns([Column::Text, Column::Revision, Column::ChangedAt])
        .to_owned();
    supervision_note::Entity::insert(row).on_conflict(again).exec_without_returning(&tx.0).await?;
    Ok(())
}

/// The sessions about which somebody has something for themself, each with its day, the latest written first.
///
/// # Errors
/// When the database does not answer.
pub async fn written_by(
    db: &Db,
    by: &Author,
    (before, limit): (Option<SessionId>, u64),
) -> Result<Vec<(SessionId, NaiveDate)>> {
    use supervision_note::Column;
    let mut found = supervision_note::Entity::find()
        .select_only()
        .column(Column::SessionId)
        .filter(Column::AuthorId.eq(by.person().as_uuid()))
        .filter(Column::Kind.eq(Private::Own.as_str()))
        .filter(Column::Text.ne(""))
        .order_by_desc(Column::SessionId)
        .limit(limit);
    if let Some(before) = before {
        found = found.filter(Column::SessionId.lt(before.as_uuid()));
    }
    let ids: Vec<Uuid> = found.into_tuple().all(&db.read).await?;
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let sessions = supervision_session::Entity::find()
        .filter(supervision_session::Column::Id.is_in(ids))
        .order_by_desc(supervision_session::Column::Id);
    let rows = sessions.all(&db.read).await?.into_iter();
    Ok(rows.map(|it| (SessionId::from_uuid(it.id), it.day)).collect())
}

fn key(by: &Author, session: SessionId, kind: Private) -> (Uuid, Uuid, String) {
    (by.person().as_uuid(), session.as_uuid(), kind.as_str().to_owned())
}

fn revised(row: supervision_note::Model) -> Revised<String> {
    Revised { value: row.text, revision: row.revision }
}

/// What somebody shared, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedAt {
    pub shared: Shared,
    pub at: DateTime<Utc>,
}

/// Everything that was shared about a session of theirs, version by version.
///
/// # Errors
/// When the database does not answer.
pub async fn shared(db: &Db, by: &StrandMember, session: SessionId) -> Result<Vec<SharedAt>> {
    use supervision_shared::Column;
    let found = supervision_shared::Entity::find()
        .filter(Column::SessionId.eq(session.as_uuid()))
        .filter(Column::SessionId.in_subquery(sessions_of(by)))
        .order_by_asc(Column::AuthorId)
        .order_by_asc(Column::Number);
    Ok(found.all(&db.read).await?.into_iter().map(shared_at).collect())
}

/// What somebody shares about a session now, inside the transaction that shares something newer. They take turns.
///
/// # Errors
/// When the database does not answer.
pub async fn last_shared_now(tx: &Tx, by: &StrandMember, session: SessionId) -> Result<Option<Shared>> {
    use supervision_shared::Column;
    let turn = supervision_session::Entity::find_by_id(session.as_uuid()).lock_exclusive();
    turn.one(&tx.0).await?;
    let found = supervision_shared::Entity::find()
        .filter(Column::SessionId.eq(session.as_uuid()))
        .filter(Column::AuthorId.eq(by.person().as_uuid()))
        .filter(Column::SessionId.in_subquery(sessions_of(by)))
        .order_by_desc(Column::Number);
    Ok(found.one(&tx.0).await?.map(|it| shared_at(it).shared))
}

fn shared_at(row: supervision_shared::Model) -> SharedAt {
    let author = PersonId::from_uuid(row.author_id);
    SharedAt { shared: Shared { author, number: row.number, text: row.text }, at: instant(row.at) }
}

/// Shares something.
///
/// # Errors
/// When the database does not answer, or refuses what no rule would make.
pub async fn save_shared(tx: &Tx, session: SessionId, new: &NewShared, now: DateTime<Utc>) -> Result<()> {
    let row = supervision_shared::ActiveModel {
        session_id: Set(session.as_uuid()),
        author_id: Set(new.author().as_uuid()),
        number: Set(new.number()),
        text: Set(new.text().to_owned()),
        at: Set(now.timestamp_millis()),
    };
    supervision_shared::Entity::insert(row).exec_without_returning(&tx.0).await?;
    Ok(())
}

/// Writes down that somebody opened what others shared: each version once a day.
///
/// # Errors
/// When the database does not answer.
pub async fn save_opened(
    tx: &Tx,
    (by, session): (&StrandMember, SessionId),
    opened: &[(PersonId, i64)],
    (today, now): (NaiveDate, DateTime<Utc>),
) -> Result<()> {
    use supervision_opened::Column;
    let row = |(author, number): &(PersonId, i64)| supervision_opened::ActiveModel {
        session_id: Set(session.as_uuid()),
        author_id: Set(author.as_uuid()),
        number: Set(*number),
        reader_id: Set(by.person().as_uuid()),
        day: Set(today),
        at: Set(now.timestamp_millis()),
    };
    let key = [Column::SessionId, Column::AuthorId, Column::Number, Column::ReaderId, Column::Day];
    let once = OnConflict::columns(key).do_nothing().to_owned();
    let rows = supervision_opened::Entity::insert_many(opened.iter().map(row)).on_conflict(once);
    rows.exec_without_returning(&tx.0).await?;
    Ok(())
}

/// Who opened what somebody shares about a session, and when first on each day, the latest first.
///
/// # Errors
/// When the database does not answer.
pub async fn opened_by(
    db: &Db,
    (author, session): (&Author, SessionId),
    limit: u64,
) -> Result<Vec<(PersonId, DateTime<Utc>)>> {
    use supervision_opened::Column;
    let found = supervision_opened::Entity::find()
        .filter(Column::SessionId.eq(session.as_uuid()))
        .filter(Column::AuthorId.eq(author.person().as_uuid()))
        .order_by_desc(Column::At)
        .limit(limit);
    let rows = found.all(&db.read).await?.into_iter();
    Ok(rows.map(|it| (PersonId::from_uuid(it.reader_id), instant(it.at))).collect())
}

/// Which versions somebody has opened on a day, so that nothing is written down that is there.
///
/// # Errors
/// When the database does not answer.
pub async fn opened_on(
    db: &Db,
    (by, session): (&StrandMember, SessionId),
    day: NaiveDate,
) -> Result<BTreeMap<PersonId, i64>> {
    use supervision_opened::Column;
    let found = supervision_opened::Entity::find()
        .filter(Column::SessionId.eq(session.as_uuid()))
        .filter(Column::ReaderId.eq(by.person().as_uuid()))
        .filter(Column::Day.eq(day))
        .filter(Column::SessionId.in_subquery(sessions_of(by)));
    let rows = found.order_by_asc(Column::Number).all(&db.read).await?.into_iter();
    Ok(rows.map(|it| (PersonId::from_uuid(it.author_id), it.number)).collect())
}
