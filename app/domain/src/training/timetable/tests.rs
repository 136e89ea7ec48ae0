use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn a_group_meets_in_its_rhythm() {
    let first = day("2026-10-22");
    let weekly = days(first, Rhythm::Weekly, 3);
    assert_eq!(weekly, [day("2026-10-22"), day("2026-10-29"), day("2026-11-05")]);
    assert_eq!(days(first, Rhythm::Fortnightly, 2), [day("2026-10-22"), day("2026-11-05")]);
    // Thursday, Friday, and then Monday.
    assert_eq!(days(first, Rhythm::Weekdays, 3), [day("2026-10-22"), day("2026-10-23"), day("2026-10-26")]);
    // Whoever begins on a Saturday means it.
    assert_eq!(days(day("2026-10-24"), Rhythm::Weekdays, 2), [day("2026-10-24"), day("2026-10-26")]);
}

#[test]
fn a_rhythm_goes_past_the_end_of_a_year_and_a_leap_day_and_ends_with_the_calendar() {
    let weekly = days(day("2028-02-22"), Rhythm::Weekly, 2);
    assert_eq!(weekly, [day("2028-02-22"), day("2028-02-29")]);
    assert_eq!(days(day("2026-12-31"), Rhythm::Weekly, 2)[1], day("2027-01-07"));
    assert_eq!(days(NaiveDate::MAX, Rhythm::Weekly, 3), [NaiveDate::MAX]);
}
