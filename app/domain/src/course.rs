//! Courses: what they are called and what is said about them before anybody starts.
//!
//! What a lesson *says* is content and lives with the store; what may be said *about* a course is decided here.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub mod certificate;
pub mod check;
pub mod feedback;
pub mod figures;
pub mod progress;
pub mod publishing;
pub mod recommended;
pub mod reflection;
pub mod search;
pub mod term;
#[cfg(test)]
mod tests;
pub mod writing;

/// The lasting name of a course or lesson in an address: lower-case words joined by hyphens.
///
/// It never changes once published, because what people have finished is kept under it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Slug(String);

/// Why a text is no [`Slug`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("use lower-case letters, digits and single hyphens, at most {} in all", Slug::LONGEST)]
pub struct NotASlug;

impl Slug {
    /// The longest a slug may be, in bytes (which are letters here). Our choice: it fits a line of print.
    pub const LONGEST: usize = 80;

    /// Reads a slug.
    ///
    /// # Errors
    /// [`NotASlug`] for anything but lower-case words joined by single hyphens.
    pub fn parse(text: &str) -> Result<Self, NotASlug> {
        let is_word =
            |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit());
        if text.len() <= Self::LONGEST && text.split('-').all(is_word) {
            Ok(Self(text.into()))
        } else {
            Err(NotASlug)
        }
    }

    /// The slug as it stands in an address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl core::fmt::Display for Slug {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Slug {
    type Error = NotASlug;

    fn try_from(text: String) -> Result<Self, NotASlug> {
        Self::parse(&text)
    }
}

impl From<Slug> for String {
    fn from(slug: Slug) -> Self {
        slug.0
    }
}

/// How far a course has been made together with people who have lived experience. A file cannot say it of itself:
/// [`publishing`] decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CoProduction {
    /// Written, but not yet gone through by two people of this college.
    Draft,
    /// Adopted by two people of this college: one with lived experience, one by profession.
    Adopted,
}

impl CoProduction {
    /// How the state is spelled in rows and filters.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Adopted => "adopted",
        }
    }
}

/// What is said about a course before anybody starts: the content of its `course.toml`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outline {
    pub title: String,
    /// Stands in mail, calendars and the titles of signed-in pages; says nothing about health.
    pub discreet_title: String,
    /// One or two sentences for the prospectus.
    pub summary: String,
    pub category: String,
    /// Markdown: what it is and who it is for.
    pub about: String,
    /// What to expect, a sentence each.
    pub expect: Vec<String>,
    pub written_by: String,
    /// What somebody may want to know before reading, a sentence each.
    pub content_notes: Vec<String>,
    /// Courses that are good to take before this one. Nobody has to.
    pub recommended_before: Vec<Slug>,
    pub reviewed: NaiveDate,
    /// Nobody may begin it any more; whoever has begun it may finish.
    pub withdrawn: bool,
}

/// Something about an outline that its writer has to put right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutlineFault {
    /// The key in `course.toml`.
    pub key: &'static str,
    /// How to put it right.
    pub remedy: String,
}

/// Words that a discreet title leaves out, because it is read on lock screens and shared computers.
const INDISCREET: [&str; 8] =
    ["mental", "health", "illness", "recovery", "suicide", "self-harm", "psychosis", "depression"];

/// The first word in a discreet title that tells too much.
pub(crate) fn indiscreet(title: &str) -> Option<&'static str> {
    let title = title.to_lowercase();
    INDISCREET.into_iter().find(|it| title.contains(it))
}

impl Outline {
    /// The longest title, in characters: it has to fit a tab, a card and a certificate.
    pub const LONGEST_TITLE: usize = 80;
    /// The longest summary, in characters: two lines of a card.
    pub const LONGEST_SUMMARY: usize = 200;
    /// The most courses that are recommended before one. Our choice: more is a gate.
    pub const MOST_RECOMMENDED: usize = 3;
    /// Everything that has to be put right before the course may be shown, all at once.
    #[must_use]
    pub fn faults(&self) -> Vec<OutlineFault> {
        let mut faults = Vec::new();
        let mut fault = |key, remedy: String| faults.push(OutlineFault { key, remedy });
        for (key, text) in [("title", &self.title), ("discreet_title", &self.discreet_title)] {
            if text.trim().is_empty() || text.chars().count() > Self::LONGEST_TITLE {
                fault(key, format!("write a title of 1 to {} characters", Self::LONGEST_TITLE));
            }
        }
        if let Some(word) = indiscreet(&self.discreet_title) {
            fault("discreet_title", format!("leave out “{word}”: this title is read on lock screens"));
        }
        if self.summary.trim().is_empty() || self.summary.chars().count() > Self::LONGEST_SUMMARY {
            fault(
                "summary",
                format!("write one or two sentences, at most {} characters", Self::LONGEST_SUMMARY),
            );
        }
        for (key, text) in
            [("category", &self.category), ("about", &self.about), ("written_by", &self.written_by)]
        {
            if text.trim().is_empty() {
                fault(key, "write something here".into());
            }
        }
        if self.expect.is_empty() {
            fault("expect", "say in a sentence or more what a learner can expect".into());
        }
        if self.recommended_before.len() > Self::MOST_RECOMMENDED {
            fault("recommended_before", format!("recommend at most {} courses", Self::MOST_RECOMMENDED));
        }
        faults
    }
}
