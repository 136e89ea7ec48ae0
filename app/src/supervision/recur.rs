//! The days that a rhythm comes to.

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, Utc, Weekday};
use domain::supervision::plan::MOST;
use domain::supervision::terms::{Rhythm, Unit};
use rrule::{Frequency, NWeekday, RRule, RRuleError, Tz};

/// The days from the first one to the last that are so many weeks or months apart, on the same day of the week: in months
/// the second Tuesday stays the second Tuesday, and a fifth one is the last. At most one more than may be planned at once.
///
/// They are days and nothing else: what o'clock it is on the wall of each is looked up day by day, so no clock change
/// moves them.
///
/// # Errors
/// When the last day is before the first.
pub(super) fn days(
    rhythm: &Rhythm,
    (first, last): (NaiveDate, NaiveDate),
) -> Result<Vec<NaiveDate>, RRuleError> {
    let weekday = first.weekday();
    let nth = match i16::try_from(first.day0() / 7).unwrap_or(0) {
        // Not every month has a fifth.
        4 => -1,
        nth => nth + 1,
    };
    let rule = match rhythm.unit {
        Unit::Weeks => RRule::new(Frequency::Weekly).by_weekday(vec![NWeekday::Every(same(weekday))]),
        Unit::Months => RRule::new(Frequency::Monthly).by_weekday(vec![NWeekday::Nth(nth, same(weekday))]),
    };
    let rule = rule.interval(rhythm.every.max(1).into()).until(noon(last));
    let most = u16::try_from(MOST + 1).unwrap_or(u16::MAX);
    let all = rule.build(noon(first))?.all(most).dates;
    Ok(all.into_iter().map(|it| it.date_naive()).collect())
}

fn noon(day: NaiveDate) -> DateTime<Tz> {
    let noon = NaiveTime::from_hms_opt(12, 0, 0).unwrap_or(NaiveTime::MIN);
    DateTime::<Utc>::from_naive_utc_and_offset(day.and_time(noon), Utc).with_timezone(&Tz::UTC)
}

/// The library's weekday is chrono's.
const fn same(day: Weekday) -> rrule::Weekday {
    day
}

#[cfg(test)]
mod tests {
    use chrono::Timelike;
    use chrono_tz::Europe::London;
    use domain::day::TimeOfDay;
    use domain::wall::{OnWall, Wall};
    use proptest::prelude::*;

    use super::*;
    use crate::clock::on_wall;

    fn rhythm(every: u8, unit: Unit) -> Rhythm {
        Rhythm { every, unit, minutes: 60, times_a_year: None, pro_rata: false, grace_days: 0 }
    }

    fn said(every: u8, unit: Unit, first: &str, last: &str) -> Vec<String> {
        let all = days(&rhythm(every, unit), (first.parse().unwrap(), last.parse().unwrap())).unwrap();
        all.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn every_other_week_is_fourteen_days_apart() {
        assert_eq!(
            said(2, Unit::Weeks, "2026-12-01", "2027-01-12"),
            ["2026-12-01", "2026-12-15", "2026-12-29", "2027-01-12"]
        );
        assert_eq!(said(4, Unit::Weeks, "2026-12-01", "2026-12-01"), ["2026-12-01"]);
    }

    #[test]
    fn every_month_is_the_same_tuesday_and_a_fifth_is_the_last() {
        assert_eq!(
            said(1, Unit::Months, "2026-12-08", "2027-03-31"),
            ["2026-12-08", "2027-01-12", "2027-02-09", "2027-03-09"]
        );
        assert_eq!(
            said(1, Unit::Months, "2026-12-29", "2027-03-31"),
            ["2026-12-29", "2027-01-26", "2027-02-23", "2027-03-30"]
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        /// Ten years of any rhythm, over twenty clock changes: the same day of the week at the same time on the wall, and
        /// where the clock leaves that time out, an hour later.
        #[test]
        fn the_clock_on_the_wall_shows_the_same_time_for_ten_years(
            every in 1_u8..=6,
            is_weeks: bool,
            start in 0_u64..366,
            minute in 0_u16..1440,
        ) {
            let first: NaiveDate = "2026-01-01".parse::<NaiveDate>().unwrap() + chrono::Days::new(start);
            let unit = if is_weeks { Unit::Weeks } else { Unit::Months };
            let time = TimeOfDay::from_minutes(minute).unwrap();
            let wall: Wall<'_> = &on_wall;
            let (mut from, mut many) = (first, 0);
            let until = first + chrono::Months::new(120);
            // So many at a time as one plan may hold, each going on where the one before ended.
            loop {
                let row = days(&rhythm(every, unit), (from, until)).unwrap();
                for pair in row.windows(2) {
                    let apart = (pair[1] - pair[0]).num_days();
                    match unit {
                        Unit::Weeks => prop_assert_eq!(apart, i64::from(every) * 7),
                        Unit::Months => prop_assert!(apart % 7 == 0 && (apart - i64::from(every) * 30).abs() < 14),
                    }
                }
                for day in &row {
                    prop_assert_eq!(day.weekday(), first.weekday());
                    let at = domain::wall::instant((*day, time), wall).with_timezone(&London);
                    let shown = at.hour() * 60 + at.minute();
                    let is_left_out = on_wall(day.and_hms_opt(0, 0, 0).unwrap() + chrono::TimeDelta::minutes(minute.into())) == OnWall::Never;
                    let wanted = u32::from(minute) + if is_left_out { 60 } else { 0 };
                    prop_assert_eq!((at.date_naive(), shown), (*day, wanted));
                }
                many += row.len();
                match row.last() {
                    Some(last) if row.len() > MOST => from = *last,
                    _ => break,
                }
            }
            prop_assert!(many >= 10 * usize::from(12 / every.min(12)) / 2);
        }
    }
}
