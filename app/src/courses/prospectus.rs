//! The prospectus: every course there is, or those that somebody looks for.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use domain::course::search::{Index, Text, Weight};
use domain::course::{CoProduction, Slug};
use leptos::prelude::*;
use store::content::Part;
use store::courses::Published;

use super::{CourseCard, Level};
use crate::cx::Cx;
use crate::door::{Answer, Asks};
use crate::form::{FormState, Typed};
use crate::permits::Anyone;
use crate::ui::choose::{OneOf, worded};
use crate::ui::form::{Field, Takes, Tick};
use crate::ui::shell::{Area, Head};

/// How long a course takes at the most, in minutes, as the filter says it.
const LENGTHS: [(&str, &str, u32); 3] =
    [("hour", "An hour at most", 60), ("half-day", "Half a day at most", 240), ("day", "A day at most", 480)];

/// Whether a college has gone through a course, as the filter says it.
const STATES: [(&str, &str); 2] = [("adopted", "Gone through and adopted here"), ("draft", "Draft")];

/// What the courses can be found by.
pub(crate) fn index(courses: &[Published]) -> Index {
    let mut index = Index::default();
    for (place, it) in courses.iter().enumerate() {
        let course = &it.course;
        let outline = &course.outline;
        let passing = course.lessons.iter().flat_map(|it| &it.parts).map(said).collect::<Vec<_>>();
        let naming = [Text { words: &outline.title, weight: Weight::Naming }];
        let about = [&outline.summary, &outline.category, &outline.about, &outline.written_by];
        let telling =
            about.into_iter().chain(&outline.expect).chain(course.lessons.iter().map(|it| &it.title));
        let telling = telling.map(|words| Text { words, weight: Weight::Telling });
        let passing = passing.iter().map(|words| Text { words, weight: Weight::Passing });
        index.add(place, &naming.into_iter().chain(telling).chain(passing).collect::<Vec<_>>());
    }
    index
}

/// What a stretch of a lesson says, without what its checks and sources do.
fn said(part: &Part) -> String {
    match part {
        Part::Reading(html) => html.to_text(),
        Part::Noted { title, html, .. }
        | Part::Voice { title, html }
        | Part::Try { title, html }
        | Part::Reflect { title, html } => format!("{title} {}", html.to_text()),
        Part::Check(_) | Part::Sources(_) => String::new(),
    }
}

/// Courses on a page: more than most colleges offer, and light enough for the first visit.
const A_PAGE: usize = 40;

/// What came of looking.
struct Shown {
    asked: Typed,
    /// Those of this page.
    courses: Vec<Published>,
    /// What groups go through together, with what it is called.
    programmes: Vec<(Slug, String)>,
    /// How many fit.
    many: usize,
    /// Where the next page begins.
    next: Option<String>,
    /// Every category there is.
    categories: Vec<String>,
    /// Something is looked for.
    is_asked: bool,
    corrected: Vec<(String, String)>,
}

/// GET /courses
pub(crate) async fn show(cx: Cx, _: Anyone, Asks(asks): Asks) -> Answer {
    let public = cx.public.clone();
    let after = asks.text(AFTER).to_owned();
    let is_asked = asks.fields().any(|it| it.0 != AFTER && !it.1.trim().is_empty());
    let words = asks.text("q").trim();
    let found = public.index.find(words);
    let all: Vec<_> = match words.is_empty() {
        true => public.courses.iter().collect(),
        false => found.courses.iter().filter_map(|it| public.courses.get(*it)).collect(),
    };
    let is_shown = |it: &&Published| !it.course.outline.withdrawn && fits(&asks, it);
    let fitting: Vec<_> = all.into_iter().filter(is_shown).collect();
    let many = fitting.len();
    // A page begins after a course, whatever has been published meanwhile.
    let first = fitting.iter().position(|it| it.course.slug.as_str() == after).map_or(0, |it| it + 1);
    let courses: Vec<_> = fitting.into_iter().skip(first).take(A_PAGE).cloned().collect();
    let last = courses.last().filter(|_| many > first + A_PAGE);
    let next = last.map(|it| after_it(&asks, it.course.slug.as_str()));
    let categories: BTreeSet<_> = public.offered().map(|it| it.course.outline.category.clone()).collect();
    let categories = categories.into_iter().collect();
    let head = Head::new("Courses", Area::Courses);
    let programmes = public.programmes.iter().map(|it| &it.programme);
    let programmes = programmes.map(|it| (it.slug.clone(), it.outline.title.clone())).collect();
    let corrected = found.corrected;
    let shown = Shown { asked: asks, courses, programmes, many, next, categories, is_asked, corrected };
    let page = move || view! { <ProspectusPage shown/> };
    if is_asked || !after.is_empty() {
        return Ok(cx.page(StatusCode::OK, head, page).await);
    }
    Ok(cx.public_page("/courses", head, page).await)
}

/// Names the last course of the page before.
const AFTER: &str = "after";

/// The address of the page that begins after a course.
fn after_it(asks: &Typed, slug: &str) -> String {
    let fields = asks.fields().filter(|it| it.0 != AFTER && !it.1.is_empty());
    let mut query = form_urlencoded::Serializer::new(String::new());
    format!("/courses?{}", query.extend_pairs(fields).append_pair(AFTER, slug).finish())
}

fn fits(asks: &Typed, published: &Published) -> bool {
    let course = &published.course;
    let category = asks.text("category");
    let longest = LENGTHS.iter().find(|it| it.0 == asks.text("length")).map(|it| it.2);
    let state = CoProduction::as_str(published.co_production());
    let asked_state = STATES.iter().find(|it| it.0 == asks.text("state")).map(|it| it.0);
    (category.is_empty() || category == course.outline.category)
        && longest.is_none_or(|it| course.minutes() <= it)
        && asked_state.is_none_or(|it| it == state)
        && (asks.text("plain") != "yes" || !course.is_noted())
}

#[component]
fn ProspectusPage(shown: Shown) -> impl IntoView {
    let Shown { asked, courses, programmes, many, next, categories, is_asked, corrected } = shown;
    let words = asked.text("q").trim().to_owned();
    let found = match many {
        0 => "No course fits this. Try other words, or fewer of them.".to_owned(),
        1 => "One course fits.".to_owned(),
        many => format!("{many} courses fit."),
    };
    let meant: Vec<_> = corrected.into_iter().map(|it| it.1).collect();
    let meant =
        (!meant.is_empty()).then(|| format!("We looked for “{}”, not for “{words}”. ", meant.join(" ")));
    view! {
        <div class="wrap">
            <h1>"Courses"</h1>
            <p class="lead">"Free, for anyone. You choose. Nobody has to refer you, and you can stop and come back."</p>
            <Looking asked categories is_asked/>
            {is_asked.then(|| view! {
                <p role="status">{meant}{found}</p>
                <p><a class="alone" href="/courses">"See all courses"</a></p>
            })}
            {(!courses.is_empty()).then(|| view! {
                <ul class="shelf" role="list">
                    {courses.into_iter().map(|it| view! { <CourseCard published=it level=Level::Two/> }).collect_view()}
                </ul>
            })}
            {next.map(|it| view! { <p><a class="button quiet" href=it>"Show more courses"</a></p> })}
            {programmes
                .into_iter()
                .map(|(slug, title)| view! {
                    <p>"In a group, with tutors: "<a href=format!("/training/programmes/{slug}")>{title}</a></p>
                })
                .collect_view()}
        </div>
    }
}

/// Looks for courses without a script: a form that is a link.
#[component]
fn Looking(asked: Typed, categories: Vec<String>, is_asked: bool) -> impl IntoView {
    let form = FormState { typed: asked, faults: Vec::new() };
    let is_narrowed =
        is_asked && ["category", "length", "state", "plain"].iter().any(|it| !form.typed.text(it).is_empty());
    let categories = categories.into_iter().map(|it| (it.clone(), it)).collect();
    let lengths = worded(LENGTHS.map(|it| (it.0, it.1)));
    view! {
        <form method="get" action="/courses" class="looking" role="search">
            <Field form=form.clone() name="q" label="What are you looking for?" takes=Takes::Line/>
            <details open=is_narrowed>
                <summary>"Narrow it down"</summary>
                <div class="narrow">
                    <OneOf form=form.clone() name="category" label="About" none="Anything" choices=categories/>
                    <OneOf form=form.clone() name="length" label="How long" none="Any length" choices=lengths/>
                    <OneOf form=form.clone() name="state" label="Co-production" none="Any state" choices=worded(STATES)/>
                    <Tick form name="plain" label="Without content notes"/>
                </div>
            </details>
            <p><button class="button quiet">"Find courses"</button></p>
        </form>
    }
}
