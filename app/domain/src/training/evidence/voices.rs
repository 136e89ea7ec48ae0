//! What people say who were supported, without a name. Each has a code on paper, which works once. Nobody sees anything
//! before the sheet is over, not even how many answered; then all of it comes together as one piece, in an order that
//! tells nothing. Of fewer than three nothing is ever shown: whoever handed out the codes would know who they are.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Kind, NewEvidence, NotKept};
use crate::own_words::own_words;
use crate::people::{FieldFault, PersonId, ids, words};
use crate::personal::Personal;
use crate::training::framework::{Code, Competence};

#[cfg(test)]
mod tests;

ids! {
    /// A sheet of codes.
    SheetId;
}

words! {
    /// What people are asked to say yes or no to.
    pub enum Statement {
        Listened = "listened",
        NotJudged = "not_judged",
        AskedFirst = "asked_first",
        Helped = "helped",
        Again = "again",
    }
}

impl Statement {
    /// What people read.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Listened => "They listened to me",
            Self::NotJudged => "I did not feel judged",
            Self::AskedFirst => "They asked before they gave advice",
            Self::Helped => "It helped me to talk with them",
            Self::Again => "I would talk with them again",
        }
    }
}

words! {
    /// What somebody says to a statement. None may be left open.
    pub enum Said {
        Yes = "yes",
        Partly = "partly",
        No = "no",
    }
}

impl Said {
    /// What people read.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Yes => "Yes",
            Self::Partly => "Partly",
            Self::No => "No",
        }
    }
}

/// How many have to answer before anything is shown.
pub const FEWEST: usize = 3;
/// How many codes are on a sheet, at least and at most. Our choice: twice as many as have to answer, and a page of paper.
pub const CODES: core::ops::RangeInclusive<usize> = 6..=12;
/// How long the codes of a sheet are good for.
pub const TIME: TimeDelta = TimeDelta::weeks(6);
/// The most competences that a sheet is about.
pub const MOST_ASKED_ABOUT: usize = 6;
/// How many sheets of one person may be out at once. Our choice: two would let somebody tell one circle from another.
pub const SHEETS_AT_ONCE: u64 = 1;
/// The longest words, in characters: those of a whole sheet fit into a piece of evidence.
pub const LONGEST_VOICE: usize = 300;

/// A sheet that may be made. Only [`sheet`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSheet {
    of: PersonId,
    codes: usize,
    serves: Vec<Code>,
}

impl NewSheet {
    /// Whose it is.
    #[must_use]
    pub const fn of(&self) -> PersonId {
        self.of
    }

    /// How many codes are on it.
    #[must_use]
    pub const fn codes(&self) -> usize {
        self.codes
    }

    /// What it shows, at least one.
    #[must_use]
    pub fn serves(&self) -> &[Code] {
        &self.serves
    }
}

/// A sheet of one's own. `out` is how many are out.
///
/// # Errors
/// Every field that has to be put right.
pub fn sheet(
    me: PersonId,
    (codes, serves): (&str, &[&str]),
    there: &[Competence],
    out: u64,
) -> Result<NewSheet, Vec<FieldFault>> {
    let mut faults = Vec::new();
    let mut fault = |field, remedy: String| faults.push(FieldFault { field, remedy });
    let codes = codes.trim().parse().ok().filter(|it| CODES.contains(it));
    if codes.is_none() {
        fault("codes", format!("Choose a number from {} to {}.", CODES.start(), CODES.end()));
    }
    let mut chosen: Vec<Code> = Vec::new();
    for typed in serves {
        match there.iter().find(|it| it.code.as_str() == *typed) {
            Some(it) if !chosen.contains(&it.code) => chosen.push(it.code.clone()),
            Some(_) => {}
            None => fault("serves", "Choose from the list: one of these is not in it any more.".into()),
        }
    }
    if chosen.is_empty() || chosen.len() > MOST_ASKED_ABOUT {
        fault("serves", format!("Choose what it shows: one competence to {MOST_ASKED_ABOUT}."));
    }
    if out >= SHEETS_AT_ONCE {
        fault("codes", "You have a sheet out. Wait until its codes are over.".into());
    }
    match codes.filter(|_| faults.is_empty()) {
        Some(codes) => Ok(NewSheet { of: me, codes, serves: chosen }),
        None => Err(faults),
    }
}

/// A code as it is kept, and when its sheet was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeptCode {
    pub made_at: DateTime<Utc>,
    pub is_used: bool,
}

/// A code that may still be used. Only [`KeptCode::open`] makes one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenCode(());

/// Why a code is good no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CodeGone {
    #[error("This code was used already. Each works once.")]
    Used,
    #[error("This code was good for six weeks, which are over. Thank you all the same.")]
    Late,
}

impl KeptCode {
    /// Whether somebody may still answer with it.
    ///
    /// # Errors
    /// [`CodeGone`].
    pub fn open(self, now: DateTime<Utc>) -> Result<OpenCode, CodeGone> {
        match self.is_used {
            _ if is_over(self.made_at, now) => Err(CodeGone::Late),
            true => Err(CodeGone::Used),
            false => Ok(OpenCode(())),
        }
    }
}

/// Whether the time of a sheet is over.
#[must_use]
pub fn is_over(made_at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    now - made_at >= TIME
}

/// What somebody says. Only [`voice`] makes one, and rows that it was kept in.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Voice {
    /// May be empty.
    pub words: String,
    pub said: Vec<(Statement, Said)>,
}

impl core::fmt::Debug for Voice {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Voice(…)")
    }
}

/// What somebody typed: for each statement what they say to it, and words.
#[derive(Clone)]
pub struct VoiceForm<'a> {
    pub said: Vec<(Statement, &'a str)>,
    pub words: &'a str,
    /// They have looked again at what looked personal.
    pub is_looked_at: bool,
}

impl core::fmt::Debug for VoiceForm<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("VoiceForm(…)")
    }
}

/// What somebody says by a code that is open.
///
/// # Errors
/// [`NotKept`].
pub fn voice(_: OpenCode, form: &VoiceForm<'_>) -> Result<Voice, NotKept> {
    let fault = |field, remedy: String| NotKept::Faults(vec![FieldFault { field, remedy }]);
    let words = own_words(form.words, LONGEST_VOICE).map_err(|it| fault("words", it.to_string()))?;
    let said: Vec<_> = form.said.iter().filter_map(|(it, typed)| Some((*it, Said::parse(typed)?))).collect();
    if said.is_empty() && words.is_empty() {
        return Err(fault(
            "listened",
            "Answer one of these, or write a sentence. The rest may stay open.".into(),
        ));
    }
    match Personal::in_text(&words).filter(|_| !form.is_looked_at) {
        Some(it) => Err(NotKept::Personal(vec![("words", it)])),
        None => Ok(Voice { words, said }),
    }
}

/// All that was said by the codes of a sheet that is over, as one piece; nothing of fewer than [`FEWEST`].
#[must_use]
pub fn gather(of: PersonId, serves: &[Code], voices: &[Voice]) -> Option<NewEvidence> {
    if voices.len() < FEWEST {
        return None;
    }
    let told = |statement: Statement| {
        let count = |said: Said| voices.iter().filter(|it| it.said.contains(&(statement, said))).count();
        let [yes, partly, no] = [Said::Yes, Said::Partly, Said::No].map(count);
        format!("{}: {yes} yes, {partly} partly, {no} no", statement.label())
    };
    let mut lines: Vec<String> = Statement::ALL.into_iter().map(told).collect();
    // By the letter, so that the order tells nothing of who came first.
    let mut words: Vec<_> = voices.iter().map(|it| it.words.as_str()).filter(|it| !it.is_empty()).collect();
    words.sort_unstable();
    lines.extend(words.into_iter().map(|it| format!("\n“{it}”")));
    Some(NewEvidence {
        kind: Kind::Voices,
        of,
        by: of,
        title: format!("{} people whom I supported", voices.len()),
        words: lines.join("\n"),
        serves: serves.to_vec(),
    })
}
