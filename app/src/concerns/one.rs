//! One concern: whom it reached, who took it on, and where it is written down.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use domain::concern::{
    Concern, NotTakenOn, NotWritten, Route, Written, take_on as take_on_rule, write_down as write_rule,
};
use domain::people::PersonId;
use leptos::prelude::*;
use store::concerns::{
    OPENED, TAKEN_ON, WRITTEN_DOWN, concern_now, save_taken_on, save_written, who_is_there,
};

use super::raise::{WrittenFields, typed_written};
use super::{DangerFirst, WhoIsRung, place};
use crate::called::names;
use crate::cx::Cx;
use crate::door::{Answer, Asks, TurnedAway};
use crate::form::{FormState, Typed};
use crate::happened::{Happened, tell};
use crate::permits::ConcernHere;
use crate::personal::looks;
use crate::reached::{HowToReach, Reached};
use crate::ui::form::ErrorSummary;
use crate::ui::shell::{Area, Head};
use crate::ui::words::moment_on_paper;

/// GET /concerns/{concern}
pub(crate) async fn show(cx: Cx, at: ConcernHere, Asks(asks): Asks) -> Answer {
    let done = match asks.text("done") {
        "raised" => Some("They are told, and written to."),
        "taken" => Some("You have taken it on. Whoever raised it is told."),
        "already" => Some("Somebody has taken it on already."),
        "written" => Some("That is kept."),
        _ => None,
    };
    if at.reader.is_some() {
        // Written down first.
        let tx = cx.site.db().begin().await?;
        cx.keep(tx, at.event(&cx, OPENED)).await?;
    }
    page(&cx, at, (StatusCode::OK, FormState::default()), (false, done)).await
}

/// POST /concerns/{concern}/take-on
pub(crate) async fn take_on(cx: Cx, at: ConcernHere) -> Answer {
    let path = place(at.concern.id);
    let reader = at.reader.as_ref().ok_or(TurnedAway::NotFound)?;
    let tx = cx.site.db().begin().await?;
    let concern = concern_now(&tx, at.concern.id).await?.ok_or(TurnedAway::NotFound)?;
    match take_on_rule(reader, &concern) {
        Ok(new) => {
            save_taken_on(&tx, &concern, &new, cx.now()).await?;
            tell(&cx, &tx, (concern.by, Happened::ConcernTakenOn), &path).await?;
            cx.keep(tx, at.event(&cx, TAKEN_ON)).await?;
            Ok(cx.done(&format!("{path}?done=taken")))
        }
        Err(NotTakenOn) if concern.taken_on.is_some_and(|it| it.0 == at.me) => {
            // A second tap.
            Ok(cx.done(&format!("{path}?done=taken")))
        }
        Err(NotTakenOn) => Ok(cx.done(&format!("{path}?done=already"))),
    }
}

/// POST /concerns/{concern}/written: whoever raised it, or covers it, says where it is written down.
pub(crate) async fn write_down(cx: Cx, at: ConcernHere, typed: Typed) -> Answer {
    let path = place(at.concern.id);
    let tx = cx.site.db().begin().await?;
    let concern = concern_now(&tx, at.concern.id).await?.ok_or(TurnedAway::NotFound)?;
    let (faults, looks_personal) = match write_rule(&concern, &typed_written(&typed)) {
        Ok(new) => {
            save_written(&tx, &new, at.me, cx.now()).await?;
            cx.keep(tx, at.event(&cx, WRITTEN_DOWN)).await?;
            return Ok(cx.done(&format!("{path}?done=written")));
        }
        // Another was faster, or a second tap: how it stands is shown.
        Err(NotWritten::Already) => return Ok(cx.done(&path)),
        Err(NotWritten::Personal(like)) => (vec![looks("system", like)], true),
        Err(NotWritten::Faults(faults)) => (faults, false),
    };
    drop(tx);
    let form = FormState::refused(typed, faults);
    page(&cx, at, (StatusCode::UNPROCESSABLE_ENTITY, form), (looks_personal, None)).await
}

/// Everything on the page.
struct Whole {
    path: String,
    concern: Concern,
    organisation: String,
    called: BTreeMap<PersonId, String>,
    /// Whom it reaches next, if nobody takes it on.
    next: Option<PersonId>,
    /// How whoever raised it is reached, for those who cover it.
    reached: Option<Reached>,
    looks_personal: bool,
    done: Option<&'static str>,
}

async fn page(
    cx: &Cx,
    at: ConcernHere,
    (status, form): (StatusCode, FormState),
    (looks_personal, done): (bool, Option<&'static str>),
) -> Answer {
    let ConcernHere { concern, cover, reader, .. } = at;
    let db = cx.site.db();
    let there = who_is_there(db, (concern.organisation, concern.route), cx.today()).await?;
    let next = concern.next(&cover, &there);
    let mut people: Vec<_> =
        concern.told.iter().map(|it| it.0).chain(concern.about.iter().copied()).collect();
    people.extend(next.into_iter().chain([concern.by]));
    let called = names(cx, &people).await?;
    let organisation = store::organisations::organisation(db, concern.organisation).await?;
    let organisation = organisation.map(|it| it.name).unwrap_or_default();
    let reached = match reader {
        Some(_) => Some(Reached::of(cx, concern.by).await?),
        None => None,
    };
    let whole =
        Whole { path: place(concern.id), concern, organisation, called, next, reached, looks_personal, done };
    let head = Head::new("A concern", Area::Me).failed(!form.faults.is_empty());
    Ok(cx.page(status, head, move || view! { <ConcernPage whole cover form/> }).await)
}

#[component]
fn ConcernPage(whole: Whole, cover: domain::concern::Cover, form: FormState) -> impl IntoView {
    let Whole { path, concern, organisation, called, next, reached, looks_personal, done } = whole;
    let name = |it: PersonId| called.get(&it).cloned().unwrap_or_default();
    let is_mine = reached.is_none();
    let by = name(concern.by);
    let told = concern.told.iter().map(|(person, at)| {
        view! { <li><bdi>{name(*person)}</bdi>{format!(", {}", moment_on_paper(*at))}</li> }
    });
    let told: Vec<_> = told.collect();
    let about: Vec<_> = concern.about.iter().map(|it| view! { <li><bdi>{name(*it)}</bdi></li> }).collect();
    let any_about = !about.is_empty();
    let taken = concern.taken_on.map(|(who, at)| (name(who), moment_on_paper(at)));
    let due = concern.due_at.map(moment_on_paper);
    let waits = taken.is_none();
    let is_unanswered = waits && concern.unanswered_at.is_some();
    let next = next.map(name);
    view! {
        <div class="wrap reading form-page stack">
            <ErrorSummary form=form.clone()/>
            <p><a class="crumb" href="/concerns/mine">"Raise a concern"</a></p>
            <h1>{concern.route.label()}</h1>
            {done.map(|it| view! { <p class="notice" role="status">{it}</p> })}
            {waits.then(|| view! { <DangerFirst/> })}
            <p>{if is_mine { "You raised it".to_owned() } else { "Raised by ".to_owned() }}{(!is_mine).then(|| view! { <bdi>{by}</bdi> })}{format!(" on {}, at ", moment_on_paper(concern.at))}<bdi>{organisation.clone()}</bdi>"."</p>
            {taken.map(|(who, at)| view! { <p class="notice"><b><bdi>{who}</bdi>{format!(" took it on, {at}.")}</b></p> })}
            {is_unanswered.then(|| view! { <p class="notice care"><b>"Nobody has taken it on in time, and nobody is left whom it could reach."</b>" Whoever is named below can be rung."</p> })}
            {(waits && !is_mine).then(|| view! {
                <form method="post" action=format!("{path}/take-on")><button class="button">"I take this on"</button></form>
            })}
            <section class="stack" aria-labelledby="reached">
                <h2 id="reached">"Whom it reached"</h2>
                <ol>{told}</ol>
                {due.map(|it| match next {
                    Some(next) => view! { <p>{format!("If nobody has taken it on by {it}, it reaches ")}<bdi>{next}</bdi>"."</p> }.into_any(),
                    None => view! { <p>{format!("If nobody has taken it on by {it}, you are told so.")}</p> }.into_any(),
                })}
                {any_about.then(|| view! { <p>"It may be about these, so it does not reach them. Say nothing of it to them:"</p><ul>{about}</ul> })}
                {(waits || is_mine).then(|| view! { <WhoIsRung cover host=organisation/> })}
            </section>
            {reached.map(|reached| view! { <HowToReach reached says="What happened they tell you, and it is written down where such things are kept, not here. Each time that you open this page, they see it in their log."/> })}
            <WhatElse concern path form looks_personal/>
        </div>
    }
}

/// Who knows, and where it is written down.
#[component]
fn WhatElse(concern: Concern, path: String, form: FormState, looks_personal: bool) -> impl IntoView {
    let Concern { knows, written, route, .. } = concern;
    let is_written = written.is_some();
    let opened = !form.faults.is_empty();
    let asks = matches!(route, Route::Adult | Route::Child);
    view! {
        <dl class="summary">
            {knows.filter(|_| asks).map(|it| view! { <div><dt>"Does the person whom it is about know?"</dt><dd>{it.label()}</dd></div> })}
            {written.map(|Written { system, reference }| view! {
                <div><dt>"Written down in"</dt><dd><bdi>{system}</bdi>{(!reference.is_empty()).then(|| view! { ", "<bdi>{reference}</bdi> })}</dd></div>
            })}
        </dl>
        {(!is_written).then(|| view! {
            <details open=opened>
                <summary>"Say where it is written down"</summary>
                <form method="post" action=format!("{path}/written") class="card stack" novalidate>
                    <WrittenFields form looks_personal/>
                    <p><button class="button">"Keep this"</button></p>
                </form>
            </details>
        })}
    }
}
