//! Reads the whole chain again and says what does not fit.

use std::collections::BTreeMap;
use std::fmt;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{SignedHead, chain};
use crate::entities::{audit_detail, audit_event, audit_head};
use crate::{Db, Result, Tx};

/// Events are read this many at a time.
const PAGE: u64 = 1000;

/// More faults than this are counted only.
const NAMED: usize = 20;

/// What came of checking a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checked {
    Good,
    Forged,
    /// The key that is named is not at hand.
    UnknownKey,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verified {
    pub events: u64,
    pub heads: u64,
    /// The first ones, in order of their event.
    pub faults: Vec<Fault>,
    /// How many there are altogether.
    pub faults_count: u64,
}

/// Something that does not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Events from the one number to the other are not there, though later ones are.
    Missing { from: i64, to: i64 },
    /// The event is not what was written.
    Changed { sequence: i64 },
    /// The event does not follow the one before it.
    Unchained { sequence: i64 },
    /// The words are not those that the event was written with.
    OtherWords { sequence: i64 },
    /// A head was signed for an event that is no longer there: the chain's end was cut off.
    Cut { signed: i64, last: i64 },
    /// A head was signed for another event than the one that is there: the chain was written anew.
    Rewritten { sequence: i64 },
    /// A head's signature is not by the key that it names.
    Forged { sequence: i64 },
    /// A head was signed with a key that is not at hand.
    UnknownKey { sequence: i64, kid: String },
}

impl Verified {
    fn found(&mut self, fault: Fault) {
        self.faults_count += 1;
        if self.faults.len() < NAMED {
            self.faults.push(fault);
        }
    }
}

/// Reads the chain from its first event on, in pages: hashes, numbers, words that are still there, signed heads.
/// `kept` is the head that was put aside outside the database; `check` asks the keys about a signature.
///
/// # Errors
/// When the database does not answer. What does not fit is no error but a [`Fault`].
pub async fn verify(
    db: &Db,
    kept: Option<SignedHead>,
    check: &(dyn Fn(&SignedHead) -> Checked + Sync),
) -> Result<Verified> {
    of(&db.read, kept, check).await
}

/// The same for what is not committed yet.
///
/// # Errors
/// As for [`verify`].
pub async fn verify_within(tx: &Tx, check: &(dyn Fn(&SignedHead) -> Checked + Sync)) -> Result<Verified> {
    of(&tx.0, None, check).await
}

async fn of(
    db: &impl ConnectionTrait,
    kept: Option<SignedHead>,
    check: &(dyn Fn(&SignedHead) -> Checked + Sync),
) -> Result<Verified> {
    let mut verified = Verified::default();
    // Heads before events: a head that is signed in the meantime would look like one of a cut chain.
    let mut heads: BTreeMap<i64, Vec<SignedHead>> = BTreeMap::new();
    let rows = audit_head::Entity::find().order_by_asc(audit_head::Column::Day).all(db).await?;
    for signed in rows.into_iter().map(SignedHead::from).chain(kept) {
        verified.heads += 1;
        heads.entry(signed.head.sequence).or_default().push(signed);
    }
    let (mut last, mut previous) = (0, chain::BEFORE_THE_FIRST.to_vec());
    loop {
        let events = events_after(db, last).await?;
        let Some(end) = events.last() else { break };
        let mut details = details_between(db, last, end.sequence).await?;
        for event in events {
            verified.events += 1;
            let detail = details.remove(&event.sequence);
            check_event(&mut verified, &event, detail.as_ref(), (last, &previous));
            for signed in heads.remove(&event.sequence).unwrap_or_default() {
                check_head(&mut verified, &signed, &event, check);
            }
            (last, previous) = (event.sequence, event.hash);
        }
    }
    // What is left was signed for events that are not there: in a gap, which was named, or past the end.
    let past_the_end = heads.split_off(&(last + 1)).into_values().flatten();
    if let Some(signed) = past_the_end.filter(|it| check(it) != Checked::Forged).last() {
        verified.found(Fault::Cut { signed: signed.head.sequence, last });
    }
    Ok(verified)
}

async fn events_after(db: &impl ConnectionTrait, last: i64) -> Result<Vec<audit_event::Model>> {
    use audit_event::Column;
    let page = audit_event::Entity::find().filter(Column::Sequence.gt(last));
    Ok(page.order_by_asc(Column::Sequence).limit(PAGE).all(db).await?)
}

async fn details_between(
    db: &impl ConnectionTrait,
    after: i64,
    to: i64,
) -> Result<BTreeMap<i64, audit_detail::Model>> {
    use audit_detail::Column;
    let page =
        audit_detail::Entity::find().filter(Column::Sequence.gt(after)).filter(Column::Sequence.lte(to));
    Ok(page.all(db).await?.into_iter().map(|it| (it.sequence, it)).collect())
}

/// `before` is the number and the hash of the event before, as they stand there.
fn check_event(
    verified: &mut Verified,
    event: &audit_event::Model,
    detail: Option<&audit_detail::Model>,
    before: (i64, &[u8]),
) {
    let sequence = event.sequence;
    if sequence != before.0 + 1 {
        verified.found(Fault::Missing { from: before.0 + 1, to: sequence - 1 });
    } else if event.previous != before.1 {
        verified.found(Fault::Unchained { sequence });
    }
    if event.hash != chain::event_hash(event) {
        verified.found(Fault::Changed { sequence });
    }
    // Words that are gone were erased.
    if detail.is_some_and(|it| event.detail_hash.as_deref() != Some(&chain::detail_hash(it))) {
        verified.found(Fault::OtherWords { sequence });
    }
}

fn check_head(
    verified: &mut Verified,
    signed: &SignedHead,
    event: &audit_event::Model,
    check: &(dyn Fn(&SignedHead) -> Checked + Sync),
) {
    let sequence = event.sequence;
    match check(signed) {
        Checked::Forged => verified.found(Fault::Forged { sequence }),
        _ if signed.head.hash != event.hash => verified.found(Fault::Rewritten { sequence }),
        Checked::UnknownKey => verified.found(Fault::UnknownKey { sequence, kid: signed.kid.clone() }),
        Checked::Good => {}
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { from, to } if from == to => write!(f, "event {from} is missing"),
            Self::Missing { from, to } => write!(f, "events {from} to {to} are missing"),
            Self::Changed { sequence } => write!(f, "event {sequence} was changed"),
            Self::Unchained { sequence } => write!(f, "event {sequence} does not follow the one before it"),
            Self::OtherWords { sequence } => write!(f, "the words of event {sequence} were changed"),
            Self::Cut { signed, last } => {
                write!(f, "the end was cut off: events up to {signed} were signed, the last one is {last}")
            }
            Self::Rewritten { sequence } => write!(f, "event {sequence} is not the one that was signed"),
            Self::Forged { sequence } => write!(f, "the signature at event {sequence} is forged"),
            Self::UnknownKey { sequence, kid } => {
                write!(
                    f,
                    "the signature at event {sequence} is by the key {kid}, which is not in the key file"
                )
            }
        }
    }
}
