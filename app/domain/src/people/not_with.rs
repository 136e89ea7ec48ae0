//! Whom a person does not want to be supervised, assessed, checked or interviewed by.
//!
//! Nobody is asked why, nobody else reads the list, and assignment obeys it without showing that it did:
//! whoever arranges things gets the same sentence as for anybody else who cannot be chosen.

use super::{EngagementKind, FieldFault, PersonId, words};

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

impl Purpose {
    /// What the person themself reads.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Supervise => "Guide, supervise or manage me",
            Self::Assess => "Assess my work",
            Self::Check => "Check or approve my claims",
            Self::Interview => "Interview me",
        }
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

/// Whether being this to an organisation means that somebody there may be chosen for the person, so that the
/// person may read who that could be. Learners have nobody assigned to them, and anybody may become one: they
/// learn nothing here about who works where.
#[must_use]
pub const fn lets_name_others(kind: EngagementKind) -> bool {
    !matches!(kind, EngagementKind::Learner)
}

/// The kinds out of which somebody is chosen to supervise, assess, check or interview. Our choice: those whose
/// task it is. Whoever holds a relationship to the person can be named besides.
#[must_use]
pub const fn chosen_by() -> [EngagementKind; 9] {
    [
        EngagementKind::Tutor,
        EngagementKind::Supervisor,
        EngagementKind::Assessor,
        EngagementKind::PlacementSupervisor,
        EngagementKind::Coordinator,
        EngagementKind::Checker,
        EngagementKind::BudgetHolder,
        EngagementKind::LineManager,
        EngagementKind::ServiceManager,
    ]
}

/// What somebody puts on their own list: `other` is whom they chose among the `known`, who could be chosen for
/// them; `purposes` are the words they ticked. Why is not asked.
///
/// # Errors
/// Every field that has to be put right.
pub fn name_not_with(
    other: Option<PersonId>,
    purposes: &[&str],
    known: &[PersonId],
) -> Result<Vec<NotWithEntry>, Vec<FieldFault>> {
    let mut faults = Vec::new();
    let other = other.filter(|it| known.contains(it));
    if other.is_none() {
        faults.push(FieldFault { field: "other", remedy: "Choose somebody from the list.".into() });
    }
    let purposes: Option<Vec<_>> = purposes.iter().map(|it| Purpose::parse(it)).collect();
    let purposes = purposes.filter(|it| !it.is_empty());
    if purposes.is_none() {
        faults.push(FieldFault { field: "purpose", remedy: "Choose at least one of these.".into() });
    }
    match (other, purposes) {
        (Some(other), Some(purposes)) => {
            Ok(purposes.into_iter().map(|purpose| NotWithEntry { other, purpose }).collect())
        }
        _ => Err(faults),
    }
}
