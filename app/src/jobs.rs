//! Work that was given up: letters mostly. Whoever runs the site tries it again or lets it go, and sees neither
//! to whom a letter goes nor what is in it.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use chrono_tz::Europe::London;
use leptos::prelude::*;
use store::audit::Event;
use store::jobs::{Dead, JOB_DROPPED, JOB_RETRIED};
use uuid::Uuid;

use crate::cx::Cx;
use crate::door::{Answer, Asks, At, TurnedAway};
use crate::permits::Founds;
use crate::ui::shell::{Area, Head};
use crate::ui::words::date;

/// On a page. One more is asked for, to know whether there is a next page.
const A_PAGE: usize = 25;

/// GET /jobs
pub(crate) async fn show(cx: Cx, _: Founds, Asks(asks): Asks) -> Answer {
    let before = asks.text("before").parse().ok();
    let mut dead = store::jobs::dead_jobs(cx.site.db(), before, A_PAGE as u64 + 1).await?;
    let there_is_more = dead.len() > A_PAGE;
    dead.truncate(A_PAGE);
    let next = dead.last().filter(|_| there_is_more).map(|it| format!("/jobs?before={}", it.id));
    let done = match asks.text("done") {
        "retried" => Some("It is tried again now. If it gets stuck once more, it comes back here."),
        "dropped" => Some("It is let go, with everything that was in it."),
        _ => None,
    };
    let head = Head::new("Work that got stuck", Area::Me);
    Ok(cx.page(StatusCode::OK, head, move || view! { <JobsPage dead next done/> }).await)
}

/// POST /jobs/{id}/retry
pub(crate) async fn retry(cx: Cx, by: Founds, At(id): At<Uuid>) -> Answer {
    let tx = cx.site.db().begin().await?;
    if !store::jobs::retry(&tx, id, cx.now()).await? {
        return Err(TurnedAway::NotFound);
    }
    cx.keep(tx, Event::new(cx.now(), JOB_RETRIED).by(by.me.as_uuid()).to(id)).await?;
    Ok(Redirect::to("/jobs?done=retried").into_response())
}

/// POST /jobs/{id}/drop
pub(crate) async fn drop_it(cx: Cx, by: Founds, At(id): At<Uuid>) -> Answer {
    let tx = cx.site.db().begin().await?;
    if !store::jobs::drop_dead(&tx, id).await? {
        return Err(TurnedAway::NotFound);
    }
    cx.keep(tx, Event::new(cx.now(), JOB_DROPPED).by(by.me.as_uuid()).to(id)).await?;
    Ok(Redirect::to("/jobs?done=dropped").into_response())
}

/// What a kind of work is to people.
fn said(kind: &str) -> &str {
    match kind {
        "send_mail" => "A letter",
        "remind_of_due" => "Reminding people of what becomes due",
        "pass_on_concern" => "Passing on a concern that nobody has taken on",
        "remind_of_sessions" => "Reminding people of when they meet",
        "tell_of_round" => "Telling people of a round of training",
        "forget_slots" | "forget_invitations" | "forget_interest" => "Tidying up",
        other => other,
    }
}

#[component]
fn JobsPage(dead: Vec<Dead>, next: Option<String>, done: Option<&'static str>) -> impl IntoView {
    let none = dead.is_empty();
    view! {
        <div class="wrap reading form-page stack">
            <p><a class="crumb" href="/me">"Me"</a></p>
            <h1>"Work that got stuck"</h1>
            {done.map(|it| view! { <p class="notice" role="status">{it}</p> })}
            <p>"Letters and other work are tried again by themselves for about seven hours. What still fails waits here. You do not see to whom a letter goes, nor what is in it."</p>
            {none.then(|| view! { <p><b>"Nothing is stuck."</b></p> })}
            {(!none)
                .then(|| {
                    view! {
                        <ul role="list" class="stack">{dead.into_iter().map(|job| view! { <DeadCard job/> }).collect_view()}</ul>
                    }
                })}
            {next.map(|it| view! { <p><a class="button quiet" href=it>"Show more"</a></p> })}
        </div>
    }
}

#[component]
fn DeadCard(job: Dead) -> impl IntoView {
    let made = date(job.made_at.with_timezone(&London).date_naive());
    let tried = date(job.run_at.with_timezone(&London).date_naive());
    let (retry, drop_it) = (format!("/jobs/{}/retry", job.id), format!("/jobs/{}/drop", job.id));
    view! {
        <li class="card stack">
            <h2>{said(&job.kind).to_owned()}" of "{made}</h2>
            <p>"Tried "{job.attempts}" times, last on "{tried}". What went wrong: "{job.last_error}"."</p>
            <div class="row">
                <form method="post" action=retry><button class="button">"Try again"</button></form>
                <form method="post" action=drop_it><button class="button quiet">"Let it go"</button></form>
            </div>
        </li>
    }
}
