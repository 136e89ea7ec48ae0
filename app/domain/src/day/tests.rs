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
