//! What becomes of a concern: somebody takes it on, or it goes on to the next; and where it is written down.

use chrono::{DateTime, Utc};

use super::{Concern, ConcernId, Cover, There, Written, due};
use crate::people::{ConcernReader, FieldFault, PersonId};
use crate::personal::Personal;
use crate::typed::one_line;

/// The longest name of another system, in characters.
const LONGEST_SYSTEM: usize = 80;
/// The longest number that something has there, in characters.
const LONGEST_REFERENCE: usize = 40;

/// What was typed of where it is written down.
#[derive(Clone, Copy, Debug)]
pub struct WrittenForm<'a> {
    pub system: &'a str,
    pub reference: &'a str,
    /// They have seen that it looks as if it told who somebody is.
    pub has_looked: bool,
}

/// Reads where it is written down, which may be nowhere yet.
pub(super) fn written(
    form: &WrittenForm<'_>,
    faults: &mut Vec<FieldFault>,
) -> Result<Option<Written>, Personal> {
    let system = one_line(form.system, LONGEST_SYSTEM, "system", faults);
    let reference = one_line(form.reference, LONGEST_REFERENCE, "reference", faults);
    if system.is_empty() && !reference.is_empty() {
        let remedy = "Write where that number leads to, such as the name of the system.".into();
        faults.push(FieldFault { field: "system", remedy });
    }
    let like = Personal::in_text(&system).or_else(|| Personal::in_text(&reference));
    if let Some(like) = like.filter(|_| !form.has_looked && faults.is_empty()) {
        return Err(like);
    }
    Ok((!system.is_empty()).then_some(Written { system, reference }))
}

/// That somebody takes one on. Only [`take_on`] makes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TakenOn {
    concern: ConcernId,
    by: PersonId,
    was_told: bool,
}

impl TakenOn {
    #[must_use]
    pub const fn concern(&self) -> ConcernId {
        self.concern
    }

    /// Who takes it on.
    #[must_use]
    pub const fn by(&self) -> PersonId {
        self.by
    }

    /// Whether it had reached them; otherwise it does now.
    #[must_use]
    pub const fn was_told(&self) -> bool {
        self.was_told
    }
}

/// It was taken on already, by them or another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotTakenOn;

/// Takes a concern on, also once nobody had answered in time.
///
/// # Errors
/// [`NotTakenOn`].
///
/// # Panics
/// If it is with the key of another, which would be a bug.
pub fn take_on(by: &ConcernReader, concern: &Concern) -> Result<TakenOn, NotTakenOn> {
    assert!(by.concern() == concern.id, "the key is of another concern");
    if concern.taken_on.is_some() {
        return Err(NotTakenOn);
    }
    let was_told = concern.told.iter().any(|it| it.0 == by.person());
    Ok(TakenOn { concern: concern.id, by: by.person(), was_told })
}

/// What becomes of one that nobody has taken on in time. Only [`pass_on`] makes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PassedOn {
    /// It reaches the next.
    Next { to: PersonId, due_at: DateTime<Utc> },
    /// Nobody is left: whoever raised it is told so, and everybody whom it had reached once more.
    Nobody,
}

/// Passes a concern on that nobody has taken on in time; `None` if that is not so, or it is told already that nobody
/// has. `cover` is how it is covered today, and `there` are those who may be told such things.
#[must_use]
pub fn pass_on(concern: &Concern, cover: &Cover, there: &[There], now: DateTime<Utc>) -> Option<PassedOn> {
    if concern.due_at.is_none_or(|it| it > now) {
        return None;
    }
    Some(match concern.next(cover, there) {
        Some(to) => PassedOn::Next { to, due_at: due(cover, now) },
        None => PassedOn::Nobody,
    })
}

/// Where a concern is written down. Only [`write_down`] makes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewWritten {
    concern: ConcernId,
    written: Written,
}

impl NewWritten {
    #[must_use]
    pub const fn concern(&self) -> ConcernId {
        self.concern
    }

    #[must_use]
    pub const fn written(&self) -> &Written {
        &self.written
    }
}

/// Why it is not kept where one is written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotWritten {
    /// It stands there already.
    Already,
    /// It looks as if it told who somebody is: somebody looks again.
    Personal(Personal),
    /// What has to be put right.
    Faults(Vec<FieldFault>),
}

/// Says where the account of a concern is written down: whoever raised it, or has it, once.
///
/// # Errors
/// [`NotWritten`].
pub fn write_down(concern: &Concern, form: &WrittenForm<'_>) -> Result<NewWritten, NotWritten> {
    if concern.written.is_some() {
        return Err(NotWritten::Already);
    }
    let mut faults = Vec::new();
    match written(form, &mut faults).map_err(NotWritten::Personal)? {
        Some(written) if faults.is_empty() => Ok(NewWritten { concern: concern.id, written }),
        None if faults.is_empty() => {
            let remedy = "Write in which system or on which form it stands.".into();
            Err(NotWritten::Faults(vec![FieldFault { field: "system", remedy }]))
        }
        _ => Err(NotWritten::Faults(faults)),
    }
}
