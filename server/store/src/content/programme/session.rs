//! A session: what one learns there, and how two tutors hold it.

use chrono::NaiveDate;
use domain::course::{Outline, Slug};
use domain::training::programme::{CompetenceNumber, LONGEST_SESSION};
use serde::Deserialize;

use crate::content::bounds::fits;
use crate::content::fault::{Faults, line_of_key};
use crate::content::lesson::{LessonSource, front};
use crate::content::markdown::{Html, render};
use crate::content::reading;

/// A session of a programme, ready to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    pub slug: Slug,
    pub title: String,
    /// Without breaks.
    pub minutes: u16,
    /// What one is able to do afterwards; each completes "After this you can …".
    pub aims: Vec<String>,
    /// What of the programme's framework it is about.
    pub competences: Vec<CompetenceNumber>,
    /// The lesson that goes with it, in one of the programme's courses.
    pub lesson: Option<Slug>,
    /// What somebody may want to know before.
    pub content_notes: Vec<String>,
    pub reviewed: NaiveDate,
    pub in_short: Html,
    /// For those who hold it: when what happens, what to prepare, and each activity.
    pub notes: Html,
    pub to_take_away: Html,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Front {
    title: String,
    minutes: u16,
    aims: Vec<String>,
    competences: Vec<String>,
    lesson: Option<Slug>,
    #[serde(default)]
    content_notes: Vec<String>,
    #[serde(deserialize_with = "crate::content::fault::date")]
    reviewed: NaiveDate,
}

/// The sections of a session, in order, and whether everybody reads them.
const SECTIONS: [&str; 5] = ["In short", "Plan", "For the two tutors", "Activities", "To take away"];

/// A section as it stands in the file.
struct Section<'a> {
    heading: &'a str,
    /// Where its heading stands.
    line: usize,
    text: String,
}

/// Reads a session, and says everything that is wrong with it.
pub(super) fn read(source: &LessonSource, faults: &mut Faults<'_>) -> Option<Session> {
    if !fits(&source.text, faults) {
        return None;
    }
    let (front, front_text, body, line) = front::<Front>(&source.text, faults)?;
    let competences = check_front(&front, front_text, faults);
    let sections = sections(body, line, faults)?;
    let [in_short, plan, tutors, activities, to_take_away] = sections;
    check_plan(&plan, front.minutes, faults);
    let read = [&in_short, &tutors, &activities, &to_take_away].map(|it| it.text.as_str()).concat();
    check_reading(&read, line, faults);
    let mut html = |it: &Section<'_>| render(&it.text, it.line + 1, faults);
    let (in_short, to_take_away) = (html(&in_short), html(&to_take_away));
    let notes = [&plan, &tutors, &activities].map(|it| format!("## {}\n{}", it.heading, it.text)).concat();
    // They follow one another in the file as well, so lines are right.
    let notes = render(&notes, plan.line, faults);
    Some(Session {
        slug: source.slug.clone(),
        title: front.title,
        minutes: front.minutes,
        aims: front.aims,
        competences,
        lesson: front.lesson,
        content_notes: front.content_notes,
        reviewed: front.reviewed,
        in_short,
        notes,
        to_take_away,
    })
}

fn check_front(front: &Front, text: &str, faults: &mut Faults<'_>) -> Vec<CompetenceNumber> {
    let line = |key| line_of_key(text, key) + 1;
    if front.title.trim().is_empty() || front.title.chars().count() > Outline::LONGEST_TITLE {
        faults.at(line("title"), format!("write a title of 1 to {} characters", Outline::LONGEST_TITLE));
    }
    if !(1..=LONGEST_SESSION).contains(&front.minutes) {
        let remedy = format!("say how many minutes it takes without breaks, from 1 to {LONGEST_SESSION}");
        faults.at(line("minutes"), remedy);
    }
    if !(2..=6).contains(&front.aims.len()) || front.aims.iter().any(|it| it.trim().is_empty()) {
        faults.at(line("aims"), "name 2 to 6 things that somebody can do after this session");
    }
    let mut competences = Vec::new();
    for it in &front.competences {
        match CompetenceNumber::parse(it) {
            Some(number) if competences.contains(&number) => {
                faults.at(line("competences"), format!("name the competence {it} once"));
            }
            Some(number) => competences.push(number),
            None => {
                let remedy = format!("write “{it}” as the framework numbers it, such as \"2.4\"");
                faults.at(line("competences"), remedy);
            }
        }
    }
    if front.competences.is_empty() {
        faults.at(line("competences"), "name the competences that this session is about");
    }
    competences
}

/// The five sections, which stand in their order and once each.
fn sections<'a>(body: &'a str, first_line: usize, faults: &mut Faults<'_>) -> Option<[Section<'a>; 5]> {
    let mut found: Vec<Section<'a>> = Vec::new();
    for (at, line) in body.lines().enumerate() {
        if let Some(heading) = line.strip_prefix("## ") {
            found.push(Section { heading: heading.trim(), line: first_line + at, text: String::new() });
        } else if let Some(section) = found.last_mut() {
            section.text.push_str(line);
            section.text.push('\n');
        } else if !line.trim().is_empty() {
            faults.at(first_line + at, "begin with the section `## In short`");
            return None;
        }
    }
    for it in found.iter().filter(|it| it.text.trim().is_empty()) {
        faults.at(it.line, "write something in this section");
    }
    if found.iter().map(|it| it.heading).ne(SECTIONS) {
        let remedy = format!("give the session these sections, in this order: {}", SECTIONS.join(", "));
        faults.at(first_line, remedy);
        return None;
    }
    <[Section<'a>; 5]>::try_from(found).ok()
}

/// Whether the minutes of the plan are those of the session.
fn check_plan(plan: &Section<'_>, minutes: u16, faults: &mut Faults<'_>) {
    let first = |line: &str| line.trim().strip_prefix('|')?.split('|').next()?.trim().parse::<u32>().ok();
    let sum = plan.text.lines().filter_map(first).fold(0, u32::saturating_add);
    if sum != u32::from(minutes) {
        let remedy = format!("let the plan come to {minutes} minutes, as it says at the top: it has {sum}");
        faults.at(plan.line, remedy);
    }
}

/// Whether a text is easy enough to read.
pub(super) fn check_reading(text: &str, line: usize, faults: &mut Faults<'_>) {
    if let Some(grade) = reading::grade(text).filter(|it| *it > reading::HARDEST) {
        let grade = format!("{}.{}", grade / 1_000, grade % 1_000 / 100);
        let remedy = format!("shorten sentences and words: this reads at grade {grade}, and 7 is the most");
        faults.at(line, remedy);
    }
}
