use uuid::Uuid;

use super::*;
use crate::people::{Actor, Engagement, EngagementId, EngagementKind, PersonId};
use crate::personal::Personal;

fn person(number: u128) -> PersonId {
    PersonId::from_uuid(Uuid::from_u128(number))
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn today() -> NaiveDate {
    day("2026-11-22")
}

fn here() -> OrganisationId {
    OrganisationId::from_uuid(Uuid::from_u128(100))
}

fn elsewhere() -> OrganisationId {
    OrganisationId::from_uuid(Uuid::from_u128(200))
}

fn engaged(person: PersonId, kind: EngagementKind, organisation: OrganisationId) -> Engagement {
    Engagement {
        id: EngagementId::from_uuid(Uuid::nil()),
        person,
        organisation,
        kind,
        basis: None,
        from: day("2026-01-01"),
        to: None,
        away: None,
    }
}

fn actor(number: u128, kind: EngagementKind, organisation: OrganisationId) -> Actor {
    Actor::new(person(number), vec![engaged(person(number), kind, organisation)], Vec::new(), today())
}

fn coordinator() -> TrainingCoordinator {
    actor(1, EngagementKind::Coordinator, here()).as_training_coordinator_of(here()).unwrap()
}

fn team(tutors: &[u128]) -> Team {
    let tutors = tutors.iter().map(|it| person(*it)).collect();
    Team { cohort: CohortId::from_uuid(Uuid::nil()), organisation: here(), tutors }
}

const TERMS: TermsForm<'_> = TermsForm { name: "Spring 2027", places: "12", least: "" };
const PLACE: WhereForm<'_> = WhereForm { time: "10:00", place: "Room 4", link: "" };

fn days_form() -> DaysForm<'static> {
    DaysForm { first: TypedDay { day: "7", month: "1", year: "2027" }, rhythm: "weekly", place: PLACE }
}

fn begun(terms: &TermsForm<'_>, days: &DaysForm<'_>) -> Result<NewCohort, Vec<&'static str>> {
    begin(&coordinator(), terms, days, (3, 80)).map_err(|it| it.into_iter().map(|it| it.field).collect())
}

#[test]
fn a_group_begins_with_a_day_for_each_session_and_what_its_programme_asks() {
    let new = begun(&TERMS, &days_form()).unwrap();
    assert_eq!(new.days(), [day("2027-01-07"), day("2027-01-14"), day("2027-01-21")]);
    assert_eq!((new.terms().places, new.terms().least_percent), (12, 80));
    assert_eq!((new.organisation(), new.held().begins.to_string()), (here(), "10:00".to_owned()));
    let less = begun(&TermsForm { least: " 70 % ", ..TERMS }, &days_form()).unwrap();
    assert_eq!(less.terms().least_percent, 70);
}

#[test]
fn everything_that_is_wrong_with_a_new_group_is_said_at_once() {
    let terms = TermsForm { name: " ", places: "0", least: "101" };
    let place = WhereForm { time: "ten", place: "", link: "http://x" };
    let days = DaysForm { first: TypedDay::default(), rhythm: "", place };
    let wrong = begun(&terms, &days).unwrap_err();
    assert_eq!(wrong, ["name", "places", "least", "first_day", "rhythm", "time", "link"]);
    let nowhere = WhereForm { place: "", ..PLACE };
    assert_eq!(begun(&TERMS, &DaysForm { place: nowhere, ..days_form() }).unwrap_err(), ["place"]);
    for places in ["61", "-1", "+5", "9999999", "1.5", "١٢"] {
        assert_eq!(begun(&TermsForm { places, ..TERMS }, &days_form()).unwrap_err(), ["places"], "{places}");
    }
    for link in ["https://", "https://a b.c", "javascript:alert(1)", "https://nodot"] {
        let place = WhereForm { link, ..PLACE };
        assert_eq!(begun(&TERMS, &DaysForm { place, ..days_form() }).unwrap_err(), ["link"], "{link}");
    }
}

#[test]
fn a_group_has_no_fewer_places_than_are_taken() {
    let settled = |places, taken| settle(&coordinator(), &TermsForm { places, ..TERMS }, (80, taken));
    assert!(settled("12", 12).is_ok());
    assert_eq!(settled("11", 12).unwrap_err()[0].remedy, "12 places are taken: write at least 12.");
}

fn places(many: u16, held: &[(u128, PlaceState, Option<u16>)]) -> Places {
    let held = held.iter().map(|(it, state, seat)| (person(*it), *state, *seat)).collect();
    let cohort = CohortId::from_uuid(Uuid::nil());
    Places { cohort, organisation: here(), places: many, held, tutors: vec![person(50)] }
}

fn give_to(places: &Places, number: u128) -> Result<Option<u16>, NoPlace> {
    let theirs = [engaged(person(number), EngagementKind::Applicant, here())];
    give(places, person(number), &theirs, today()).map(|it| it.seat())
}

#[test]
fn no_more_people_get_a_place_than_there_are_places() {
    use PlaceState::{Here, Left, Paused};
    let two = places(2, &[(2, Here, Some(1)), (3, Paused, Some(2)), (4, Left, None)]);
    assert_eq!(two.taken(), 2);
    assert_eq!(give_to(&two, 5), Err(NoPlace::Full), "a pause keeps the place");
    assert_eq!(give_to(&places(3, &two_of(&two)), 5), Ok(Some(3)));
    let gap = places(2, &[(3, Paused, Some(2)), (4, Left, None)]);
    assert_eq!(give_to(&gap, 5), Ok(Some(1)), "what became free is given first");
    assert_eq!(give_to(&gap, 3), Err(NoPlace::HasOne));
    assert_eq!(give_to(&gap, 50), Err(NoPlace::HoldsIt));
    assert_eq!(give_to(&gap, 4), Ok(Some(1)), "whoever has left may come back");
}

fn two_of(places: &Places) -> Vec<(u128, PlaceState, Option<u16>)> {
    places.held.iter().map(|it| (it.0.as_uuid().as_u128(), it.1, it.2)).collect()
}

#[test]
fn a_place_is_for_somebody_who_is_known_there_today() {
    let one = places(1, &[]);
    let stranger = |engagement: Engagement| give(&one, person(5), &[engagement], today()).map(|it| it.seat());
    let good = engaged(person(5), EngagementKind::Learner, here());
    assert_eq!(stranger(good.clone()), Ok(Some(1)));
    for odd in [
        engaged(person(5), EngagementKind::Learner, elsewhere()),
        engaged(person(6), EngagementKind::Learner, here()),
        Engagement { to: Some(day("2026-11-21")), ..good.clone() },
        Engagement { from: day("2026-11-23"), ..good },
    ] {
        assert_eq!(stranger(odd), Err(NoPlace::NotKnownHere));
    }
}

#[test]
fn whoever_pauses_keeps_the_place_and_whoever_comes_back_after_leaving_needs_one_that_is_free() {
    use PlaceState::{Here, Left, Paused};
    let full = places(1, &[(2, Here, Some(1)), (3, Left, None)]);
    let moved =
        |places: &Places, it, to| move_place(&coordinator(), places, person(it), to).map(|it| it.seat());
    assert_eq!(moved(&full, 2, Paused), Ok(Some(1)));
    assert_eq!(moved(&full, 2, Left), Ok(None));
    assert_eq!(moved(&full, 3, Here), Err(NoPlace::Full));
    assert_eq!(moved(&places(2, &two_of(&full)), 3, Here), Ok(Some(2)));
    assert_eq!(moved(&full, 9, Here), Err(NoPlace::HasNone));
}

#[test]
fn people_close_up_without_sitting_on_each_other() {
    use PlaceState::Here;
    let spread = places(9, &[(2, Here, Some(9)), (3, Here, Some(1)), (4, Here, Some(4))]);
    assert_eq!(closed_up(&spread), [(person(4), 2), (person(2), 3)]);
    assert!(closed_up(&places(2, &[(3, Here, Some(1))])).is_empty());
}

#[test]
fn tutors_are_chosen_among_those_who_give_courses_there_and_have_no_place() {
    let ids = [person(5), person(6)].map(|it| it.to_string());
    let choose = |typed: &[&str], places: &[PersonId]| {
        choose_tutors(&coordinator(), typed, &[person(5), person(6)], places).map(|it| it.tutors().len())
    };
    assert_eq!(choose(&[&ids[0], &ids[1], &ids[0]], &[]), Ok(2));
    assert_eq!(choose(&[], &[]), Ok(0), "tutors may be chosen later");
    assert_eq!(choose(&[&ids[0]], &[person(5)]), Err(NotChosen::HasAPlace));
    for odd in ["", "x", &person(7).to_string()] {
        assert_eq!(choose(&[odd], &[]), Err(NotChosen::NotATutor), "{odd}");
    }
}

#[test]
fn a_session_without_two_tutors_is_kept_and_flagged() {
    let tutor = person(5).to_string();
    let day = TypedDay { day: "29", month: "2", year: "2028" };
    let form = SessionForm { day, place: PLACE, tutors: &[&tutor], is_off: false };
    let moved = move_session(&coordinator(), &form, &team(&[5, 6])).unwrap();
    assert_eq!(moved.tutors(), [person(5)]);
    assert!(!has_tutors_enough(moved.tutors().len()) && has_tutors_enough(2));
    let stranger = SessionForm { tutors: &[&tutor, "x"], day: TypedDay { day: "30", ..day }, ..form };
    let wrong: Vec<_> =
        move_session(&coordinator(), &stranger, &team(&[5])).unwrap_err().iter().map(|it| it.field).collect();
    assert_eq!(wrong, ["held_day", "tutor"]);
}

#[test]
fn the_register_is_for_current_tutors_of_the_group_and_for_coordinators_there() {
    use EngagementKind::{Administrator, Assessor, Coordinator, Learner, Tutor};
    let may =
        |number, kind, organisation| actor(number, kind, organisation).as_cohort_tutor(&team(&[5])).is_some();
    assert!(may(5, Tutor, here()) && may(7, Coordinator, here()));
    for (number, kind, organisation) in [
        (7, Tutor, here()),
        (5, Tutor, elsewhere()),
        (5, Learner, here()),
        (7, Coordinator, elsewhere()),
        (7, Administrator, here()),
        (7, Assessor, here()),
    ] {
        assert!(!may(number, kind, organisation), "{number} {kind:?}");
    }
}

#[test]
fn an_adjustment_says_why_in_a_word_and_warns_of_what_looks_personal() {
    let tutor = actor(5, EngagementKind::Tutor, here()).as_cohort_tutor(&team(&[5])).unwrap();
    let good = adjust(&tutor, ("60%", "joined later"), false).unwrap();
    assert_eq!((good.percent(), good.why()), (60, "joined later"));
    let personal = adjust(&tutor, ("60", "NHS 943 476 5919"), false);
    assert_eq!(personal, Err(NoteRefused::Personal("why", Personal::NhsNumber)));
    assert!(adjust(&tutor, ("60", "NHS 943 476 5919"), true).is_ok(), "it may be a room number");
    for (percent, why, field) in
        [("101", "x", "percent"), ("", "x", "percent"), ("60", " ", "why"), ("60", &"x".repeat(61), "why")]
    {
        let Err(NoteRefused::Faults(faults)) = adjust(&tutor, (percent, why), true) else {
            panic!("{percent} {why}")
        };
        assert_eq!(faults[0].field, field);
    }
}

#[test]
fn accrediting_names_a_body_and_a_day_that_has_been() {
    let tutor = actor(5, EngagementKind::Tutor, here()).as_cohort_tutor(&team(&[5])).unwrap();
    let on = |day| TypedDay { day, month: "11", year: "2026" };
    assert_eq!(accredit(&tutor, ("An awarding body", on("22")), false, today()).unwrap().on(), today());
    let Err(NoteRefused::Faults(faults)) = accredit(&tutor, ("", on("23")), false, today()) else { panic!() };
    assert_eq!(faults.iter().map(|it| it.field).collect::<Vec<_>>(), ["body", "on_day"]);
}
