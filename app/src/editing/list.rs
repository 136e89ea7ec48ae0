//! All courses, with how far each is. What is overdue stands first.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::StatusCode;
use chrono::NaiveDate;
use domain::course::Slug;
use leptos::prelude::*;
use store::courses::Published;
use uuid::Uuid;

use super::place;
use crate::cx::Cx;
use crate::door::{Answer, Asks};
use crate::permits::EditsCourses;
use crate::ui::shell::{Area, Head};
use crate::ui::words::date;

/// A course on the list.
#[derive(Debug)]
struct Line {
    slug: Slug,
    title: String,
    /// What learners read now.
    state: String,
    /// By when its safety ought to have been looked at again.
    overdue: Option<NaiveDate>,
    /// So many have signed its draft, if it has one.
    draft: Option<usize>,
    /// Something newer came with the program.
    is_proposed: bool,
}

/// GET /editing
pub(crate) async fn show(cx: Cx, _: EditsCourses, Asks(asks): Asks) -> Answer {
    let drafts = store::drafts::all(cx.site.db()).await?;
    let waiting = store::proposals::waiting(cx.site.db()).await?;
    let lines = lines(&cx.public.courses, &drafts, &waiting, cx.today());
    let done = match asks.text("done") {
        "left" => Some("The draft is gone. What learners read has not changed."),
        _ => None,
    };
    let head = Head::new("Courses in writing", Area::Me);
    Ok(cx.page(StatusCode::OK, head, move || view! { <ListPage lines done/> }).await)
}

fn lines(
    courses: &[Published],
    drafts: &BTreeMap<Slug, usize>,
    waiting: &[Uuid],
    today: NaiveDate,
) -> Vec<Line> {
    let published: BTreeSet<_> = courses.iter().map(|it| &it.course.slug).collect();
    let new = drafts.iter().filter(|it| !published.contains(it.0)).map(|(slug, signed)| Line {
        slug: slug.clone(),
        title: slug.to_string(),
        state: "New: learners do not see it yet.".into(),
        overdue: None,
        draft: Some(*signed),
        is_proposed: false,
    });
    let there = courses.iter().map(|it| Line {
        slug: it.course.slug.clone(),
        title: it.course.outline.title.clone(),
        state: state(it),
        overdue: it
            .adopted
            .as_ref()
            .filter(|it| it.is_overdue(today))
            .and_then(|it| Some(it.safety.as_ref()?.again_by)),
        draft: drafts.get(&it.course.slug).copied(),
        is_proposed: waiting.contains(&it.id),
    });
    let mut lines: Vec<_> = there.chain(new).collect();
    // What is in order of title stays so.
    lines.sort_by_key(|it| (it.overdue.is_none(), it.draft.is_none() && !it.is_proposed));
    lines
}

/// How far what learners read is, in words.
pub(super) fn state(published: &Published) -> String {
    let state = match &published.adopted {
        Some(it) => format!("Adopted here on {}.", date(it.on)),
        None => "Learners read it as it came: draft, not yet co-produced here.".to_owned(),
    };
    match published.course.outline.withdrawn {
        true => format!("Withdrawn: nobody new begins it. {state}"),
        false => state,
    }
}

#[component]
fn ListPage(lines: Vec<Line>, done: Option<&'static str>) -> impl IntoView {
    view! {
        <div class="wrap reading form-page stack">
            <p><a class="crumb" href="/me">"Me"</a></p>
            <h1>"Courses in writing"</h1>
            {done.map(|it| view! { <p class="notice" role="status">{it}</p> })}
            <p class="lead">"Two people publish a course here: one out of lived experience, one by profession. Until they have, learners read what they read before."</p>
            <p><a class="button" href="/editing/new">"Begin a new course"</a></p>
            <ul role="list" class="stack">{lines.into_iter().map(|line| view! { <ListLine line/> }).collect_view()}</ul>
        </div>
    }
}

#[component]
fn ListLine(line: Line) -> impl IntoView {
    let signed = |it: usize| match it {
        0 => "There is a draft. Nobody has signed it yet.",
        1 => "There is a draft. One signature is under it, and it waits for somebody else’s.",
        _ => "There is a draft with signatures under it.",
    };
    view! {
        <li class="card stack">
            <h2><a class="alone" href=place(&line.slug)>{line.title}</a></h2>
            {line.overdue.map(|it| {
                view! { <p class="notice care">"Somebody was to look at its safety again by "{date(it)}". Learners still read it."</p> }
            })}
            <p>{line.state}</p>
            {line.draft.map(|it| view! { <p>{signed(it)}</p> })}
            {line.is_proposed.then(|| view! { <p>"A newer text came with the program, for you to look at."</p> })}
        </li>
    }
}
