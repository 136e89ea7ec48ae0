//! Days as people type them, day, month and year each in a field of its own; and times of day on the wall.

use chrono::{Datelike, NaiveDate};

#[cfg(test)]
mod tests;

/// A day as it was typed.
#[derive(Clone, Copy, Debug, Default)]
pub struct TypedDay<'a> {
    /// From 1, as people count.
    pub day: &'a str,
    /// From 1, as people count.
    pub month: &'a str,
    /// In full: a year of two figures could be two years.
    pub year: &'a str,
}

/// Why what was typed is no day. The sentence says how to put it right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotADay {
    /// One of the three is missing, or none was typed where one is needed.
    #[error("Write a day, a month and a year, such as 21 11 2026.")]
    Missing,
    /// There is no such day.
    #[error("Write a day that there is, in figures, such as 21 11 2026.")]
    Unknown,
    /// A year that nobody means.
    #[error("Write a year from {FIRST_YEAR} to {LAST_YEAR}.")]
    Year,
}

/// Our choice: nobody here began before it.
const FIRST_YEAR: i32 = 1950;
/// Our choice: nothing is planned beyond it.
const LAST_YEAR: i32 = 2100;

impl TypedDay<'_> {
    /// The day.
    ///
    /// # Errors
    /// [`NotADay`] if something is missing or there is no such day.
    pub fn needed(self) -> Result<NaiveDate, NotADay> {
        self.perhaps()?.ok_or(NotADay::Missing)
    }

    /// The day, or none if all three were left empty.
    ///
    /// # Errors
    /// [`NotADay`] if only a part was typed or there is no such day.
    pub fn perhaps(self) -> Result<Option<NaiveDate>, NotADay> {
        let parts = [self.day, self.month, self.year].map(str::trim);
        if parts.iter().all(|it| it.is_empty()) {
            return Ok(None);
        }
        if parts.iter().any(|it| it.is_empty()) {
            return Err(NotADay::Missing);
        }
        let [day, month, year] = parts.map(figures);
        let (Some(day), Some(month), Some(year)) = (day, month, year) else { return Err(NotADay::Unknown) };
        let year = i32::try_from(year).map_err(|_| NotADay::Year)?;
        let date = NaiveDate::from_ymd_opt(year, month, day).ok_or(NotADay::Unknown)?;
        match date.year() {
            FIRST_YEAR..=LAST_YEAR => Ok(Some(date)),
            _ => Err(NotADay::Year),
        }
    }
}

/// A number of at most four figures: `parse` alone would take "+7".
fn figures(text: &str) -> Option<u32> {
    let all_figures = text.len() <= 4 && text.bytes().all(|it| it.is_ascii_digit());
    if all_figures { text.parse().ok() } else { None }
}

/// A time of day on the wall, to the minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TimeOfDay(u16);

/// Why what was typed is no time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Write a time of day in figures, such as 10:00 or 14:30.")]
pub struct NotATime;

impl TimeOfDay {
    /// When a day begins.
    pub const MIDNIGHT: Self = Self(0);

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
