//! Who holds a group's sessions.

use super::CohortId;
use crate::people::{Engagement, EngagementKind, OrganisationId, PersonId, TrainingCoordinator};

/// The most tutors of a group. Our choice.
pub const MOST_TUTORS: usize = 12;

/// Who holds a group's sessions, where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Team {
    pub cohort: CohortId,
    pub organisation: OrganisationId,
    pub tutors: Vec<PersonId>,
}

/// Who holds a group's sessions from now on. Only [`choose_tutors`] makes it.
#[derive(Debug, PartialEq, Eq)]
pub struct ChosenTutors(Vec<PersonId>);

impl ChosenTutors {
    /// They.
    #[must_use]
    pub fn tutors(&self) -> &[PersonId] {
        &self.0
    }
}

/// Why tutors are not chosen. The sentence says how to put it right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotChosen {
    /// Somebody who gives no courses there now.
    #[error("Choose from the list. Whoever is not on it gives no courses here now.")]
    NotATutor,
    /// Somebody who learns in the group.
    #[error("Whoever has a place in the group cannot be its tutor as well. Choose somebody else.")]
    HasAPlace,
    /// More than a group has.
    #[error("Choose at most {MOST_TUTORS}.")]
    TooMany,
}

/// Chooses who holds a group's sessions, among those who are `tutors` there today; `places` are the people who have a
/// place in it.
///
/// # Errors
/// [`NotChosen`].
pub fn choose_tutors(
    _by: &TrainingCoordinator,
    typed: &[&str],
    tutors: &[PersonId],
    places: &[PersonId],
) -> Result<ChosenTutors, NotChosen> {
    let mut chosen = Vec::new();
    for it in typed {
        let tutor = it.parse().ok().filter(|it| tutors.contains(it)).ok_or(NotChosen::NotATutor)?;
        if places.contains(&tutor) {
            return Err(NotChosen::HasAPlace);
        }
        if !chosen.contains(&tutor) {
            chosen.push(tutor);
        }
    }
    if chosen.len() > MOST_TUTORS { Err(NotChosen::TooMany) } else { Ok(ChosenTutors(chosen)) }
}

impl Team {
    /// Whether somebody holds this group's sessions and still gives courses there; `theirs` is what they are today.
    pub(crate) fn is_held_by(&self, person: PersonId, theirs: &[Engagement]) -> bool {
        let gives =
            |it: &Engagement| it.kind == EngagementKind::Tutor && it.organisation == self.organisation;
        self.tutors.contains(&person) && theirs.iter().any(gives)
    }
}
