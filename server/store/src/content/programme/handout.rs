//! A handout: a page or two that people take home from a session.

use chrono::NaiveDate;
use domain::course::{Outline, Slug};
use serde::Deserialize;

use super::session::check_reading;
use crate::content::bounds::fits;
use crate::content::fault::{Faults, line_of_key};
use crate::content::lesson::{LessonSource, front};
use crate::content::markdown::{Html, render};

/// A handout, ready to be printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handout {
    pub slug: Slug,
    pub title: String,
    /// The session at which it is given out.
    pub session: Slug,
    pub reviewed: NaiveDate,
    pub html: Html,
    /// What only tutors read, if there is something.
    pub notes: Option<Html>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Front {
    title: String,
    session: Slug,
    #[serde(deserialize_with = "crate::content::fault::date")]
    reviewed: NaiveDate,
}

/// What follows this line is for tutors.
const NOTES: &str = "\n## Page two: notes for tutors\n";

/// Reads a handout of one of these sessions, and says everything that is wrong with it.
pub(super) fn read(source: &LessonSource, sessions: &[Slug], faults: &mut Faults<'_>) -> Option<Handout> {
    if !fits(&source.text, faults) {
        return None;
    }
    let (front, front_text, body, line) = front::<Front>(&source.text, faults)?;
    if front.title.trim().is_empty() || front.title.chars().count() > Outline::LONGEST_TITLE {
        let remedy = format!("write a title of 1 to {} characters", Outline::LONGEST_TITLE);
        faults.at(line_of_key(front_text, "title") + 1, remedy);
    }
    if !sessions.contains(&front.session) {
        let remedy = format!("there is no session `{}`: spell it as its file is spelled", front.session);
        faults.at(line_of_key(front_text, "session") + 1, remedy);
    }
    let (text, notes) = body.split_once(NOTES).map_or((body, None), |it| (it.0, Some(it.1)));
    if text.trim().is_empty() {
        faults.at(line, "write something on this page");
    }
    check_reading(body, line, faults);
    let html = render(text, line, faults);
    let notes = notes.map(|it| render(it, line + text.lines().count() + NOTES.lines().count(), faults));
    let Front { title, session, reviewed } = front;
    Some(Handout { slug: source.slug.clone(), title, session, reviewed, html, notes })
}
