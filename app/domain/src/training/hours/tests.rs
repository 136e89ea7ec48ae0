use uuid::Uuid;

use super::*;
use crate::people::{Actor, Engagement, EngagementId, EngagementKind, OrganisationId};
use crate::training::placement::PlacementId;

fn person(number: u128) -> PersonId {
    PersonId::from_uuid(Uuid::from_u128(number))
}

fn line_id(number: u128) -> HoursId {
    HoursId::from_uuid(Uuid::from_u128(number))
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn site() -> PlaceId {
    PlaceId::from_uuid(Uuid::nil())
}

fn placement() -> Placement {
    Placement {
        id: PlacementId::from_uuid(Uuid::nil()),
        person: person(1),
        organisation: OrganisationId::from_uuid(Uuid::nil()),
        supervisor: person(2),
        site: site(),
        cohort: None,
        from: day("2026-11-01"),
        to: day("2026-12-31"),
    }
}

fn supervisor() -> PlacementSupervisor {
    let engagement = Engagement {
        id: EngagementId::from_uuid(Uuid::nil()),
        person: person(2),
        organisation: placement().organisation,
        kind: EngagementKind::PlacementSupervisor,
        basis: None,
        from: day("2026-01-01"),
        to: None,
        away: None,
    };
    let actor = Actor::new(person(2), vec![engagement], Vec::new(), day("2026-11-22"));
    actor.as_placement_supervisor(&placement()).unwrap()
}

const DAY: TypedDay<'_> = TypedDay { day: "21", month: "11", year: "2026" };
const FORM: LineForm<'_> = LineForm {
    activity: "group",
    day: DAY,
    hours: "1",
    minutes: "30",
    site: "00000000-0000-0000-0000-000000000000",
    words: "Walking group",
    is_looked_at: false,
};

const SITES: [PlaceId; 1] = [PlaceId::from_uuid(Uuid::nil())];

fn beside() -> Beside<'static> {
    Beside { before: None, is_corrected: false, sites: &SITES, told: 0, start: Ok(()) }
}

fn told_by(me: PersonId, form: &LineForm<'_>, beside: Beside<'_>, seen: i64) -> Result<Line, LineRefused> {
    let new = tell((me, line_id(1)), &placement(), form, beside, (seen, day("2026-11-22")));
    new.map(|it| it.line().clone())
}

fn faults(form: LineForm<'_>) -> Vec<&'static str> {
    match told_by(person(1), &form, beside(), 0) {
        Err(LineRefused::Faults(faults)) => faults.into_iter().map(|it| it.field).collect(),
        other => panic!("{other:?}"),
    }
}

fn waiting(number: u128) -> Line {
    Line { id: line_id(number), ..told_by(person(1), &FORM, beside(), 0).unwrap() }
}

fn agreed(number: u128) -> Line {
    Line { state: LineState::Agreed, ..waiting(number) }
}

#[test]
fn hours_are_whole_minutes_of_a_day_that_has_been() {
    let line = waiting(1);
    assert_eq!((line.minutes, line.state, line.revision), (90, LineState::Waiting, 1));
    for (hours, minutes) in
        [("", ""), ("0", "0"), ("25", ""), ("1", "60"), ("24", "1"), ("-1", ""), ("1.5", ""), ("1", "x")]
    {
        assert_eq!(faults(LineForm { hours, minutes, ..FORM }), ["hours"], "{hours}:{minutes}");
    }
    assert_eq!(faults(LineForm { day: TypedDay { day: "23", ..DAY }, ..FORM }), ["day"]);
    assert_eq!(faults(LineForm { day: TypedDay { month: "10", ..DAY }, ..FORM }), ["day"]);
    assert_eq!(faults(LineForm { day: TypedDay { day: "31", ..DAY }, ..FORM }), ["day"]);
    assert_eq!(
        faults(LineForm { activity: "", site: "x", words: "\u{7}", ..FORM }),
        ["activity", "site", "words"]
    );
}

#[test]
fn a_day_has_at_most_24_hours_whatever_else_was_told_of_it() {
    let with = |told| told_by(person(1), &FORM, Beside { told, ..beside() }, 0);
    assert!(with(1350).is_ok());
    assert!(matches!(with(1351), Err(LineRefused::Faults(_))));
    let instead = Line { corrects: Some(line_id(1)), minutes: 30, ..waiting(2) };
    let gone = Line { state: LineState::TakenBack, ..waiting(3) };
    let lines = [agreed(1), instead, gone, waiting(4)];
    assert_eq!((told(&lines, None), told(&lines, Some(line_id(4)))), (120, 30));
    assert_eq!(told(&lines, Some(line_id(2))), 180);
}

#[test]
fn nothing_is_told_of_a_placement_that_may_not_have_started() {
    for unmet in [Unmet::Check, Unmet::MayNot] {
        let refused = told_by(person(1), &FORM, Beside { start: Err(unmet), ..beside() }, 0);
        assert!(
            matches!(refused, Err(LineRefused::Faults(faults)) if faults[0].remedy.contains("has not started yet"))
        );
    }
}

#[test]
fn nobody_tells_the_hours_of_somebody_else() {
    assert!(matches!(told_by(person(2), &FORM, beside(), 0), Err(LineRefused::Faults(_))));
}

#[test]
fn what_looks_like_somebody_is_warned_of_before_it_is_kept() {
    let words = "With Ann, born 3 May 1980";
    let refused = told_by(person(1), &LineForm { words, ..FORM }, beside(), 0);
    assert_eq!(refused, Err(LineRefused::Personal(Personal::DateOfBirth)));
    assert!(told_by(person(1), &LineForm { words, is_looked_at: true, ..FORM }, beside(), 0).is_ok());
}

#[test]
fn a_line_is_changed_until_it_is_agreed_and_then_another_is_told_instead() {
    let asked = Line { state: LineState::Asked, question: "Which group?".into(), revision: 2, ..waiting(1) };
    let with =
        |before: &Line, seen| told_by(person(1), &FORM, Beside { before: Some(before), ..beside() }, seen);
    let changed = with(&asked, 2).unwrap();
    assert_eq!((changed.state, changed.revision, &*changed.question), (LineState::Waiting, 3, ""));
    assert_eq!(with(&asked, 1), Err(LineRefused::Newer));
    let instead = with(&agreed(7), 1).unwrap();
    assert_eq!(
        (instead.corrects, instead.state, instead.revision),
        (Some(line_id(7)), LineState::Waiting, 1)
    );
    let before = agreed(7);
    let twice = Beside { before: Some(&before), is_corrected: true, ..beside() };
    assert_eq!(told_by(person(1), &FORM, twice, 1), Err(LineRefused::Newer));
    let none = LineForm { hours: "0", minutes: "", ..FORM };
    let once = Beside { before: Some(&before), ..beside() };
    assert_eq!(told_by(person(1), &none, once, 1).unwrap().minutes, 0);
}

#[test]
fn a_line_is_taken_back_by_whoever_told_it_until_it_counts() {
    let me = (person(1), person(1));
    assert_eq!(take_back(me, &waiting(1), 1).unwrap().line().state, LineState::TakenBack);
    assert_eq!(take_back(me, &agreed(1), 1), Err(LineRefused::Agreed));
    assert_eq!(take_back((person(2), person(1)), &waiting(1), 1), Err(LineRefused::Agreed));
    assert_eq!(take_back(me, &waiting(1), 2), Err(LineRefused::Newer));
}

#[test]
fn lines_are_agreed_all_of_them_or_none() {
    let there = [waiting(1), waiting(2), agreed(3), Line { state: LineState::Asked, ..waiting(4) }];
    let ticked = |lines: &[(u128, i64)]| -> Vec<_> { lines.iter().map(|it| (line_id(it.0), it.1)).collect() };
    let agree = |lines: &[(u128, i64)]| agree(&supervisor(), &there, &ticked(lines));
    assert_eq!(agree(&[(2, 1), (1, 1), (1, 1)]).unwrap().lines(), [line_id(1), line_id(2)]);
    assert_eq!(agree(&[]), Err(NotAgreed::Choose));
    assert_eq!(agree(&[(1, 1), (2, 2)]), Err(NotAgreed::Newer(vec![line_id(2)])));
    assert_eq!(
        agree(&[(1, 1), (3, 1), (4, 1), (9, 1)]),
        Err(NotAgreed::Newer([3, 4, 9].map(line_id).to_vec()))
    );
}

#[test]
fn a_question_sends_one_line_back() {
    let by = supervisor();
    let asked = ask(&by, &waiting(1), ("Which group?", false), 1).unwrap();
    assert_eq!(
        (asked.line().state, &*asked.line().question, asked.line().revision),
        (LineState::Asked, "Which group?", 2)
    );
    assert_eq!(ask(&by, &agreed(1), ("Why?", false), 1), Err(LineRefused::Newer));
    assert_eq!(ask(&by, &waiting(1), ("Why?", false), 2), Err(LineRefused::Newer));
    assert!(matches!(ask(&by, &waiting(1), (" ", false), 1), Err(LineRefused::Faults(_))));
    assert!(matches!(ask(&by, &waiting(1), ("a@b.example?", false), 1), Err(LineRefused::Personal(_))));
}

#[test]
fn what_counts_is_what_is_agreed_and_was_not_told_anew() {
    let instead = Line { corrects: Some(line_id(1)), minutes: 30, activity: Activity::OneToOne, ..agreed(2) };
    let waits = Line { corrects: Some(line_id(3)), minutes: 10, ..waiting(4) };
    let totals = totals(&[agreed(1), instead, agreed(3), waits, waiting(5)]);
    let expected =
        [("one_to_one", 30), ("group", 90), ("co_facilitation", 0), ("training", 0), ("travel", 0)];
    assert_eq!(totals.map(|it| (it.0.as_str(), it.1)), expected);
}
