//! My place in a group: what comes next, what I have attended, what is missing, and what would count.

use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use domain::people::PersonId;
use domain::training::attendance::Standing;
use domain::training::cohort::PlaceState;
use domain::training::judgement::State;
use domain::training::register::{Mark, Marked};
use leptos::prelude::*;
use store::training::cohorts::{Cohort, CohortSession};
use store::training::places::Member;

use super::super::cohorts::Competences;
use super::super::competences::MINE;
use super::super::when;
use super::standing::Known;
use crate::called::names;
use crate::cx::Cx;
use crate::door::Answer;
use crate::ui::shell::{Area, Head};
use crate::ui::words::{date, hours, list};

/// What the page shows.
struct Shown {
    known: Known,
    member: Member,
    standing: Standing,
    /// Who holds the next session.
    tutors: Vec<String>,
    /// Who adjusted what is asked.
    by: Option<String>,
    /// What the group works with: what it is called, how many of how many are achieved.
    works_with: Option<(String, usize, usize)>,
    now: DateTime<Utc>,
}

pub(super) async fn show(cx: &Cx, cohort: Cohort, member: Member) -> Answer {
    let me = member.person;
    let known = Known::of(cx, cohort, &[me]).await?;
    let standing = known.standing(me);
    let adjusted = known.outcomes.adjusted.get(&me).and_then(|it| it.last()).map(|it| it.by);
    let holding = when::next(&known.sessions, cx.now()).map(|it| it.tutors.clone()).unwrap_or_default();
    let people: Vec<PersonId> = holding.iter().copied().chain(adjusted).collect();
    let names = names(cx, &people).await?;
    let tutors = holding.iter().filter_map(|it| names.get(it).cloned()).collect();
    let by = adjusted.and_then(|it| names.get(&it).cloned());
    let works_with = Competences::of(cx, (&known, &[me]), false).await?.map(|it| {
        let achieved = it.of_person(me).filter(|it| *it == Some(State::Achieved)).count();
        (it.framework.title.clone(), achieved, it.shown.len())
    });
    let head = Head::new(&known.programme.outline.discreet_title, Area::Me);
    let shown = Shown { known, member, standing, tutors, by, works_with, now: cx.now() };
    Ok(cx.page(StatusCode::OK, head, move || view! { <MinePage shown/> }).await)
}

#[component]
fn MinePage(shown: Shown) -> impl IntoView {
    let Shown { known, member, standing, tutors, by, works_with, now } = shown;
    let me = member.person;
    let programme = format!("/training/programmes/{}", known.programme.slug);
    let next = match member.state {
        PlaceState::Here => when::next(&known.sessions, now).cloned(),
        PlaceState::Paused | PlaceState::Left => None,
    };
    let next = next.map(|it| {
        let title = known.title(&it);
        view! { <Next programme=programme.clone() title session=it tutors/> }
    });
    let state = match member.state {
        PlaceState::Here => None,
        PlaceState::Paused => {
            Some("You pause. Your place stays yours: tell your tutors when you would like to come back.")
        }
        PlaceState::Left => Some(
            "You have left this group. What you have done is kept. You are welcome back, here or in a later group.",
        ),
    };
    let adjusted = known.outcomes.adjusted.get(&me).and_then(|it| it.last()).cloned().map(|it| {
        let by = by.unwrap_or_else(|| "somebody who has left".to_owned());
        view! {
            <p class="notice">"Of you, "{it.percent}" in 100 minutes are asked ("<bdi>{it.why}</bdi>"). Written down on "{date(it.on)}" by "<bdi>{by}</bdi>"."</p>
        }
    });
    view! {
        <div class="wrap reading stack">
            <p class="on-screen"><a class="crumb" href="/training/cohorts">"My groups"</a></p>
            <h1>{known.programme.outline.title.clone()}</h1>
            <p class="lead"><bdi>{known.cohort.terms.name.clone()}</bdi></p>
            {state.map(|it| view! { <p class="notice">{it}</p> })}
            {next}
            {done(&known, me)}
            <section class="stack" aria-labelledby="attended">
                <h2 id="attended">"How much I was there"</h2>
                <Figures standing/>
                {adjusted}
            </section>
            {counts(&known, me, standing)}
            {work(&known, me)}
            {works_with.map(|(title, achieved, of)| view! {
                <section class="stack" aria-labelledby="competences">
                    <h2 id="competences">"Competences"</h2>
                    <p>{title}": "{achieved}" of "{of}" achieved. "<a href=MINE>"My competences"</a></p>
                </section>
            })}
            {sessions(&known, me)}
            <p><a class="alone" href=programme>"About the programme"</a></p>
        </div>
    }
}

/// What comes next.
#[component]
fn Next(programme: String, title: String, session: CohortSession, tutors: Vec<String>) -> impl IntoView {
    let place = session.place.clone();
    view! {
        <section class="card stack" aria-labelledby="next">
            <h2 id="next">"Next: "<a href=format!("{programme}/{}", session.slug)>{title}</a></h2>
            <p><b>{when::said(session.held.on, place.begins)}</b>", for "{hours(session.held.minutes.into())}" with breaks on top"</p>
            {(!place.place.is_empty()).then(|| view! { <p>"Where: "<bdi>{place.place}</bdi></p> })}
            {(!place.link.is_empty()).then(|| view! { <p><a class="alone" href=place.link rel="noreferrer">"Join online"</a></p> })}
            {(!tutors.is_empty()).then(|| view! { <p>"With "<bdi>{list(&tutors)}</bdi></p> })}
        </section>
    }
}

/// What has been reached already: two different things.
fn done(known: &Known, me: PersonId) -> impl IntoView + use<> {
    let completed = known.standing(me).completed().is_ok();
    let accredited = known.outcomes.accredited.get(&me).cloned();
    view! {
        {completed.then(|| view! { <p class="notice">"You have completed this programme. Well done."</p> })}
        {accredited.map(|it| view! { <p class="notice">"Accredited by "<bdi>{it.body}</bdi>" on "{date(it.on)}"."</p> })}
    }
}

/// Minutes as people say them; none at all is said, too.
pub(super) fn amount(minutes: u32) -> String {
    if minutes == 0 { "none yet".to_owned() } else { hours(minutes) }
}

#[component]
pub(super) fn Figures(standing: Standing) -> impl IntoView {
    let it = standing.attendance;
    let missing = it.missing(standing.least_percent);
    let so_far = it.percent_so_far().map(|it| format!(", of which {it} in 100 minutes count so far"));
    view! {
        <dl class="summary">
            <div><dt>"There"</dt><dd>{amount(it.came)}</dd></div>
            <div><dt>"Caught up"</dt><dd>{amount(it.caught_up)}</dd></div>
            <div><dt>"Held so far"</dt><dd>{amount(it.held)}{so_far}</dd></div>
            <div><dt>"In the whole programme"</dt><dd>{amount(it.all)}</dd></div>
            <div><dt>"Asked for"</dt><dd>{standing.least_percent}" in 100 minutes: "{amount(it.asked(standing.least_percent))}</dd></div>
            <div class="sum"><dt>"Still missing"</dt><dd>{if missing == 0 { "nothing".to_owned() } else { hours(missing) }}</dd></div>
        </dl>
    }
}

/// What would count towards what is missing.
fn counts(known: &Known, me: PersonId, standing: Standing) -> impl IntoView + use<> {
    let missing = standing.attendance.missing(standing.least_percent);
    let to_come = standing.attendance.to_come();
    let missed: Vec<_> = known
        .sessions
        .iter()
        .filter(|it| it.was_held())
        .filter_map(|it| Some((it, open(it, known.marked(it, me)).filter(|it| *it > 0)?)))
        .map(|(it, minutes)| (known.title(it), hours(minutes)))
        .collect();
    let none = missed.is_empty();
    (missing > 0).then(|| {
        view! {
            <section class="stack" aria-labelledby="counts">
                <h2 id="counts">"What would count"</h2>
                <div class="prose">
                <ul>
                    {(to_come > 0).then(|| view! { <li>"Coming to the sessions that are still ahead: "{hours(to_come)}"."</li> })}
                    {missed
                        .into_iter()
                        .map(|(title, minutes)| view! { <li>"Catching up on “"{title}"”: "{minutes}"."</li> })
                        .collect_view()}
                </ul>
                </div>
                {(!none).then(|| view! { <p>"Ask a tutor how to catch up. Often it is the lesson, the handouts and half an hour together."</p> })}
            </section>
        }
    })
}

/// How many minutes of a session that was held do not count for somebody yet.
fn open(session: &CohortSession, marked: Option<Marked>) -> Option<u32> {
    let minutes = u32::from(session.held.minutes);
    match marked {
        Some(Marked { caught_up: true, .. } | Marked { mark: Mark::Came, .. }) => None,
        Some(Marked { minutes: Some(there), .. }) => Some(minutes.saturating_sub(there.into())),
        _ => Some(minutes),
    }
}

fn work(known: &Known, me: PersonId) -> impl IntoView + use<> {
    let handed_in = known.outcomes.handed_in.get(&me).cloned().unwrap_or_default();
    let finished = known.outcomes.finished.get(&me).cloned().unwrap_or_default();
    let assignments: Vec<_> = known
        .programme
        .outline
        .assignments
        .iter()
        .map(|it| {
            let is_in = handed_in.contains(&it.slug);
            view! { <li><b>{it.title.clone()}</b>" "<Tag is_done=is_in done="Handed in"/><p>{it.what.clone()}</p></li> }
        })
        .collect();
    let courses: Vec<_> = known
        .courses
        .iter()
        .map(|(id, slug, title)| {
            let is_done = finished.contains(id);
            view! { <li><a class="alone" href=format!("/courses/{slug}")>{title.clone()}</a>" "<Tag is_done done="Finished"/></li> }
        })
        .collect();
    let (works, learns) = (!assignments.is_empty(), !courses.is_empty());
    view! {
        {works.then(|| view! {
            <section class="stack" aria-labelledby="work"><h2 id="work">"Small pieces of work"</h2><ul class="stack" role="list">{assignments}</ul></section>
        })}
        {learns.then(|| view! {
            <section class="stack" aria-labelledby="lessons"><h2 id="lessons">"Lessons that go with it"</h2><ul class="stack" role="list">{courses}</ul></section>
        })}
    }
}

#[component]
pub(super) fn Tag(is_done: bool, done: &'static str) -> impl IntoView {
    match is_done {
        true => view! { <span class="tag good">{done}</span> },
        false => view! { <span class="tag">"Not yet"</span> },
    }
}

fn sessions(known: &Known, me: PersonId) -> impl IntoView + use<> {
    let rows: Vec<_> = known
        .sessions
        .iter()
        .map(|it| {
            let (title, marked) = (known.title(it), known.marked(it, me));
            view! {
                <tr>
                    <th scope="row">{it.position}". "{title}</th>
                    <td data-label="When">{when::said(it.held.on, it.place.begins)}</td>
                    <td data-label="Me">{told(it, marked)}</td>
                </tr>
            }
        })
        .collect();
    view! {
        <section class="stack" aria-labelledby="sessions">
            <h2 id="sessions">"All sessions"</h2>
            <table class="cards">
                <caption class="hidden">"All sessions"</caption>
                <thead><tr><th scope="col">"Session"</th><th scope="col">"When"</th><th scope="col">"Me"</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
}

/// What the register says, to the person whom it is about.
fn told(session: &CohortSession, marked: Option<Marked>) -> String {
    if session.held.is_off {
        return "Does not take place".to_owned();
    }
    let Some(Marked { mark, minutes, caught_up }) = marked else {
        return if session.was_held() { "Nothing marked" } else { "To come" }.to_owned();
    };
    let said = match mark {
        Mark::Came => "There".to_owned(),
        Mark::Part => format!("There for {}", hours(minutes.unwrap_or_default().into())),
        Mark::Told => "You told us".to_owned(),
        Mark::NotHeard => "We missed you".to_owned(),
    };
    if caught_up { format!("{said}, caught up") } else { said }
}
