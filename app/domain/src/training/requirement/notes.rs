//! What is written down about one person and a requirement: what they did, when they are going to, and that they need
//! not. Nobody writes it about themselves, and nothing is rewritten: what was wrong is taken back, with a reason.

use chrono::{Days, NaiveDate};

use super::form::minutes;
use super::{LONGEST_TITLE, Pause, Requirement, Rule, Version};
use crate::day::TypedDay;
use crate::people::{FieldFault, PersonId, TrainingCoordinator};
use crate::personal::Personal;
use crate::typed::needed_line;

/// The longest word for why, in characters: a word or a few. Our choice: more would tell a story.
pub const LONGEST_WHY: usize = 60;
/// The longest text that says what shows it, in characters. Our choice: a sentence or two.
pub const LONGEST_EVIDENCE: usize = 200;
/// The most minutes of one record. Our choice: a fortnight of working days.
const MOST_MINUTES: u32 = 100 * 60;
/// For how long somebody may be exempt at a time, in days. Our choice: it is looked at again after two years at most.
const LONGEST_EXEMPT: u64 = 731;
/// How far ahead a day may be booked. Our choice: two years.
const FURTHEST: u64 = 731;

/// Why a note about somebody is not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotNoted {
    /// It is about whoever writes it.
    Oneself,
    /// It is a policy, which each accepts for themself.
    TheirsToAccept,
    /// Something has to be put right.
    Faults(Vec<FieldFault>),
    /// Something in it looks personal. It may stay, once whoever wrote it has looked again.
    Personal(&'static str, Personal),
}

/// What was typed about something that somebody did.
#[derive(Clone, Copy, Debug)]
pub struct RecordForm<'a> {
    /// The field `part`.
    pub part: &'a str,
    /// The fields of the day.
    pub on: TypedDay<'a>,
    /// The field `hours`.
    pub hours: &'a str,
    /// The field `provider`.
    pub provider: &'a str,
    /// The field `evidence`.
    pub evidence: &'a str,
    /// Whether they have looked again at what seems personal.
    pub is_looked_at: bool,
}

/// Something that somebody did, seen by somebody else. Only [`record`] makes it.
#[derive(Debug, PartialEq, Eq)]
pub struct NewRecord {
    of: PersonId,
    by: PersonId,
    on: NaiveDate,
    part: String,
    minutes: u32,
    level: u8,
    provider: String,
    evidence: String,
}

impl NewRecord {
    /// Who did it.
    #[must_use]
    pub const fn of(&self) -> PersonId {
        self.of
    }

    /// Who has seen what shows it.
    #[must_use]
    pub const fn by(&self) -> PersonId {
        self.by
    }

    /// On which day.
    #[must_use]
    pub const fn on(&self) -> NaiveDate {
        self.on
    }

    /// Which part; empty for the whole.
    #[must_use]
    pub fn part(&self) -> &str {
        &self.part
    }

    /// For how long; 0 where nobody said.
    #[must_use]
    pub const fn minutes(&self) -> u32 {
        self.minutes
    }

    /// On which level; 0 where there are none.
    #[must_use]
    pub const fn level(&self) -> u8 {
        self.level
    }

    /// Who gave it.
    #[must_use]
    pub fn provider(&self) -> &str {
        &self.provider
    }

    /// What shows it.
    #[must_use]
    pub fn evidence(&self) -> &str {
        &self.evidence
    }
}

/// Writes down what somebody did of what `version` says.
///
/// # Errors
/// [`NotNoted`].
pub fn record(
    by: &TrainingCoordinator,
    of: PersonId,
    (version, form): (&Version, &RecordForm<'_>),
    today: NaiveDate,
) -> Result<NewRecord, NotNoted> {
    not_oneself(by, of)?;
    if version.rule.edition().is_some() {
        return Err(NotNoted::TheirsToAccept);
    }
    let mut faults = Vec::new();
    let part = match version.rule.parts() {
        [] => Some(String::new()),
        parts => parts.iter().find(|it| *it == form.part).cloned(),
    };
    if part.is_none() {
        faults.push(FieldFault { field: "part", remedy: "Choose which part it was.".into() });
    }
    let on = match form.on.needed() {
        Ok(day) if day > today => Err("Write the day on which they did it: today or before.".to_owned()),
        other => other.map_err(|why| why.to_string()),
    };
    let on = on.map_err(|remedy| faults.push(FieldFault { field: "on_day", remedy })).ok();
    let counts_hours = matches!(version.rule, Rule::Hours { .. });
    let length = match form.hours.trim() {
        "" if !counts_hours => Some(0),
        typed => minutes(typed).filter(|it| (1..=MOST_MINUTES).contains(it)),
    };
    if length.is_none() {
        let remedy = "Write how many hours it took, such as 2 or 1.5.";
        faults.push(FieldFault { field: "hours", remedy: remedy.into() });
    }
    let missing = ("provider", "Write who gave it, such as our college, or the name of a website.");
    let provider = needed_line(form.provider, LONGEST_TITLE, missing, &mut faults);
    let missing = ("evidence", "Write what shows it, such as: certificate seen.");
    let evidence = needed_line(form.evidence, LONGEST_EVIDENCE, missing, &mut faults);
    match (part, on, length) {
        (Some(part), Some(on), Some(minutes)) if faults.is_empty() => {
            looked_at(&[("provider", &provider), ("evidence", &evidence)], form.is_looked_at)?;
            let (by, level) = (by.person(), version.level);
            Ok(NewRecord { of, by, on, part, minutes, level, provider, evidence })
        }
        _ => Err(NotNoted::Faults(faults)),
    }
}

/// What was typed about a day that is set.
#[derive(Clone, Copy, Debug)]
pub struct BookingForm<'a> {
    /// The fields of the day.
    pub on: TypedDay<'a>,
}

/// A day that is set. Only [`book`] makes it.
#[derive(Debug, PartialEq, Eq)]
pub struct NewBooking {
    of: PersonId,
    by: PersonId,
    on: NaiveDate,
}

impl NewBooking {
    /// For whom.
    #[must_use]
    pub const fn of(&self) -> PersonId {
        self.of
    }

    /// By whom.
    #[must_use]
    pub const fn by(&self) -> PersonId {
        self.by
    }

    /// Which day.
    #[must_use]
    pub const fn on(&self) -> NaiveDate {
        self.on
    }
}

/// Writes down on which day somebody is going to do it.
///
/// # Errors
/// [`NotNoted`].
pub fn book(
    by: &TrainingCoordinator,
    of: PersonId,
    form: &BookingForm<'_>,
    today: NaiveDate,
) -> Result<NewBooking, NotNoted> {
    not_oneself(by, of)?;
    let on = ahead(form.on, FURTHEST, today);
    let on = on.map_err(|remedy| NotNoted::Faults(vec![FieldFault { field: "book_day", remedy }]))?;
    Ok(NewBooking { of, by: by.person(), on })
}

/// What was typed about why somebody need not.
#[derive(Clone, Copy, Debug)]
pub struct ExemptionForm<'a> {
    /// The field `why`.
    pub why: &'a str,
    /// The fields of the last day.
    pub until: TypedDay<'a>,
    /// Whether they have looked again at what seems personal.
    pub is_looked_at: bool,
}

/// That somebody need not, until a day. Only [`exempt`] makes it.
#[derive(Debug, PartialEq, Eq)]
pub struct NewExemption {
    of: PersonId,
    by: PersonId,
    why: String,
    time: Pause,
}

impl NewExemption {
    /// Who.
    #[must_use]
    pub const fn of(&self) -> PersonId {
        self.of
    }

    /// Who decided it.
    #[must_use]
    pub const fn by(&self) -> PersonId {
        self.by
    }

    /// Why, in a word.
    #[must_use]
    pub fn why(&self) -> &str {
        &self.why
    }

    /// From when to when.
    #[must_use]
    pub const fn time(&self) -> Pause {
        self.time
    }
}

/// Decides that somebody need not, from today until a day.
///
/// # Errors
/// [`NotNoted`].
pub fn exempt(
    by: &TrainingCoordinator,
    of: PersonId,
    form: &ExemptionForm<'_>,
    today: NaiveDate,
) -> Result<NewExemption, NotNoted> {
    not_oneself(by, of)?;
    let mut faults = Vec::new();
    let missing = ("why", "Say why in a word, such as: did the same elsewhere.");
    let why = needed_line(form.why, LONGEST_WHY, missing, &mut faults);
    let until = ahead(form.until, LONGEST_EXEMPT, today);
    let until = until.map_err(|remedy| faults.push(FieldFault { field: "until_day", remedy })).ok();
    match until {
        Some(until) if faults.is_empty() => {
            looked_at(&[("why", &why)], form.is_looked_at)?;
            Ok(NewExemption { of, by: by.person(), why, time: Pause { from: today, until } })
        }
        _ => Err(NotNoted::Faults(faults)),
    }
}

/// That something does not stand any more. It stays, with the reason. Only [`take_back`] makes it.
#[derive(Debug, PartialEq, Eq)]
pub struct TakenBack {
    by: PersonId,
    why: String,
}

impl TakenBack {
    /// Who took it back.
    #[must_use]
    pub const fn by(&self) -> PersonId {
        self.by
    }

    /// Why, in a word.
    #[must_use]
    pub fn why(&self) -> &str {
        &self.why
    }
}

/// Takes back what was written down about somebody else.
///
/// # Errors
/// [`NotNoted`].
pub fn take_back(
    by: &TrainingCoordinator,
    of: PersonId,
    why: &str,
    is_looked_at: bool,
) -> Result<TakenBack, NotNoted> {
    not_oneself(by, of)?;
    let mut faults = Vec::new();
    let missing = ("back_why", "Say why in a word, such as: another day.");
    let why = needed_line(why, LONGEST_WHY, missing, &mut faults);
    if !faults.is_empty() {
        return Err(NotNoted::Faults(faults));
    }
    looked_at(&[("back_why", &why)], is_looked_at)?;
    Ok(TakenBack { by: by.person(), why })
}

/// Whether what somebody did of `one`, on a level, may count for `other` too, if they want that: another organisation
/// asks it under the same code, accepts what was done elsewhere, and asks for no higher level.
#[must_use]
pub fn may_count_for((one, level): (&Requirement, u8), other: &Requirement, today: NaiveDate) -> bool {
    let takes = |it: &Version| it.accepts_others && it.level <= level && !it.asked_of.is_empty();
    one.organisation != other.organisation
        && one.code == other.code
        && other.now_or_first(today).is_some_and(takes)
}

fn not_oneself(by: &TrainingCoordinator, of: PersonId) -> Result<(), NotNoted> {
    if by.person() == of { Err(NotNoted::Oneself) } else { Ok(()) }
}

/// A day from today on, and not too far ahead.
fn ahead(typed: TypedDay<'_>, days: u64, today: NaiveDate) -> Result<NaiveDate, String> {
    let day = typed.needed().map_err(|why| why.to_string())?;
    let furthest = today.checked_add_days(Days::new(days)).unwrap_or(today);
    match (today..=furthest).contains(&day) {
        true => Ok(day),
        false => Err("Write a day from today on, within two years.".to_owned()),
    }
}

fn looked_at(texts: &[(&'static str, &str)], is_looked_at: bool) -> Result<(), NotNoted> {
    let personal = texts.iter().find_map(|(field, text)| Some((*field, Personal::in_text(text)?)));
    match personal {
        Some((field, personal)) if !is_looked_at => Err(NotNoted::Personal(field, personal)),
        _ => Ok(()),
    }
}
