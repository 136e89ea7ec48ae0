//! What is written about a session, in layers that are kept apart by their keys.
//!
//! *Private* is its author's alone, and needs an [`Author`]. *Shared* is what somebody chose to share with those who
//! were there, in versions that all of them see, and needs a [`StrandMember`]. Until it is shared it is a draft, which
//! is private. That a session took place counts without any of it.

use crate::own_words::{NotKept, Revised, next_revision, own_words, revise};
use crate::people::{Author, FieldFault, PersonId, StrandMember, words};
use crate::personal::Personal;

pub use crate::own_words::Next;

#[cfg(test)]
mod tests;

words! {
    /// What somebody writes that nobody else opens.
    pub enum Private {
        /// For themself.
        Own = "own",
        /// To be shared, once they choose to.
        Draft = "draft",
    }
}

/// The longest private words, in characters. Our choice, as of reflections after lessons.
pub const LONGEST_PRIVATE: usize = 20_000;
/// The longest words that are shared, in characters. Our choice: a page, and no minutes of what was said.
pub const LONGEST_SHARED: usize = 4_000;

words! {
    /// Questions that help to begin, for whoever likes some.
    pub enum Prompt {
        /// A blank page.
        Blank = "blank",
        /// Six steps round (Gibbs, 1988).
        Gibbs = "gibbs",
        /// Three questions (Driscoll, 1994).
        Driscoll = "driscoll",
        /// From what was lived to what is tried next (Kolb, 1984).
        Kolb = "kolb",
        /// What supervision is there for (Proctor, 1986).
        Proctor = "proctor",
    }
}

impl Prompt {
    /// What people read.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Blank => "A blank page",
            Self::Gibbs => "Six steps (Gibbs)",
            Self::Driscoll => "Three questions (Driscoll)",
            Self::Kolb => "From living it to trying again (Kolb)",
            Self::Proctor => "What supervision is for (Proctor)",
        }
    }

    /// The questions, in our own words.
    #[must_use]
    pub const fn questions(self) -> &'static [&'static str] {
        match self {
            Self::Blank => &[],
            Self::Gibbs => &[
                "What happened?",
                "What did you think and feel?",
                "What was good about it, and what was hard?",
                "How do you make sense of it?",
                "What else could you have done?",
                "What will you do when it comes up again?",
            ],
            Self::Driscoll => &["What happened?", "So what does it mean to you?", "Now what will you do?"],
            Self::Kolb => &[
                "What did you live through?",
                "What do you notice when you look back at it?",
                "What do you take from it for other situations?",
                "What will you try next?",
            ],
            Self::Proctor => &[
                "What keeps your work safe and as it should be?",
                "What did you learn, or would you like to learn?",
                "What held you up, and what would help you to keep well?",
            ],
        }
    }
}

/// Takes private words, on a page that showed the `seen` revision (0 where there was none). Whoever may write there no
/// more (`may_write`) may still take back what is theirs.
///
/// # Errors
/// [`NotKept`]; of whoever may write no more, [`NotKept::Newer`] for anything but nothing.
pub fn keep(
    _by: &Author,
    (current, may_write): (Option<&Revised<String>>, bool),
    typed: &str,
    seen: i64,
) -> Result<Next<String>, NotKept> {
    let text = own_words(typed, LONGEST_PRIVATE)?;
    if !may_write && !text.is_empty() {
        return Err(NotKept::Newer);
    }
    revise(current, text, seen)
}

/// What somebody shared, in the version that counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shared {
    pub author: PersonId,
    /// Counts versions from one.
    pub number: i64,
    pub text: String,
}

/// What may be shared. Only [`share`] makes one.
#[derive(Clone, PartialEq, Eq)]
pub struct NewShared {
    author: PersonId,
    number: i64,
    text: String,
}

impl NewShared {
    #[must_use]
    pub const fn author(&self) -> PersonId {
        self.author
    }

    #[must_use]
    pub const fn number(&self) -> i64 {
        self.number
    }

    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// What people write gets into no log.
impl core::fmt::Debug for NewShared {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "NewShared({}, …)", self.number)
    }
}

/// Why something is not shared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotShared {
    /// It is what is shared already, as after a second tap.
    Already,
    /// Something newer was shared since the page was opened.
    Newer,
    /// It looks as if it told who somebody is. The page asks to look again.
    Personal(Personal),
    /// What has to be put right.
    Faults(Vec<FieldFault>),
}

/// Shares something with those who were there. `last` is what they share now, and `seen` the number that their page
/// showed, 0 for none.
///
/// # Errors
/// [`NotShared`].
pub fn share(
    by: &StrandMember,
    (last, seen): (Option<&Shared>, i64),
    (typed, has_looked): (&str, bool),
) -> Result<NewShared, NotShared> {
    let fault = |remedy: String| NotShared::Faults(vec![FieldFault { field: "text", remedy }]);
    let text = own_words(typed, LONGEST_SHARED).map_err(|it| fault(it.to_string()))?;
    if last.is_some_and(|it| it.text == text) {
        return Err(NotShared::Already);
    }
    if text.is_empty() && last.is_none() {
        return Err(fault("Write what you would like to share.".to_owned()));
    }
    let number = next_revision(last.map_or(0, |it| it.number), seen, false).map_err(|_| NotShared::Newer)?;
    if let Some(like) = Personal::in_text(&text).filter(|_| !has_looked) {
        return Err(NotShared::Personal(like));
    }
    Ok(NewShared { author: by.person(), number, text })
}
