//! A session of a programme with its handouts, and, for those who hold it, how it is held.

use std::sync::Arc;

use axum::http::StatusCode;
use domain::course::Slug;
use domain::people::Actor;
use leptos::prelude::*;
use store::content::{Handout, Html, Programme};

use crate::cx::Cx;
use crate::door::{Answer, At, TurnedAway};
use crate::permits::{Anyone, HoldsSessions};
use crate::ui::content_notes::ContentNotes;
use crate::ui::prose::Prose;
use crate::ui::shell::{Area, Head};
use crate::ui::words::{date, hours};

/// A session in its programme.
struct Found {
    programme: Arc<Programme>,
    /// Where it stands, counted from nought.
    at: usize,
}

fn find(cx: &Cx, programme: &Slug, session: &Slug) -> Result<Found, TurnedAway> {
    let published = cx.public.programme(programme).ok_or(TurnedAway::NotFound)?;
    let (number, _) = published.programme.session(session).ok_or(TurnedAway::NotFound)?;
    Ok(Found { programme: published.programme.clone(), at: number - 1 })
}

/// What the tab says: to whoever is signed in, who may not be alone, only which session of a programme.
fn title(cx: &Cx, Found { programme, at }: &Found) -> String {
    match cx.access() {
        Some(_) => discreet(programme, *at),
        None => programme.sessions[*at].title.clone(),
    }
}

/// The discreet title of a programme with the number of a session.
pub(super) fn discreet(programme: &Programme, at: usize) -> String {
    format!("{}, session {}", programme.outline.discreet_title, at + 1)
}

/// GET /training/programmes/{programme}/{session}
pub(crate) async fn session(cx: Cx, _: Anyone, At((slug, session)): At<(Slug, Slug)>) -> Answer {
    let found = find(&cx, &slug, &session)?;
    let head = Head::new(&title(&cx, &found), Area::Courses);
    let lesson = found.programme.sessions[found.at].lesson.as_ref();
    let lesson = lesson.and_then(|lesson| {
        let courses = found.programme.outline.courses.iter().filter_map(|it| cx.public.course(it));
        let mut with_it =
            courses.filter_map(|it| Some((it.course.slug.clone(), it.course.lesson(lesson)?.1)));
        with_it.next().map(|(course, lesson)| (course, lesson.title.clone()))
    });
    let holds = holds_sessions(&cx).await?;
    let key = format!("/training/programmes/{slug}/{session}");
    Ok(cx.public_page(&key, head, move || view! { <SessionPage found lesson holds/> }).await)
}

/// Whether somebody is signed in who may read how sessions are held. Nobody else is led there.
async fn holds_sessions(cx: &Cx) -> store::Result<bool> {
    let Some(access) = cx.access() else { return Ok(false) };
    let known = store::people::known(cx.site.db(), access.person).await?;
    let actor = known.map(|it| Actor::new(it.id, it.engagements, Vec::new(), cx.today()));
    Ok(actor.is_some_and(|it| it.as_facilitator().is_some()))
}

#[component]
fn SessionPage(
    found: Found,
    /// The course that has the lesson that goes with it, and what that is called.
    lesson: Option<(Slug, String)>,
    /// Whether it leads to how the session is held.
    holds: bool,
) -> impl IntoView {
    let Found { programme, at } = found;
    let base = format!("/training/programmes/{}", programme.slug);
    let session = programme.sessions[at].clone();
    let handouts: Vec<_> = programme
        .handouts_of(&session.slug)
        .map(|it| (format!("{base}/handouts/{}", it.slug), it.title.clone()))
        .collect();
    let has_more = !handouts.is_empty() || lesson.is_some();
    let neighbour = |at: Option<usize>| {
        let it = programme.sessions.get(at?)?;
        Some((format!("{base}/{}", it.slug), it.title.clone()))
    };
    let (before, after) = (neighbour(at.checked_sub(1)), neighbour(Some(at + 1)));
    let many = programme.sessions.len();
    view! {
        <article class="wrap reading stack">
            <p><a class="crumb" href=base.clone()>{programme.outline.title.clone()}</a></p>
            <h1>{session.title}</h1>
            <p class="soft">"Session "{at + 1}" of "{many}", "{hours(session.minutes.into())}" with breaks on top"</p>
            <ContentNotes heading="Good to know before" notes=session.content_notes/>
            <Prose html=session.in_short/>
            <h2>"After this you can"</h2>
            <ul>{session.aims.into_iter().map(|it| view! { <li>{it}</li> }).collect_view()}</ul>
            <h2>"To take away"</h2>
            <Prose html=session.to_take_away/>
            {has_more.then(|| view! {
                <h3>"Open them here"</h3>
                <ul role="list">
                    {handouts
                        .into_iter()
                        .map(|(href, title)| view! { <li><a class="alone" href=href>{title}</a></li> })
                        .collect_view()}
                    {lesson.map(|(course, title)| view! {
                        <li><a class="alone" href=format!("/courses/{course}")>"The lesson: "{title}</a></li>
                    })}
                </ul>
            })}
            <nav class="row on-screen" aria-label="Sessions">
                {before.map(|(href, title)| view! { <a href=href>"Before: "{title}</a> })}
                {after.map(|(href, title)| view! { <a href=href>"Next: "{title}</a> })}
            </nav>
            {holds.then(|| view! {
                <p class="on-screen"><a class="alone" href=format!("{base}/{}/notes", session.slug)>"For tutors: how to hold this session"</a></p>
            })}
            <p class="soft">"Last reviewed on "{date(session.reviewed)}"."</p>
        </article>
    }
}

/// GET /training/programmes/{programme}/handouts/{handout}
pub(crate) async fn handout(cx: Cx, _: Anyone, At((slug, handout)): At<(Slug, Slug)>) -> Answer {
    let published = cx.public.programme(&slug).ok_or(TurnedAway::NotFound)?;
    let handout = published.programme.handout(&handout).ok_or(TurnedAway::NotFound)?.clone();
    let found = find(&cx, &slug, &handout.session)?;
    let title =
        if cx.access().is_some() { discreet(&found.programme, found.at) } else { handout.title.clone() };
    let key = format!("/training/programmes/{slug}/handouts/{}", handout.slug);
    let head = Head::new(&title, Area::Courses);
    Ok(cx.public_page(&key, head, move || view! { <HandoutPage found handout/> }).await)
}

#[component]
fn HandoutPage(found: Found, handout: Handout) -> impl IntoView {
    let Found { programme, at } = found;
    let session = programme.sessions[at].title.clone();
    let back = format!("/training/programmes/{}/{}", programme.slug, handout.session);
    view! {
        <article class="wrap reading handout stack">
            <p class="on-screen"><a class="crumb" href=back>{session.clone()}</a></p>
            <h1>{handout.title}</h1>
            <p class="on-paper soft">{programme.outline.title.clone()}", session "{at + 1}": "{session}</p>
            <Prose html=handout.html/>
            <p class="soft">"Last reviewed on "{date(handout.reviewed)}"."</p>
        </article>
    }
}

/// GET /training/programmes/{programme}/{session}/notes: nothing about anybody, and nothing that learners should know
/// beforehand.
pub(crate) async fn notes(cx: Cx, _: HoldsSessions, At((slug, session)): At<(Slug, Slug)>) -> Answer {
    let found = find(&cx, &slug, &session)?;
    let title = format!("{}, notes", discreet(&found.programme, found.at));
    let head = Head::new(&title, Area::Courses);
    Ok(cx.page(StatusCode::OK, head, move || view! { <NotesPage found/> }).await)
}

#[component]
fn NotesPage(found: Found) -> impl IntoView {
    let Found { programme, at } = found;
    let session = programme.sessions[at].clone();
    let back = format!("/training/programmes/{}/{}", programme.slug, session.slug);
    let competences: Vec<_> = session.competences.iter().map(|it| it.as_str().to_owned()).collect();
    let of_handouts: Vec<(String, Html)> = programme
        .handouts_of(&session.slug)
        .filter_map(|it| Some((it.title.clone(), it.notes.clone()?)))
        .collect();
    view! {
        <article class="wrap reading handout stack">
            <p class="on-screen"><a class="crumb" href=back>{session.title.clone()}</a></p>
            <h1>{session.title}", for the two tutors"</h1>
            <p class="soft">{hours(session.minutes.into())}" with breaks on top. Competences "{competences.join(", ")}"."</p>
            <ContentNotes heading="Good to know before" notes=session.content_notes/>
            <Prose html=session.notes/>
            {of_handouts
                .into_iter()
                .map(|(title, html)| view! { <h2>"Handout: "{title}", notes for tutors"</h2><Prose html/> })
                .collect_view()}
        </article>
    }
}
