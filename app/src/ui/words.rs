//! Figures as people say them.

use chrono::{DateTime, NaiveDate, Timelike, Utc};

/// A length of time in minutes, the way somebody would say it: in hours from an hour up, to the nearest half.
pub(crate) fn duration(minutes: u32) -> String {
    match minutes {
        0 => "no time at all".into(),
        1 => "1 minute".into(),
        2..60 => format!("{minutes} minutes"),
        _ => match (minutes + 15) / 30 {
            2 => "1 hour".into(),
            halves if halves % 2 == 0 => format!("{} hours", halves / 2),
            halves => format!("{}½ hours", halves / 2),
        },
    }
}

/// Hours and minutes to the minute, since a group keeps to them: "2 hours 45 minutes".
pub(crate) fn hours(minutes: u32) -> String {
    let one = |number: u32, what: &str| match number {
        1 => format!("1 {what}"),
        _ => format!("{number} {what}s"),
    };
    match (minutes / 60, minutes % 60) {
        (0, minutes) => one(minutes, "minute"),
        (hours, 0) => one(hours, "hour"),
        (hours, minutes) => format!("{} {}", one(hours, "hour"), one(minutes, "minute")),
    }
}

/// A day as people say it: "Saturday 21 November".
pub(crate) fn day(date: NaiveDate) -> String {
    date.format("%A %-d %B").to_string()
}

/// A day with its year, for what lies further off: "21 November 2026".
pub(crate) fn date(date: NaiveDate) -> String {
    date.format("%-d %B %Y").to_string()
}

/// Things in a row as people say them: "tutor", "tutor and volunteer", "tutor, volunteer and checker".
pub(crate) fn list(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// An instant as somebody in this country would say it: "21 November at 7.30 pm".
pub(crate) fn moment(instant: DateTime<Utc>) -> String {
    told("%-d %B", instant)
}

/// The same with its year, for papers: "21 November 2026 at 7.30 pm".
pub(crate) fn moment_on_paper(instant: DateTime<Utc>) -> String {
    told("%-d %B %Y", instant)
}

fn told(day: &str, instant: DateTime<Utc>) -> String {
    let local = instant.with_timezone(&chrono_tz::Europe::London);
    let half = if local.hour12().0 { "pm" } else { "am" };
    format!("{} at {}.{:02} {half}", local.format(day), local.hour12().1, local.minute())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_told_in_local_time() {
        let told = |text: &str| moment(text.parse().unwrap());
        assert_eq!(told("2026-11-21T19:30:00Z"), "21 November at 7.30 pm");
        assert_eq!(told("2026-07-01T23:05:00Z"), "2 July at 12.05 am");
        assert_eq!(moment_on_paper("2026-12-31T23:05:00Z".parse().unwrap()), "31 December 2026 at 11.05 pm");
    }

    #[test]
    fn things_in_a_row_end_with_an_and() {
        let said = |words: &[&str]| list(&words.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>());
        assert_eq!([said(&[]), said(&["a"]), said(&["a", "b"])], ["", "a", "a and b"]);
        assert_eq!(said(&["a", "b", "c"]), "a, b and c");
    }

    #[test]
    fn minutes_are_said_as_people_say_them() {
        let said = [1, 45, 59, 60, 74, 75, 90, 105, 120, 200].map(duration);
        let wanted = [
            "1 minute",
            "45 minutes",
            "59 minutes",
            "1 hour",
            "1 hour",
            "1½ hours",
            "1½ hours",
            "2 hours",
            "2 hours",
            "3½ hours",
        ];
        assert_eq!(said, wanted);
    }
}
