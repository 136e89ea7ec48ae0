//! What was agreed in sessions: who does what until when.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::people::{PersonId, StrandMember};
use domain::supervision::action::{ActionId, Agreed, NewAction, Settled};
use domain::supervision::arrangement::ArrangementId;
use domain::supervision::session::SessionId;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select, Set};
use uuid::Uuid;

use crate::audit::Action;
use crate::entities::{supervision_action, supervision_session};
use crate::{Db, Result, Tx, instant};

/// Somebody said whether something is done.
pub const SETTLED: Action = Action::named("supervision_action_settled");

/// Something that is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Todo {
    pub id: ActionId,
    pub arrangement: ArrangementId,
    pub what: String,
    pub owner: PersonId,
    pub due_on: NaiveDate,
    pub is_shareable: bool,
    /// The day of the session in which it was agreed.
    pub agreed_on: NaiveDate,
    /// When somebody said that it is done.
    pub done_at: Option<DateTime<Utc>>,
}

/// Keeps what was agreed in a session.
///
/// # Errors
/// When the database does not answer, or refuses what no rule would make.
pub(super) async fn save(
    tx: &Tx,
    (arrangement, session): (ArrangementId, SessionId),
    new: &[NewAction],
    now: DateTime<Utc>,
) -> Result<()> {
    if new.is_empty() {
        return Ok(());
    }
    let row = |it: &NewAction| supervision_action::ActiveModel {
        id: Set(Uuid::now_v7()),
        arrangement_id: Set(arrangement.as_uuid()),
        session_id: Set(session.as_uuid()),
        what: Set(it.what().to_owned()),
        owner_id: Set(it.owner().as_uuid()),
        due_on: Set(it.due_on()),
        is_shareable: Set(it.is_shareable()),
        made_at: Set(now.timestamp_millis()),
        done_at: Set(None),
        done_by: Set(None),
    };
    supervision_action::Entity::insert_many(new.iter().map(row)).exec_without_returning(&tx.0).await?;
    Ok(())
}

/// What is still to be done in one pair or group, what is due first.
///
/// # Errors
/// When the database does not answer.
pub async fn open(db: &Db, by: &StrandMember, limit: u64) -> Result<Vec<Todo>> {
    use supervision_action::Column;
    let found = undone().filter(Column::ArrangementId.eq(by.arrangement().as_uuid()));
    read(db, found.order_by_asc(Column::DueOn).order_by_asc(Column::Id).limit(limit)).await
}

/// What somebody still has to do, in whatever pair or group it was agreed, what is due first.
///
/// # Errors
/// When the database does not answer.
pub async fn open_of(db: &Db, owner: PersonId, limit: u64) -> Result<Vec<Todo>> {
    use supervision_action::Column;
    let found = undone().filter(Column::OwnerId.eq(owner.as_uuid()));
    read(db, found.order_by_asc(Column::DueOn).order_by_asc(Column::Id).limit(limit)).await
}

/// Everything that was agreed in a session, done or not.
///
/// # Errors
/// When the database does not answer.
pub async fn of_session(db: &Db, by: &StrandMember, session: SessionId) -> Result<Vec<Todo>> {
    use supervision_action::Column;
    let found = supervision_action::Entity::find()
        .filter(Column::SessionId.eq(session.as_uuid()))
        .filter(Column::ArrangementId.eq(by.arrangement().as_uuid()));
    read(db, found.order_by_asc(Column::DueOn).order_by_asc(Column::Id)).await
}

fn undone() -> Select<supervision_action::Entity> {
    supervision_action::Entity::find().filter(supervision_action::Column::DoneAt.is_null())
}

async fn read(db: &Db, found: Select<supervision_action::Entity>) -> Result<Vec<Todo>> {
    let rows = found.all(&db.read).await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let days: Vec<(Uuid, NaiveDate)> = supervision_session::Entity::find()
        .select_only()
        .column(supervision_session::Column::Id)
        .column(supervision_session::Column::Day)
        .filter(supervision_session::Column::Id.is_in(rows.iter().map(|it| it.session_id)))
        .into_tuple()
        .all(&db.read)
        .await?;
    let days: BTreeMap<_, _> = days.into_iter().collect();
    let todo = |it: supervision_action::Model| {
        Some(Todo {
            agreed_on: *days.get(&it.session_id)?,
            id: ActionId::from_uuid(it.id),
            arrangement: ArrangementId::from_uuid(it.arrangement_id),
            what: it.what,
            owner: PersonId::from_uuid(it.owner_id),
            due_on: it.due_on,
            is_shareable: it.is_shareable,
            done_at: it.done_at.map(instant),
        })
    };
    Ok(rows.into_iter().filter_map(todo).collect())
}

/// One that was agreed in a pair or group, inside the transaction that says whether it is done. They take turns.
///
/// # Errors
/// When the database does not answer.
pub async fn action_now(tx: &Tx, (by, id): (&StrandMember, ActionId)) -> Result<Option<(Agreed, SessionId)>> {
    let found = supervision_action::Entity::find_by_id(id.as_uuid())
        .filter(supervision_action::Column::ArrangementId.eq(by.arrangement().as_uuid()))
        .lock_exclusive();
    let read = |it: supervision_action::Model| {
        let owner = PersonId::from_uuid(it.owner_id);
        (Agreed { id, owner, is_done: it.done_at.is_some() }, SessionId::from_uuid(it.session_id))
    };
    Ok(found.one(&tx.0).await?.map(read))
}

/// Keeps whether it is done.
///
/// # Errors
/// When the database does not answer.
pub async fn save_settled(tx: &Tx, settled: &Settled, now: DateTime<Utc>) -> Result<()> {
    use supervision_action::Column;
    let at = settled.is_done().then(|| now.timestamp_millis());
    let by = settled.is_done().then(|| settled.by().as_uuid());
    supervision_action::Entity::update_many()
        .col_expr(Column::DoneAt, Expr::value(at))
        .col_expr(Column::DoneBy, Expr::value(by))
        .filter(Column::Id.eq(settled.action().as_uuid()))
        .exec(&tx.0)
        .await?;
    Ok(())
}
