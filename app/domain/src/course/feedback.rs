//! What learners say about a course: three questions to tick and two to write, all of our own.
//!
//! The college sees it only counted, by the rules of [`super::figures`]. Until it is counted it is its author's to
//! change or take back; afterwards their words still are, and what they ticked no longer knows whose it was.

use super::term::Term;
use crate::people::{FieldFault, words};
use crate::personal::Personal;

mod taking_out;
#[cfg(test)]
mod tests;

pub use taking_out::{LONGEST_WORD, TakenOut, TakingOut, take_out};

words! {
    /// What is asked to be ticked.
    pub enum Question {
        /// Whether it was any good to them.
        Good = "good",
        /// Whether they would tell somebody else about it.
        Tell = "tell",
        /// Whether they felt welcome.
        Welcome = "welcome",
    }
}

words! {
    /// What can be ticked: the same three for every question, from the best.
    pub enum Said {
        /// Yes.
        Yes = "yes",
        /// In between.
        Partly = "partly",
        /// No.
        No = "no",
    }
}

words! {
    /// What is asked to be written, for whoever likes.
    pub enum Asked {
        /// What helped.
        Helped = "helped",
        /// What they would change.
        Change = "change",
    }
}

impl Question {
    /// As it is asked.
    #[must_use]
    pub const fn asks(self) -> &'static str {
        match self {
            Self::Good => "Was this course any good to you?",
            Self::Tell => "Would you tell somebody else about it?",
            Self::Welcome => "Did you feel welcome here?",
        }
    }

    /// An answer to it, as people read it.
    #[must_use]
    pub const fn label(self, said: Said) -> &'static str {
        match (self, said) {
            (_, Said::Yes) => "Yes",
            (Self::Tell, Said::Partly) => "Perhaps",
            (_, Said::Partly) => "In part",
            (_, Said::No) => "No",
        }
    }
}

impl Asked {
    /// As it is asked.
    #[must_use]
    pub const fn asks(self) -> &'static str {
        match self {
            Self::Helped => "What helped?",
            Self::Change => "What would you change?",
        }
    }
}

/// What somebody ticked, question by question; nothing where they left it open.
pub type Ticks = [Option<Said>; Question::ALL.len()];

/// What somebody wrote, question by question; empty where they wrote nothing.
pub type Words = [String; Asked::ALL.len()];

/// What was typed into the form.
#[derive(Clone, Copy)]
pub struct FeedbackForm<'a> {
    /// The fields named by [`Question`].
    pub ticks: [&'a str; Question::ALL.len()],
    /// The fields named by [`Asked`].
    pub words: [&'a str; Asked::ALL.len()],
    /// The author has looked again at what looked personal, and it is none of that.
    pub is_looked_at: bool,
}

impl core::fmt::Debug for FeedbackForm<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("FeedbackForm(…)")
    }
}

/// What somebody says about a course. Only [`give`] makes it.
#[derive(Clone, PartialEq, Eq)]
pub struct Feedback {
    ticks: Ticks,
    words: Words,
    term: Term,
}

impl core::fmt::Debug for Feedback {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Feedback(…)")
    }
}

impl Feedback {
    /// What they ticked.
    #[must_use]
    pub const fn ticks(&self) -> &Ticks {
        &self.ticks
    }

    /// What they wrote.
    #[must_use]
    pub const fn words(&self) -> &Words {
        &self.words
    }

    /// The term in which they last said so: no day is kept.
    #[must_use]
    pub const fn term(&self) -> Term {
        self.term
    }
}

/// Why feedback is not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotGiven {
    /// It has been counted: what was said is said.
    Counted,
    /// Something has to be put right.
    Faults(Vec<FieldFault>),
    /// In these fields something looks personal. It may stay, once its author has looked again.
    Personal(Vec<(Asked, Personal)>),
}

/// The longest that may be written for one question, in characters. Our choice: a few sentences, which whoever reads
/// fifty of them still reads.
pub const LONGEST: usize = 1000;

/// Takes what was typed in this term. `counted` says whether the author's earlier answer has been counted.
///
/// # Errors
/// [`NotGiven`].
pub fn give(form: &FeedbackForm<'_>, counted: bool, term: Term) -> Result<Feedback, NotGiven> {
    if counted {
        return Err(NotGiven::Counted);
    }
    let mut faults = Vec::new();
    let mut ticks = Ticks::default();
    for ((question, typed), tick) in Question::ALL.into_iter().zip(form.ticks).zip(&mut ticks) {
        *tick = Said::parse(typed);
        if tick.is_none() && !typed.is_empty() {
            faults.push(FieldFault { field: question.as_str(), remedy: "Choose from the list.".into() });
        }
    }
    let words = form.words.map(|it| it.replace("\r\n", "\n").trim().to_owned());
    for (asked, words) in Asked::ALL.into_iter().zip(&words) {
        if words.chars().any(|it| it.is_control() && it != '\n' && it != '\t') {
            let remedy = "Leave out hidden characters. If you pasted this, type it by hand.";
            faults.push(FieldFault { field: asked.as_str(), remedy: remedy.into() });
        }
        let length = words.chars().count();
        if length > LONGEST {
            let remedy = format!("Make this shorter: it has {length} characters, and at most {LONGEST} fit.");
            faults.push(FieldFault { field: asked.as_str(), remedy });
        }
    }
    if faults.is_empty() && ticks.iter().all(Option::is_none) && words.iter().all(String::is_empty) {
        let remedy = "Answer one of the questions, whichever you like.";
        faults.push(FieldFault { field: Question::Good.as_str(), remedy: remedy.into() });
    }
    if !faults.is_empty() {
        return Err(NotGiven::Faults(faults));
    }
    let personal = Asked::ALL.into_iter().zip(&words);
    let personal: Vec<_> = personal.filter_map(|(asked, it)| Some((asked, Personal::in_text(it)?))).collect();
    if !personal.is_empty() && !form.is_looked_at {
        return Err(NotGiven::Personal(personal));
    }
    Ok(Feedback { ticks, words, term })
}
