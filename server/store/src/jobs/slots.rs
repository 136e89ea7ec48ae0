//! Periodic work: each round is entered once, however many nodes there are.
//!
//! Every node enters every round, and the first one wins. Which rounds have been entered is kept apart from
//! the jobs themselves, because those go as soon as they are done.

use chrono::{DateTime, TimeDelta, Utc};
use domain::jobs::Slot;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Set, TryInsertResult};

use super::{Errand, enqueue};
use crate::entities::job_slot::{ActiveModel, Column, Entity};
use crate::{Db, Result, Tx};

/// How long rounds are remembered. Our choice: no node's clock is wrong by as much and nobody notices.
const REMEMBERED: TimeDelta = TimeDelta::days(40);

/// One round of some periodic work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Round<'a> {
    /// What the work is called; its rounds are told apart by their slots.
    pub name: &'a str,
    pub slot: &'a Slot,
}

/// Enters the job of a round. `false` when another node was first.
///
/// # Errors
/// When the database does not answer.
pub async fn enqueue_round(db: &Db, round: &Round<'_>, errand: &Errand, now: DateTime<Utc>) -> Result<bool> {
    let key = (round.name.to_owned(), round.slot.as_str().to_owned());
    // Reading first keeps the nodes that come second out of the writers' way.
    if Entity::find_by_id(key.clone()).one(&db.read).await?.is_some() {
        return Ok(false);
    }
    let tx = db.begin().await?;
    let row = ActiveModel { name: Set(key.0), slot: Set(key.1), made_at: Set(now.timestamp_millis()) };
    let entered = Entity::insert(row).on_conflict_do_nothing_on([Column::Name, Column::Slot]);
    match entered.exec_without_returning(&tx.0).await? {
        TryInsertResult::Inserted(1) => {
            enqueue(&tx, errand, now).await?;
            tx.commit().await?;
            Ok(true)
        }
        _ => Ok(false),
    }
}

/// Forgets rounds that nobody could enter any more, and says how many.
///
/// # Errors
/// When the database does not answer.
pub async fn forget_slots(tx: &Tx, now: DateTime<Utc>) -> Result<u64> {
    let long_ago = Column::MadeAt.lt((now - REMEMBERED).timestamp_millis());
    Ok(Entity::delete_many().filter(long_ago).exec(&tx.0).await?.rows_affected)
}
