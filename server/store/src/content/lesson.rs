//! A lesson: what you will be able to do, reading, a voice, something to try, a reflection, check questions.

use chrono::NaiveDate;
use domain::chime::Chime;
use domain::course::Slug;
use domain::course::publishing::Touches;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::bounds::fits;
use super::fault::{Faults, line_of_key};
use super::markdown::{Html, count_words, render};
use super::question::{self, Question};
use super::reading;
use super::touching;

/// A lesson as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LessonSource {
    pub slug: Slug,
    pub text: String,
}

/// A lesson, ready to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lesson {
    pub slug: Slug,
    pub title: String,
    /// How long most people take, in minutes.
    pub minutes: u16,
    /// What you will be able to do; each completes "After this you can …".
    pub after_this: Vec<String>,
    pub reviewed: NaiveDate,
    pub tags: Vec<Chime>,
    /// What somebody may want to know before reading on.
    pub content_note: Option<String>,
    /// What it touches that somebody looks at for its safety.
    pub touches: Vec<Touches>,
    pub parts: Vec<Part>,
}

impl Lesson {
    /// The check questions, in order.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.parts.iter().filter_map(|it| if let Part::Check(all) = it { Some(all) } else { None }).flatten()
    }

    /// Whether there is something in it that not everybody wants to read about, or be asked about.
    #[must_use]
    pub fn is_noted(&self) -> bool {
        self.content_note.is_some() || self.parts.iter().any(|it| matches!(it, Part::Noted { .. }))
    }
}

/// A stretch of a lesson, in reading order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    Reading(Html),
    /// Reading about something that not everybody wants to read about: it says so first, and can be gone past.
    Noted {
        title: String,
        note: String,
        html: Html,
    },
    /// A first-person account, put together from several people's.
    Voice {
        title: String,
        html: Html,
    },
    /// Something to try.
    Try {
        title: String,
        html: Html,
    },
    /// A prompt for a reflection that is the learner's alone.
    Reflect {
        title: String,
        html: Html,
    },
    Check(Vec<Question>),
    Sources(Html),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Front {
    title: String,
    minutes: u16,
    after_this: Vec<String>,
    #[serde(deserialize_with = "super::fault::date")]
    reviewed: NaiveDate,
    #[serde(default)]
    tags: Vec<Chime>,
    content_note: Option<String>,
    #[serde(default)]
    touches: Vec<Touches>,
}

/// The words of reading a lesson may have, without check questions and sources: the 600 to 1,000 of the house's
/// writing standard, with some room on either side.
const WORDS: std::ops::RangeInclusive<usize> = 550..=1_100;

/// Splits a file into its `+++` front matter and its body, each with the line on which it begins.
pub(super) fn split_front<'a>(text: &'a str, faults: &mut Faults<'_>) -> Option<(&'a str, &'a str, usize)> {
    let Some(rest) = text.strip_prefix("+++\n") else {
        faults.at(1, "begin the file with a line of +++, then title and the rest, then +++ again");
        return None;
    };
    let Some((front, body)) = rest.split_once("\n+++\n") else {
        faults.at(1, "end the lines at the top with a line of +++");
        return None;
    };
    Some((front, body, front.lines().count() + 3))
}

/// What stands at the top of a text as `T`, with its own words, what follows it, and in which line that begins.
pub(super) fn front<'a, T: DeserializeOwned>(
    text: &'a str,
    faults: &mut Faults<'_>,
) -> Option<(T, &'a str, &'a str, usize)> {
    let (words, body, line) = split_front(text, faults)?;
    match toml::from_str(words) {
        Ok(front) => Some((front, words, body, line)),
        Err(error) => {
            faults.at_toml(2, words, &error);
            None
        }
    }
}

/// Reads a lesson, and says everything that is wrong with it.
pub(super) fn read(source: &LessonSource, faults: &mut Faults<'_>) -> Option<Lesson> {
    if !fits(&source.text, faults) {
        return None;
    }
    let (front, front_text, body, body_line) = front::<Front>(&source.text, faults)?;
    check_front(&front, front_text, faults);
    touching::check(&front.touches, &source.text, faults);
    let parts = parts(body, body_line, faults);
    Some(Lesson {
        slug: source.slug.clone(),
        title: front.title,
        minutes: front.minutes,
        after_this: front.after_this,
        reviewed: front.reviewed,
        tags: front.tags,
        content_note: front.content_note,
        touches: front.touches,
        parts,
    })
}

fn check_front(front: &Front, text: &str, faults: &mut Faults<'_>) {
    let line = |key| line_of_key(text, key) + 1;
    if front.title.trim().is_empty() || front.title.chars().count() > 80 {
        faults.at(line("title"), "write a title of 1 to 80 characters");
    }
    if !(1..=120).contains(&front.minutes) {
        faults.at(line("minutes"), "say how many minutes most people take, from 1 to 120");
    }
    if !(2..=4).contains(&front.after_this.len()) {
        faults.at(line("after_this"), "name 2 to 4 things that somebody can do after this lesson");
    }
}

/// A section: its heading without the hashes, the line of the heading, its text and the line of the text.
struct Section<'a> {
    heading: Option<&'a str>,
    line: usize,
    text: String,
}

fn sections(body: &str, first_line: usize) -> Vec<Section<'_>> {
    let mut sections = vec![Section { heading: None, line: first_line, text: String::new() }];
    for (at, line) in body.lines().enumerate() {
        if let Some(heading) = line.strip_prefix("## ") {
            sections.push(Section {
                heading: Some(heading.trim()),
                line: first_line + at,
                text: String::new(),
            });
        } else if let Some(section) = sections.last_mut() {
            section.text.push_str(line);
            section.text.push('\n');
        }
    }
    sections
}

fn parts(body: &str, first_line: usize, faults: &mut Faults<'_>) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut words = 0;
    let mut read = String::new();
    for it in sections(body, first_line) {
        let text_line = it.line + usize::from(it.heading.is_some());
        let (kind, title) = match it.heading.map(|it| it.split_once(": ").unwrap_or((it, ""))) {
            Some(("Voice" | "Try" | "Reflect", "")) => {
                faults
                    .at(it.line, "give this section a title after a colon, as in `## Try: Draw your circle`");
                continue;
            }
            Some((kind @ ("Voice" | "Try" | "Reflect" | "Check" | "Sources"), title)) => {
                (kind, title.to_owned())
            }
            _ => ("", String::new()),
        };
        if !matches!(kind, "Check" | "Sources") {
            words += count_words(&it.text);
            read.push_str(&it.text);
        }
        parts.extend(match kind {
            "Check" => Some(Part::Check(question::read(&it.text, text_line, faults))),
            "Sources" => Some(Part::Sources(render(&it.text, text_line, faults))),
            "Voice" => Some(Part::Voice { title, html: render(&it.text, text_line, faults) }),
            "Try" => Some(Part::Try { title, html: render(&it.text, text_line, faults) }),
            "Reflect" => Some(Part::Reflect { title, html: render(&it.text, text_line, faults) }),
            _ => reading(&it, faults),
        });
    }
    check_parts(&parts, words, first_line, faults);
    if let Some(grade) = reading::grade(&read).filter(|it| *it > reading::HARDEST) {
        let grade = format!("{}.{}", grade / 1_000, grade % 1_000 / 100);
        faults.at(
            first_line,
            format!("shorten sentences and words: this reads at grade {grade}, and 7 is the most"),
        );
    }
    parts
}

/// How a note begins that stands by itself under the heading of a section.
const NOTE: &str = "Before you read: ";

fn reading(section: &Section<'_>, faults: &mut Faults<'_>) -> Option<Part> {
    let noted = section.heading.zip(section.text.trim_start_matches('\n').strip_prefix(NOTE));
    if let Some((heading, rest)) = noted {
        let (note, text) = rest.split_once("\n\n").unwrap_or((rest, ""));
        // What was taken off the front was lines too, and faults are to name the right one.
        let lines = section.text.lines().count() - text.lines().count();
        let html = render(text, section.line + 1 + lines, faults);
        return Some(Part::Noted { title: heading.to_owned(), note: note.replace('\n', " "), html });
    }
    let text = match section.heading {
        Some(heading) => format!("## {heading}\n{}", section.text),
        None => section.text.clone(),
    };
    (!text.trim().is_empty()).then(|| Part::Reading(render(&text, section.line, faults)))
}

fn check_parts(parts: &[Part], words: usize, line: usize, faults: &mut Faults<'_>) {
    type Is = fn(&Part) -> bool;
    let wanted: [(&str, Is); 5] = [
        ("Voice: …", |it| matches!(it, Part::Voice { .. })),
        ("Try: …", |it| matches!(it, Part::Try { .. })),
        ("Reflect: …", |it| matches!(it, Part::Reflect { .. })),
        ("Check", |it| matches!(it, Part::Check(_))),
        ("Sources", |it| matches!(it, Part::Sources(_))),
    ];
    for (heading, is) in wanted {
        if parts.iter().filter(|it| is(it)).count() != 1 {
            faults.at(line, format!("give the lesson exactly one section `## {heading}`"));
        }
    }
    if !WORDS.contains(&words) {
        faults.at(line, format!("a lesson reads well with 600 to 1,000 words; this one has {words}"));
    }
}
