//! Places in a group: no more people get one than there are, and nobody loses what they have done.

use chrono::NaiveDate;

use super::CohortId;
use crate::people::{Engagement, OrganisationId, PersonId, TrainingCoordinator, words};

words! {
    /// What has become of somebody's place. Nothing that they have done is lost by any of it.
    pub enum PlaceState {
        /// They are taking part.
        Here = "here",
        /// They have stopped for a while. The place stays theirs.
        Paused = "paused",
        /// They have left. The place is free for somebody else; they may come back while there is one.
        Left = "left",
    }
}

impl PlaceState {
    /// What people read.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Here => "Taking part",
            Self::Paused => "Pausing",
            Self::Left => "Has left",
        }
    }

    /// Whether a place is held for them.
    #[must_use]
    pub const fn holds_a_place(self) -> bool {
        matches!(self, Self::Here | Self::Paused)
    }
}

/// The places of a group at this moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Places {
    pub cohort: CohortId,
    pub organisation: OrganisationId,
    /// How many there are.
    pub places: u16,
    /// Who sits where, counted from one; nowhere once they have left.
    pub held: Vec<(PersonId, PlaceState, Option<u16>)>,
    pub tutors: Vec<PersonId>,
}

impl Places {
    /// How many are taken.
    #[must_use]
    pub fn taken(&self) -> usize {
        self.held.iter().filter(|it| it.1.holds_a_place()).count()
    }

    /// The first that is free.
    fn free(&self) -> Option<u16> {
        (1..=self.places).find(|seat| self.held.iter().all(|it| it.2 != Some(*seat)))
    }

    /// What has become of somebody's place.
    #[must_use]
    pub fn of(&self, person: PersonId) -> Option<PlaceState> {
        self.held.iter().find(|it| it.0 == person).map(|it| it.1)
    }
}

/// A place in a group that may be kept. Only [`give`] and [`move_place`] make one.
#[derive(Debug, PartialEq, Eq)]
pub struct GivenPlace {
    cohort: CohortId,
    person: PersonId,
    state: PlaceState,
    seat: Option<u16>,
}

impl GivenPlace {
    /// In which group.
    #[must_use]
    pub const fn cohort(&self) -> CohortId {
        self.cohort
    }

    /// Whose.
    #[must_use]
    pub const fn person(&self) -> PersonId {
        self.person
    }

    /// What becomes of it.
    #[must_use]
    pub const fn state(&self) -> PlaceState {
        self.state
    }

    /// Which of the places it is.
    #[must_use]
    pub const fn seat(&self) -> Option<u16> {
        self.seat
    }
}

/// Why somebody gets no place. The sentence says how to put it right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoPlace {
    /// They are nothing to the organisation today.
    #[error("Find them by name first: they have to be known here. Whoever is not can be invited.")]
    NotKnownHere,
    /// They hold the group's sessions.
    #[error("They are a tutor of this group, and nobody keeps a register about themselves.")]
    HoldsIt,
    /// They have one.
    #[error("They have a place in this group already.")]
    HasOne,
    /// All are taken.
    #[error("Every place is taken. Ask for more places, or for another group.")]
    Full,
    /// The group is another organisation's.
    #[error("This group is not among yours. Choose one from the list.")]
    AnotherOrganisation,
    /// There is no such place.
    #[error("They have no place in this group. Give them one first.")]
    HasNone,
}

/// Gives somebody a place; `theirs` is what they are to organisations.
///
/// # Errors
/// [`NoPlace`].
pub fn give(
    places: &Places,
    person: PersonId,
    theirs: &[Engagement],
    today: NaiveDate,
) -> Result<GivenPlace, NoPlace> {
    let is_known = |it: &Engagement| {
        it.person == person && it.organisation == places.organisation && it.is_current(today)
    };
    if !theirs.iter().any(is_known) {
        return Err(NoPlace::NotKnownHere);
    }
    if places.tutors.contains(&person) {
        return Err(NoPlace::HoldsIt);
    }
    if places.of(person).is_some_and(PlaceState::holds_a_place) {
        return Err(NoPlace::HasOne);
    }
    let seat = places.free().ok_or(NoPlace::Full)?;
    Ok(GivenPlace { cohort: places.cohort, person, state: PlaceState::Here, seat: Some(seat) })
}

/// Lets somebody pause, come back or leave. Whoever comes back after leaving needs a place that is free.
///
/// # Errors
/// [`NoPlace`].
pub fn move_place(
    _by: &TrainingCoordinator,
    places: &Places,
    person: PersonId,
    to: PlaceState,
) -> Result<GivenPlace, NoPlace> {
    carry(places, person, to)
}

/// The same for whoever has asked: a coordinator for somebody, or somebody for themself.
pub(in crate::training) fn carry(
    places: &Places,
    person: PersonId,
    to: PlaceState,
) -> Result<GivenPlace, NoPlace> {
    let held = places.held.iter().find(|it| it.0 == person).ok_or(NoPlace::HasNone)?;
    let seat = match (to.holds_a_place(), held.2) {
        (false, _) => None,
        (true, Some(seat)) => Some(seat),
        (true, None) => Some(places.free().ok_or(NoPlace::Full)?),
    };
    Ok(GivenPlace { cohort: places.cohort, person, state: to, seat })
}

/// Which seats people sit on so that all are among the first: for when there are fewer than before. In an order in
/// which none is taken twice on the way.
#[must_use]
pub fn closed_up(places: &Places) -> Vec<(PersonId, u16)> {
    let mut seated: Vec<_> = places.held.iter().filter_map(|it| Some((it.0, it.2?))).collect();
    seated.sort_by_key(|it| it.1);
    (1..)
        .zip(seated)
        .filter(|(seat, (_, now))| seat != now)
        .map(|(seat, (person, _))| (person, seat))
        .collect()
}
