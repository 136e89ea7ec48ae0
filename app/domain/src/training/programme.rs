//! A programme: what a group goes through together, as it is said before anybody starts.
//!
//! What its sessions *say* is content and lives with the store; what may be said *about* a programme is decided here.

use chrono::NaiveDate;

use crate::course::{Outline, OutlineFault, Slug, indiscreet};

#[cfg(test)]
mod tests;

/// What is said about a programme: the content of its `programme.toml`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgrammeOutline {
    pub title: String,
    /// Stands in the titles of signed-in pages; says nothing about health.
    pub discreet_title: String,
    /// One or two sentences.
    pub summary: String,
    /// Markdown: what it is and who it is for.
    pub about: String,
    /// What to expect, a sentence each.
    pub expect: Vec<String>,
    pub written_by: String,
    pub reviewed: NaiveDate,
    /// How much of it one is there for, caught up included, to complete it. A group may ask for less.
    pub least_attendance_percent: u8,
    pub placement_minutes: u32,
    /// How often the group meets for supervision while the placement lasts.
    pub supervision_every_weeks: u8,
    /// Courses that are good to take before it. Nobody has to.
    pub recommended_before: Vec<Slug>,
    /// Courses that belong to it, done at one's own pace.
    pub courses: Vec<Slug>,
    /// Whose numbers its sessions name.
    pub framework: Option<Slug>,
    /// What somebody may want to know before, a sentence each.
    pub content_notes: Vec<String>,
    pub assignments: Vec<Assignment>,
    pub sources: Vec<Source>,
}

/// A small piece of work, which gets a reply and no mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// Lasting: what has been handed in is kept under it.
    pub slug: Slug,
    pub title: String,
    pub what: String,
    /// The session after which it is due.
    pub after: Slug,
}

/// Where something comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    pub title: String,
    pub by: String,
    pub year: Option<u16>,
    pub address: String,
}

/// The number of a competence in a framework, such as 2.4.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CompetenceNumber(String);

impl CompetenceNumber {
    /// Reads figures with dots between them, at most four of two figures.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let is_number = |it: &str| {
            (1..=2).contains(&it.len()) && it.bytes().all(|it| it.is_ascii_digit()) && !it.starts_with('0')
        };
        let parts = text.split('.');
        (parts.clone().count() <= 4 && parts.into_iter().all(is_number)).then(|| Self(text.to_owned()))
    }

    /// The number as it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The most sessions of a programme. Our choice: a group meets weekly for a year at most.
pub const MOST_SESSIONS: usize = 52;

/// The longest session, in minutes without breaks: a long day.
pub const LONGEST_SESSION: u16 = 480;

/// The most of anything else that a programme lists. Our choice.
const MOST_LISTED: usize = 40;

impl ProgrammeOutline {
    /// Everything that has to be put right before the programme may be shown, all at once. `sessions` are its
    /// sessions.
    #[must_use]
    pub fn faults(&self, sessions: &[Slug]) -> Vec<OutlineFault> {
        let mut faults = Vec::new();
        let mut fault = |key, remedy: String| faults.push(OutlineFault { key, remedy });
        for (key, text, longest) in [
            ("title", &self.title, Outline::LONGEST_TITLE),
            ("discreet_title", &self.discreet_title, Outline::LONGEST_TITLE),
            ("summary", &self.summary, Outline::LONGEST_SUMMARY),
            ("written_by", &self.written_by, Outline::LONGEST_TITLE),
        ] {
            if text.trim().is_empty() || text.chars().count() > longest {
                fault(key, format!("write 1 to {longest} characters"));
            }
        }
        if let Some(word) = indiscreet(&self.discreet_title) {
            fault("discreet_title", format!("leave out “{word}”: this title is read on lock screens"));
        }
        if self.about.trim().is_empty() {
            fault("about", "write something here".into());
        }
        if self.expect.is_empty() || self.expect.len() > MOST_LISTED {
            fault("expect", format!("say in 1 to {MOST_LISTED} sentences what somebody can expect"));
        }
        if !(1..=100).contains(&self.least_attendance_percent) {
            fault("least_attendance_percent", "write a whole number from 1 to 100".into());
        }
        if self.placement_minutes > 60_000 {
            fault("placement_minutes", "write at most 60000, which is 1,000 hours".into());
        }
        if self.supervision_every_weeks > 26 {
            fault("supervision_every_weeks", "write a whole number of weeks, at most 26".into());
        }
        for (key, courses) in [("recommended_before", &self.recommended_before), ("courses", &self.courses)] {
            if courses.len() > MOST_LISTED {
                fault(key, format!("name at most {MOST_LISTED} courses"));
            }
            if let Some(twice) = twice(courses) {
                fault(key, format!("name `{twice}` once"));
            }
        }
        self.assignment_faults(sessions, &mut fault);
        for it in &self.sources {
            if it.title.trim().is_empty() || !it.address.starts_with("https://") {
                fault(
                    "sources",
                    format!("give “{}” a title, and an address that begins with https://", it.title),
                );
            }
        }
        faults
    }

    fn assignment_faults(&self, sessions: &[Slug], mut fault: impl FnMut(&'static str, String)) {
        if self.assignments.len() > MOST_LISTED || self.sources.len() > MOST_LISTED {
            fault("title", format!("list at most {MOST_LISTED} assignments and {MOST_LISTED} sources"));
        }
        let assignments: Vec<_> = self.assignments.iter().map(|it| it.slug.clone()).collect();
        if let Some(twice) = twice(&assignments) {
            fault("slug", format!("give each assignment a name of its own: there are two called `{twice}`"));
        }
        for it in &self.assignments {
            if it.title.trim().is_empty() || it.title.chars().count() > Outline::LONGEST_TITLE {
                let remedy =
                    format!("give `{}` a title of 1 to {} characters", it.slug, Outline::LONGEST_TITLE);
                fault("slug", remedy);
            }
            if it.what.trim().is_empty() {
                fault("slug", format!("say what `{}` asks for", it.slug));
            }
            if !sessions.contains(&it.after) {
                let remedy = format!(
                    "there is no session `{}`: let `{}` come after one that there is, spelled as its file is",
                    it.after, it.slug
                );
                fault("after", remedy);
            }
        }
    }
}

/// What is named more than once.
fn twice(names: &[Slug]) -> Option<&Slug> {
    names.iter().enumerate().find(|(at, it)| names[..*at].contains(it)).map(|it| it.1)
}
