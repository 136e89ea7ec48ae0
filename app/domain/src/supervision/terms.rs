//! What an agreement says: how often, how long, where, and what holds between those who meet.

use core::fmt::Write as _;

use chrono::{Months, NaiveDate};

use crate::day::TypedDay;
use crate::people::{FieldFault, words};
use crate::typed::{kept, number, one_line, several_lines};

#[cfg(test)]
mod tests;

words! {
    /// What a rhythm counts in.
    pub enum Unit {
        /// Seven days.
        Weeks = "weeks",
        /// The same day of a month.
        Months = "months",
    }
}

impl Unit {
    /// How often it comes in a year, rounded down: of months twelve, of weeks 52.
    const fn in_a_year(self) -> u8 {
        match self {
            Self::Weeks => 52,
            Self::Months => 12,
        }
    }

    const fn one(self) -> &'static str {
        match self {
            Self::Weeks => "week",
            Self::Months => "month",
        }
    }
}

/// How often people meet, and how much of it is the least.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rhythm {
    /// Every how many.
    pub every: u8,
    /// Of what.
    pub unit: Unit,
    /// For how many minutes at least.
    pub minutes: u16,
    /// How often in a year at least, if that is less than the rhythm comes to.
    pub times_a_year: Option<u8>,
    /// Whether those who work fewer hours meet less often.
    pub pro_rata: bool,
    /// How many days late still counts as in time.
    pub grace_days: u8,
}

impl Rhythm {
    /// How often it comes to in a year, at least once.
    #[must_use]
    pub fn comes_to(&self) -> u8 {
        (self.unit.in_a_year() / self.every.max(1)).max(1)
    }

    /// "every 4 weeks"
    #[must_use]
    pub fn how_often(&self) -> String {
        match self.every {
            1 => format!("every {}", self.unit.one()),
            more => format!("every {more} {}", self.unit.as_str()),
        }
    }

    /// "Every 4 weeks for at least 60 minutes."
    #[must_use]
    pub fn said(&self) -> String {
        let how_often = self.how_often();
        let every = how_often.strip_prefix('e').map_or_else(String::new, |rest| format!("E{rest}"));
        let mut said = format!("{every} for at least {} minutes", self.minutes);
        if let Some(times) = self.times_a_year {
            let times = if times == 1 { "once".to_owned() } else { format!("{times} times") };
            // Writing into a String never fails.
            let _ = write!(said, ", at least {times} a year");
        }
        if self.pro_rata {
            said.push_str(", less often for whoever works fewer hours");
        }
        said.push('.');
        said
    }
}

/// The longest name of a place, in characters.
const LONGEST_PLACE: usize = 120;
/// The longest of each text, in characters. Our choice: four of them fit on two pages of paper.
pub const LONGEST_TEXT: usize = 1200;
/// The shortest and the longest session, in minutes. Our choice: ten minutes between two shifts, a day together.
const MINUTES: core::ops::RangeInclusive<u16> = 10..=480;
/// The most days of grace. Our choice.
const MOST_GRACE: u8 = 60;
/// How many weeks apart sessions are at most, and how many months. Our choice: at least one in half a year, and one in
/// a year where months are counted.
const MOST_WEEKS: u8 = 26;
const MOST_MONTHS: u8 = 12;
/// How far from today an agreement may begin, before or after, in months. Our choice: what was agreed on paper can be
/// brought in.
const BEGINS_WITHIN: Months = Months::new(12);
/// How many months after its first day an agreement is looked at again at the latest. Our choice.
const REVIEWED_WITHIN: Months = Months::new(24);

/// What is agreed on in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// Where they meet, or how.
    pub place: String,
    pub ground_rules: String,
    pub confidentiality: String,
    /// What is not kept to oneself.
    pub limits: String,
    /// What follows when a session is missed.
    pub missed: String,
}

/// What is agreed on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    pub rhythm: Rhythm,
    pub words: Words,
    /// The first day.
    pub from: NaiveDate,
    /// When it is looked at again.
    pub review_on: NaiveDate,
    /// The last day, if it is known.
    pub ends_on: Option<NaiveDate>,
}

/// What was typed.
#[derive(Clone, Copy, Debug, Default)]
pub struct TermsForm<'a> {
    pub every: &'a str,
    pub unit: &'a str,
    pub minutes: &'a str,
    pub times_a_year: &'a str,
    pub pro_rata: bool,
    pub grace_days: &'a str,
    pub from: TypedDay<'a>,
    pub place: &'a str,
    pub ground_rules: &'a str,
    pub confidentiality: &'a str,
    pub limits: &'a str,
    pub missed: &'a str,
    pub review: TypedDay<'a>,
    pub ends: TypedDay<'a>,
}

/// Reads what was typed, or says of every field how to put it right.
///
/// # Errors
/// Every field that has to be put right.
pub fn terms(form: &TermsForm<'_>, today: NaiveDate) -> Result<Terms, Vec<FieldFault>> {
    let mut faults = Vec::new();
    let rhythm = rhythm(form, &mut faults);
    let from = kept(form.from.needed(), "from_day", &mut faults);
    let is_far = |it: NaiveDate| {
        it < today - BEGINS_WITHIN || it > today.checked_add_months(BEGINS_WITHIN).unwrap_or(NaiveDate::MAX)
    };
    if from.is_some_and(is_far) {
        fault(&mut faults, "from_day", "Choose a first day within a year of today, before or after.");
    }
    let review_on = kept(form.review.needed(), "review_day", &mut faults);
    let ends_on = kept(form.ends.perhaps(), "ends_day", &mut faults).flatten();
    if let (Some(from), Some(review)) = (from, review_on) {
        let latest = from.checked_add_months(REVIEWED_WITHIN).unwrap_or(NaiveDate::MAX);
        if review <= from || review > latest {
            fault(&mut faults, "review_day", "Choose a day after the first one, within two years of it.");
        }
    }
    if let (Some(from), Some(ends)) = (from, ends_on) {
        if ends < from {
            fault(&mut faults, "ends_day", "Choose a last day that is not before the first one.");
        } else if review_on.is_some_and(|it| it > ends && it > from) {
            fault(&mut faults, "review_day", "Choose a day that is not after the last one.");
        }
    }
    let words = words_of(form, &mut faults);
    match (rhythm, from, review_on) {
        (Some(rhythm), Some(from), Some(review_on)) if faults.is_empty() => {
            Ok(Terms { rhythm, words, from, review_on, ends_on })
        }
        _ => Err(faults),
    }
}

/// What is said in words, with a note of what is wrong.
pub(super) fn words_of(form: &TermsForm<'_>, faults: &mut Vec<FieldFault>) -> Words {
    let place = one_line(form.place, LONGEST_PLACE, "place", faults);
    let texts = [
        (form.ground_rules, "ground_rules"),
        (form.confidentiality, "confidentiality"),
        (form.limits, "limits"),
        (form.missed, "missed"),
    ];
    let [ground_rules, confidentiality, limits, missed] =
        texts.map(|(typed, field)| several_lines(typed, LONGEST_TEXT, field, faults));
    if limits.is_empty() && !faults.iter().any(|it| it.field == "limits") {
        let remedy = "Write what is not kept between you, such as: when somebody is in danger. Nobody should find out later.";
        fault(faults, "limits", remedy);
    }
    Words { place, ground_rules, confidentiality, limits, missed }
}

/// The rhythm, or a note of what is wrong with it.
pub(super) fn rhythm(form: &TermsForm<'_>, faults: &mut Vec<FieldFault>) -> Option<Rhythm> {
    let unit = Unit::parse(form.unit);
    if unit.is_none() {
        fault(faults, "unit", "Choose weeks or months.");
    }
    let most = if unit == Some(Unit::Months) { MOST_MONTHS } else { MOST_WEEKS };
    let every = number(form.every).filter(|it| (1..=u16::from(most)).contains(it));
    let every = every.and_then(|it| u8::try_from(it).ok());
    if every.is_none() {
        let of = unit.unwrap_or(Unit::Weeks).as_str();
        fault(
            faults,
            "every",
            &format!("Write how many {of} there are from one session to the next, from 1 to {most}."),
        );
    }
    let minutes = number(form.minutes).filter(|it| MINUTES.contains(it));
    if minutes.is_none() {
        let (least, most) = (MINUTES.start(), MINUTES.end());
        fault(
            faults,
            "minutes",
            &format!("Write how many minutes a session has at least, from {least} to {most}."),
        );
    }
    let grace_days = match form.grace_days.trim() {
        "" => Some(0),
        typed => number(typed).and_then(|it| u8::try_from(it).ok()).filter(|it| *it <= MOST_GRACE),
    };
    if grace_days.is_none() {
        fault(faults, "grace_days", &format!("Write a number of days from 0 to {MOST_GRACE}."));
    }
    let (Some(unit), Some(every), Some(minutes), Some(grace_days)) = (unit, every, minutes, grace_days)
    else {
        return None;
    };
    let rhythm = Rhythm { every, unit, minutes, times_a_year: None, pro_rata: form.pro_rata, grace_days };
    let most = rhythm.comes_to();
    let times_a_year = match form.times_a_year.trim() {
        "" => None,
        typed => {
            let times =
                number(typed).and_then(|it| u8::try_from(it).ok()).filter(|it| (1..=most).contains(it));
            if times.is_none() {
                let remedy = format!(
                    "This rhythm comes to {most} in a year. Write a number from 1 to {most}, or leave it empty."
                );
                fault(faults, "times_a_year", &remedy);
            }
            times
        }
    };
    Some(Rhythm { times_a_year, ..rhythm })
}

fn fault(faults: &mut Vec<FieldFault>, field: &'static str, remedy: &str) {
    faults.push(FieldFault { field, remedy: remedy.to_owned() });
}
