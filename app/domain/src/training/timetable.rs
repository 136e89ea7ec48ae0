//! When sessions are held: a day and a time of day as the clock on the wall shows them. So a group that meets at ten
//! meets at ten on both sides of a clock change; the instant is worked out where it is needed.

use chrono::{Days, NaiveDate};

use crate::people::words;

#[cfg(test)]
mod tests;

words! {
    /// How often a group meets.
    pub enum Rhythm {
        /// On the same day of each week.
        Weekly = "weekly",
        /// On the same day of every other week.
        Fortnightly = "fortnightly",
        /// Day after day, without Saturdays and Sundays.
        Weekdays = "weekdays",
    }
}

impl Rhythm {
    /// What people read.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Weekly => "Every week",
            Self::Fortnightly => "Every two weeks",
            Self::Weekdays => "Every day from Monday to Friday",
        }
    }
}

/// The days of so many sessions, from the first one on.
#[must_use]
pub fn days(first: NaiveDate, rhythm: Rhythm, many: usize) -> Vec<NaiveDate> {
    use chrono::{Datelike, Weekday};
    let step = match rhythm {
        Rhythm::Weekly => 7,
        Rhythm::Fortnightly => 14,
        Rhythm::Weekdays => 1,
    };
    let is_meant = |day: &NaiveDate| {
        rhythm != Rhythm::Weekdays || *day == first || !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
    };
    let next = |day: &NaiveDate| day.checked_add_days(Days::new(step));
    core::iter::successors(Some(first), next).filter(is_meant).take(many).collect()
}
