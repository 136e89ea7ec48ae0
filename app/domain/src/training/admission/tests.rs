use uuid::Uuid;

use super::*;
use crate::own_words::Revised;
use crate::people::{EngagementId, EngagementKind};
use crate::training::application::{Standing, go};
use crate::training::round::RoundAbout;
use crate::training::round::tests::{coordinator, here};
use crate::training::{ApplicationState, RoundRole};

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 22).unwrap()
}

fn person(number: u128) -> PersonId {
    PersonId::from_uuid(Uuid::from_u128(number))
}

fn known(number: u128) -> Vec<Engagement> {
    vec![Engagement {
        id: EngagementId::from_uuid(Uuid::nil()),
        person: person(number),
        organisation: here(),
        kind: EngagementKind::Applicant,
        basis: None,
        from: day(),
        to: None,
        away: None,
    }]
}

fn places(many: u16, held: &[(u128, PlaceState, Option<u16>)]) -> Places {
    Places {
        cohort: CohortId::from_uuid(Uuid::from_u128(7)),
        organisation: here(),
        places: many,
        held: held.iter().map(|it| (person(it.0), it.1, it.2)).collect(),
        tutors: vec![person(9)],
    }
}

fn round() -> Round {
    let about = RoundAbout {
        name: "Spring".into(),
        sentence: "Ten days.".into(),
        opens: day(),
        closes: day(),
        places: 2,
        role: RoundRole::Both,
    };
    Round {
        id: RoundId::from_uuid(Uuid::from_u128(8)),
        organisation: here(),
        about: Revised { value: about, revision: 1 },
        criteria: 1,
        is_opened: true,
    }
}

const OFFERED: Standing =
    Standing { state: ApplicationState::Offered, was: None, is_sent: true, has_talked: true };

#[test]
fn a_place_in_the_group_follows_every_step_of_the_application() {
    let theirs = known(1);
    let mut seat = places(1, &[]);
    let mut standing = OFFERED;
    let steps = [
        ("accept", Some(PlaceState::Here)),
        ("pause", Some(PlaceState::Paused)),
        ("return", Some(PlaceState::Here)),
        ("pause", Some(PlaceState::Paused)),
        ("step_back", Some(PlaceState::Left)),
        ("return", None),
    ];
    for (step, becomes) in steps {
        let moved = go(&standing, step).unwrap();
        standing = moved.to();
        let given = follow(&moved, &seat, (person(1), &theirs), day()).unwrap();
        assert_eq!(given.as_ref().map(GivenPlace::state), becomes, "{step}");
        if let Some(given) = given {
            assert_eq!(given.seat().is_some(), given.state().holds_a_place(), "{step}");
            seat = places(1, &[(1, given.state(), given.seat())]);
        }
    }
}

#[test]
fn a_pause_before_the_place_was_taken_touches_no_group() {
    let moved = go(&OFFERED, "pause").unwrap();
    // They are in the group by another way.
    let seat = places(1, &[(1, PlaceState::Here, Some(1))]);
    assert_eq!(follow(&moved, &seat, (person(1), &known(1)), day()), Ok(None));
}

#[test]
fn where_the_group_is_full_or_they_hold_its_sessions_nobody_gets_a_place() {
    let moved = go(&OFFERED, "accept").unwrap();
    let full = places(1, &[(2, PlaceState::Here, Some(1))]);
    assert_eq!(follow(&moved, &full, (person(1), &known(1)), day()), Err(NoPlace::Full));
    assert_eq!(follow(&moved, &places(3, &[]), (person(9), &known(9)), day()), Err(NoPlace::HoldsIt));
}

#[test]
fn choosing_a_group_gives_all_who_wait_their_place_or_is_refused_whole() {
    let waiting = [1, 2].map(|it| (person(it), known(it)));
    let choose =
        |places: &Places, round: &Round| choose_group(&coordinator(5), round, places, &waiting, day());
    let chosen = choose(&places(2, &[]), &round()).unwrap();
    let seats: Vec<_> = chosen.given().iter().map(|it| (it.person(), it.seat())).collect();
    assert_eq!(seats, [(person(1), Some(1)), (person(2), Some(2))]);
    // One of them is there already.
    let chosen = choose(&places(2, &[(2, PlaceState::Paused, Some(1))]), &round()).unwrap();
    assert_eq!(chosen.given().iter().map(GivenPlace::person).collect::<Vec<_>>(), [person(1)]);
    // Whoever left and is admitted anew sits once.
    let chosen = choose(&places(2, &[(1, PlaceState::Left, None)]), &round()).unwrap();
    assert_eq!(chosen.given().len(), 2);
    assert_eq!(choose(&places(1, &[]), &round()), Err(NoPlace::Full));
    let elsewhere = Places { organisation: OrganisationId::from_uuid(Uuid::nil()), ..places(2, &[]) };
    assert_eq!(choose(&elsewhere, &round()), Err(NoPlace::AnotherOrganisation));
}

#[test]
fn whoever_takes_a_place_where_they_are_nothing_is_known_there_from_that_day() {
    let new = begin_to_train(person(1), here(), &[], day()).unwrap();
    assert_eq!((new.person(), new.organisation()), (person(1), here()));
    assert_eq!(begin_to_train(person(1), here(), &known(1), day()), None);
    let mut ended = known(1);
    ended[0].from = NaiveDate::MIN;
    ended[0].to = day().pred_opt();
    assert!(begin_to_train(person(1), here(), &ended, day()).is_some());
}
