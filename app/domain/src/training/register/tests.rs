use uuid::Uuid;

use super::*;
use crate::people::{Actor, Engagement, EngagementId, EngagementKind, OrganisationId};
use crate::training::cohort::{CohortId, Team};

fn person(number: u128) -> PersonId {
    PersonId::from_uuid(Uuid::from_u128(number))
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

const TUTOR: u128 = 1;
const PEOPLE: [u128; 3] = [2, 3, 4];

fn tutor() -> CohortTutor {
    let organisation = OrganisationId::from_uuid(Uuid::from_u128(9));
    let engagement = Engagement {
        id: EngagementId::from_uuid(Uuid::nil()),
        person: person(TUTOR),
        organisation,
        kind: EngagementKind::Tutor,
        basis: None,
        from: day("2026-01-01"),
        to: None,
        away: None,
    };
    let team = Team { cohort: CohortId::from_uuid(Uuid::nil()), organisation, tutors: vec![person(TUTOR)] };
    let actor = Actor::new(person(TUTOR), vec![engagement], Vec::new(), day("2026-11-22"));
    actor.as_cohort_tutor(&team).unwrap()
}

fn held() -> Held {
    Held { on: day("2026-11-22"), minutes: 180, is_off: false }
}

const fn row(of: PersonId, mark: &'static str, minutes: &'static str, caught_up: bool) -> RowForm<'static> {
    RowForm { person: of, mark, minutes, caught_up }
}

fn keep(current: &Register, rows: &[RowForm<'_>], seen: i64) -> Result<Register, RegisterRefused> {
    keep_on(held(), current, rows, seen)
}

fn keep_on(
    held: Held,
    current: &Register,
    rows: &[RowForm<'_>],
    seen: i64,
) -> Result<Register, RegisterRefused> {
    let people = PEOPLE.map(person);
    let kept = keep_register(&tutor(), (current, held), &people, (rows, seen), day("2026-11-22"));
    kept.map(|it| it.register().clone())
}

#[test]
fn a_whole_group_is_kept_in_one_go() {
    let [a, b, c] = PEOPLE.map(person);
    let rows = [row(a, "came", "", false), row(b, "part", "95", true), row(c, "", "", false)];
    let kept = keep(&Register::default(), &rows, 0).unwrap();
    assert_eq!(kept.revision, 1);
    assert_eq!(kept.marks[&a], Marked { mark: Mark::Came, minutes: None, caught_up: false });
    assert_eq!(kept.marks[&b], Marked { mark: Mark::Part, minutes: Some(95), caught_up: true });
    assert!(!kept.marks.contains_key(&c), "nothing is marked of whom nothing was said");
}

#[test]
fn all_of_a_register_is_kept_or_nothing() {
    let [a, b, _] = PEOPLE.map(person);
    for (mark, minutes) in [
        ("part", ""),
        ("part", "0"),
        ("part", "180"),
        ("part", "+9"),
        ("there", ""),
        ("came", "10"),
        ("", "10"),
    ] {
        let refused =
            keep(&Register::default(), &[row(a, "came", "", false), row(b, mark, minutes, false)], 0);
        let Err(RegisterRefused::Faults(faults)) = refused else { panic!("{mark} {minutes}: {refused:?}") };
        assert_eq!(faults.iter().map(|it| it.0).collect::<Vec<_>>(), [b], "{mark} {minutes}");
    }
}

#[test]
fn a_register_is_about_people_of_the_group_and_nobody_keeps_it_about_themselves() {
    for stranger in [person(TUTOR), person(77)] {
        let refused = keep(&Register::default(), &[row(stranger, "came", "", false)], 0);
        assert!(matches!(refused, Err(RegisterRefused::Faults(_))), "{refused:?}");
    }
}

#[test]
fn a_newer_register_is_never_overwritten_unseen() {
    let [a, b, _] = PEOPLE.map(person);
    let first = keep(&Register::default(), &[row(a, "came", "", false)], 0).unwrap();
    assert_eq!(keep(&first, &[row(a, "told_us", "", false)], 0), Err(RegisterRefused::Newer));
    // A second tap is the same again.
    assert_eq!(keep(&first, &[row(a, "came", "", false)], 0).unwrap().revision, 2);
    // Whoever is not in the form stays as they were.
    let second = keep(&first, &[row(b, "came", "", false)], 1).unwrap();
    assert_eq!((second.marks.len(), second.revision), (2, 2));
    let third = keep(&second, &[row(a, "", "", false)], 2).unwrap();
    assert_eq!(third.marks.keys().copied().collect::<Vec<_>>(), [b], "a mark can be taken out");
}

#[test]
fn nobody_has_come_before_the_day_but_somebody_may_have_told_us() {
    let [a, ..] = PEOPLE.map(person);
    let tomorrow = Held { on: day("2026-11-23"), ..held() };
    for mark in ["came", "not_heard"] {
        let refused = keep_on(tomorrow, &Register::default(), &[row(a, mark, "", false)], 0);
        assert!(matches!(refused, Err(RegisterRefused::Faults(_))), "{mark}");
    }
    assert!(keep_on(tomorrow, &Register::default(), &[row(a, "told_us", "", false)], 0).is_ok());
    let off = Held { is_off: true, ..held() };
    assert_eq!(keep_on(off, &Register::default(), &[], 0), Err(RegisterRefused::Off));
}

#[test]
fn whoever_was_there_all_the_time_has_nothing_to_catch_up_on() {
    let [a, ..] = PEOPLE.map(person);
    let kept = keep(&Register::default(), &[row(a, "came", "", true)], 0).unwrap();
    assert!(!kept.marks[&a].caught_up);
}

#[test]
fn two_in_a_row_of_which_nothing_was_heard_want_a_friendly_call() {
    let of = |words: &[&str]| {
        let mark = |it: &&str| Marked {
            mark: Mark::parse(it.trim_end_matches('+')).unwrap(),
            minutes: None,
            caught_up: it.ends_with('+'),
        };
        wants_a_call(&words.iter().map(mark).collect::<Vec<_>>())
    };
    assert!(of(&["came", "not_heard", "not_heard"]) && of(&["not_heard", "not_heard"]));
    for none in [
        &[] as &[_],
        &["not_heard"],
        &["not_heard", "came"],
        &["not_heard", "told_us"],
        &["not_heard", "not_heard", "came"],
        &["not_heard+", "not_heard"],
    ] {
        assert!(!of(none), "{none:?}");
    }
}

#[test]
fn a_session_was_held_once_its_register_is_kept_on_the_day_or_later() {
    let on = |text: &str| Some(day(text));
    assert!(held().was_held(on("2026-11-22")) && held().was_held(on("2027-01-01")));
    assert!(!held().was_held(None) && !held().was_held(on("2026-11-21")));
    assert!(!Held { is_off: true, ..held() }.was_held(on("2026-11-22")));
}
