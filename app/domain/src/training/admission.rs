//! Admission: whoever takes the place that they were offered in a round comes into its group at once.

use chrono::NaiveDate;

use super::application::{ApplicationState, Moved};
use super::cohort::{CohortId, GivenPlace, NoPlace, PlaceState, Places, carry, give};
use super::round::{Round, RoundId};
use crate::people::{Engagement, OrganisationId, PersonId, TrainingCoordinator};

#[cfg(test)]
mod tests;

/// The group that people of a round come into. Only [`choose_group`] makes one.
#[derive(Debug, PartialEq, Eq)]
pub struct ChosenGroup {
    round: RoundId,
    cohort: CohortId,
    organisation: OrganisationId,
    given: Vec<GivenPlace>,
}

impl ChosenGroup {
    /// Whose round.
    #[must_use]
    pub const fn round(&self) -> RoundId {
        self.round
    }

    /// Into which group.
    #[must_use]
    pub const fn cohort(&self) -> CohortId {
        self.cohort
    }

    /// Whose they both are.
    #[must_use]
    pub const fn organisation(&self) -> OrganisationId {
        self.organisation
    }

    /// The places that those get who had taken theirs before there was a group.
    #[must_use]
    pub fn given(&self) -> &[GivenPlace] {
        &self.given
    }
}

/// Somebody who is known to an organisation from today on because they took a place in its training. Only
/// [`begin_to_train`] makes one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewTrainee {
    person: PersonId,
    organisation: OrganisationId,
}

impl NewTrainee {
    /// Who.
    #[must_use]
    pub const fn person(&self) -> PersonId {
        self.person
    }

    /// Where.
    #[must_use]
    pub const fn organisation(&self) -> OrganisationId {
        self.organisation
    }
}

/// Makes somebody known who takes a place where they are nothing today.
#[must_use]
pub fn begin_to_train(
    person: PersonId,
    organisation: OrganisationId,
    theirs: &[Engagement],
    today: NaiveDate,
) -> Option<NewTrainee> {
    let is_known = |it: &Engagement| it.organisation == organisation && it.is_current(today);
    (!theirs.iter().any(is_known)).then_some(NewTrainee { person, organisation })
}

/// What becomes of somebody's place in the group when their application takes a step; `None` when nothing does. Taking
/// the place gives it, pausing holds it, stepping back frees it, and nothing that they did there is lost.
///
/// # Errors
/// [`NoPlace`]: the application goes its way without one, and a coordinator sees to it.
pub fn follow(
    moved: &Moved,
    places: &Places,
    (person, theirs): (PersonId, &[Engagement]),
    today: NaiveDate,
) -> Result<Option<GivenPlace>, NoPlace> {
    use ApplicationState::{Accepted, Paused, SteppedBack};
    let held = places.of(person).filter(|it| it.holds_a_place());
    let to = moved.to();
    match (to.state, held) {
        (Accepted, None) => give(places, person, theirs, today).map(Some),
        (Accepted, Some(PlaceState::Paused)) => carry(places, person, PlaceState::Here).map(Some),
        (Paused, Some(PlaceState::Here)) if to.was == Some(Accepted) => {
            carry(places, person, PlaceState::Paused).map(Some)
        }
        (SteppedBack, Some(_)) => carry(places, person, PlaceState::Left).map(Some),
        _ => Ok(None),
    }
}

/// Chooses the group of a round. `waiting` have taken their place and have none in a group yet: each gets one, or the
/// group is not chosen.
///
/// # Errors
/// [`NoPlace`].
pub fn choose_group(
    _by: &TrainingCoordinator,
    round: &Round,
    places: &Places,
    waiting: &[(PersonId, Vec<Engagement>)],
    today: NaiveDate,
) -> Result<ChosenGroup, NoPlace> {
    // Another organisation's group is found nowhere on the page.
    if places.organisation != round.organisation {
        return Err(NoPlace::AnotherOrganisation);
    }
    let (mut places, mut given) = (places.clone(), Vec::new());
    for (person, theirs) in waiting {
        match give(&places, *person, theirs, today) {
            Ok(place) => {
                places.held.retain(|it| it.0 != *person);
                places.held.push((*person, place.state(), place.seat()));
                given.push(place);
            }
            Err(NoPlace::HasOne) => {}
            Err(refused) => return Err(refused),
        }
    }
    Ok(ChosenGroup { round: round.id, cohort: places.cohort, organisation: round.organisation, given })
}
