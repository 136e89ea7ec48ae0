//! When a session is held, on the wall's clock.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::day::TimeOfDay;
use domain::wall::instant;
use store::training::cohorts::CohortSession;

use crate::clock::on_wall;

/// A day and a time as people say them: "Thursday 7 January 2027 at 10.00 am".
pub(crate) fn said(day: NaiveDate, time: TimeOfDay) -> String {
    format!("{} at {}", day.format("%A %-d %B %Y"), hour(time))
}

/// "10.00 am".
pub(crate) fn hour(time: TimeOfDay) -> String {
    let (hours, minutes) = (time.minutes() / 60, time.minutes() % 60);
    let half = if hours < 12 { "am" } else { "pm" };
    let hours = match hours % 12 {
        0 => 12,
        hours => hours,
    };
    format!("{hours}.{minutes:02} {half}")
}

/// The session that is on or comes next.
pub(super) fn next(sessions: &[CohortSession], now: DateTime<Utc>) -> Option<&CohortSession> {
    let ends = |it: &CohortSession| {
        instant((it.held.on, it.place.begins), &on_wall) + TimeDelta::minutes(it.held.minutes.into())
    };
    let to_come = sessions.iter().filter(|it| !it.held.is_off && ends(it) > now);
    to_come.min_by_key(|it| (it.held.on, it.place.begins))
}

#[cfg(test)]
mod tests {
    use domain::training::timetable::{Rhythm, days};

    use super::*;

    fn at(day: &str, time: &str) -> String {
        instant((day.parse().unwrap(), TimeOfDay::parse(time).unwrap()), &on_wall)
            .format("%Y-%m-%dT%H:%MZ")
            .to_string()
    }

    #[test]
    fn a_group_that_meets_at_ten_meets_at_ten_after_either_clock_change() {
        let ten = TimeOfDay::parse("10:00").unwrap();
        let utc = |first: &str| {
            let days = days(first.parse().unwrap(), Rhythm::Weekly, 2);
            days.into_iter()
                .map(|it| instant((it, ten), &on_wall).format("%m-%d %H:%M").to_string())
                .collect::<Vec<_>>()
        };
        // Clocks go back on 25 October 2026, and forward on 28 March 2027.
        assert_eq!(utc("2026-10-22"), ["10-22 09:00", "10-29 10:00"]);
        assert_eq!(utc("2027-03-25"), ["03-25 10:00", "04-01 09:00"]);
        assert_eq!(said("2027-04-01".parse().unwrap(), ten), "Thursday 1 April 2027 at 10.00 am");
    }

    #[test]
    fn an_hour_that_comes_twice_is_the_first_and_one_that_is_left_out_begins_when_the_clock_goes_on() {
        assert_eq!(at("2026-10-25", "01:30"), "2026-10-25T00:30Z");
        assert_eq!(at("2027-03-28", "01:30"), "2027-03-28T01:30Z");
        assert_eq!(at("2027-03-28", "02:30"), "2027-03-28T01:30Z");
        assert_eq!(at("2026-10-25", "00:30"), "2026-10-24T23:30Z");
    }

    #[test]
    fn an_hour_is_said_as_people_say_it() {
        let said = ["00:05", "09:30", "12:00", "13:15"].map(|it| hour(TimeOfDay::parse(it).unwrap()));
        assert_eq!(said, ["12.05 am", "9.30 am", "12.00 pm", "1.15 pm"]);
    }
}
