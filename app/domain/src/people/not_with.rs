//! Whom a person does not want to be supervised, assessed, checked or interviewed by.
//!
//! Nobody is asked why, nobody else reads the list, and assignment obeys it without showing that it did:
//! whoever arranges things gets the same sentence as for anybody else who cannot be chosen.

use super::{PersonId, words};

#[cfg(test)]
mod tests;

words! {
    /// What somebody would be chosen for.
    pub enum Purpose {
        /// Guiding, supervising or managing the person.
        Supervise = "supervise",
        /// Judging their evidence.
        Assess = "assess",
        /// Checking or approving their claims.
        Check = "check",
        /// Interviewing them, or having the informal conversation.
        Interview = "interview",
    }
}

/// One line of the list.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct NotWithEntry {
    /// Who is not to be chosen.
    pub other: PersonId,
    /// For what.
    pub purpose: Purpose,
}

impl core::fmt::Debug for NotWithEntry {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("NotWithEntry(…)")
    }
}

/// One person's list. It shows nothing in `Debug` and cannot be sent anywhere.
#[derive(Clone, PartialEq, Eq)]
pub struct NotWith {
    person: PersonId,
    entries: Vec<NotWithEntry>,
}

impl NotWith {
    /// The list of `person`, as it is kept.
    #[must_use]
    pub const fn of(person: PersonId, entries: Vec<NotWithEntry>) -> Self {
        Self { person, entries }
    }

    /// Whose list it is.
    #[must_use]
    pub const fn person(&self) -> PersonId {
        self.person
    }

    /// What is on it: for the person's own page, and for nobody else's.
    #[must_use]
    pub fn entries(&self) -> &[NotWithEntry] {
        &self.entries
    }
}

impl core::fmt::Debug for NotWith {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("NotWith(…)")
    }
}

/// Whether `candidate` may be chosen for this purpose with the person whose `list` it is: not if the list
/// names them for it, and never the person themself. Leave out whoever may not be from every list of people
/// to choose.
#[must_use]
pub fn may_be_assigned(purpose: Purpose, candidate: PersonId, list: &NotWith) -> bool {
    candidate != list.person && !list.entries.contains(&NotWithEntry { other: candidate, purpose })
}
