//! One pair or group: what was agreed on, and the sessions that took place.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use chrono::NaiveDate;
use domain::people::PersonId;
use domain::supervision::arrangement::{Part, With};
use domain::supervision::session::{Came, SessionId};
use leptos::prelude::*;
use store::supervision::agreements::versions;
use store::supervision::sessions::{Held, sessions};

use super::{Stands, place, stands, title_of};
use crate::called::names;
use crate::cx::Cx;
use crate::door::{Answer, Asks};
use crate::permits::StrandHere;
use crate::training::when::hour;
use crate::ui::shell::{Area, Head};
use crate::ui::words::{date, hours};

/// On a page. One more is asked for, to know whether there is a next page.
const A_PAGE: usize = 25;

/// Everything on the page.
struct Whole {
    path: String,
    title: String,
    readers: &'static str,
    agreement: Option<(i64, String)>,
    sessions: Vec<Held>,
    called: BTreeMap<PersonId, String>,
    /// Whether only one person is supervised, so that nobody has to be named.
    is_pair: bool,
    me: PersonId,
    may_write: bool,
    next: Option<String>,
    done: Option<&'static str>,
}

/// GET /supervision/{arrangement}
pub(crate) async fn show(cx: Cx, here: StrandHere, Asks(asks): Asks) -> Answer {
    let (db, arrangement) = (cx.site.db(), &here.arrangement);
    let path = place(arrangement.id);
    let mut found = sessions(db, arrangement.id, (before(asks.text("before")), A_PAGE as u64 + 1)).await?;
    let there_is_more = found.len() > A_PAGE;
    found.truncate(A_PAGE);
    let next = found.last().filter(|_| there_is_more).map(|it| format!("{path}?before={}.{}", it.day, it.id));
    let mut people: Vec<PersonId> = found.iter().map(|it| it.by).collect();
    people.extend(found.iter().flat_map(|it| it.present.iter().map(|it| it.person)));
    people.push(arrangement.supervisor);
    if let With::One(person) = arrangement.with {
        people.push(person);
    }
    let called = names(&cx, &people).await?;
    let name = |it: &PersonId| called.get(it).cloned().unwrap_or_default();
    let with = match (&arrangement.with, here.member.part()) {
        (With::Group(group), _) => group.clone(),
        (With::One(person), Part::Supervisor) => name(person),
        (With::One(_), Part::Supervisee) => name(&arrangement.supervisor),
    };
    let mut versions = versions(db, &[arrangement.id]).await?;
    let versions = versions.remove(&arrangement.id).unwrap_or_default();
    let last = versions.last().map(|it| it.version.number);
    let says = match stands(&versions, arrangement, here.me) {
        Stands::None => String::new(),
        Stands::Mine(_) => "It waits for you.".to_owned(),
        Stands::Theirs => "You have agreed. It holds when the other has too.".to_owned(),
        Stands::Holds(said) => said,
    };
    let done = match asks.text("done") {
        "recorded" => Some("It is written down. Both of you see it here."),
        "there" => Some("You have begun this with them already. It is here."),
        _ => None,
    };
    let whole = Whole {
        title: title_of(arrangement.strand, &with),
        readers: arrangement.strand.readers(),
        agreement: last.map(|it| (it, says)),
        is_pair: matches!(arrangement.with, With::One(_)),
        may_write: matches!(arrangement.with, With::One(_)),
        me: here.me,
        sessions: found,
        path,
        called,
        next,
        done,
    };
    let head = Head::new("Supervision", Area::Me);
    Ok(cx.page(StatusCode::OK, head, move || view! { <StrandPage whole/> }).await)
}

/// The last session of the page before, as its link names it.
fn before(asked: &str) -> Option<(NaiveDate, SessionId)> {
    let (day, id) = asked.split_once('.')?;
    Some((day.parse().ok()?, id.parse().ok()?))
}

#[component]
fn StrandPage(whole: Whole) -> impl IntoView {
    let Whole { path, title, readers, agreement, sessions, called, is_pair, me, may_write, next, done } =
        whole;
    let none = sessions.is_empty();
    let record = format!("{path}/record");
    let name = move |it: PersonId| {
        if it == me { "you".to_owned() } else { called.get(&it).cloned().unwrap_or_default() }
    };
    let card = |it: Held| {
        let came: Vec<_> = it
            .present
            .iter()
            .filter(|_| !is_pair)
            .map(|it| {
                let long = if it.came == Came::Part {
                    format!(", {}", hours(it.minutes.into()))
                } else {
                    String::new()
                };
                view! { <li><bdi>{name(it.person)}</bdi>": "{it.came.label()}{long}</li> }
            })
            .collect();
        let place = (!it.place.is_empty()).then(|| format!(", {}", it.place));
        view! {
            <li class="card stack">
                <h3>{date(it.day)}" at "{hour(it.time)}</h3>
                <p>{hours(it.minutes.into())}{place}</p>
                {(!came.is_empty()).then(|| view! { <ul class="stack">{came}</ul> })}
                <p class="soft">"Written by "<bdi>{name(it.by)}</bdi>{(it.number > 1).then(|| format!(", version {}", it.number))}"."</p>
            </li>
        }
    };
    let cards: Vec<_> = sessions.into_iter().map(card).collect();
    view! {
        <div class="wrap reading form-page stack">
            <p><a class="crumb" href="/supervision">"Supervision"</a></p>
            <h1>{title}</h1>
            {done.map(|it| view! { <p class="notice" role="status">{it}</p> })}
            <p>{readers}</p>
            {agreement.map(|(number, says)| view! {
                <section class="card stack" aria-labelledby="agreement">
                    <h2 id="agreement"><a class="alone" href=format!("{path}/agreement/{number}")>"What we agreed on"</a></h2>
                    <p>{says}</p>
                </section>
            })}
            {may_write.then(|| view! { <p><a class="button" href=record>"Write down that we met"</a></p> })}
            <section class="stack" aria-labelledby="sessions">
                <h2 id="sessions">"Sessions"</h2>
                {none.then(|| view! { <p>"None is written down yet."</p> })}
                {(!none).then(|| view! { <ul role="list" class="stack">{cards}</ul> })}
                {next.map(|it| view! { <p><a class="alone" href=it>"Earlier ones"</a></p> })}
            </section>
        </div>
    }
}
