use chrono::NaiveDate;
use uuid::Uuid;

use super::*;
use crate::people::{Actor, Basis, Engagement, EngagementId, EngagementKind, PersonId};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Somebody who coordinates here.
pub(in crate::training) fn coordinator(person: u128) -> TrainingCoordinator {
    let (person, organisation) = (PersonId::from_uuid(Uuid::from_u128(person)), here());
    let engagement = Engagement {
        id: EngagementId::from_uuid(Uuid::nil()),
        person,
        organisation,
        kind: EngagementKind::Coordinator,
        basis: Some(Basis::Employee),
        from: day("2026-01-01"),
        to: None,
        away: None,
    };
    let actor = Actor::new(person, vec![engagement], Vec::new(), day("2026-11-21"));
    actor.as_training_coordinator_of(organisation).unwrap()
}

pub(in crate::training) fn here() -> OrganisationId {
    OrganisationId::from_uuid(Uuid::from_u128(100))
}

fn typed(text: &str) -> TypedDay<'_> {
    let mut parts = text.split(' ');
    let mut part = || parts.next().unwrap_or_default();
    TypedDay { day: part(), month: part(), year: part() }
}

fn form<'a>() -> RoundForm<'a> {
    RoundForm {
        name: "Spring 2027",
        sentence: "Ten days of training.",
        opens: typed("1 12 2026"),
        closes: typed("31 12 2026"),
        places: "12",
        role: "both",
    }
}

fn fields(refused: Result<Next<RoundAbout>, NotTaken>) -> Vec<&'static str> {
    match refused {
        Err(NotTaken::Faults(faults)) => faults.into_iter().map(|it| it.field).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn a_round_has_a_name_days_and_places() {
    let kept = keep_round(&coordinator(1), None, &form(), 0).unwrap();
    assert_eq!((kept.value().places, kept.value().closes, kept.revision()), (12, day("2026-12-31"), 1));
}

#[test]
fn every_field_of_a_round_that_is_missing_or_odd_is_named() {
    let none = TypedDay::default();
    let nothing = RoundForm { name: "", sentence: " ", opens: none, closes: none, places: "", role: "" };
    let all = ["name", "sentence", "opens_day", "closes_day", "places", "role"];
    assert_eq!(fields(keep_round(&coordinator(1), None, &nothing, 0)), all);
    for odd in ["0", "-1", "501", "1.5", "🦋", "9999", "+7"] {
        let form = RoundForm { places: odd, ..form() };
        assert_eq!(fields(keep_round(&coordinator(1), None, &form, 0)), ["places"], "{odd}");
    }
    let backwards = RoundForm { closes: typed("30 11 2026"), ..form() };
    assert_eq!(fields(keep_round(&coordinator(1), None, &backwards, 0)), ["closes_day"]);
}

#[test]
fn what_is_newer_of_a_round_is_never_overwritten_unseen() {
    let current = Revised {
        value: keep_round(&coordinator(1), None, &form(), 0).unwrap().value().clone(),
        revision: 2,
    };
    let other = RoundForm { name: "Summer", ..form() };
    assert_eq!(keep_round(&coordinator(1), Some(&current), &other, 1).err(), Some(NotTaken::Newer));
    assert!(keep_round(&coordinator(1), Some(&current), &form(), 1).is_ok(), "a second tap");
}

#[test]
fn a_round_is_opened_once_with_something_to_answer_and_before_it_is_over() {
    let about = keep_round(&coordinator(1), None, &form(), 0).unwrap().value().clone();
    let round = Round {
        id: RoundId::from_uuid(Uuid::nil()),
        organisation: here(),
        about: Revised { value: about, revision: 1 },
        criteria: 1,
        is_opened: false,
    };
    let opened = |round: &Round, criteria, today| open(&coordinator(1), round, criteria, day(today)).err();
    assert_eq!(opened(&round, 1, "2026-12-31"), None);
    assert_eq!(opened(&round, 0, "2026-12-31"), Some(NotOpened::NoCriteria));
    assert_eq!(opened(&round, 1, "2027-01-01"), Some(NotOpened::Over));
    let again = Round { is_opened: true, ..round };
    assert_eq!(opened(&again, 1, "2026-12-01"), Some(NotOpened::Already));
    assert!(
        again.takes(day("2026-12-01")) && !again.takes(day("2026-11-30")) && !again.takes(day("2027-01-01"))
    );
}

#[test]
fn whoever_is_not_sure_is_told_of_every_round() {
    for role in RoundRole::ALL {
        assert!(
            role.wanted_by().contains(&WantedRole::NotSure) && role.wanted_by().contains(&WantedRole::Either)
        );
    }
    assert!(!RoundRole::Paid.wanted_by().contains(&WantedRole::Volunteer));
    assert!(!RoundRole::Volunteer.wanted_by().contains(&WantedRole::Paid));
}
