//! Months, over ten years with their leap days.

use chrono::{Datelike, Days};

use super::super::within::{Cover, covered};
use super::*;

fn days() -> impl Iterator<Item = NaiveDate> {
    day("2023-06-01").iter_days().take(3653)
}

fn once_on(on: NaiveDate) -> Done {
    Done { on, minutes: 60, part: String::new() }
}

#[test]
fn what_is_done_at_the_end_of_a_month_counts_until_the_end_of_a_shorter_one() {
    for (on, months, last) in [
        ("2027-01-31", 1, "2027-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2028-01-30", 1, "2028-02-29"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2028-02-29", 48, "2032-02-29"),
        ("2028-02-28", 12, "2029-02-28"),
        ("2027-02-28", 12, "2028-02-28"),
        ("2027-10-31", 1, "2027-11-30"),
    ] {
        assert_eq!(counts_until(day(on), months), day(last), "{on} and {months}");
    }
}

#[test]
fn a_month_later_is_the_same_day_or_the_last_one_of_a_shorter_month() {
    for on in days() {
        for months in [1, 2, 3, 6, 11, 12, 13, 24, 36, 48, 120] {
            let last = counts_until(on, months);
            let counted = last.year() * 12 + last.month0() as i32 - (on.year() * 12 + on.month0() as i32);
            assert_eq!(counted, i32::from(months), "{on} and {months}");
            let is_last_of_month = last.succ_opt().unwrap().day() == 1;
            assert!(last.day() == on.day() || last.day() < on.day() && is_last_of_month, "{on} and {months}");
        }
    }
}

#[test]
fn whoever_does_it_later_never_has_to_do_it_again_earlier() {
    for on in days() {
        let next = on.succ_opt().unwrap();
        for months in [1, 6, 12, 36] {
            assert!(counts_until(on, months) <= counts_until(next, months), "{on} and {months}");
        }
    }
}

#[test]
fn somebody_stands_well_until_the_last_day_and_not_a_day_longer() {
    let it = requirement(vec![version(1, "2020-01-01", Rule::Every { months: 12 })]);
    let volunteer = [engagement(Kind::Volunteer, "2020-01-01", None)];
    for on in days() {
        let done = [once_on(on)];
        let facts = Facts { engagements: &volunteer, done: &done, ..Facts::default() };
        let last = counts_until(on, 12);
        let stands = |day| standing(&it, &facts, day).unwrap().state();
        assert_eq!(stands(last - Days::new(SOON + 1)), State::Current, "{on}");
        assert_eq!(stands(last - Days::new(SOON)), State::DueSoon, "{on}");
        assert_eq!(stands(last), State::DueSoon, "{on}");
        assert_eq!(stands(last.succ_opt().unwrap()), State::Overdue, "{on}");
    }
}

#[test]
fn hours_are_enough_exactly_on_the_days_on_which_those_that_count_are_enough() {
    let rule = Rule::Hours { minutes: 180, months: 6 };
    // A few records at odd distances, some of them at the ends of months.
    let all: Vec<_> = ["2027-08-31", "2027-10-30", "2027-12-31", "2028-01-15", "2028-06-30", "2028-07-01"]
        .map(|it| once_on(day(it)))
        .into();
    for today in days() {
        let done: Vec<_> = all.iter().filter(|it| it.on <= today).cloned().collect();
        let counts = done.iter().filter(|it| today <= counts_until(it.on, 6)).count();
        let facts = Facts { done: &done, ..Facts::default() };
        assert_eq!(covered(&rule, &facts, today).holds_on(today), counts >= 3, "{today}");
        // And the last day is told beforehand.
        if let Cover::Until(last) = covered(&rule, &facts, today)
            && today <= last
        {
            let still = done.iter().filter(|it| last <= counts_until(it.on, 6)).count();
            let after = last.succ_opt().unwrap();
            let then = done.iter().filter(|it| after <= counts_until(it.on, 6)).count();
            assert!(still >= 3 && then < 3, "{today} {last}");
        }
    }
}

#[test]
fn nobody_is_overdue_on_the_day_of_a_change_nor_before_the_time_that_it_states() {
    let volunteer = [engagement(Kind::Volunteer, "2020-01-01", None)];
    let parts = vec!["online".to_owned(), "live".to_owned()];
    let rules = [
        Rule::Once,
        Rule::Every { months: 12 },
        Rule::Hours { minutes: 120, months: 12 },
        Rule::Parts { parts, months: Some(12) },
        Rule::Read { edition: 1 },
        Rule::Read { edition: 2 },
    ];
    let done: Vec<_> = ["2027-02-28", "2027-03-31"].map(|it| once_on(day(it))).into();
    let accepted = [Accepted { edition: 1, on: day("2027-03-31") }];
    let facts = Facts { engagements: &volunteer, done: &done, accepted: &accepted, ..Facts::default() };
    let is_behind = |it: &Standing| it.is_due() && !it.is_met();
    for before in &rules {
        for after in &rules {
            for change in day("2027-04-01").iter_days().take(700) {
                let old = requirement(vec![version(1, "2020-01-01", before.clone())]);
                let eve = change.pred_opt().unwrap();
                if is_behind(&standing(&old, &facts, eve).unwrap()) {
                    continue;
                }
                let mut it = old;
                it.versions.push(version(2, &change.to_string(), after.clone()));
                for later in [0, 1, 27, 28] {
                    let stands = standing(&it, &facts, change + Days::new(later)).unwrap();
                    assert!(!is_behind(&stands), "{before:?} to {after:?} on {change}, {later} days later");
                }
            }
        }
    }
}
