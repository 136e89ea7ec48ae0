//! What the college learns of its courses: places taken, finished, and what people say, by course and term.
//!
//! The courses belong to the organisation that runs the site, so there is one such page, for its coordinators and
//! administrators. It reads rows that were counted when things happened, as many as there are courses and months.
//!
//! Places and finished are shown however few they are: whoever runs a course keeps its places and has to see that two
//! people have one. What people *say* is another matter, and follows [`domain::course::figures`].

mod files;
mod page;
pub(crate) mod sheets;
mod take_out;
mod words;

pub(crate) use files::{csv, ods};
pub(crate) use page::show;
pub(crate) use take_out::{show as show_take_out, take_out};
pub(crate) use words::show as words;

use std::collections::BTreeMap;

use domain::course::feedback::{Question, Said};
use domain::course::figures::Spread;
use domain::course::term::Term;
use domain::few::FEWEST;
use store::figures::{Places, Round};
use uuid::Uuid;

use crate::cx::Cx;

/// Stands where a number would be that is kept back.
const KEPT_BACK: &str = "Not shown";

/// Why it is.
fn why_kept_back() -> String {
    format!("fewer than {} answers, or a number from which so few could be worked out", in_words(FEWEST))
}

const fn in_words(number: u32) -> &'static str {
    match number {
        5 => "five",
        _ => "so many",
    }
}

/// The titles of all courses.
fn titles(cx: &Cx) -> BTreeMap<Uuid, String> {
    cx.public.courses.iter().map(|it| (it.id, it.course.outline.title.clone())).collect()
}

/// Each possible answer to a question with its number, if that is shown.
fn answers(question: Question, spread: &Spread) -> impl Iterator<Item = (&'static str, Option<u32>)> {
    let labels = Said::ALL.map(|it| question.label(it)).into_iter().chain(["Left open"]);
    labels.zip(*spread.shown())
}

/// "Autumn 2026".
fn capital(term: Term) -> String {
    let label = term.label();
    let mut letters = label.chars();
    letters.next().map_or_else(String::new, |it| it.to_uppercase().chain(letters).collect())
}

/// From when to when the answers of a count were given: "spring 2027 to summer 2027".
fn span(round: &Round) -> String {
    match round.since {
        Some(since) if since == round.through => format!("in {}", since.label()),
        Some(since) => format!("from {} to {}", since.label(), round.through.label()),
        None => format!("until the end of {}", round.through.label()),
    }
}

fn sum(all: impl IntoIterator<Item = Places>) -> Places {
    all.into_iter().fold(Places::default(), |sum, it| Places {
        taken: sum.taken + it.taken,
        finished: sum.finished + it.finished,
    })
}
