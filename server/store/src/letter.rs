//! A letter to one person, as it waits to be sent.
//!
//! Plain text. What stands outside the envelope, the subject, is read on lock screens, over shoulders and by
//! mail filters, so it never says what kind of place this is.

use std::fmt;

use domain::sign_in::EmailAddress;
use serde::{Deserialize, Serialize};

#[cfg(test)]
mod tests;

/// Letters to somebody go to one address each: nobody learns who else was written to.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    pub to: EmailAddress,
    pub subject: Subject,
    pub text: String,
}

/// A subject that tells nothing.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Subject(String);

/// Why a text is no [`Subject`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotASubject {
    #[error("a subject is one line of 1 to {} letters", Subject::LONGEST)]
    NotALine,
    #[error("a subject is read by others: it may not say \"{0}\"")]
    Telling(&'static str),
}

/// Beginnings of words that give a reader over somebody's shoulder something to wonder about. Our list; it
/// would rather stop a harmless subject than let a telling one through.
const TELLING: [&str; 20] = [
    "mental",
    "health",
    "psych",
    "therap",
    "counsel",
    "crisis",
    "suicid",
    "self-harm",
    "self harm",
    "safeguard",
    "depress",
    "anxi",
    "bipolar",
    "trauma",
    "diagnos",
    "patient",
    "wellbeing",
    "recover",
    "peer support",
    "lived experience",
];

impl Subject {
    /// The longest a subject may be, in letters: with its header's name it fits a line (RFC 5322, 2.1.1).
    pub const LONGEST: usize = 69;

    /// Reads a subject.
    ///
    /// # Errors
    /// [`NotASubject`] when it is not one line, or says what kind of place this is.
    pub fn parse(text: &str) -> Result<Self, NotASubject> {
        let letters = text.chars().count();
        if text.trim().is_empty() || letters > Self::LONGEST || text.chars().any(char::is_control) {
            return Err(NotASubject::NotALine);
        }
        let folded = text.to_lowercase();
        match TELLING.into_iter().find(|it| folded.contains(it)) {
            Some(word) => Err(NotASubject::Telling(word)),
            None => Ok(Self(text.to_owned())),
        }
    }

    /// The subject as it stands in the header. Never for a log.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Subject {
    type Error = NotASubject;

    fn try_from(text: String) -> Result<Self, NotASubject> {
        Self::parse(&text)
    }
}

impl From<Subject> for String {
    fn from(subject: Subject) -> Self {
        subject.0
    }
}

/// Letters and their parts say nothing about themselves: what is printed for debugging ends up in logs.
macro_rules! keeps_its_counsel {
    ($($name:ident)+) => {$(
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(stringify!($name))
            }
        }
    )+};
}

keeps_its_counsel! { Letter Subject }
