use super::*;

fn read(day: &str, month: &str, year: &str) -> Result<Option<NaiveDate>, NotADay> {
    TypedDay { day, month, year }.perhaps()
}

#[test]
fn a_day_is_read_as_people_write_it() {
    let day = NaiveDate::from_ymd_opt(2026, 11, 1);
    assert_eq!(read("1", "11", "2026"), Ok(day));
    assert_eq!(read(" 01 ", "11", "2026"), Ok(day));
    assert_eq!(read("29", "2", "2028"), Ok(NaiveDate::from_ymd_opt(2028, 2, 29)));
}

#[test]
fn nothing_typed_is_no_day_where_none_is_needed() {
    assert_eq!(read("", " ", ""), Ok(None));
    assert_eq!(TypedDay::default().needed(), Err(NotADay::Missing));
}

#[test]
fn a_part_of_a_day_is_missing_something() {
    assert_eq!(read("1", "", "2026"), Err(NotADay::Missing));
}

#[test]
fn what_is_no_day_is_not_taken() {
    for (day, month) in [
        ("29", "2"),
        ("31", "4"),
        ("0", "1"),
        ("1", "13"),
        ("+1", "1"),
        ("-1", "1"),
        ("x", "1"),
        ("🦋", "1"),
        ("٣", "1"),
        ("\0", "1"),
        ("11111111111", "1"),
    ] {
        assert_eq!(read(day, month, "2027"), Err(NotADay::Unknown), "{day} {month}");
    }
}

#[test]
fn a_year_is_one_that_somebody_means() {
    for year in ["26", "0", "1949", "2101", "9999"] {
        assert_eq!(read("1", "1", year), Err(NotADay::Year), "{year}");
    }
    assert_eq!(read("1", "1", "20266"), Err(NotADay::Unknown));
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
