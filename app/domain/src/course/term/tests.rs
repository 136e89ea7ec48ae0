use chrono::{Days, NaiveDate};

use super::Term;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn every_day_lies_in_one_term() {
    let mut at = day("2023-12-20");
    for _ in 0..1500 {
        let term = Term::of(at);
        assert!(term.begins() <= at && at <= term.ends(), "{at}");
        let tomorrow = at.checked_add_days(Days::new(1)).unwrap();
        let goes_on = if at == term.ends() { term.next() } else { term };
        assert_eq!(Term::of(tomorrow), goes_on);
        assert_eq!(goes_on.before().next(), goes_on);
        at = tomorrow;
    }
}

#[test]
fn a_term_is_called_by_its_season() {
    let labels = ["2026-01-01", "2026-04-30", "2026-05-01", "2026-08-31", "2026-09-01", "2026-12-31"];
    let labels = labels.map(|it| Term::of(day(it)).label());
    assert_eq!(
        labels,
        ["spring 2026", "spring 2026", "summer 2026", "summer 2026", "autumn 2026", "autumn 2026"]
    );
}

#[test]
fn only_what_is_spelled_so_is_a_term() {
    for it in ["2026-01-01", "2026-07-04", "2026-11-22"].map(|it| Term::of(day(it))) {
        assert_eq!(Term::parse(&it.spelled()), Some(it));
        assert_eq!(Term::beginning(it.begins()), Some(it));
    }
    for odd in [
        "",
        "2026",
        "2026-winter",
        "26-autumn",
        "+2026-autumn",
        "2026-autumn ",
        "99999-spring",
        "-1-spring",
        "🦋-autumn",
    ] {
        assert_eq!(Term::parse(odd), None, "{odd}");
    }
    assert_eq!(Term::beginning(day("2026-09-02")), None);
}
