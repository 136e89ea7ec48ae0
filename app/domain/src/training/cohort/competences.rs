//! The competences that a group works with: which framework, and which of it the programme covers.

use std::collections::BTreeSet;

use super::{CohortId, PlaceState, Places};
use crate::people::{FieldFault, OrganisationId, PersonId, TrainingCoordinator};
use crate::training::framework::{Code, Competence, FrameworkId};
use crate::training::programme::CompetenceNumber;

/// The framework of a group, or that it works with none. Only [`choose_framework`] makes one.
#[derive(Debug, PartialEq, Eq)]
pub struct ChosenFramework {
    cohort: CohortId,
    organisation: OrganisationId,
    framework: Option<FrameworkId>,
    takers: Vec<PersonId>,
}

impl ChosenFramework {
    /// Whose.
    #[must_use]
    pub const fn cohort(&self) -> CohortId {
        self.cohort
    }

    /// Whose the group and the framework both are.
    #[must_use]
    pub const fn organisation(&self) -> OrganisationId {
        self.organisation
    }

    /// Which; none if the group works with none from now on.
    #[must_use]
    pub const fn framework(&self) -> Option<FrameworkId> {
        self.framework
    }

    /// Those who work with it from now on: everybody for whom a place is held.
    #[must_use]
    pub fn takers(&self) -> &[PersonId] {
        &self.takers
    }
}

/// Chooses what a group works with. `there` are the frameworks of the organisation; what is typed is empty for none.
/// What people have reached in another framework stays theirs.
///
/// # Errors
/// What has to be put right.
pub fn choose_framework(
    by: &TrainingCoordinator,
    places: &Places,
    typed: &str,
    there: &[FrameworkId],
) -> Result<ChosenFramework, FieldFault> {
    let fault = || FieldFault { field: "framework", remedy: "Choose one from the list, or none.".into() };
    let framework = match typed {
        "" => None,
        id => Some(there.iter().copied().find(|it| it.to_string() == id).ok_or_else(fault)?),
    };
    if by.organisation() != places.organisation {
        return Err(fault());
    }
    let holds = |it: &&(PersonId, PlaceState, Option<u16>)| it.1.holds_a_place();
    let takers = match framework {
        Some(_) => places.held.iter().filter(holds).map(|it| it.0).collect(),
        None => Vec::new(),
    };
    Ok(ChosenFramework { cohort: places.cohort, organisation: places.organisation, framework, takers })
}

/// The competences that these numbers of a programme mean, in the order of the framework: each number, and whatever
/// stands under it by number. Two means 2.1, and 2.1 does not mean 2.10.
#[must_use]
pub fn covered<'a>(
    numbers: impl IntoIterator<Item = &'a CompetenceNumber>,
    there: &[Competence],
) -> Vec<Code> {
    let numbers: BTreeSet<&str> = numbers.into_iter().map(CompetenceNumber::as_str).collect();
    let is_covered = |code: &str| {
        let parts = code.match_indices('.').map(|it| &code[..it.0]).chain([code]);
        parts.into_iter().any(|it| numbers.contains(it))
    };
    there.iter().map(|it| &it.code).filter(|it| is_covered(it.as_str())).cloned().collect()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::people::{Actor, Engagement, EngagementId, EngagementKind};
    use crate::training::Need;

    fn id(number: u128) -> Uuid {
        Uuid::from_u128(number)
    }

    fn coordinator(organisation: u128) -> TrainingCoordinator {
        let (person, organisation) =
            (PersonId::from_uuid(id(1)), OrganisationId::from_uuid(id(organisation)));
        let engagement = Engagement {
            id: EngagementId::from_uuid(Uuid::nil()),
            person,
            organisation,
            kind: EngagementKind::Coordinator,
            basis: None,
            from: "2026-01-01".parse().unwrap(),
            to: None,
            away: None,
        };
        let actor = Actor::new(person, vec![engagement], Vec::new(), "2026-11-22".parse().unwrap());
        actor.as_training_coordinator_of(organisation).unwrap()
    }

    fn places() -> Places {
        let held =
            [(1, PlaceState::Here, Some(1)), (2, PlaceState::Paused, Some(2)), (3, PlaceState::Left, None)];
        Places {
            cohort: CohortId::from_uuid(id(7)),
            organisation: OrganisationId::from_uuid(id(100)),
            places: 5,
            held: held.map(|(who, state, seat)| (PersonId::from_uuid(id(who)), state, seat)).to_vec(),
            tutors: Vec::new(),
        }
    }

    #[test]
    fn everybody_with_a_place_works_with_what_is_chosen_and_nobody_who_has_left() {
        let framework = FrameworkId::from_uuid(id(9));
        let chosen =
            choose_framework(&coordinator(100), &places(), &framework.to_string(), &[framework]).unwrap();
        assert_eq!(chosen.framework(), Some(framework));
        assert_eq!(chosen.takers(), [1, 2].map(|it| PersonId::from_uuid(id(it))));
    }

    #[test]
    fn none_is_a_choice_and_a_framework_of_another_organisation_is_not() {
        let framework = FrameworkId::from_uuid(id(9));
        let choose = |by, typed: &str| choose_framework(&coordinator(by), &places(), typed, &[framework]);
        let none = choose(100, "").unwrap();
        assert_eq!((none.framework(), none.takers()), (None, &[][..]));
        for typed in [id(10).to_string(), "9".into(), " ".into()] {
            assert_eq!(choose(100, &typed).unwrap_err().field, "framework", "{typed}");
        }
        assert_eq!(choose(200, &framework.to_string()).unwrap_err().field, "framework");
    }

    #[test]
    fn a_number_means_what_stands_under_it_and_nothing_that_only_looks_alike() {
        let there = ["1", "1.1", "2.1", "2.1.3", "2.10", "21", "A-1"].map(|code| Competence {
            code: Code::parse(code).unwrap(),
            title: code.into(),
            domain: String::new(),
            need: Need::Essential,
            is_optional: false,
            accepts_lived_experience: false,
            parent: None,
            indicators: Vec::new(),
            courses: Vec::new(),
        });
        let covers = |numbers: &[&str]| {
            let numbers: Vec<_> = numbers.iter().map(|it| CompetenceNumber::parse(it).unwrap()).collect();
            covered(&numbers, &there).iter().map(|it| it.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(covers(&["2.1"]), ["2.1", "2.1.3"]);
        assert_eq!(covers(&["2", "1.1"]), ["1.1", "2.1", "2.1.3", "2.10"]);
        assert!(covers(&["3"]).is_empty());
    }
}
