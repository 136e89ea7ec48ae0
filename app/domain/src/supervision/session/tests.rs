use chrono::{NaiveDateTime, TimeDelta, TimeZone};
use uuid::Uuid;

use super::*;
use crate::people::{Actor, OrganisationId};
use crate::supervision::Strand;
use crate::supervision::arrangement::ArrangementId;
use crate::supervision::presence::Came;
use crate::wall::OnWall;

fn person(number: u128) -> PersonId {
    PersonId::from_uuid(Uuid::from_u128(number))
}

fn here() -> (Arrangement, Vec<Spell>) {
    let from = "2026-09-01".parse().unwrap();
    let organisation = OrganisationId::from_uuid(Uuid::from_u128(100));
    let arrangement = Arrangement {
        id: ArrangementId::from_uuid(Uuid::nil()),
        organisation,
        strand: Strand::Peer,
        supervisor: person(1),
        comes_from: organisation,
        with: With::One(person(2)),
        from,
        ended_on: None,
    };
    (arrangement, vec![Spell { person: person(2), from, to: Some("2026-12-31".parse().unwrap()) }])
}

/// Clocks go back on 25 October 2026 at 2.00 and on again on 28 March 2027 at 1.00. This is how London has it.
fn on_wall(wall: NaiveDateTime) -> OnWall {
    let utc = Utc.from_utc_datetime(&wall);
    match wall.to_string().as_str() {
        "2026-10-25 01:30:00" => OnWall::Twice(utc - TimeDelta::hours(1), utc),
        "2026-09-29 01:30:00" => OnWall::Never,
        _ => OnWall::Once(utc),
    }
}

const FORM: HeldForm<'_> = HeldForm {
    day: TypedDay { day: "20", month: "11", year: "2026" },
    time: "16:30",
    which: "",
    minutes: "50",
    place: "The kitchen",
    themes: "Boundaries",
    rows: &[],
    actions: &[],
    is_another: false,
    has_looked: false,
};

fn written(form: HeldForm<'_>, there: &[&str]) -> Result<NewHeld, NotHeld> {
    let (arrangement, spells) = here();
    let theirs = Actor::new(person(2), Vec::new(), Vec::new(), "2026-11-22".parse().unwrap());
    let by = theirs.as_strand_member(&arrangement, &spells).unwrap();
    let there: Vec<DateTime<Utc>> = there.iter().map(|it| it.parse().unwrap()).collect();
    let now = "2026-11-22T10:00:00Z".parse().unwrap();
    held(&by, (&arrangement, &spells), (&form, &there), (&on_wall, now))
}

fn fields(form: HeldForm<'_>) -> Vec<&'static str> {
    match written(form, &[]) {
        Err(NotHeld::Faults(faults)) => faults.fields.into_iter().map(|it| it.field).collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_session_of_two_counts_for_whoever_was_supervised() {
    let new = written(FORM, &[]).unwrap();
    assert_eq!(
        (new.day().to_string(), new.time().to_string(), new.minutes()),
        ("2026-11-20".into(), "16:30".into(), 50)
    );
    assert_eq!(new.by(), person(2));
    assert_eq!(new.present(), [Presence { person: person(2), came: Came::Came, minutes: 50 }]);
}

#[test]
fn a_session_that_ends_after_midnight_belongs_to_the_day_on_which_it_began() {
    let new = written(HeldForm { time: "23:30", minutes: "90", ..FORM }, &[]).unwrap();
    assert_eq!(new.day().to_string(), "2026-11-20");
}

#[test]
fn what_lies_ahead_was_not_held() {
    let today = TypedDay { day: "22", month: "11", year: "2026" };
    assert_eq!(fields(HeldForm { day: today, time: "10:01", ..FORM }), ["day_day"]);
    assert!(written(HeldForm { day: today, time: "10:00", ..FORM }, &[]).is_ok());
}

#[test]
fn a_session_before_the_first_day_or_after_the_last_is_refused() {
    assert_eq!(
        fields(HeldForm { day: TypedDay { day: "31", month: "8", year: "2026" }, ..FORM }),
        ["day_day"]
    );
    assert!(written(HeldForm { day: TypedDay { day: "1", month: "9", year: "2026" }, ..FORM }, &[]).is_ok());
}

#[test]
fn a_time_that_came_twice_is_asked_about_and_one_that_never_came_is_refused() {
    let night = TypedDay { day: "25", month: "10", year: "2026" };
    let twice = HeldForm { day: night, time: "1:30", ..FORM };
    assert_eq!(fields(twice), ["which"]);
    let hours = ["first", "second"].map(|which| written(HeldForm { which, ..twice }, &[]).unwrap().began());
    assert_eq!(hours[1] - hours[0], TimeDelta::hours(1));
    let never = HeldForm { day: TypedDay { day: "29", month: "9", year: "2026" }, time: "1:30", ..FORM };
    assert_eq!(fields(never), ["time"]);
}

#[test]
fn one_of_the_same_day_is_shown_and_kept_beside_only_by_choice() {
    let there = ["2026-11-20T09:00:00Z"];
    assert!(matches!(written(FORM, &there), Err(NotHeld::There(_))));
    let another = HeldForm { is_another: true, ..FORM };
    assert!(written(another, &there).is_ok());
    let same = written(another, &["2026-11-20T16:30:00Z"]);
    assert!(matches!(&same, Err(NotHeld::Faults(faults)) if faults.fields[0].field == "time"), "{same:?}");
}

#[test]
fn what_is_no_time_and_no_length_is_refused() {
    assert_eq!(fields(HeldForm { time: "half past", minutes: "4", ..FORM }), ["time", "minutes"]);
    for minutes in ["", "721", "+50", "an hour"] {
        assert_eq!(fields(HeldForm { minutes, ..FORM }), ["minutes"], "{minutes:?}");
    }
}

#[test]
fn what_looks_like_somebody_is_asked_about_once() {
    let named = HeldForm { themes: "Spoke about 943 476 5919", ..FORM };
    assert_eq!(written(named, &[]), Err(NotHeld::Personal("themes", Personal::NhsNumber)));
    assert!(written(HeldForm { has_looked: true, ..named }, &[]).is_ok());
}

#[test]
fn in_a_group_only_whoever_leads_it_writes_down_that_it_took_place() {
    let (mut arrangement, _) = here();
    assert!(may_write(&arrangement, Part::Supervisee));
    arrangement.with = With::Group("Tuesday".into());
    assert!(may_write(&arrangement, Part::Supervisor) && !may_write(&arrangement, Part::Supervisee));
}
