//! What is written down about one person of a group: in a word, by name, and with nothing about their health.

use chrono::NaiveDate;

use super::{LONGEST_NAME, said};
use crate::day::TypedDay;
use crate::people::{CohortTutor, FieldFault};
use crate::personal::Personal;
use crate::typed::number;

/// Why a note about somebody is not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoteRefused {
    /// Something has to be put right.
    Faults(Vec<FieldFault>),
    /// Something in it looks personal. It may stay, once whoever wrote it has looked again.
    Personal(&'static str, Personal),
}

/// What is asked of one person instead of what is asked of the group. Only [`adjust`] makes it.
#[derive(Debug, PartialEq, Eq)]
pub struct Adjustment {
    percent: u8,
    why: String,
}

impl Adjustment {
    /// Of a hundred minutes, how many they are there for.
    #[must_use]
    pub const fn percent(&self) -> u8 {
        self.percent
    }

    /// Why, in a word.
    #[must_use]
    pub fn why(&self) -> &str {
        &self.why
    }
}

/// The longest reason for an adjustment, in characters: a word or a few. Our choice: more would tell a story.
pub const LONGEST_WHY: usize = 60;

/// Adjusts what is asked of one person.
///
/// # Errors
/// [`NoteRefused`].
pub fn adjust(
    _by: &CohortTutor,
    (percent, why): (&str, &str),
    is_looked_at: bool,
) -> Result<Adjustment, NoteRefused> {
    let mut faults = Vec::new();
    let percent = percent.trim().trim_end_matches('%').trim_end();
    let percent = number(percent).and_then(|it| u8::try_from(it).ok()).filter(|it| *it <= 100);
    if percent.is_none() {
        faults.push(FieldFault { field: "percent", remedy: "Write a whole number from 0 to 100.".into() });
    }
    let why = needed(why, LONGEST_WHY, ("why", "Say why in a word, such as: joined later."), &mut faults);
    match (percent, why) {
        (Some(percent), Some(why)) if faults.is_empty() => {
            looked_at("why", &why, is_looked_at)?;
            Ok(Adjustment { percent, why })
        }
        _ => Err(NoteRefused::Faults(faults)),
    }
}

/// That a body outside has accredited what somebody did: another thing than having completed it. Only [`accredit`]
/// makes it.
#[derive(Debug, PartialEq, Eq)]
pub struct Accreditation {
    body: String,
    on: NaiveDate,
}

impl Accreditation {
    /// By which body.
    #[must_use]
    pub fn body(&self) -> &str {
        &self.body
    }

    /// On which day.
    #[must_use]
    pub const fn on(&self) -> NaiveDate {
        self.on
    }
}

/// Records that somebody was accredited.
///
/// # Errors
/// [`NoteRefused`].
pub fn accredit(
    _by: &CohortTutor,
    (body, on): (&str, TypedDay<'_>),
    is_looked_at: bool,
    today: NaiveDate,
) -> Result<Accreditation, NoteRefused> {
    let mut faults = Vec::new();
    let body = needed(body, LONGEST_NAME, ("body", "Write which body accredited it."), &mut faults);
    let on = match on.needed() {
        Ok(day) if day > today => {
            Err("Write the day on which it was accredited: today or before.".to_owned())
        }
        other => other.map_err(|why| why.to_string()),
    };
    let on = on.map_err(|remedy| faults.push(FieldFault { field: "on_day", remedy })).ok();
    match (body, on) {
        (Some(body), Some(on)) if faults.is_empty() => {
            looked_at("body", &body, is_looked_at)?;
            Ok(Accreditation { body, on })
        }
        _ => Err(NoteRefused::Faults(faults)),
    }
}

fn needed(
    typed: &str,
    longest: usize,
    (field, missing): (&'static str, &str),
    faults: &mut Vec<FieldFault>,
) -> Option<String> {
    match said(typed, longest) {
        Ok(said) if said.is_empty() => faults.push(FieldFault { field, remedy: missing.into() }),
        Ok(said) => return Some(said),
        Err(remedy) => faults.push(FieldFault { field, remedy }),
    }
    None
}

fn looked_at(field: &'static str, words: &str, is_looked_at: bool) -> Result<(), NoteRefused> {
    match Personal::in_text(words) {
        Some(personal) if !is_looked_at => Err(NoteRefused::Personal(field, personal)),
        _ => Ok(()),
    }
}
