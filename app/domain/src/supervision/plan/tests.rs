use chrono::NaiveDateTime;
use uuid::Uuid;

use super::*;
use crate::day::TypedDay;
use crate::people::{Actor, OrganisationId};
use crate::supervision::Strand;
use crate::supervision::arrangement::{Part, With};
use crate::wall::{OnWall, instant};

fn person(number: u128) -> PersonId {
    PersonId::from_uuid(Uuid::from_u128(number))
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn now() -> DateTime<Utc> {
    "2026-11-23T12:00:00Z".parse().unwrap()
}

/// A clock that goes on between 1 and 2 on 28 March 2027, back on 31 October, and otherwise stands at UTC.
fn wall(wall: NaiveDateTime) -> OnWall {
    let utc = wall.and_utc();
    match wall.to_string().as_str() {
        "2027-03-28 01:30:00" => OnWall::Never,
        "2027-10-31 01:30:00" => OnWall::Twice(utc - TimeDelta::hours(1), utc),
        _ => OnWall::Once(utc),
    }
}

/// Person 1 supervises person 2; the key is that of the second.
fn two() -> (Arrangement, Vec<Spell>, StrandMember) {
    let here = OrganisationId::from_uuid(Uuid::from_u128(100));
    let arrangement = Arrangement {
        id: ArrangementId::from_uuid(Uuid::nil()),
        organisation: here,
        strand: Strand::ReflectivePractice,
        supervisor: person(1),
        comes_from: here,
        with: With::One(person(2)),
        from: day("2026-11-01"),
        ended_on: None,
    };
    let spells = vec![Spell { person: person(2), from: day("2026-11-01"), to: None }];
    let by = Actor::new(person(2), Vec::new(), Vec::new(), day("2026-11-23"));
    let by = by.as_strand_member(&arrangement, &spells).unwrap();
    assert_eq!(by.part(), Part::Supervisee);
    (arrangement, spells, by)
}

fn form<'a>(day: [&'a str; 3], time: &'a str, which: &'a str) -> SlotForm<'a> {
    let [year, month, day] = day;
    SlotForm { day: TypedDay { day, month, year }, time, which, minutes: "60", place: "Room 2" }
}

fn slot_at(day: [&str; 3], time: &str) -> Slot {
    slot(&two().0, &form(day, time, ""), (&wall, now())).unwrap()
}

fn planned(number: u128, on: &str, time: &str) -> Planned {
    let time = TimeOfDay::parse(time).unwrap();
    Planned {
        id: PlannedId::from_uuid(Uuid::from_u128(number)),
        arrangement: ArrangementId::from_uuid(Uuid::nil()),
        number: 1,
        day: day(on),
        time,
        starts: instant((day(on), time), &wall),
        minutes: 60,
        place: "Room 2".into(),
        fate: Fate::Open,
    }
}

fn fields(faults: &[FieldFault]) -> Vec<&str> {
    faults.iter().map(|it| it.field).collect()
}

#[test]
fn what_is_planned_lies_ahead_and_in_the_time_in_which_they_meet() {
    let (mut arrangement, ..) = two();
    let refused = |arrangement: &Arrangement, day, time| {
        let faults = slot(arrangement, &form(day, time, ""), (&wall, now())).unwrap_err();
        faults.into_iter().map(|it| it.remedy).collect::<String>()
    };
    assert!(refused(&arrangement, ["2026", "11", "23"], "11:00").contains("to come"));
    assert!(refused(&arrangement, ["2028", "11", "23"], "11:00").contains("15 months"));
    assert!(refused(&arrangement, ["2026", "10", "31"], "11:00").contains("from 1 November 2026"));
    arrangement.ended_on = Some(day("2026-12-31"));
    assert!(refused(&arrangement, ["2027", "1", "1"], "11:00").contains("ends on 31 December 2026"));
    let faults = SlotForm { minutes: "0", ..form(["2026", "13", "1"], "late", "") };
    assert_eq!(
        fields(&slot(&arrangement, &faults, (&wall, now())).unwrap_err()),
        ["day_day", "time", "minutes"]
    );
}

#[test]
fn a_time_that_does_not_exist_or_comes_twice_is_asked_about() {
    let arrangement = two().0;
    let read = |day, which| slot(&arrangement, &form(day, "1:30", which), (&wall, now()));
    assert_eq!(fields(&read(["2027", "3", "28"], "").unwrap_err()), ["time"]);
    assert_eq!(fields(&read(["2027", "10", "31"], "").unwrap_err()), ["which"]);
    let hours = ["first", "second"].map(|it| read(["2027", "10", "31"], it).unwrap().starts().to_string());
    assert_eq!(hours, ["2027-10-31 00:30:00 UTC", "2027-10-31 01:30:00 UTC"]);
    // Of one of many nobody is asked.
    let first = slot_at(["2027", "3", "21"], "1:30");
    assert_eq!(first.on(day("2027-03-28"), &wall).starts().to_string(), "2027-03-28 02:30:00 UTC");
    assert_eq!(first.on(day("2027-10-31"), &wall).starts().to_string(), "2027-10-31 00:30:00 UTC");
}

#[test]
fn a_row_is_planned_whole_or_not_at_all() {
    let (arrangement, spells, by) = two();
    let first = slot_at(["2026", "12", "1"], "10:00");
    let plans = |days: &[&str], busy: &[Busy]| {
        let days: Vec<_> = days.iter().map(|it| day(it)).collect();
        let here = (&arrangement, &spells[..]);
        plan(&by, here, (&first, &days), (busy, &wall, now())).map_err(|it| it.remedy)
    };
    let row = plans(&["2026-12-29", "2026-12-01", "2026-12-01"], &[]).unwrap();
    let days: Vec<_> = row.slots().iter().map(|it| it.day().to_string()).collect();
    assert_eq!((days, row.by()), (vec!["2026-12-01".to_owned(), "2026-12-29".to_owned()], person(2)));
    let busy = |at: &str| [Busy { starts: at.parse().unwrap(), minutes: 60 }];
    assert!(
        plans(&["2026-12-01", "2026-12-29"], &busy("2026-12-29T10:30:00Z")).unwrap_err().contains("busy")
    );
    for apart in ["2026-12-29T11:00:00Z", "2026-12-29T09:00:00Z"] {
        assert!(plans(&["2026-12-01", "2026-12-29"], &busy(apart)).is_ok(), "{apart}");
    }
    assert!(plans(&[], &[]).unwrap_err().contains("at least one"));
    assert!(plans(&["2026-11-20"], &[]).unwrap_err().contains("does not lie ahead"));
    let many: Vec<_> = (0..61).map(|it| (day("2026-12-01") + Days::new(it)).to_string()).collect();
    let many: Vec<_> = many.iter().map(|it| &**it).collect();
    assert!(plans(&many, &[]).unwrap_err().contains("at most 60"));
}

#[test]
fn nobody_plans_for_a_group_without_members() {
    let (arrangement, _, by) = two();
    let first = slot_at(["2026", "12", "1"], "10:00");
    let spells = [Spell { person: person(2), from: day("2026-11-01"), to: Some(day("2026-11-30")) }];
    let refused = plan(&by, (&arrangement, &spells), (&first, &[first.day()]), (&[], &wall, now()));
    assert!(refused.unwrap_err().remedy.contains("Nobody belongs to the group"));
}

#[test]
fn those_that_come_after_are_moved_by_as_many_days() {
    let (arrangement, spells, by) = two();
    let row = [planned(1, "2026-12-01", "10:00"), planned(2, "2026-12-08", "10:00")];
    let held = Planned { fate: Fate::Off(CalledOff::Service), ..planned(3, "2026-12-15", "10:00") };
    let later = [row[1].clone(), held];
    let to = slot_at(["2026", "12", "8"], "14:00");
    let here = (&arrangement, &spells[..]);
    let moved = shift(&by, here, (&row[0], &later), (&to, 1), (&[], &wall, now())).unwrap();
    let said: Vec<_> =
        moved.iter().map(|it| (it.planned().as_uuid().as_u128(), it.slot().starts().to_string())).collect();
    // What comes later goes first, so that no two are ever at the same time.
    let expected = [(2, "2026-12-15 14:00:00 UTC".to_owned()), (1, "2026-12-08 14:00:00 UTC".to_owned())];
    assert_eq!(said, expected);
    // A second tap finds all of them there, though it never saw the change.
    let there: Vec<_> =
        [("2026-12-08", 1), ("2026-12-15", 2)].map(|(day, id)| planned(id, day, "14:00")).to_vec();
    let again = shift(&by, here, (&there[0], &there[1..]), (&to, 0), (&[], &wall, now()));
    assert_eq!(again, Err(NotChanged::Already));
    let one_is_not = [planned(2, "2026-12-15", "10:00")];
    let again = shift(&by, here, (&there[0], &one_is_not), (&to, 0), (&[], &wall, now()));
    assert_eq!(again, Err(NotChanged::Newer));
    let alone = shift(&by, here, (&row[0], &[]), (&to, 1), (&[], &wall, now())).unwrap();
    assert_eq!((alone.len(), alone[0].number()), (1, 2));
    let same_day = [planned(4, "2026-12-01", "15:00")];
    let refused = shift(&by, here, (&row[0], &same_day), (&to, 1), (&[], &wall, now()));
    assert!(matches!(refused, Err(NotChanged::Faults(it)) if it[0].remedy.contains("one by one")));
    let busy = [Busy { starts: "2026-12-15T14:30:00Z".parse().unwrap(), minutes: 10 }];
    let refused = shift(&by, here, (&row[0], &later), (&to, 1), (&busy, &wall, now()));
    assert!(matches!(refused, Err(NotChanged::Faults(it)) if it[0].remedy.contains("15 December 2026")));
}

#[test]
fn nothing_is_moved_unseen_or_once_it_is_settled() {
    let (arrangement, spells, by) = two();
    let it = planned(1, "2026-12-01", "10:00");
    let shifts = |it: &Planned, slot: &Slot, seen| {
        shift(&by, (&arrangement, &spells), (it, &[]), (slot, seen), (&[], &wall, now()))
    };
    let to = slot_at(["2026", "12", "2"], "10:00");
    assert_eq!(shifts(&it, &to, 0), Err(NotChanged::Newer));
    assert_eq!(shifts(&it, &slot_at(["2026", "12", "1"], "10:00"), 0), Err(NotChanged::Already));
    let session = SessionId::from_uuid(Uuid::nil());
    for fate in [Fate::Held(session), Fate::Off(CalledOff::Service)] {
        assert_eq!(shifts(&Planned { fate, ..it.clone() }, &to, 1), Err(NotChanged::Newer));
    }
}

#[test]
fn one_is_called_off_once_with_a_word() {
    let (arrangement, _, by) = two();
    let it = planned(1, "2026-12-01", "10:00");
    let off =
        |it: &Planned, off, why, now| call_off(&by, (&arrangement, it), &OffForm { off, why, seen: 1 }, now);
    let new = off(&it, "supervisee", "clash", now()).unwrap();
    assert_eq!((new.off(), new.why(), new.by()), (CalledOff::Supervisee, Some(Why::Clash), person(2)));
    // Nobody asks why somebody was off shift.
    assert_eq!(off(&it, "off_shift", "unable", now()).unwrap().why(), None);
    for (who, why, field) in [("", "", "off"), ("service", "", "why"), ("not_heard", "", "off")] {
        let Err(NotChanged::Faults(faults)) = off(&it, who, why, now()) else { panic!("{who}") };
        assert_eq!(fields(&faults), [field], "{who}");
    }
    assert!(off(&it, "not_heard", "", it.starts).is_ok());
    let gone = Planned { fate: Fate::Off(CalledOff::Service), ..it.clone() };
    assert_eq!(off(&gone, "service", "place", now()), Err(NotChanged::Already));
    assert_eq!(off(&gone, "supervisor", "unable", now()), Err(NotChanged::Newer));
    let newer = Planned { number: 2, ..it };
    assert_eq!(off(&newer, "service", "place", now()), Err(NotChanged::Newer));
}

#[test]
fn what_took_place_is_what_was_chosen_or_lies_nearest() {
    let at = |it: &str| it.parse::<DateTime<Utc>>().unwrap();
    let id = |it| PlannedId::from_uuid(Uuid::from_u128(it));
    let open = [(id(1), at("2026-12-01T10:00:00Z")), (id(2), at("2026-12-01T15:00:00Z"))];
    assert_eq!(written_down_with(&open, None, at("2026-12-01T14:00:00Z")), Some(id(2)));
    assert_eq!(written_down_with(&open, Some(id(1)), at("2026-12-01T14:00:00Z")), Some(id(1)));
    assert_eq!(written_down_with(&open, Some(id(9)), at("2026-12-01T10:30:00Z")), Some(id(1)));
    assert_eq!(written_down_with(&[], Some(id(1)), at("2026-12-01T14:00:00Z")), None);
}
