//! What was done, by whom and about whom: a chain of events that only ever grows.
//!
//! An event is the last thing written in the transaction that causes it ([`append`]), so that nothing happens
//! without its event and no event without what it tells. Events hold ids and hashes; the words of a detail lie
//! apart, with a salt, and can be erased without breaking the chain. Each hash covers the one before it, and the
//! newest is signed once a day outside the database ([`SignedHead`]). [`verify`] reads all of it again.

mod chain;
mod verify;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, IntoActiveModel};
use sea_orm::{ExprTrait, QueryFilter, QueryOrder, QuerySelect, Set, Statement};
use uuid::Uuid;

pub use self::verify::{Checked, Fault, Verified, verify, verify_within};
use crate::entities::{audit_action, audit_detail, audit_event, audit_head};
use crate::{Db, Result, Tx};

/// The advisory lock that stands for the chain's end: the letters "alo-audi".
const APPENDING: i64 = i64::from_be_bytes(*b"alo-audi");

/// What was done, by the name under which `audit_action` knows it. Each slice names its own actions and adds
/// them to that table in its own migration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Action(&'static str);

/// The words of an event were erased; the new event's detail says which one's.
pub const DETAIL_ERASED: Action = Action::named("audit_detail_erased");

/// A course has a new version.
pub const COURSE_PUBLISHED: Action = Action::named("course_published");

/// A programme has a new version.
pub const PROGRAMME_PUBLISHED: Action = Action::named("programme_published");

/// Something that was done, about to be written down.
#[derive(Clone, Debug)]
pub struct Event {
    at: DateTime<Utc>,
    action: Action,
    actor: Option<Uuid>,
    subject: Option<Uuid>,
    about: Option<Uuid>,
    organisation: Option<Uuid>,
    restricted: Option<(NaiveDate, String)>,
    detail: Option<String>,
}

/// An event as the person whom it is about may read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub sequence: i64,
    pub at: DateTime<Utc>,
    pub action: String,
    pub actor: Option<Uuid>,
    pub subject: Option<Uuid>,
    pub organisation: Option<Uuid>,
    /// Nothing when there was none, or when it has been erased.
    pub detail: Option<String>,
}

/// The end of the chain at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    pub sequence: i64,
    pub hash: Vec<u8>,
}

/// A head with the signature of a key that the database does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedHead {
    pub day: NaiveDate,
    pub head: Head,
    pub kid: String,
    pub signature: Vec<u8>,
}

impl Action {
    #[must_use]
    pub const fn named(name: &'static str) -> Self {
        Self(name)
    }
}

impl Event {
    /// The program itself did something; [`Event::by`] says that somebody did.
    #[must_use]
    pub const fn new(at: DateTime<Utc>, action: Action) -> Self {
        Self {
            at,
            action,
            actor: None,
            subject: None,
            about: None,
            organisation: None,
            restricted: None,
            detail: None,
        }
    }

    /// Who did it.
    #[must_use]
    pub fn by(self, actor: Uuid) -> Self {
        Self { actor: Some(actor), ..self }
    }

    /// The row that it was done to.
    #[must_use]
    pub fn to(self, subject: Uuid) -> Self {
        Self { subject: Some(subject), ..self }
    }

    /// The person whom it is about, who may read it.
    #[must_use]
    pub fn about(self, person: Uuid) -> Self {
        Self { about: Some(person), ..self }
    }

    /// The organisation within which it was done.
    #[must_use]
    pub fn within(self, organisation: Uuid) -> Self {
        Self { organisation: Some(organisation), ..self }
    }

    /// Keeps it from the person whom it is about until after the day on which that is looked at again.
    #[must_use]
    pub fn restricted(self, until: NaiveDate, reason: impl Into<String>) -> Self {
        Self { restricted: Some((until, reason.into())), ..self }
    }

    /// Words, kept apart so that they can be erased.
    #[must_use]
    pub fn saying(self, detail: impl Into<String>) -> Self {
        Self { detail: Some(detail.into()), ..self }
    }
}

impl SignedHead {
    /// What the signature is over.
    #[must_use]
    pub fn message(day: NaiveDate, head: &Head) -> Vec<u8> {
        chain::head_message(day, head)
    }
}

/// Writes an event at the end of the chain, as the last statement of the transaction that it belongs to: the end
/// stays taken until the transaction does. Answers with the event's number.
///
/// # Errors
/// When the database does not answer or refuses, as for an action that it does not know.
pub async fn append(tx: &Tx, event: Event) -> Result<i64> {
    lock(tx).await?;
    let last = newest(tx).await?;
    let (sequence, previous) = match last {
        Some(head) => (head.sequence + 1, head.hash),
        None => (1, chain::BEFORE_THE_FIRST.to_vec()),
    };
    let detail = match event.detail {
        Some(detail) => {
            let mut salt = [0; 32];
            getrandom::fill(&mut salt)?;
            Some(audit_detail::Model { sequence, salt: salt.to_vec(), detail })
        }
        None => None,
    };
    let (restricted_until, restricted_reason) = event.restricted.unzip();
    let mut row = audit_event::Model {
        sequence,
        at: event.at.timestamp_millis(),
        actor: event.actor,
        action: event.action.0.to_owned(),
        subject: event.subject,
        about: event.about,
        organisation: event.organisation,
        restricted_until,
        restricted_reason,
        detail_hash: detail.as_ref().map(|it| chain::detail_hash(it).to_vec()),
        previous,
        hash: Vec::new(),
    };
    row.hash = chain::event_hash(&row).to_vec();
    row.into_active_model().insert(&tx.0).await?;
    if let Some(detail) = detail {
        detail.into_active_model().insert(&tx.0).await?;
    }
    Ok(sequence)
}

/// Erases the words of an event and writes down that it was done. The chain keeps their salted hash, from which
/// nothing can be guessed once the salt is gone.
///
/// # Errors
/// When the database does not answer.
pub async fn erase_detail(tx: &Tx, sequence: i64, by: Uuid, now: DateTime<Utc>) -> Result<()> {
    let erased = audit_detail::Entity::delete_by_id(sequence).exec(&tx.0).await?;
    let event = audit_event::Entity::find_by_id(sequence).one(&tx.0).await?;
    let (1, Some(event)) = (erased.rows_affected, event) else { return Ok(()) };
    let mut told = Event::new(now, DETAIL_ERASED).by(by).saying(format!("event {sequence}"));
    told.about = event.about;
    told.organisation = event.organisation;
    // What is kept from somebody does not come out by being erased.
    told.restricted = event.restricted_until.zip(event.restricted_reason);
    append(tx, told).await?;
    Ok(())
}

/// The events about a person, the newest first, `limit` of those before the number `before`. Restricted ones
/// are left out until their review date is past.
///
/// # Errors
/// When the database does not answer.
pub async fn about(
    db: &Db,
    person: Uuid,
    today: NaiveDate,
    before: Option<i64>,
    limit: u64,
) -> Result<Vec<Entry>> {
    use audit_event::Column;
    let open = Column::RestrictedUntil.is_null().or(Column::RestrictedUntil.lt(today));
    let mut query = audit_event::Entity::find().filter(Column::About.eq(person)).filter(open);
    if let Some(before) = before {
        query = query.filter(Column::Sequence.lt(before));
    }
    let rows = query.order_by_desc(Column::Sequence).limit(limit).all(&db.read).await?;
    let numbers: Vec<_> = rows.iter().filter(|it| it.detail_hash.is_some()).map(|it| it.sequence).collect();
    let details = match numbers.is_empty() {
        true => Vec::new(),
        false => {
            let said = audit_detail::Entity::find().filter(audit_detail::Column::Sequence.is_in(numbers));
            said.all(&db.read).await?
        }
    };
    let entry = |it: audit_event::Model| Entry {
        sequence: it.sequence,
        at: DateTime::from_timestamp_millis(it.at).unwrap_or_default(),
        action: it.action,
        actor: it.actor,
        subject: it.subject,
        organisation: it.organisation,
        detail: details.iter().find(|detail| detail.sequence == it.sequence).map(|it| it.detail.clone()),
    };
    Ok(rows.into_iter().map(entry).collect())
}

/// Everything that the database knows as done, by name.
///
/// # Errors
/// When the database does not answer.
pub async fn known_actions(db: &Db) -> Result<Vec<String>> {
    Ok(audit_action::Entity::find().all(&db.read).await?.into_iter().map(|it| it.action).collect())
}

/// Keeps the chain's end for this transaction until it is over. On SQLite a writer is alone anyway.
///
/// # Errors
/// When the database does not answer.
pub async fn lock(tx: &Tx) -> Result<()> {
    if tx.0.get_database_backend() == DbBackend::Postgres {
        let lock = "SELECT pg_advisory_xact_lock($1)";
        tx.0.execute_raw(Statement::from_sql_and_values(DbBackend::Postgres, lock, [APPENDING.into()]))
            .await?;
    }
    Ok(())
}

/// The chain's end, if there is a chain.
///
/// # Errors
/// When the database does not answer.
pub async fn newest(tx: &Tx) -> Result<Option<Head>> {
    let last = audit_event::Entity::find().order_by_desc(audit_event::Column::Sequence).one(&tx.0).await?;
    Ok(last.map(|it| Head { sequence: it.sequence, hash: it.hash }))
}

/// Whether the chain holds this head, word for word.
///
/// # Errors
/// When the database does not answer.
pub async fn holds(tx: &Tx, head: &Head) -> Result<bool> {
    let event = audit_event::Entity::find_by_id(head.sequence).one(&tx.0).await?;
    Ok(event.is_some_and(|it| it.hash == head.hash))
}

/// The head that was signed last.
///
/// # Errors
/// When the database does not answer.
pub async fn newest_signed(tx: &Tx) -> Result<Option<SignedHead>> {
    let last = audit_head::Entity::find().order_by_desc(audit_head::Column::Day).one(&tx.0).await?;
    Ok(last.map(SignedHead::from))
}

/// Keeps a signed head; a day has one.
///
/// # Errors
/// When the database does not answer, or has one for that day.
pub async fn keep_signed(tx: &Tx, signed: &SignedHead) -> Result<()> {
    let row = audit_head::ActiveModel {
        day: Set(signed.day),
        sequence: Set(signed.head.sequence),
        hash: Set(signed.head.hash.clone()),
        kid: Set(signed.kid.clone()),
        signature: Set(signed.signature.clone()),
    };
    row.insert(&tx.0).await?;
    Ok(())
}

impl From<audit_head::Model> for SignedHead {
    fn from(row: audit_head::Model) -> Self {
        let head = Head { sequence: row.sequence, hash: row.hash };
        Self { day: row.day, head, kid: row.kid, signature: row.signature }
    }
}
