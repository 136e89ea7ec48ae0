//! Jobs that were given up: they stay until an administrator tries them again or drops them.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select, Set,
};
use uuid::Uuid;

use super::{DEAD, READY, RUNNING, instant};
use crate::entities::job::{ActiveModel, Column, Entity, Model};
use crate::{Db, Result, Tx};

/// A job that was given up, without what it held: an administrator needs to know what is stuck, not to whom
/// it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dead {
    pub id: Uuid,
    pub kind: String,
    pub last_error: String,
    pub attempts: i64,
    pub made_at: DateTime<Utc>,
    /// When it was last due.
    pub run_at: DateTime<Utc>,
}

/// How many jobs there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    pub ready: u64,
    pub running: u64,
    pub dead: u64,
}

/// The jobs that were given up, the latest made first: those made before `before`, at most `limit`.
///
/// # Errors
/// When the database does not answer.
pub async fn dead_jobs(db: &Db, before: Option<Uuid>, limit: u64) -> Result<Vec<Dead>> {
    let rows = page(before, limit).all(&db.read).await?;
    rows.into_iter().map(Dead::try_from).collect()
}

pub(super) fn page(before: Option<Uuid>, limit: u64) -> Select<Entity> {
    let dead = Entity::find().filter(Column::State.eq(DEAD)).order_by_desc(Column::Id).limit(limit);
    match before {
        Some(id) => dead.filter(Column::Id.lt(id)),
        None => dead,
    }
}

/// Lets a job that was given up start afresh. `false` when there is none of that id.
///
/// # Errors
/// When the database does not answer.
pub async fn retry(tx: &Tx, id: Uuid, now: DateTime<Utc>) -> Result<bool> {
    let row = ActiveModel {
        state: Set(READY.into()),
        run_at: Set(now.timestamp_millis()),
        attempts: Set(0),
        ..Default::default()
    };
    let is_dead = Column::Id.eq(id).and(Column::State.eq(DEAD));
    let again = Entity::update_many().set(row).filter(is_dead).exec(&tx.0).await?;
    Ok(again.rows_affected > 0)
}

/// Takes a job that was given up away, with everything it held. `false` when there is none of that id.
///
/// # Errors
/// When the database does not answer.
pub async fn drop_dead(tx: &Tx, id: Uuid) -> Result<bool> {
    let is_dead = Column::Id.eq(id).and(Column::State.eq(DEAD));
    let gone = Entity::delete_many().filter(is_dead).exec(&tx.0).await?;
    Ok(gone.rows_affected > 0)
}

/// Counts the jobs of each state.
///
/// # Errors
/// When the database does not answer.
pub async fn counts(db: &Db) -> Result<Counts> {
    let count = async |state: &str| Entity::find().filter(Column::State.eq(state)).count(&db.read).await;
    Ok(Counts { ready: count(READY).await?, running: count(RUNNING).await?, dead: count(DEAD).await? })
}

impl TryFrom<Model> for Dead {
    type Error = crate::Failure;

    fn try_from(row: Model) -> Result<Self> {
        Ok(Self {
            id: row.id,
            kind: row.kind,
            last_error: row.last_error.unwrap_or_default(),
            attempts: row.attempts,
            made_at: instant(row.made_at)?,
            run_at: instant(row.run_at)?,
        })
    }
}
