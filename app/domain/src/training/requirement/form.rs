//! Requiring something, and changing what is required.

use chrono::{Days, NaiveDate};

use super::policy::NewEdition;
use super::{Requirement, Rule, RuleKind, Version};
use crate::day::TypedDay;
use crate::own_words::NotTaken;
use crate::own_words::next_revision;
use crate::people::{EngagementKind, FieldFault, TrainingCoordinator, line};
use crate::typed::{needed_line, number};

/// The longest title, and the longest name of a part, in characters. Our choice: a line of print.
pub const LONGEST_TITLE: usize = 80;
/// The longest code, in characters. Our choice.
const LONGEST_CODE: usize = 24;
/// The most parts. Our choice: nobody keeps more in mind.
pub const MOST_PARTS: usize = 6;
/// The most months. Our choice: ten years.
const MOST_MONTHS: u16 = 120;
/// The most hours. Our choice: a year of weeks.
const MOST_HOURS: u32 = 500;
/// The most weeks that people may be given. Our choice: a year.
const MOST_WEEKS: u16 = 52;
/// The highest level. Our choice: the most that a framework in use here has.
const HIGHEST_LEVEL: u8 = 5;
/// How far ahead a change may lie, in days. Our choice: two years.
const FURTHEST: u64 = 731;

/// What was typed about a requirement.
#[derive(Clone, Debug)]
pub struct RequirementForm<'a> {
    /// The field `code`; it does not change any more.
    pub code: &'a str,
    /// The field `title`.
    pub title: &'a str,
    /// The field `level`; empty where there are no levels.
    pub level: &'a str,
    /// The field `rule`.
    pub rule: &'a str,
    /// The field `months`.
    pub months: &'a str,
    /// The field `hours`.
    pub hours: &'a str,
    /// The field `parts`: one a line.
    pub parts: &'a str,
    /// Every value of the field `kind`.
    pub kinds: Vec<&'a str>,
    /// Whether `nobody` is ticked: it is asked of nobody any more.
    pub of_nobody: bool,
    /// The field `weeks`.
    pub weeks: &'a str,
    /// Whether `others` is ticked.
    pub accepts_others: bool,
    /// Whether `before` is ticked.
    pub before_start: bool,
    /// The fields `from_day`, `from_month` and `from_year`.
    pub from: TypedDay<'a>,
}

/// A version that may be kept. Only [`require`] and [`change`] make one, and their companions for policies.
#[derive(Debug, PartialEq, Eq)]
pub struct NewVersion {
    pub(super) code: String,
    pub(super) version: Version,
    pub(super) edition: Option<NewEdition>,
}

impl NewVersion {
    /// The code of the requirement.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.code
    }

    /// What is required.
    #[must_use]
    pub const fn version(&self) -> &Version {
        &self.version
    }

    /// What is to be read from then on, of a policy whose text is new.
    #[must_use]
    pub const fn edition(&self) -> Option<&NewEdition> {
        self.edition.as_ref()
    }
}

/// Requires something new, beside what the organisation requires already under the codes `taken`.
///
/// # Errors
/// Every field that has to be put right.
pub fn require(
    _by: &TrainingCoordinator,
    form: &RequirementForm<'_>,
    taken: &[String],
    today: NaiveDate,
) -> Result<NewVersion, Vec<FieldFault>> {
    let (around, rule) = begun(form, taken, today, |faults| read_rule(form, faults))?;
    let (code, around) = around;
    Ok(NewVersion { code, version: around.with(1, rule), edition: None })
}

/// The first version of something, whatever it is: under which code, what stands around it, and what `how` reads.
pub(super) fn begun<T>(
    form: &RequirementForm<'_>,
    taken: &[String],
    today: NaiveDate,
    how: impl FnOnce(&mut Vec<FieldFault>) -> Option<T>,
) -> Result<((String, Around), T), Vec<FieldFault>> {
    let mut faults = Vec::new();
    let code = read_code(form.code, &mut faults);
    if code.as_ref().is_some_and(|code| taken.iter().any(|it| it.eq_ignore_ascii_case(code))) {
        let remedy = "You require something under this code already. Write another, or change that one.";
        faults.push(FieldFault { field: "code", remedy: remedy.into() });
    }
    let read = read(form, today, how, &mut faults);
    if !asks_somebody(form) {
        faults.push(nobody());
    }
    match (code, read) {
        (Some(code), Some((around, what))) if faults.is_empty() => Ok(((code, around), what)),
        _ => Err(faults),
    }
}

/// Changes what is required from a day on. Whoever changes it saw the version `seen`.
///
/// # Errors
/// Something newer, or every field that has to be put right.
pub fn change(
    _by: &TrainingCoordinator,
    form: &RequirementForm<'_>,
    (current, seen): (&Requirement, i64),
    today: NaiveDate,
) -> Result<NewVersion, NotTaken> {
    let (number, around, rule) = changed(form, (current, seen), today, |faults| read_rule(form, faults))?;
    Ok(NewVersion { code: current.code.clone(), version: around.with(number, rule), edition: None })
}

/// The next version of something, whatever it is: its number, what stands around it, and what `how` reads.
pub(super) fn changed<T>(
    form: &RequirementForm<'_>,
    (current, seen): (&Requirement, i64),
    today: NaiveDate,
    how: impl FnOnce(&mut Vec<FieldFault>) -> Option<T>,
) -> Result<(i64, Around, T), NotTaken> {
    let mut faults = Vec::new();
    let last = current.versions.last();
    let number = next_revision(last.map_or(0, |it| it.number), seen, false)?;
    // A day that lies ahead already stands: what comes after it is not before it.
    let earliest = last.map_or(today, |it| it.from).max(today);
    let read = read(form, earliest, how, &mut faults);
    if !asks_somebody(form) && !form.of_nobody {
        faults.push(nobody());
    }
    match read {
        Some((around, what)) if faults.is_empty() => Ok((number, around, what)),
        _ => Err(NotTaken::Faults(faults)),
    }
}

/// Whether anything that was ticked is something that people are.
fn asks_somebody(form: &RequirementForm<'_>) -> bool {
    form.kinds.iter().any(|it| EngagementKind::parse(it).is_some())
}

fn nobody() -> FieldFault {
    FieldFault { field: "kind", remedy: "Tick at least one: of whom is it asked?".into() }
}

fn read_code(typed: &str, faults: &mut Vec<FieldFault>) -> Option<String> {
    let code = typed.trim().to_ascii_uppercase();
    let is_sign = |it: u8| it.is_ascii_alphanumeric() || b"-./".contains(&it);
    let is_code = (1..=LONGEST_CODE).contains(&code.len())
        && code.bytes().all(is_sign)
        && code.starts_with(|it: char| it.is_ascii_alphanumeric());
    if !is_code {
        let remedy = format!(
            "Write a short code of letters, figures and dashes, such as FIRE-1: at most {LONGEST_CODE} characters."
        );
        faults.push(FieldFault { field: "code", remedy });
    }
    is_code.then_some(code)
}

/// What stands around a rule in a version.
pub(super) struct Around {
    pub(super) from: NaiveDate,
    pub(super) title: String,
    level: u8,
    asked_of: Vec<EngagementKind>,
    weeks: u16,
    accepts_others: bool,
    before_start: bool,
}

impl Around {
    /// With a number and a rule it is a version.
    pub(super) fn with(self, number: i64, rule: Rule) -> Version {
        let Self { from, title, level, asked_of, weeks, accepts_others, before_start } = self;
        Version { number, from, title, level, rule, asked_of, weeks, accepts_others, before_start }
    }
}

fn read<T>(
    form: &RequirementForm<'_>,
    earliest: NaiveDate,
    how: impl FnOnce(&mut Vec<FieldFault>) -> Option<T>,
    faults: &mut Vec<FieldFault>,
) -> Option<(Around, T)> {
    let missing = ("title", "Write what it is called, such as Fire safety.");
    let title = needed_line(form.title, LONGEST_TITLE, missing, faults);
    let level = match form.level.trim() {
        "" => Some(0),
        typed => number(typed).and_then(|it| u8::try_from(it).ok()).filter(|it| *it <= HIGHEST_LEVEL),
    };
    if level.is_none() {
        let remedy = format!("Write a level from 1 to {HIGHEST_LEVEL}, or leave it empty.");
        faults.push(FieldFault { field: "level", remedy });
    }
    let what = how(faults);
    let weeks = number(form.weeks).filter(|it| (1..=MOST_WEEKS).contains(it));
    if weeks.is_none() {
        let remedy = format!("Write how many weeks people have, from 1 to {MOST_WEEKS}.");
        faults.push(FieldFault { field: "weeks", remedy });
    }
    let furthest = earliest.checked_add_days(Days::new(FURTHEST)).unwrap_or(earliest);
    let from = match form.from.needed() {
        Ok(day) if (earliest..=furthest).contains(&day) => Some(day),
        Ok(_) => {
            let remedy = format!(
                "Write a day from {} to two years later. Nothing is required backwards.",
                earliest.format("%-d %B %Y")
            );
            faults.push(FieldFault { field: "from_day", remedy });
            None
        }
        Err(why) => {
            faults.push(FieldFault { field: "from_day", remedy: why.to_string() });
            None
        }
    };
    let asked_of = match form.of_nobody {
        true => Vec::new(),
        false => EngagementKind::ALL.into_iter().filter(|it| form.kinds.contains(&it.as_str())).collect(),
    };
    let around = Around {
        from: from?,
        title,
        level: level?,
        asked_of,
        weeks: weeks?,
        accepts_others: form.accepts_others,
        before_start: form.before_start,
    };
    Some((around, what?))
}

fn read_rule(form: &RequirementForm<'_>, faults: &mut Vec<FieldFault>) -> Option<Rule> {
    match RuleKind::parse(form.rule) {
        // A policy has a form of its own.
        None | Some(RuleKind::Read) => {
            faults.push(FieldFault { field: "rule", remedy: "Choose how often it is done.".into() });
            None
        }
        Some(RuleKind::Once) => Some(Rule::Once),
        Some(RuleKind::Every) => Some(Rule::Every { months: read_months(form.months, faults)? }),
        Some(RuleKind::Hours) => {
            let (minutes, months) = (read_hours(form.hours, faults), read_months(form.months, faults));
            Some(Rule::Hours { minutes: minutes?, months: months? })
        }
        Some(RuleKind::Parts) => {
            let months = match form.months.trim() {
                "" => Some(None),
                typed => read_months(typed, faults).map(Some),
            };
            let parts = read_parts(form.parts, faults);
            Some(Rule::Parts { parts: parts?, months: months? })
        }
    }
}

fn read_months(typed: &str, faults: &mut Vec<FieldFault>) -> Option<u16> {
    let months = number(typed).filter(|it| (1..=MOST_MONTHS).contains(it));
    if months.is_none() {
        let remedy = format!("Write a number of months from 1 to {MOST_MONTHS}, such as 12 for a year.");
        faults.push(FieldFault { field: "months", remedy });
    }
    months
}

fn read_hours(typed: &str, faults: &mut Vec<FieldFault>) -> Option<u32> {
    let minutes = minutes(typed).filter(|it| (1..=MOST_HOURS * 60).contains(it));
    if minutes.is_none() {
        let remedy = format!("Write a number of hours up to {MOST_HOURS}, such as 8 or 7.5.");
        faults.push(FieldFault { field: "hours", remedy });
    }
    minutes
}

fn read_parts(typed: &str, faults: &mut Vec<FieldFault>) -> Option<Vec<String>> {
    let lines = typed.lines().map(str::trim).filter(|it| !it.is_empty());
    let mut parts: Vec<String> = Vec::new();
    let mut fault = |remedy: String| faults.push(FieldFault { field: "parts", remedy });
    for part in lines {
        match line(part, LONGEST_TITLE) {
            Err(why) => {
                fault(why.to_string());
                return None;
            }
            Ok(part) if parts.iter().any(|it| it.to_lowercase() == part.to_lowercase()) => {
                fault(format!("Two parts are called “{part}”. Give each a name of its own."));
                return None;
            }
            Ok(part) => parts.push(part.to_owned()),
        }
    }
    if !(2..=MOST_PARTS).contains(&parts.len()) {
        fault(format!("Write two to {MOST_PARTS} parts, each on a line of its own."));
        return None;
    }
    Some(parts)
}

/// Hours as people type them, in minutes: "8", "7.5", "0,25", "1:30".
pub(super) fn minutes(typed: &str) -> Option<u32> {
    let typed = typed.trim();
    let (whole, rest, is_clock) = match typed.split_once(':') {
        Some((hours, minutes)) => (hours, minutes, true),
        None => {
            let (hours, part) = typed.split_once(['.', ',']).unwrap_or((typed, ""));
            (hours, part, false)
        }
    };
    let hours = u32::from(number(whole)?);
    let more = match (is_clock, rest) {
        (true, minutes) if minutes.len() == 2 => number(minutes).filter(|it| *it < 60).map(u32::from)?,
        (true, _) => return None,
        (false, "") if !typed.ends_with(['.', ',']) => 0,
        (false, part) if part.len() <= 2 => {
            let hundredths = u32::from(number(part)?) * if part.len() == 1 { 10 } else { 1 };
            hundredths * 60 / 100
        }
        (false, _) => return None,
    };
    Some(hours * 60 + more)
}
