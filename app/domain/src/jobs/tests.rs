use super::*;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn wall(text: &str) -> NaiveDateTime {
    text.parse().unwrap()
}

#[test]
fn each_failure_waits_longer_than_the_one_before() {
    assert!(WAITS.is_sorted());
    let now = at("2026-11-21T19:30:00Z");
    let waits: Vec<Next> = (1..=6).map(|nth| after_failure(nth, now)).collect();
    let expected = [
        Next::At(at("2026-11-21T19:30:30Z")),
        Next::At(at("2026-11-21T19:32:00Z")),
        Next::At(at("2026-11-21T19:40:00Z")),
        Next::At(at("2026-11-21T20:30:00Z")),
        Next::At(at("2026-11-22T01:30:00Z")),
        Next::GivenUp,
    ];
    assert_eq!(waits, expected);
}

#[test]
fn the_sixth_beginning_is_the_last() {
    assert!((0..=5).all(may_begin));
    assert!(!may_begin(6));
}

#[test]
fn counts_that_cannot_be_are_borne() {
    let now = at("2026-11-21T19:30:00Z");
    assert_eq!(after_failure(0, now), after_failure(1, now));
    assert_eq!(after_failure(i64::MIN, now), after_failure(1, now));
    assert_eq!(after_failure(i64::MAX, now), Next::GivenUp);
    assert!(!may_begin(-1));
}

#[test]
fn the_hour_that_happens_twice_is_two_rounds() {
    // On 25 October 2026 clocks in this country go back from 02:00 to 01:00.
    let first = Slot::of(Every::Hour, at("2026-10-25T00:59:59Z"), wall("2026-10-25T01:59:59"));
    let second = Slot::of(Every::Hour, at("2026-10-25T01:00:00Z"), wall("2026-10-25T01:00:00"));
    assert_eq!((first.as_str(), second.as_str()), ("2026-10-25T00Z", "2026-10-25T01Z"));
}

#[test]
fn a_day_is_the_day_people_live() {
    // Half past midnight in summer is still yesterday in UTC.
    let slot = Slot::of(Every::Day, at("2026-06-30T23:30:00Z"), wall("2026-07-01T00:30:00"));
    assert_eq!(slot.as_str(), "2026-07-01");
}

#[test]
fn a_morning_begins_at_five_on_the_wall() {
    for (instant, on_the_wall, slot) in [
        ("2026-06-30T23:30:00Z", "2026-07-01T00:30:00", "2026-06-30"),
        ("2026-07-01T03:59:59Z", "2026-07-01T04:59:59", "2026-06-30"),
        ("2026-07-01T04:00:00Z", "2026-07-01T05:00:00", "2026-07-01"),
        ("2026-12-01T05:00:00Z", "2026-12-01T05:00:00", "2026-12-01"),
        ("2026-12-01T23:59:59Z", "2026-12-01T23:59:59", "2026-12-01"),
        // The days on which clocks change have one morning each.
        ("2026-10-25T04:59:59Z", "2026-10-25T04:59:59", "2026-10-24"),
        ("2026-10-25T05:00:00Z", "2026-10-25T05:00:00", "2026-10-25"),
    ] {
        assert_eq!(Slot::of(Every::Morning, at(instant), wall(on_the_wall)).as_str(), slot, "{instant}");
    }
}
