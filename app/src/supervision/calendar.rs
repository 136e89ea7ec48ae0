//! Somebody's own calendar: a link that their app reads, shown once, made anew, stopped.

use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use chrono::{DateTime, Months, Utc};
use domain::people::Actor;
use leptos::prelude::*;
use store::calendars::{CALENDAR_MADE, CALENDAR_STOPPED, save, since, stop as stop_it, whose};
use store::supervision::planned::{KeptPlanned, all_in};

use super::feed::{Entry, text};
use super::planned::planned_at;
use super::{theirs, with_whom};
use crate::called::names;
use crate::cx::Cx;
use crate::door::{Answer, Asks, At, TurnedAway};
use crate::permits::{Anyone, OwnSupervision};
use crate::sign_in::{Token, token_hash};
use crate::ui::shell::{Area, Head};
use crate::ui::words::moment_on_paper;

/// The most entries that a calendar gets. Our choice: ten a week for a year.
const MOST: u64 = 500;
/// For how many days a calendar keeps what has been. Our choice, so that what was called off goes from it.
const KEEPS: chrono::Days = chrono::Days::new(92);
/// How far ahead it reaches: as far as anything is planned.
const REACHES: Months = Months::new(15);

/// GET /supervision/calendar
pub(crate) async fn show(cx: Cx, own: OwnSupervision, Asks(asks): Asks) -> Answer {
    let done = (asks.text("done") == "stopped").then_some("It is stopped. Your calendar gets nothing more.");
    let since = since(cx.site.db(), own.me.id()).await?;
    let head = Head::new("In my own calendar", Area::Me);
    Ok(cx.page(StatusCode::OK, head, move || view! { <CalendarPage since link=None done/> }).await)
}

/// POST /supervision/calendar: makes a link, in the place of the one before, and shows it this once.
pub(crate) async fn make(cx: Cx, own: OwnSupervision) -> Answer {
    let token = Token::random();
    let tx = cx.site.db().begin().await?;
    save(&tx, (own.me.id(), token.hash()), cx.now()).await?;
    cx.keep(tx, cx.event(CALENDAR_MADE, own.me.id())).await?;
    let link = cx.site.address_of(&format!("/calendar/{}/alongside.ics", token.as_str()));
    let head = Head::new("In my own calendar", Area::Me);
    let since = Some(cx.now());
    Ok(cx.page(StatusCode::OK, head, move || view! { <CalendarPage since link=Some(link) done=None/> }).await)
}

/// POST /supervision/calendar/stop
pub(crate) async fn stop(cx: Cx, own: OwnSupervision) -> Answer {
    let tx = cx.site.db().begin().await?;
    if stop_it(&tx, own.me.id()).await? {
        cx.keep(tx, cx.event(CALENDAR_STOPPED, own.me.id())).await?;
    }
    Ok(cx.done("/supervision/calendar?done=stopped"))
}

#[component]
fn CalendarPage(
    since: Option<DateTime<Utc>>,
    /// The link, right after it was made.
    link: Option<String>,
    done: Option<&'static str>,
) -> impl IntoView {
    let (is_there, is_new) = (since.is_some(), link.is_some());
    let make = if is_there { "Make a new link" } else { "Make a link" };
    view! {
        <div class="wrap reading form-page stack">
            <p><a class="crumb" href="/supervision">"Supervision"</a></p>
            <h1>"In my own calendar"</h1>
            {done.map(|it| view! { <p class="notice" role="status">{it}</p> })}
            <p class="lead">"Your calendar app can read when you meet. It gets the day, the time, where, and with whom, and nothing of what it is about."</p>
            {link.map(|it| view! {
                <section class="notice stack" role="status" aria-labelledby="link">
                    <h2 id="link">"Your link"</h2>
                    <p>"It is shown this once. Copy it into your calendar app, where it says something like "<b>"add by address"</b>" or "<b>"subscribe"</b>"."</p>
                    <p class="key"><code>{it}</code></p>
                    <p>"Whoever has it sees when you meet. If it gets lost, make a new one: this one then works no more."</p>
                </section>
            })}
            {since.filter(|_| !is_new).map(|it| view! {
                <p>{format!("You have a link since {}. It was shown once and is not kept here. If you have lost it, make a new one: the old one then works no more.", moment_on_paper(it))}</p>
            })}
            <form method="post" action="/supervision/calendar"><button class=if is_there { "button quiet" } else { "button" }>{make}</button></form>
            {is_there.then(|| view! {
                <form method="post" action="/supervision/calendar/stop"><button class="button quiet">"Stop it"</button></form>
            })}
            <p class="soft">"Calendar apps ask a few times a day, so what is moved shows there some hours later. Whoever runs your calendar app sees what stands in it."</p>
        </div>
    }
}

/// GET /calendar/{token}/alongside.ics: there is no session, because calendar apps sign in nowhere.
pub(crate) async fn give(cx: Cx, _: Anyone, At(token): At<String>) -> Answer {
    let db = cx.site.db();
    let person = whose(db, token_hash(&token)).await?.ok_or(TurnedAway::NotFound)?;
    let known = store::people::known(db, person).await?.ok_or(TurnedAway::NotFound)?;
    let held = store::arranging::held_by(db, person).await?;
    let entries = entries(&cx, &Actor::new(person, known.engagements, held, cx.today())).await?;
    let body = text(&entries);
    let etag = format!("\"{}\"", store::hash_of(&body));
    let headers = [(header::ETAG, etag.as_str()), (header::CACHE_CONTROL, "private, no-cache")];
    if cx.has(&etag) {
        return Ok((StatusCode::NOT_MODIFIED, headers).into_response());
    }
    Ok((headers, [(header::CONTENT_TYPE, "text/calendar; charset=utf-8")], body).into_response())
}

async fn entries(cx: &Cx, actor: &Actor) -> store::Result<Vec<Entry>> {
    let db = cx.site.db();
    let all = theirs(cx, actor).await?;
    let ids: Vec<_> = all.iter().map(|it| it.arrangement.id).collect();
    let span = (cx.today() - KEEPS, cx.today() + REACHES);
    let planned = all_in(db, &ids, span, MOST).await?;
    let others: Vec<_> = all.iter().filter_map(|it| it.arrangement.other(it.member.part())).collect();
    let called = names(cx, &others).await?;
    let entry = |planned: KeptPlanned| {
        let it = all.iter().find(|it| it.reads(&planned.planned))?;
        Some(Entry {
            title: format!("Meeting with {}", with_whom(&it.arrangement, it.member.part(), &called)),
            url: cx.site.address_of(&planned_at(it.arrangement.id, planned.planned.id)),
            planned,
        })
    };
    Ok(planned.into_iter().filter_map(entry).collect())
}
