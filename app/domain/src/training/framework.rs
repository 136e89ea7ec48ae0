//! Frameworks: lists of competences that an organisation works with, checked whole before any of it is kept.
//!
//! A version never changes, because judgements stay with the words they were made under. What changes is a new one.

use super::need::Need;
use crate::course::Slug;
use crate::own_words::own_words;
use crate::people::{FieldFault, ids};

mod rings;
#[cfg(test)]
mod tests;

ids! {
    /// A framework of one organisation.
    FrameworkId;
}

/// The most competences of a framework. Our choice: twice the longest that we have seen.
pub const MOST_COMPETENCES: usize = 1000;
/// The longest code, in characters. Our choice: "4.12.3b" and some room.
pub const LONGEST_CODE: usize = 20;
/// The longest title of a competence, in characters: two lines on a phone, or three.
pub const LONGEST_TITLE: usize = 200;
/// The longest indicator, in characters.
pub const LONGEST_INDICATOR: usize = 300;
/// The most indicators of one competence. Our choice: more is another competence.
pub const MOST_INDICATORS: usize = 30;
/// The most courses that count towards one competence.
pub const MOST_COURSES: usize = 6;
/// The most levels of an organisation's scale. Our choice: nobody tells more apart.
pub const MOST_LEVELS: usize = 8;
/// The longest level, in characters.
pub const LONGEST_LEVEL: usize = 60;
/// The longest licence note, in characters.
pub const LONGEST_LICENCE: usize = 1000;

/// By what a competence is called in its framework, such as "2.1". It stands in addresses.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Code(String);

impl Code {
    /// Reads a code: letters and figures, with dots and hyphens between them.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let is_part = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_alphanumeric());
        let fits = text.len() <= LONGEST_CODE && text.split(['.', '-']).all(is_part);
        fits.then(|| Self(text.into()))
    }

    /// The code as it stands in rows and addresses.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl core::fmt::Display for Code {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&self.0)
    }
}

/// A competence as a file has it: nothing of it has been looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Where it stands in the file, from one.
    pub line: usize,
    pub code: String,
    pub title: String,
    pub domain: String,
    pub need: String,
    pub optional: String,
    /// Whether having lived through it counts.
    pub lived_experience: String,
    /// The code of the competence under which it stands.
    pub parent: String,
    pub indicators: Vec<String>,
    /// Courses that count when they are finished, by lasting name.
    pub courses: Vec<String>,
}

/// Something to put right in a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineFault {
    /// From one.
    pub line: usize,
    /// The sentence says how.
    pub remedy: String,
}

/// One thing that somebody is to be able to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Competence {
    pub code: Code,
    pub title: String,
    /// The heading under which it stands.
    pub domain: String,
    pub need: Need,
    /// It is for those who go further.
    pub is_optional: bool,
    /// Having lived through it counts: a plain yes, and nothing else is asked.
    pub accepts_lived_experience: bool,
    pub parent: Option<Code>,
    /// What it looks like when somebody can do it: the organisation's own lines.
    pub indicators: Vec<String>,
    /// Courses that count when they are finished.
    pub courses: Vec<Slug>,
}

/// Competences that were looked at together. Only [`check`] makes them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Competences(Vec<Competence>);

impl Competences {
    /// They, in the order of the file.
    #[must_use]
    pub fn all(&self) -> &[Competence] {
        &self.0
    }
}

/// Looks at all competences of a file together.
///
/// # Errors
/// Everything that has to be put right, in the order of its lines.
pub fn check(rows: &[Row]) -> Result<Competences, Vec<LineFault>> {
    if rows.len() > MOST_COMPETENCES {
        let line = rows.get(MOST_COMPETENCES).map_or(1, |it| it.line);
        let remedy = format!(
            "A framework holds {MOST_COMPETENCES} competences at most, and here the next one begins. Keep the ones that you judge people by."
        );
        return Err(vec![LineFault { line, remedy }]);
    }
    let mut faults = Vec::new();
    let competences: Vec<_> = rows.iter().map(|row| competence(row, &mut faults)).collect();
    rings::faults(rows, &mut faults);
    if !faults.is_empty() {
        faults.sort();
        return Err(faults);
    }
    Ok(Competences(competences.into_iter().flatten().collect()))
}

fn competence(row: &Row, faults: &mut Vec<LineFault>) -> Option<Competence> {
    let before = faults.len();
    let mut fault = |remedy: String| faults.push(LineFault { line: row.line, remedy });
    let code = Code::parse(row.code.trim());
    if code.is_none() {
        fault(format!(
            "Write a code such as 2.1 first: letters and figures, with dots or hyphens between, {LONGEST_CODE} at most."
        ));
    }
    let mut text = |typed: &str, what: &str, longest: usize| match own_words(typed, longest) {
        Ok(it) if it.contains('\n') => it.split_whitespace().collect::<Vec<_>>().join(" "),
        Ok(it) => it,
        Err(refused) => {
            fault(format!("The {what}: {refused}"));
            String::new()
        }
    };
    let title = text(&row.title, "title", LONGEST_TITLE);
    let domain = text(&row.domain, "domain", LONGEST_TITLE);
    let typed = row.indicators.iter().filter(|it| !it.trim().is_empty());
    let indicators: Vec<_> = typed.map(|it| text(it, "indicator", LONGEST_INDICATOR)).collect();
    if row.title.trim().is_empty() {
        fault("Write a title: what somebody is to be able to do.".into());
    }
    let need = Need::typed(&row.need);
    if need.is_none() {
        fault("Say whether it is essential or desirable.".into());
    }
    let is_optional = yes_or_no(&row.optional);
    let accepts = yes_or_no(&row.lived_experience);
    for (said, what) in [(is_optional, "optional"), (accepts, "lived_experience")] {
        if said.is_none() {
            fault(format!("Write yes or no under {what}, or leave it empty."));
        }
    }
    let courses: Vec<_> = row.courses.iter().map(|it| (it, Slug::parse(it))).collect();
    for (typed, _) in courses.iter().filter(|it| it.1.is_err()) {
        fault(format!("Write courses as their addresses do, such as a-first-course, not “{typed}”."));
    }
    let parent = row.parent.trim();
    let parent = if parent.is_empty() { None } else { Code::parse(parent) };
    if indicators.len() > MOST_INDICATORS || courses.len() > MOST_COURSES {
        fault(format!("Keep to {MOST_INDICATORS} indicators and {MOST_COURSES} courses."));
    }
    if faults.len() > before {
        return None;
    }
    Some(Competence {
        code: code?,
        title,
        domain,
        need: need?,
        is_optional: is_optional?,
        accepts_lived_experience: accepts?,
        parent,
        indicators,
        courses: courses.into_iter().filter_map(|it| it.1.ok()).collect(),
    })
}

fn yes_or_no(typed: &str) -> Option<bool> {
    match typed.trim().to_lowercase().as_str() {
        "" | "no" | "n" | "false" | "0" => Some(false),
        "yes" | "y" | "true" | "1" | "x" => Some(true),
        _ => None,
    }
}

/// What is different between two versions, by code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes<'a> {
    pub added: Vec<&'a Competence>,
    pub gone: Vec<&'a Competence>,
    /// As it was, and as it is.
    pub changed: Vec<(&'a Competence, &'a Competence)>,
}

/// Compares two versions.
#[must_use]
pub fn changes<'a>(before: &'a [Competence], after: &'a [Competence]) -> Changes<'a> {
    use std::collections::BTreeMap;
    let by_code = |all: &'a [Competence]| -> BTreeMap<&Code, &Competence> {
        all.iter().map(|it| (&it.code, it)).collect()
    };
    let (was, is) = (by_code(before), by_code(after));
    let pair = |it: &'a Competence| was.get(&it.code).map(|was| (*was, it));
    Changes {
        added: after.iter().filter(|it| !was.contains_key(&it.code)).collect(),
        gone: before.iter().filter(|it| !is.contains_key(&it.code)).collect(),
        changed: after.iter().filter_map(pair).filter(|(was, is)| was != is).collect(),
    }
}

/// What was typed about a framework besides its competences.
#[derive(Clone, Copy, Debug)]
pub struct AboutForm<'a> {
    pub title: &'a str,
    pub licence: &'a str,
    pub source: &'a str,
}

/// What is said about a framework. Only [`about`] makes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    title: String,
    licence: String,
    source: String,
}

impl About {
    /// What it is called.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Whose words these are, and on what terms they stand here: never empty.
    #[must_use]
    pub fn licence(&self) -> &str {
        &self.licence
    }

    /// Where the original can be read; empty where there is none.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }
}

/// Takes what was typed about a framework.
///
/// # Errors
/// Every field that has to be put right.
pub fn about(form: &AboutForm<'_>) -> Result<About, Vec<FieldFault>> {
    let mut faults = Vec::new();
    let mut taken = |field, typed: &str, longest: usize, missing: &str| {
        let fault = |remedy: String| FieldFault { field, remedy };
        match own_words(typed, longest) {
            Ok(it) if it.is_empty() && !missing.is_empty() => faults.push(fault(missing.into())),
            Ok(it) => return it,
            Err(refused) => faults.push(fault(refused.to_string())),
        }
        String::new()
    };
    let title = taken("title", form.title, 120, "Write what it is called.");
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let missing = "Say whose words these are and why they may stand here, if only “Our own words”.";
    let licence = taken("licence", form.licence, LONGEST_LICENCE, missing);
    let source = taken("source", form.source, 300, "");
    let is_address = crate::typed::is_link(&source);
    if !source.is_empty() && !is_address {
        let remedy = "Write an address that begins with https://, or leave it empty.".into();
        faults.push(FieldFault { field: "source", remedy });
    }
    if faults.is_empty() { Ok(About { title, licence, source }) } else { Err(faults) }
}

/// The steps of an organisation's own scale. Only [`levels`] makes them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Levels(Vec<String>);

impl Levels {
    /// They, from the first.
    #[must_use]
    pub fn all(&self) -> &[String] {
        &self.0
    }
}

/// Takes a scale as it was typed, a step on a line. None is a scale as well: then nobody is asked for a level.
///
/// # Errors
/// How to put it right.
pub fn levels(typed: &str) -> Result<Levels, String> {
    let typed = own_words(typed, (LONGEST_LEVEL + 2) * MOST_LEVELS).map_err(|it| it.to_string())?;
    let lines: Vec<_> = typed.lines().map(|it| it.trim().to_owned()).filter(|it| !it.is_empty()).collect();
    if lines.len() > MOST_LEVELS {
        return Err(format!("Keep to {MOST_LEVELS} levels: more than that nobody tells apart."));
    }
    if lines.iter().any(|it| it.chars().count() > LONGEST_LEVEL) {
        return Err(format!("Keep each level to {LONGEST_LEVEL} characters."));
    }
    let twice = |(at, it): (usize, &String)| lines[..at].contains(it);
    if lines.iter().enumerate().any(twice) {
        return Err("Write each level once.".into());
    }
    Ok(Levels(lines))
}
