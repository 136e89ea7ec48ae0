//! Role profiles: what a role is, what it asks of people, and what stands beside it. A coordinator writes a draft, and
//! versions are made of it that never change: people sign the very text of one.
//!
//! What is signed is a plain text that anybody can make again from what they read ([`NewVersion::canonical`]): a line
//! for each thing, in this order, and the description at the end. So no description can pass for one of the lines.

use core::fmt::Write as _;

use super::framework::{Code, Competence, FrameworkId};
use super::need::Need;
use crate::own_words::NotTaken;
use crate::own_words::{Next, Revised, revise};
use crate::people::{FieldFault, TrainingCoordinator, ids, line};
use crate::typed::{needed_line, one_line, several_lines};

#[cfg(test)]
mod tests;

ids! {
    /// A role profile, whatever its version.
    RoleId;
}

/// The longest title, in characters.
pub const LONGEST_TITLE: usize = 120;
/// The longest description, in characters. Our choice: five pages, and the longest of the client's documents has four.
pub const LONGEST_DESCRIPTION: usize = 15_000;
/// The most lines of one list. Our choice: the longest person specification in the client's documents has 13.
pub const MOST_LINES: usize = 40;
/// The longest line of a list, in characters.
const LONGEST_LINE: usize = 300;
const LONGEST_BAND: usize = 60;
/// The longest word for how much is made of a criterion, in characters.
const LONGEST_WORD: usize = 30;
const LIST: usize = MOST_LINES * (LONGEST_LINE + 2);
const MINUTES_OF_A_WEEK: u16 = 7 * 24 * 60;

/// One thing that a role asks of people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleCriterion {
    pub need: Need,
    pub words: String,
    /// The competences that show it, by their codes in the framework of the profile.
    pub shown_by: Vec<Code>,
}

/// What a role profile says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleText {
    pub title: String,
    /// The job description, in Markdown.
    pub description: String,
    /// What is essential first.
    pub criteria: Vec<RoleCriterion>,
    /// In which framework the codes are.
    pub framework: Option<FrameworkId>,
    /// A band or grade; it may be empty.
    pub band: String,
    /// How long a week of it is, where that is fixed.
    pub minutes: Option<u16>,
    /// The checks that it needs, in words.
    pub checks: Vec<String>,
    /// The training that it needs, in words.
    pub training: Vec<String>,
}

impl RoleText {
    /// One list of the person specification as it is typed: a criterion on each line, with its codes after a bar.
    #[must_use]
    pub fn typed(&self, need: Need) -> String {
        let line = |it: &RoleCriterion| match it.shown_by.is_empty() {
            true => it.words.clone(),
            false => format!("{} | {}", it.words, codes(&it.shown_by)),
        };
        let lines: Vec<_> = self.criteria.iter().filter(|it| it.need == need).map(line).collect();
        lines.join("\n")
    }

    /// How long a week of it is, as it is typed.
    #[must_use]
    pub fn typed_hours(&self) -> String {
        self.minutes.map(|it| format!("{}:{:02}", it / 60, it % 60)).unwrap_or_default()
    }
}

/// Reads what [`RoleText::typed`] writes.
#[must_use]
pub fn criteria(need: Need, typed: &str) -> Option<Vec<RoleCriterion>> {
    let read = |line: &str| {
        let (words, codes) = line.split_once(" | ").unwrap_or((line, ""));
        let codes = codes.split(", ").filter(|it| !it.is_empty()).map(Code::parse);
        Some(RoleCriterion { need, words: words.to_owned(), shown_by: codes.collect::<Option<_>>()? })
    };
    typed.lines().map(read).collect()
}

/// Codes in a row.
#[must_use]
pub fn codes(codes: &[Code]) -> String {
    codes.iter().map(Code::as_str).collect::<Vec<_>>().join(", ")
}

/// What was typed about a role.
#[derive(Clone, Copy, Debug)]
pub struct RoleForm<'a> {
    pub title: &'a str,
    pub description: &'a str,
    /// One on each line, codes after a bar.
    pub essential: &'a str,
    pub desirable: &'a str,
    /// Which framework was chosen; empty for none.
    pub framework: &'a str,
    pub band: &'a str,
    /// Hours a week, such as `22.5` or `22:30`; empty where that is not fixed.
    pub hours: &'a str,
    /// One on each line.
    pub checks: &'a str,
    /// One on each line.
    pub training: &'a str,
}

/// The frameworks that may be chosen: those of the organisation, each with what is in it now.
pub type Frameworks<'a> = &'a [(FrameworkId, Vec<Competence>)];

/// Keeps the draft of a role profile.
///
/// # Errors
/// [`NotTaken`].
pub fn keep_role(
    _by: &TrainingCoordinator,
    current: Option<&Revised<RoleText>>,
    form: &RoleForm<'_>,
    frameworks: Frameworks<'_>,
    seen: i64,
) -> Result<Next<RoleText>, NotTaken> {
    let mut faults = Vec::new();
    let title =
        needed_line(form.title, LONGEST_TITLE, ("title", "Say what the role is called."), &mut faults);
    let description = several_lines(form.description, LONGEST_DESCRIPTION, "description", &mut faults);
    let chosen = frameworks.iter().find(|it| it.0.to_string() == form.framework);
    if chosen.is_none() && !form.framework.is_empty() {
        faults.push(FieldFault { field: "framework", remedy: "Choose from the list.".into() });
    }
    let there = chosen.map(|it| &*it.1);
    let mut criteria = Vec::new();
    for (need, field, typed) in
        [(Need::Essential, "essential", form.essential), (Need::Desirable, "desirable", form.desirable)]
    {
        for line in lines(typed, field, &mut faults) {
            criteria.extend(criterion(need, &line, there, field, &mut faults));
        }
    }
    let band = one_line(form.band, LONGEST_BAND, "band", &mut faults);
    let minutes = hours(form.hours).unwrap_or_else(|remedy| {
        faults.push(FieldFault { field: "hours", remedy });
        None
    });
    let checks = lines(form.checks, "checks", &mut faults);
    let training = lines(form.training, "training", &mut faults);
    if !faults.is_empty() {
        return Err(NotTaken::Faults(faults));
    }
    let framework = chosen.map(|it| it.0);
    let text = RoleText { title, description, criteria, framework, band, minutes, checks, training };
    Ok(revise(current, text, seen)?)
}

/// The lines of a list that are not empty.
fn lines(typed: &str, field: &'static str, faults: &mut Vec<FieldFault>) -> Vec<String> {
    let text = several_lines(typed, LIST, field, faults);
    let found: Vec<_> = text.lines().map(str::trim).filter(|it| !it.is_empty()).collect();
    if found.len() > MOST_LINES {
        faults.push(FieldFault { field, remedy: format!("Write at most {MOST_LINES} lines.") });
    }
    let mut kept = Vec::new();
    for (at, it) in found.into_iter().enumerate() {
        match line(it, LONGEST_LINE) {
            Ok(it) => kept.push(it.to_owned()),
            Err(why) => faults.push(FieldFault { field, remedy: format!("Line {}: {why}", at + 1) }),
        }
    }
    kept
}

fn criterion(
    need: Need,
    line: &str,
    there: Option<&[Competence]>,
    field: &'static str,
    faults: &mut Vec<FieldFault>,
) -> Option<RoleCriterion> {
    let (words, typed) = line.rsplit_once('|').unwrap_or((line, ""));
    let words = words.trim();
    let mut fault = |remedy: String| faults.push(FieldFault { field, remedy });
    if words.is_empty() || words.contains('|') {
        fault("Write what is asked, one bar, and the codes after it.".to_owned());
        return None;
    }
    let mut shown_by: Vec<Code> = Vec::new();
    for typed in typed.split([',', ' ']).map(str::trim).filter(|it| !it.is_empty()) {
        let Some(there) = there else {
            fault("Choose the framework that the codes are from.".to_owned());
            return None;
        };
        match there.iter().find(|it| it.code.as_str() == typed) {
            Some(it) if !shown_by.contains(&it.code) => shown_by.push(it.code.clone()),
            Some(_) => {}
            None => fault(format!("There is no competence with the code “{typed}” in this framework.")),
        }
    }
    Some(RoleCriterion { need, words: words.to_owned(), shown_by })
}

/// Reads "22", "22.5", "22,25" and "22:30".
fn hours(typed: &str) -> Result<Option<u16>, String> {
    const REMEDY: &str = "Write hours in figures, such as 22 or 22.5, or leave it empty.";
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let figures = |text: &str, most: usize| {
        let fits = (1..=most).contains(&text.len()) && text.bytes().all(|it| it.is_ascii_digit());
        if fits { text.parse::<u16>().ok() } else { None }
    };
    let minutes = match typed.split_once(':') {
        Some((hours, minutes)) => {
            let minutes = figures(minutes, 2).filter(|it| *it < 60 && minutes.len() == 2);
            figures(hours, 3).zip(minutes).map(|(hours, minutes)| hours * 60 + minutes)
        }
        None => {
            let (hours, part) = typed.split_once(['.', ',']).unwrap_or((typed, "0"));
            // Hundredths of an hour, to the minute.
            let hundredths = figures(part, 2).map(|it| if part.len() == 1 { it * 10 } else { it });
            figures(hours, 3).zip(hundredths).map(|(hours, part)| hours * 60 + (part * 60 + 50) / 100)
        }
    };
    match minutes {
        Some(minutes @ 1..=MINUTES_OF_A_WEEK) => Ok(Some(minutes)),
        _ => Err(REMEDY.to_owned()),
    }
}

/// What an organisation calls what has to be there, and what is good to have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NeedWords {
    essential: String,
    desirable: String,
}

impl Default for NeedWords {
    fn default() -> Self {
        let [essential, desirable] = [Need::Essential, Need::Desirable].map(|it| it.label().to_owned());
        Self { essential, desirable }
    }
}

impl NeedWords {
    /// The word for it.
    #[must_use]
    pub fn of(&self, need: Need) -> &str {
        match need {
            Need::Essential => &self.essential,
            Need::Desirable => &self.desirable,
        }
    }
}

/// Chooses the two words; an empty field takes ours.
///
/// # Errors
/// Every field that has to be put right.
pub fn need_words(essential: &str, desirable: &str) -> Result<NeedWords, Vec<FieldFault>> {
    let mut faults = Vec::new();
    let mut word = |typed: &str, field, need: Need| match one_line(typed, LONGEST_WORD, field, &mut faults) {
        it if it.is_empty() => need.label().to_owned(),
        it => it,
    };
    let essential = word(essential, "essential", Need::Essential);
    let desirable = word(desirable, "desirable", Need::Desirable);
    if faults.is_empty() && essential.to_lowercase() == desirable.to_lowercase() {
        faults.push(FieldFault { field: "desirable", remedy: "Choose two words that differ.".into() });
    }
    if faults.is_empty() { Ok(NeedWords { essential, desirable }) } else { Err(faults) }
}

/// What stands around a draft when a version is made of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Around {
    /// What the organisation is called.
    pub organisation: String,
    pub words: NeedWords,
    /// The title of the framework, its version, and the codes in it.
    pub framework: Option<(String, i64)>,
}

/// A version that may be kept. Only [`publish`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewVersion {
    number: i64,
    text: RoleText,
    around: Around,
}

impl NewVersion {
    /// Its number, from one.
    #[must_use]
    pub const fn number(&self) -> i64 {
        self.number
    }

    /// What it says.
    #[must_use]
    pub const fn text(&self) -> &RoleText {
        &self.text
    }

    /// What stands around it.
    #[must_use]
    pub const fn around(&self) -> &Around {
        &self.around
    }

    /// The text that is signed, with line feeds between its lines and at its end.
    #[must_use]
    pub fn canonical(&self) -> String {
        canonical(&self.text, &self.around, self.number)
    }
}

/// Why no version is made of a draft. The sentence says how to put it right.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotPublished {
    /// Somebody changed the draft since the page was opened.
    #[error("Somebody changed the draft meanwhile. Read it again before you make a version of it.")]
    Newer,
    /// It says nothing about the work, or asks for nothing.
    #[error("Write what the work is and at least one thing that is asked, then make a version of it.")]
    Empty,
    /// It says what the latest version says.
    #[error("Nothing has changed since version {0}, so there is no new version to make.")]
    Same(i64),
    /// The framework has changed since.
    #[error("There is no competence “{0}” in the framework any more. Change the draft first.")]
    CodeGone(String),
}

/// Makes the next version of a draft. `seen` is the number of the draft that was read; `there` is what is in its
/// framework now; `latest` is the version before it.
///
/// # Errors
/// [`NotPublished`].
pub fn publish(
    _by: &TrainingCoordinator,
    (draft, seen): (&Revised<RoleText>, i64),
    (around, there): (Around, &[Competence]),
    latest: Option<(i64, &str)>,
) -> Result<NewVersion, NotPublished> {
    if draft.revision != seen {
        return Err(NotPublished::Newer);
    }
    let text = &draft.value;
    if text.description.is_empty() || text.criteria.is_empty() {
        return Err(NotPublished::Empty);
    }
    let is_gone = |it: &&Code| there.iter().all(|competence| competence.code != **it);
    if let Some(gone) = text.criteria.iter().flat_map(|it| &it.shown_by).find(is_gone) {
        return Err(NotPublished::CodeGone(gone.to_string()));
    }
    let before = latest.map_or(0, |it| it.0);
    if latest.is_some_and(|(number, before)| canonical(text, &around, number) == before) {
        return Err(NotPublished::Same(before));
    }
    Ok(NewVersion { number: before + 1, text: text.clone(), around })
}

fn canonical(text: &RoleText, around: &Around, number: i64) -> String {
    let mut out = String::new();
    let mut said = |line: &str| {
        out.push_str(line);
        out.push('\n');
    };
    said("Alongside role profile, format 1");
    said(&format!("Organisation: {}", around.organisation));
    said(&format!("Role: {}", text.title));
    said(&format!("Version: {number}"));
    if !text.band.is_empty() {
        said(&format!("Band: {}", text.band));
    }
    if text.minutes.is_some() {
        said(&format!("Hours a week: {}", text.typed_hours()));
    }
    if let Some((title, version)) = &around.framework {
        said(&format!("Competences from: {title}, version {version}"));
    }
    for (at, it) in text.criteria.iter().enumerate() {
        let mut line = format!("{}. {}: {}", at + 1, around.words.of(it.need), it.words);
        if !it.shown_by.is_empty() {
            // Writing into a String never fails.
            let _ = write!(line, " ({})", codes(&it.shown_by));
        }
        said(&line);
    }
    for it in &text.checks {
        said(&format!("Check: {it}"));
    }
    for it in &text.training {
        said(&format!("Training: {it}"));
    }
    said("Job description:");
    said(&text.description);
    out
}
