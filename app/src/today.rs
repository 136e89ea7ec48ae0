//! Today: what is next, in order, each a link to the very place.

mod rooms;
mod training;
mod waiting;

use axum::http::StatusCode;
use chrono::Timelike;
use domain::course::Slug;
use leptos::prelude::*;

use self::rooms::rooms;
use self::training::{Soon, soon};
use self::waiting::{may_relate, waiting};
use crate::cx::Cx;
use crate::door::Answer;
use crate::learn::{InHand, Taken};
use crate::permits::SignedIn;
use crate::ui::shell::{Area, Head};
use crate::ui::words::{day, duration};

/// The most things that stand on Today: more is a list of worries.
const MOST: usize = 7;

/// GET /today
pub(crate) async fn show(cx: Cx, me: SignedIn) -> Answer {
    let relates = me.actor.engagements().iter().any(|it| may_relate(it.kind));
    let me = if relates { me.with_relationships(&cx).await? } else { me };
    let mut soon = soon(&cx, &me).await?;
    soon.extend(waiting(&cx, &me).await?);
    soon.truncate(MOST);
    let enrolled = store::learning::enrolments_of(cx.site.db(), me.id()).await?;
    let Taken { mut under_way, finished } = Taken::of(&cx, &enrolled);
    let learns = me.actor.as_learner().is_some();
    // Lessons open for learners alone.
    under_way.truncate(if learns { MOST - soon.len() } else { 0 });
    let local = cx.now().with_timezone(&chrono_tz::Europe::London);
    let greeting = match local.hour() {
        5..12 => "Good morning",
        12..18 => "Good afternoon",
        _ => "Good evening",
    };
    let greeting = format!("{greeting}, {}", me.known_as);
    let date = day(local.date_naive());
    let edits = me.actor.as_course_editor_of(cx.public.host.id).is_some();
    let rooms = rooms(&cx, &me).await?;
    let head = Head::new("Today", Area::Today);
    let page = move || view! { <TodayPage greeting date soon under_way finished rooms learns edits/> };
    Ok(cx.page(StatusCode::OK, head, page).await)
}

#[component]
fn TodayPage(
    greeting: String,
    date: String,
    soon: Vec<Soon>,
    under_way: Vec<InHand>,
    finished: Vec<(Slug, String)>,
    /// Where they act for others, by name and place.
    rooms: Vec<(String, String)>,
    learns: bool,
    edits: bool,
) -> impl IntoView {
    let nothing = soon.is_empty() && under_way.is_empty();
    let lead = match (soon.len(), under_way.len()) {
        (0, 0) => "Nothing is waiting for you.".to_owned(),
        (0, 1) => "One thing is next, whenever you like.".to_owned(),
        (0, many) => format!("{many} things are next, whenever you like."),
        (1, 0) => "One thing is next.".to_owned(),
        (some, many) => format!("{} things are next.", some + many),
    };
    view! {
        <div class="wrap">
            <p class="soft">{date}</p>
            <h1>{greeting}</h1>
            <p class="lead">{lead}</p>
            <div class="today">
                <section aria-labelledby="next">
                    <h2 id="next" class="hidden">"What is next"</h2>
                    {(!nothing)
                        .then(|| {
                            view! {
                                <ol class="next" role="list">
                                    {soon.into_iter().map(|it| view! { <Ahead it/> }).collect_view()}
                                    {under_way.into_iter().map(|it| view! { <CarryOn course=it/> }).collect_view()}
                                </ol>
                            }
                        })}
                    {nothing
                        .then(|| {
                            view! {
                                <div class="card stack">
                                    <h3>"Find something to learn"</h3>
                                    <p>"Short courses, free, in your own time. You choose."</p>
                                    <p><a class="button" href="/courses">"See the courses"</a></p>
                                </div>
                            }
                        })}
                </section>
                <aside class="stack">
                    {(!rooms.is_empty()).then(|| view! { <Rooms rooms/> })}
                    <section class="card stack">
                        <h2>"Your learning"</h2>
                        <p><a class="alone" href="/learn">"My courses"</a></p>
                        <p><a class="alone" href="/training">"Training for peer support"</a></p>
                        {learns.then(|| view! { <p><a class="alone" href="/plan">"My plan"</a></p> })}
                        {edits.then(|| view! { <p><a class="alone" href="/editing">"Courses in writing"</a></p> })}
                    </section>
                    {(!finished.is_empty()).then(|| view! { <Finished courses=finished/> })}
                    <section class="card stack">
                        <h2>"Your account"</h2>
                        <p><a class="alone" href="/me/sign-ins">"Where you are signed in"</a></p>
                    </section>
                </aside>
            </div>
        </div>
    }
}

#[component]
fn Rooms(rooms: Vec<(String, String)>) -> impl IntoView {
    let room = |(name, href): (String, String)| view! { <p><a class="alone" href=href>{name}</a></p> };
    view! {
        <section class="card stack">
            <h2>"Your work"</h2>
            {rooms.into_iter().map(room).collect_view()}
        </section>
    }
}

/// Something with a day of its own, or that somebody else waits for.
#[component]
fn Ahead(it: Soon) -> impl IntoView {
    view! {
        <li>
            <a class="card" href=it.href>
                <svg viewBox="0 0 40 40" aria-hidden="true">
                    <rect class="fill-sage" width="40" height="40" rx="12"></rect>
                    <path class="fill-leaf" d="M10 14h20v16H10zm4-5h3v5h-3zm9 0h3v5h-3z"></path>
                </svg>
                <span>
                    <b>{it.what}</b>
                    <span class="soft"><bdi>{it.more}</bdi></span>
                </span>
            </a>
        </li>
    }
}

#[component]
fn CarryOn(course: InHand) -> impl IntoView {
    let begins = course.number == 1;
    view! {
        <li>
            <a class="card" href=course.href>
                <svg viewBox="0 0 40 40" aria-hidden="true">
                    <rect class="fill-sage" width="40" height="40" rx="12"></rect>
                    <path class="fill-leaf" d="M10 33V20a10 10 0 0 1 20 0v13z"></path>
                </svg>
                <span>
                    <b>{if begins { "Begin: " } else { "Carry on: " }}{course.lesson}</b>
                    <span class="soft">
                        {course.title}", lesson "{course.number}" of "{course.of}", about "{duration(course.minutes_left)}" left"
                    </span>
                </span>
            </a>
        </li>
    }
}

#[component]
fn Finished(courses: Vec<(Slug, String)>) -> impl IntoView {
    view! {
        <section class="card stack">
            <h2>"Finished"</h2>
            <ul role="list">
                {courses
                    .into_iter()
                    .map(|(slug, title)| view! { <li><a class="alone" href=format!("/courses/{slug}")>{title}</a></li> })
                    .collect_view()}
            </ul>
        </section>
    }
}
