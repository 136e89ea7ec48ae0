//! What has happened in the demo: courses taken and finished over some terms, and what people said about them.
//!
//! All of it goes by the rules that hold for everybody, on days that have passed.

use std::collections::BTreeSet;

use anyhow::{Result, anyhow};
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use domain::course::check::{NotChosen, Shape};
use domain::course::feedback::{FeedbackForm, give};
use domain::course::progress::{self, Step, UnderWay};
use domain::course::term::Term;
use domain::people::PersonId;
use store::Tx;
use store::content::Lesson;
use store::courses::Published;
use store::demo::Cast;
use store::learning::Place;

/// Invented learners, who sign in with `learner-1@demo.example` and so on.
pub(super) const LEARNERS: [&str; 24] = [
    "Abena", "Bilal", "Carys", "Dylan", "Elif", "Femi", "Gwen", "Harjit", "Ines", "Jonah", "Kezia", "Liam",
    "Maryam", "Nia", "Osman", "Petra", "Quinn", "Rosa", "Sefton", "Tariq", "Una", "Vikram", "Winnie",
    "Yusuf",
];

/// Terms of which something is told: this one and those before it.
const TERMS: usize = 5;

/// What happened on a course.
struct Past {
    course: &'static str,
    /// Places taken, term by term; this term comes last.
    taken: [usize; TERMS],
    /// What those who took a place in the last term said about it: `y`es, `p`artly, `n`o or nothing to each question,
    /// then what they wrote.
    said: &'static [(&'static str, &'static str, &'static str)],
}

const PAST: [Past; 4] = [
    Past {
        course: "how-this-place-works",
        taken: [3, 4, 5, 7, 3],
        said: &[
            ("yyy", "It is short.", ""),
            ("yyy", "", ""),
            ("yyy", "Now I know who can see what.", ""),
            ("yyy", "", ""),
            ("pyy", "", "Tell me first how long it takes."),
            ("pyy", "", ""),
        ],
    },
    Past {
        course: "introduction-to-recovery",
        taken: [2, 3, 5, 8, 4],
        said: &[
            ("yyy", "That recovery is mine to describe.", ""),
            ("yyy", "", ""),
            ("yyp", "The voices. I heard myself in one of them.", ""),
            ("yyy", "", "More about family."),
            ("yyy", "", ""),
            ("ypp", "I could stop and come back.", ""),
            ("ppy", "", "Some of it was hard to read on a bad day."),
            ("np-", "", "I would have liked to talk about it with somebody."),
        ],
    },
    Past {
        course: "understanding-mental-health",
        taken: [0, 2, 5, 13, 3],
        said: &[
            ("yyy", "Plain words.", ""),
            ("yyy", "", ""),
            ("yyy", "Reading it at night, when it is quiet here.", ""),
            ("yyp", "", "A list of the words to keep."),
            ("yyy", "That I could go round the hard parts.", ""),
            ("yyy", "", ""),
            ("yyp", "", ""),
            ("pyy", "The things to try.", "Fewer questions at the end of each lesson."),
            ("pyy", "", ""),
            ("pyp", "", ""),
            ("pyn", "", "I did not see people like me in it."),
            ("pyn", "", ""),
        ],
    },
    Past {
        course: "looking-after-yourself",
        taken: [0, 0, 2, 3, 2],
        said: &[("yyy", "", ""), ("yyy", "", ""), ("pyy", "", "")],
    },
];

/// Lets everybody have learned. A course that is not there is gone past.
pub(super) async fn live(tx: &Tx, courses: &[Published], cast: &Cast, today: NaiveDate) -> Result<()> {
    let terms = terms(today);
    for past in &PAST {
        let Some(published) = courses.iter().find(|it| it.course.slug.as_str() == past.course) else {
            continue;
        };
        let mut learners = cast.learners.iter().copied();
        for (term, taken) in terms.into_iter().zip(past.taken) {
            let in_last_term = term == Term::of(today).before();
            for (at, learner) in learners.by_ref().take(taken).enumerate() {
                let day = (term.begins() + Days::new(6 + 9 * at as u64)).min(today);
                enrol(tx, learner, published, day).await?;
                if at % 3 != 2 {
                    finish(tx, learner, published, (published.course.lessons.len(), days_after(day, today)))
                        .await?;
                }
                if let Some(said) = past.said.get(at).filter(|_| in_last_term) {
                    say(tx, learner, published, (said, term)).await?;
                }
            }
        }
    }
    let called = |slug: &str| courses.iter().find(|it| it.course.slug.as_str() == slug);
    // The trainee is half way; the expert has finished, and what she said has been counted.
    if let Some(published) = called("introduction-to-recovery") {
        let day = (Term::of(today).begins() + Days::new(20)).min(today);
        let trainee = cast.person("trainee")?;
        enrol(tx, trainee, published, day).await?;
        finish(tx, trainee, published, (2, days_after(day, today))).await?;
    }
    if let Some(published) = called("understanding-mental-health") {
        let term = Term::of(today).before();
        let (expert, day) = (cast.person("expert")?, term.begins() + Days::new(10));
        enrol(tx, expert, published, day).await?;
        finish(tx, expert, published, (published.course.lessons.len(), days_after(day, today))).await?;
        say(tx, expert, published, (&("yyy", "The sources at the foot of each lesson.", ""), term)).await?;
    }
    Ok(())
}

/// The terms of which something is told, the earliest first.
pub(super) fn terms(today: NaiveDate) -> [Term; TERMS] {
    let mut terms = [Term::of(today); TERMS];
    for at in (1..TERMS).rev() {
        terms[at - 1] = terms[at].before();
    }
    terms
}

/// Three weeks later, if that has come.
fn days_after(day: NaiveDate, today: NaiveDate) -> NaiveDate {
    (day + Days::new(21)).min(today)
}

/// In the morning of a day.
pub(super) fn morning(day: NaiveDate) -> DateTime<Utc> {
    day.and_time(chrono::NaiveTime::MIN).and_utc() + TimeDelta::hours(9)
}

async fn enrol(tx: &Tx, person: PersonId, published: &Published, day: NaiveDate) -> Result<()> {
    let version = (published.id, published.number);
    Ok(store::learning::save_enrolment(tx, person, version, (morning(day), day)).await?)
}

/// Finishes so many lessons, and the course if those are all.
async fn finish(
    tx: &Tx,
    person: PersonId,
    published: &Published,
    (lessons, day): (usize, NaiveDate),
) -> Result<()> {
    let now = morning(day);
    for lesson in published.course.lessons.iter().take(lessons) {
        let place = Place { person, course: published.id, lesson: &lesson.slug };
        if let Step::Finishes(finished) = tried(tx, place, lesson, now).await? {
            store::learning::save_finished(tx, place, finished, now).await?;
        }
    }
    let done = store::learning::finished_now(tx, person, published.id).await?;
    if let Some(it) = progress::course(published.course.lessons.iter().map(|it| &it.slug), &done) {
        let version = (published.id, published.number);
        store::learning::save_course_finished(tx, person, version, it, (now, day)).await?;
    }
    Ok(())
}

/// Reads a lesson and tries its checks.
async fn tried(tx: &Tx, place: Place<'_>, lesson: &Lesson, now: DateTime<Utc>) -> Result<Step> {
    let mut tried = BTreeSet::new();
    for question in lesson.questions() {
        let choice = first(&question.shape())?;
        store::learning::save_try(tx, place, (&question.id, &choice), now).await?;
        tried.insert(question.id.clone());
    }
    let questions: Vec<_> = tried.iter().map(String::as_str).collect();
    Ok(UnderWay { is_read: true, questions: &questions, tried: &tried }.step())
}

/// What stands first, whether it fits or not.
fn first(shape: &Shape) -> Result<domain::course::check::Choice, NotChosen> {
    let numbers: Vec<_> = (1..=shape.len()).map(|it| it.to_string()).collect();
    let all: Vec<_> = numbers.iter().map(String::as_str).collect();
    match shape {
        Shape::One { .. } | Shape::Several { .. } => shape.choose(&["1"]),
        Shape::Order { .. } | Shape::Pairs { .. } => shape.choose(&all),
    }
}

async fn say(
    tx: &Tx,
    person: PersonId,
    published: &Published,
    ((ticks, helped, change), term): (&(&str, &str, &str), Term),
) -> Result<()> {
    let mut ticked = [""; 3];
    for (tick, letter) in ticked.iter_mut().zip(ticks.chars()) {
        *tick = match letter {
            'y' => "yes",
            'p' => "partly",
            'n' => "no",
            _ => "",
        };
    }
    let form = FeedbackForm { ticks: ticked, words: [helped, change], is_looked_at: false };
    let said = give(&form, false, term).map_err(|it| anyhow!("{it:?}"))?;
    Ok(store::feedback::save(tx, person, published.id, &said).await?)
}
