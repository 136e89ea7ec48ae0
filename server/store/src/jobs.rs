//! Work that is done after the answer has gone out: entered by the transaction that causes it, leased by one
//! worker at a time, tried again after a failure, and gone as soon as it is done.
//!
//! A worker that dies leaves a lease that runs out. So work may happen twice, never not at all: an errand has
//! to bear being run again. What is asked of an administrator is in [`dead`], what comes round in [`slots`].

use std::fmt;

use chrono::{DateTime, TimeDelta, Utc};
use domain::jobs::{Next, after_failure, may_begin};
use sea_orm::sea_query::{LockBehavior, LockType};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select, Set,
};
use uuid::Uuid;

use crate::audit::Action;
use crate::entities::job::{ActiveModel, Column, Entity, Model};
use crate::{Db, Failure, Result, Tx};

mod dead;
mod errand;
mod slots;
#[cfg(test)]
mod tests;

pub use dead::{Counts, Dead, counts, dead_jobs, drop_dead, retry};
pub use errand::Errand;
pub use slots::{Round, enqueue_round, forget_slots};

/// Somebody had a job that was given up tried again.
pub const JOB_RETRIED: Action = Action::named("job_retried");
/// Somebody let one go.
pub const JOB_DROPPED: Action = Action::named("job_dropped");

const READY: &str = "ready";
const RUNNING: &str = "running";
const DEAD: &str = "dead";

/// A job that a worker holds until its lease runs out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    pub id: Uuid,
    pub errand: Errand,
    /// How often it was begun, this time included.
    pub attempts: i64,
    /// When it was entered: the same each time that it is tried.
    pub made_at: DateTime<Utc>,
    worker: String,
}

/// Why a job failed: a kind of trouble, and at most a number. A type, so that nothing of what anybody wrote
/// can get into a log or onto an administrator's page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The mail server said no, with this reply code of SMTP.
    MailRefused(u16),
    /// The mail server did not answer, or not in a way that could be understood.
    MailUnreachable,
    /// The letter could not be made into a message.
    MailUnfit,
    /// The outbox could not be written to.
    OutboxUnwritable,
    /// The database did not answer.
    Database,
    /// Files could not be reached.
    Files,
    /// The errand panicked.
    Crashed,
    /// Its workers went away too often without a word.
    Lost,
    /// Its payload cannot be read.
    Unreadable,
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MailRefused(code) => write!(f, "mail refused, {code}"),
            Self::MailUnreachable => f.write_str("mail server out of reach"),
            Self::MailUnfit => f.write_str("letter unfit to send"),
            Self::OutboxUnwritable => f.write_str("outbox not writable"),
            Self::Database => f.write_str("database"),
            Self::Files => f.write_str("files out of reach"),
            Self::Crashed => f.write_str("crashed"),
            Self::Lost => f.write_str("lost too often"),
            Self::Unreadable => f.write_str("unreadable"),
        }
    }
}

/// Enters a job to be done as soon as the transaction is committed; with it, or not at all.
///
/// # Errors
/// When the database does not answer.
pub async fn enqueue(tx: &Tx, errand: &Errand, now: DateTime<Utc>) -> Result<Uuid> {
    enqueue_for(tx, errand, now, now).await
}

/// Enters a job to be done at `run_at`, or soon after.
///
/// # Errors
/// When the database does not answer.
pub async fn enqueue_for(
    tx: &Tx,
    errand: &Errand,
    run_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<Uuid> {
    let id = Uuid::now_v7();
    row_of(id, errand, (run_at, now))?.insert(&tx.0).await?;
    Ok(id)
}

/// Enters many jobs at once, to be done in this order as soon as the transaction is committed.
///
/// # Errors
/// When the database does not answer.
pub async fn enqueue_all(tx: &Tx, errands: &[Errand], now: DateTime<Utc>) -> Result<()> {
    for some in errands.chunks(AT_ONCE) {
        let rows =
            some.iter().map(|it| row_of(Uuid::now_v7(), it, (now, now))).collect::<Result<Vec<_>>>()?;
        Entity::insert_many(rows).exec_without_returning(&tx.0).await?;
    }
    Ok(())
}

/// Jobs in one statement: SQLite takes 32,766 values, and each has ten.
const AT_ONCE: usize = 1000;

fn row_of(id: Uuid, errand: &Errand, (run_at, now): (DateTime<Utc>, DateTime<Utc>)) -> Result<ActiveModel> {
    Ok(ActiveModel {
        id: Set(id),
        kind: Set(errand.kind().into()),
        payload: Set(errand.to_payload()?),
        state: Set(READY.into()),
        run_at: Set(run_at.timestamp_millis()),
        locked_until: Set(None),
        locked_by: Set(None),
        attempts: Set(0),
        last_error: Set(None),
        made_at: Set(now.timestamp_millis()),
    })
}

/// Leases the job that has been due for longest to `worker`, whose name is nobody else's.
///
/// Asking when nothing is due only reads, so that idle workers are in nobody's way. A job that cannot be read,
/// or that took its worker down with it too often, is given up here and the next one looked at.
///
/// # Errors
/// When the database does not answer.
pub async fn claim(db: &Db, worker: &str, now: DateTime<Utc>, lease: TimeDelta) -> Result<Option<Claim>> {
    loop {
        if first_due(&db.read, now, |it| it).await?.is_none() {
            return Ok(None);
        }
        let tx = db.begin().await?;
        // Says nothing on SQLite, where the transaction has been alone since it began.
        let locked = |it: Select<Entity>| it.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
        let Some(row) = first_due(&tx.0, now, locked).await? else { return Ok(None) };
        let claimed = match (Errand::from_payload(&row.payload), may_begin(row.attempts)) {
            (Ok(errand), true) => Some(begin(&tx, row, errand, Holder { worker, until: now + lease }).await?),
            (Ok(_), false) => give_up(&tx, row.id, Trouble::Lost).await.map(|()| None)?,
            (Err(_), _) => give_up(&tx, row.id, Trouble::Unreadable).await.map(|()| None)?,
        };
        tx.commit().await?;
        if claimed.is_some() {
            return Ok(claimed);
        }
    }
}

struct Holder<'a> {
    worker: &'a str,
    until: DateTime<Utc>,
}

async fn first_due(
    db: &impl sea_orm::ConnectionTrait,
    now: DateTime<Utc>,
    locked: impl Fn(Select<Entity>) -> Select<Entity>,
) -> Result<Option<Model>> {
    // Leases first: their jobs have waited longest already.
    match locked(lease_run_out(now)).one(db).await? {
        Some(row) => Ok(Some(row)),
        None => Ok(locked(ready(now)).one(db).await?),
    }
}

/// Jobs of kinds that this program knows; while nodes are being renewed, others wait for a newer one.
fn known() -> Select<Entity> {
    Entity::find().filter(Column::Kind.is_in(Errand::KINDS)).limit(1)
}

fn ready(now: DateTime<Utc>) -> Select<Entity> {
    known()
        .filter(Column::State.eq(READY))
        .filter(Column::RunAt.lte(now.timestamp_millis()))
        .order_by_asc(Column::RunAt)
        .order_by_asc(Column::Id)
}

fn lease_run_out(now: DateTime<Utc>) -> Select<Entity> {
    known()
        .filter(Column::State.eq(RUNNING))
        .filter(Column::LockedUntil.lt(now.timestamp_millis()))
        .order_by_asc(Column::RunAt)
        .order_by_asc(Column::Id)
}

async fn begin(tx: &Tx, row: Model, errand: Errand, holder: Holder<'_>) -> Result<Claim> {
    let claim = Claim {
        id: row.id,
        errand,
        attempts: row.attempts + 1,
        made_at: instant(row.made_at)?,
        worker: holder.worker.to_owned(),
    };
    let row = ActiveModel {
        id: Set(row.id),
        state: Set(RUNNING.into()),
        locked_until: Set(Some(holder.until.timestamp_millis())),
        locked_by: Set(Some(holder.worker.into())),
        attempts: Set(claim.attempts),
        ..Default::default()
    };
    row.update(&tx.0).await?;
    Ok(claim)
}

async fn give_up(tx: &Tx, id: Uuid, trouble: Trouble) -> Result<()> {
    let row = ActiveModel {
        id: Set(id),
        state: Set(DEAD.into()),
        locked_until: Set(None),
        locked_by: Set(None),
        last_error: Set(Some(trouble.to_string())),
        ..Default::default()
    };
    row.update(&tx.0).await?;
    Ok(())
}

/// The job, as long as nobody has taken it over: each time that it is begun it counts one up.
fn still_held(claim: &Claim) -> Condition {
    Condition::all()
        .add(Column::Id.eq(claim.id))
        .add(Column::State.eq(RUNNING))
        .add(Column::LockedBy.eq(&claim.worker))
        .add(Column::Attempts.eq(claim.attempts))
}

/// Takes a job that is done away, with everything it held. `false` when the lease had run out and somebody
/// else has the job: what the errand wrote in this transaction should then not be committed.
///
/// # Errors
/// When the database does not answer.
pub async fn done(tx: &Tx, claim: &Claim) -> Result<bool> {
    let gone = Entity::delete_many().filter(still_held(claim)).exec(&tx.0).await?;
    Ok(gone.rows_affected > 0)
}

/// Puts a job that failed back for later, or gives it up; says which. Nothing when the lease had run out and
/// somebody else has the job.
///
/// # Errors
/// When the database does not answer.
pub async fn failed(tx: &Tx, claim: &Claim, trouble: Trouble, now: DateTime<Utc>) -> Result<Option<Next>> {
    let next = after_failure(claim.attempts, now);
    let row = ActiveModel {
        locked_until: Set(None),
        locked_by: Set(None),
        last_error: Set(Some(trouble.to_string())),
        ..Default::default()
    };
    let row = match next {
        Next::At(at) => ActiveModel { state: Set(READY.into()), run_at: Set(at.timestamp_millis()), ..row },
        Next::GivenUp => ActiveModel { state: Set(DEAD.into()), ..row },
    };
    let kept = Entity::update_many().set(row).filter(still_held(claim)).exec(&tx.0).await?;
    Ok((kept.rows_affected > 0).then_some(next))
}

/// Keeps a job for as long again. `false` when the lease had run out and somebody else has the job.
///
/// # Errors
/// When the database does not answer.
pub async fn extend(tx: &Tx, claim: &Claim, now: DateTime<Utc>, lease: TimeDelta) -> Result<bool> {
    let row = ActiveModel { locked_until: Set(Some((now + lease).timestamp_millis())), ..Default::default() };
    let kept = Entity::update_many().set(row).filter(still_held(claim)).exec(&tx.0).await?;
    Ok(kept.rows_affected > 0)
}

fn instant(millis: i64) -> Result<DateTime<Utc>> {
    DateTime::from_timestamp_millis(millis).ok_or_else(|| Failure::Content(format!("{millis} is no instant")))
}
