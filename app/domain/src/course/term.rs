//! Terms: the periods by which a college reckons.
//!
//! Autumn from September, spring from January, summer from May: four whole months each, so that every day lies in
//! one, none lies in two, and terms are made of the months by which places are counted. Recovery Colleges bring out
//! their prospectus by the term, and a term is long enough for five people to say how a course was.

use chrono::{Datelike, Days, Months, NaiveDate};

#[cfg(test)]
mod tests;

/// A term, known by its first day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Term(NaiveDate);

/// Months in a term.
const LONG: u32 = 4;

impl Term {
    /// The term in which a day lies, that day being one where the college is.
    #[must_use]
    pub fn of(day: NaiveDate) -> Self {
        let month = day.month0() / LONG * LONG;
        Self(first_of(day).with_month0(month).unwrap_or(day))
    }

    /// The term that begins on this day; none if no term does.
    #[must_use]
    pub fn beginning(day: NaiveDate) -> Option<Self> {
        Some(Self::of(day)).filter(|it| it.0 == day)
    }

    /// Its first day.
    #[must_use]
    pub const fn begins(self) -> NaiveDate {
        self.0
    }

    /// Its last day.
    #[must_use]
    pub fn ends(self) -> NaiveDate {
        self.next().0.checked_sub_days(Days::new(1)).unwrap_or(self.0)
    }

    /// The one after it.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0.checked_add_months(Months::new(LONG)).unwrap_or(self.0))
    }

    /// The one before it.
    #[must_use]
    pub fn before(self) -> Self {
        Self(self.0.checked_sub_months(Months::new(LONG)).unwrap_or(self.0))
    }

    /// What people call it: "autumn 2026".
    #[must_use]
    pub fn label(self) -> String {
        format!("{} {}", self.season(), self.0.year())
    }

    /// How an address spells it: "2026-autumn".
    #[must_use]
    pub fn spelled(self) -> String {
        format!("{}-{}", self.0.year(), self.season())
    }

    /// Reads what [`Self::spelled`] writes. Years that nobody means are none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (year, season) = text.split_once('-')?;
        let year = year.parse().ok().filter(|it| (2000..2200).contains(it))?;
        let begins = (0..12).step_by(4).filter_map(|it| NaiveDate::from_ymd_opt(year, it + 1, 1)).map(Self);
        begins.into_iter().find(|it| it.season() == season && it.spelled() == text)
    }

    fn season(self) -> &'static str {
        match self.0.month0() / LONG {
            0 => "spring",
            1 => "summer",
            _ => "autumn",
        }
    }
}

/// The first day of the month in which a day lies.
#[must_use]
pub fn first_of(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}
