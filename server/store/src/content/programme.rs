//! A programme: a folder with a `programme.toml`, numbered sessions and handouts, such as
//! `content/programmes/<slug>/`.

mod folder;
mod handout;
mod session;
#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::path::Path;

use chrono::NaiveDate;
use domain::course::Slug;
use domain::course::publishing::TextHash;
use domain::training::programme::{Assignment, MOST_SESSIONS, ProgrammeOutline, Source};
use serde::Deserialize;
use sha2::{Digest, Sha256};

pub use self::folder::read_programmes;
pub use self::handout::Handout;
pub use self::session::Session;
use super::bounds::fits;
use super::course::file_name;
use super::fault::{Fault, Faults, line_of_key};
use super::lesson::LessonSource;
use super::markdown::{Html, render};

/// A programme as it was written, before or after it has been through the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgrammeSource {
    pub slug: Slug,
    /// The text of `programme.toml`.
    pub outline: String,
    /// In the order in which they are held.
    pub sessions: Vec<LessonSource>,
    /// In order of name.
    pub handouts: Vec<LessonSource>,
}

/// A programme, ready to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Programme {
    pub slug: Slug,
    pub outline: ProgrammeOutline,
    pub about: Html,
    /// In the order in which they are held.
    pub sessions: Vec<Session>,
    /// In order of name.
    pub handouts: Vec<Handout>,
}

impl Programme {
    /// How long all sessions are together, in minutes without breaks.
    #[must_use]
    pub fn minutes(&self) -> u32 {
        self.sessions.iter().map(|it| u32::from(it.minutes)).sum()
    }

    /// The session of that name, with its place counted from one.
    #[must_use]
    pub fn session(&self, slug: &Slug) -> Option<(usize, &Session)> {
        self.sessions.iter().enumerate().find(|(_, it)| it.slug == *slug).map(|(at, it)| (at + 1, it))
    }

    /// The handout of that name.
    #[must_use]
    pub fn handout(&self, slug: &Slug) -> Option<&Handout> {
        self.handouts.iter().find(|it| it.slug == *slug)
    }

    /// The handouts of a session.
    pub fn handouts_of(&self, session: &Slug) -> impl Iterator<Item = &Handout> {
        self.handouts.iter().filter(move |it| it.session == *session)
    }
}

impl ProgrammeSource {
    /// Tells two states of a programme apart: SHA-256 over everything that was written.
    #[must_use]
    pub fn hash(&self) -> TextHash {
        let mut hash = Sha256::new();
        let counts = [self.sessions.len(), self.handouts.len()].map(|it| it.to_string());
        let pages = self.sessions.iter().chain(&self.handouts);
        let texts = pages.flat_map(|it| [it.slug.as_str(), it.text.as_str()]);
        let head = [self.slug.as_str(), self.outline.as_str(), &counts[0], &counts[1]];
        for text in head.into_iter().chain(texts) {
            hash.update(u64::try_from(text.len()).unwrap_or(u64::MAX).to_be_bytes());
            hash.update(text);
        }
        TextHash(hash.finalize().into())
    }
}

/// What no session is called: its handouts are below it.
const HANDOUTS: &str = "handouts";

/// The most handouts of a programme. Our choice: a few for each session.
const MOST_HANDOUTS: usize = 120;

/// `programme.toml` as it is spelled.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OutlineFile {
    title: String,
    discreet_title: String,
    summary: String,
    about: String,
    expect: Vec<String>,
    written_by: String,
    #[serde(deserialize_with = "super::fault::date")]
    reviewed: NaiveDate,
    least_attendance_percent: u8,
    #[serde(default)]
    placement_minutes: u32,
    #[serde(default)]
    supervision_every_weeks: u8,
    #[serde(default)]
    recommended_before: Vec<Slug>,
    #[serde(default)]
    courses: Vec<Slug>,
    framework: Option<Slug>,
    #[serde(default)]
    content_notes: Vec<String>,
    #[serde(default)]
    assignments: Vec<AssignmentFile>,
    #[serde(default)]
    sources: Vec<SourceFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AssignmentFile {
    slug: Slug,
    title: String,
    what: String,
    after: Slug,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SourceFile {
    title: String,
    by: String,
    year: Option<u16>,
    address: String,
}

impl From<OutlineFile> for ProgrammeOutline {
    fn from(it: OutlineFile) -> Self {
        let assignment = |it: AssignmentFile| Assignment {
            slug: it.slug,
            title: it.title,
            what: it.what,
            after: it.after,
        };
        let source =
            |it: SourceFile| Source { title: it.title, by: it.by, year: it.year, address: it.address };
        Self {
            title: it.title,
            discreet_title: it.discreet_title,
            summary: it.summary,
            about: it.about,
            expect: it.expect,
            written_by: it.written_by,
            reviewed: it.reviewed,
            least_attendance_percent: it.least_attendance_percent,
            placement_minutes: it.placement_minutes,
            supervision_every_weeks: it.supervision_every_weeks,
            recommended_before: it.recommended_before,
            courses: it.courses,
            framework: it.framework,
            content_notes: it.content_notes,
            assignments: it.assignments.into_iter().map(assignment).collect(),
            sources: it.sources.into_iter().map(source).collect(),
        }
    }
}

/// Reads a programme from its text. Courses are not looked at: which there are changes.
///
/// # Errors
/// Everything that has to be put right, each with its file and line.
pub fn read_programme(source: &ProgrammeSource) -> Result<Programme, Vec<Fault>> {
    let folder = Path::new("content/programmes").join(source.slug.as_str());
    let toml = folder.join("programme.toml");
    let mut faults = Faults::of(&toml);
    let names: Vec<_> = source.sessions.iter().map(|it| it.slug.clone()).collect();
    check_names(source, &mut faults);
    let outline = outline(&source.outline, &names, &mut faults);
    let mut list = faults.list;
    let mut sessions = Vec::new();
    for (at, it) in (1..).zip(source.sessions.iter().take(MOST_SESSIONS)) {
        let file = folder.join("sessions").join(file_name(at, &it.slug));
        let mut faults = Faults::of(&file);
        sessions.extend(session::read(it, &mut faults));
        list.extend(faults.list);
    }
    let mut handouts = Vec::new();
    for it in source.handouts.iter().take(MOST_HANDOUTS) {
        let file = folder.join("handouts").join(format!("{}.md", it.slug));
        let mut faults = Faults::of(&file);
        handouts.extend(handout::read(it, &names, &mut faults));
        list.extend(faults.list);
    }
    match outline {
        Some((outline, about)) if list.is_empty() => {
            Ok(Programme { slug: source.slug.clone(), outline, about, sessions, handouts })
        }
        _ => Err(list),
    }
}

fn check_names(source: &ProgrammeSource, faults: &mut Faults<'_>) {
    let (sessions, handouts) = (&source.sessions, &source.handouts);
    if sessions.is_empty() || sessions.len() > MOST_SESSIONS {
        faults.at(0, format!("write 1 to {MOST_SESSIONS} sessions in `sessions`, such as 01-hello.md"));
    }
    if handouts.len() > MOST_HANDOUTS {
        faults.at(0, format!("leave out some handouts: a programme has at most {MOST_HANDOUTS}"));
    }
    let mut named = HashSet::new();
    for it in sessions {
        if it.slug.as_str() == HANDOUTS {
            faults.at(0, "name this session differently: the handouts have this address");
        }
        if !named.insert(&it.slug) {
            faults.at(0, format!("give each session a name of its own: there are two called `{}`", it.slug));
        }
    }
}

fn outline(text: &str, sessions: &[Slug], faults: &mut Faults<'_>) -> Option<(ProgrammeOutline, Html)> {
    if !fits(text, faults) {
        return None;
    }
    let outline = match toml::from_str::<OutlineFile>(text) {
        Ok(file) => ProgrammeOutline::from(file),
        Err(error) => {
            faults.at_toml(1, text, &error);
            return None;
        }
    };
    for it in outline.faults(sessions) {
        faults.at(line_of_key(text, it.key), it.remedy);
    }
    let about = render(&outline.about, line_of_key(text, "about"), faults);
    Some((outline, about))
}
