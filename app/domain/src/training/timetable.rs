//! When sessions are held: a day and a time of day as the clock on the wall shows them. So a group that meets at ten
//! meets at ten on both sides of a clock change; the instant is worked out where it is needed.

use chrono::{Days, NaiveDate};

use crate::people::words;

#[cfg(test)]
mod tests;

/// A time of day on the wall, to the minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TimeOfDay(u16);

/// Why what was typed is no time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Write a time of day in figures, such as 10:00 or 14:30.")]
pub struct NotATime;

impl TimeOfDay {
    /// So many minutes after midnight.
    #[must_use]
    pub const fn from_minutes(minutes: u16) -> Option<Self> {
        if minutes < 24 * 60 { Some(Self(minutes)) } else { None }
    }

    /// Minutes after midnight.
    #[must_use]
    pub const fn minutes(self) -> u16 {
        self.0
    }

    /// Reads "9", "9:30", "09.30" and "14:30".
    ///
    /// # Errors
    /// [`NotATime`].
    pub fn parse(typed: &str) -> Result<Self, NotATime> {
        let typed = typed.trim();
        let (hours, minutes) = typed.split_once([':', '.']).unwrap_or((typed, "00"));
        let number = |text: &str, most: u16| {
            let figures = (1..=2).contains(&text.len()) && text.bytes().all(|it| it.is_ascii_digit());
            let number = if figures { text.parse::<u16>().ok() } else { None };
            number.filter(|it| *it <= most)
        };
        let minutes = if minutes.len() == 2 { number(minutes, 59) } else { None };
        number(hours, 23).zip(minutes).map(|(hours, minutes)| Self(hours * 60 + minutes)).ok_or(NotATime)
    }
}

impl core::fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

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
