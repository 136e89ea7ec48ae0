use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn a_time_of_day_is_read_as_people_write_it() {
    let read = |text: &str| TimeOfDay::parse(text).map(|it| it.to_string());
    for (typed, meant) in
        [("10:00", "10:00"), (" 9 ", "09:00"), ("09.30", "09:30"), ("0:05", "00:05"), ("23:59", "23:59")]
    {
        assert_eq!(read(typed), Ok(meant.to_owned()), "{typed}");
    }
    for odd in ["", ":", "24:00", "10:60", "10:5", "10:000", "+9", "-1", "ten", "10:00:00", "١٠:٠٠", "9am"]
    {
        assert_eq!(read(odd), Err(NotATime), "{odd}");
    }
    assert_eq!(TimeOfDay::from_minutes(1_440), None);
    assert_eq!(TimeOfDay::from_minutes(1_439).map(TimeOfDay::minutes), Some(1_439));
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
