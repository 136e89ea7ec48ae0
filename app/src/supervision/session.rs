//! One session: the facts that count, what it was about, what was agreed, and what those who were there shared.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use chrono::{DateTime, NaiveDate, Utc};
use domain::people::PersonId;
use domain::supervision::arrangement::ArrangementId;
use domain::supervision::presence::{Came, Presence};
use domain::supervision::session::{SessionId, may_write};
use leptos::prelude::*;
use store::supervision::actions::{Todo, of_session};
use store::supervision::notes::{SharedAt, opened_by, opened_on, save_opened, shared};
use store::supervision::sessions::Held;
use store::supervision::stands::{Stood, stands};

use super::stand::{Standing, record};
use super::{place, title_of, with_whom};
use crate::answer::Broken;
use crate::called::names;
use crate::cx::Cx;
use crate::door::{Answer, Asks};
use crate::form::FormState;
use crate::permits::SessionHere;
use crate::training::when::hour;
use crate::ui::form::ErrorSummary;
use crate::ui::shell::{Area, Head};
use crate::ui::words::{date, hours, moment_on_paper};

/// How many openings are listed, the latest first.
const OPENINGS: u64 = 50;

/// Where one session is.
pub(super) fn session_at(arrangement: ArrangementId, session: SessionId) -> String {
    format!("{}/sessions/{session}", place(arrangement))
}

/// What somebody shares, version by version, the last of which counts.
struct SharedBy {
    name: String,
    is_me: bool,
    versions: Vec<SharedAt>,
}

/// Everything on the page.
struct Whole {
    path: String,
    back: (String, String),
    private: String,
    readers: &'static str,
    held: Held,
    /// Of a group, who came.
    present: Vec<(String, String)>,
    todos: Vec<(String, Todo)>,
    written_by: String,
    shared: Vec<SharedBy>,
    /// Who opened what they share themself.
    opened: Vec<(String, DateTime<Utc>)>,
    standing: Asked,
    said: Said,
    /// Where whoever may changes what is written down.
    change: Option<String>,
    done: Option<&'static str>,
}

/// Who is asked whether it was so, and what they said.
struct Asked {
    asked: Vec<(String, Option<Stood>)>,
    is_mine: bool,
    counts_from: Option<NaiveDate>,
}

/// What somebody says of the record, as their form comes back.
#[derive(Default)]
pub(crate) struct Said {
    pub(super) form: FormState,
    pub(super) looks_personal: bool,
}

/// GET /supervision/{arrangement}/sessions/{session}
pub(crate) async fn show(cx: Cx, at: SessionHere, Asks(asks): Asks) -> Answer {
    let done = match asks.text("done") {
        "shared" => Some("It is shared. Whoever was there reads it here, and you see who opened it."),
        "stood" => Some("Kept, with the time. Whoever was there reads it here."),
        "changed" => Some("It is changed. Whoever was there is asked anew whether it was so."),
        _ => None,
    };
    page(&cx, at, (StatusCode::OK, done), Said::default()).await
}

/// The page, also when what somebody says has to be put right.
pub(super) async fn page(
    cx: &Cx,
    at: SessionHere,
    (status, done): (StatusCode, Option<&'static str>),
    said: Said,
) -> Answer {
    let (db, here, id) = (cx.site.db(), &at.here, at.held.id);
    let shared = shared(db, &here.member, id).await?;
    write_down_openings(cx, &at, &shared).await?;
    let stands = stands(db, &here.member, (id, at.held.number)).await?;
    let about = at.held.present.iter().map(|it| it.person).collect();
    let record = record((at.held.number, at.held.by, at.held.at), about, &stands);
    let asked = record.asked(&here.arrangement);
    let todos = of_session(db, &here.member, id).await?;
    let opened = opened_by(db, (&at.here.author, id), OPENINGS).await?;
    let mut people: Vec<PersonId> = at.held.present.iter().map(|it| it.person).collect();
    people.extend([at.held.by, here.arrangement.supervisor]);
    people.extend(&asked);
    people.extend(here.other());
    people.extend(todos.iter().map(|it| it.owner).chain(opened.iter().map(|it| it.0)));
    people.extend(shared.iter().map(|it| it.shared.author));
    let called = names(cx, &people).await?;
    let me = here.me;
    let name =
        |it: PersonId| if it == me { "You".to_owned() } else { called.get(&it).cloned().unwrap_or_default() };
    let with = with_whom(&here.arrangement, here.member.part(), &called);
    let present = if here.other().is_some() { Vec::new() } else { present(&at.held, &name) };
    let path = session_at(here.arrangement.id, id);
    let stood = |it: &PersonId| (name(*it), stands.iter().find(|by| by.person == *it).cloned());
    let mut asked: Vec<_> = asked.iter().map(stood).collect();
    asked.sort_by_cached_key(|it| domain::people::filed(&it.0));
    let waits = !record.is_agreed(&here.arrangement);
    let standing = Asked {
        is_mine: record.waits_for(&here.arrangement, me),
        counts_from: Some(record.counts_from()).filter(|it| waits && *it > cx.today()),
        asked,
    };
    let whole = Whole {
        standing,
        said,
        change: may_write(&here.arrangement, here.member.part()).then(|| format!("{path}/change")),
        back: (place(here.arrangement.id), title_of(here.arrangement.strand, &with)),
        private: format!("/supervision/notes/{id}"),
        readers: here.arrangement.strand.readers(),
        present,
        todos: todos.into_iter().map(|it| (name(it.owner), it)).collect(),
        written_by: name(at.held.by),
        shared: by_author(shared, me, &name),
        opened: opened.into_iter().map(|(who, when)| (name(who), when)).collect(),
        held: at.held,
        path,
        done,
    };
    let head = Head::new("A session", Area::Me).failed(!whole.said.form.faults.is_empty());
    Ok(cx.page(status, head, move || view! { <SessionPage whole/> }).await)
}

/// Who came, in the order of their names.
fn present(held: &Held, name: &impl Fn(PersonId) -> String) -> Vec<(String, String)> {
    let mut all: Vec<_> = held.present.iter().map(|it| (name(it.person), came_for(it))).collect();
    all.sort_by_cached_key(|it| domain::people::filed(&it.0));
    all
}

/// Whether somebody came, and for how long if it was for a part.
pub(super) fn came_for(it: &Presence) -> String {
    match it.came {
        Came::Part => format!("{}, {}", it.came.label(), hours(it.minutes.into())),
        came => came.label().to_owned(),
    }
}

fn by_author(all: Vec<SharedAt>, me: PersonId, name: &impl Fn(PersonId) -> String) -> Vec<SharedBy> {
    let mut by: BTreeMap<PersonId, Vec<SharedAt>> = BTreeMap::new();
    for it in all {
        by.entry(it.shared.author).or_default().push(it);
    }
    by.into_iter().map(|(who, versions)| SharedBy { name: name(who), is_me: who == me, versions }).collect()
}

/// Whoever shares something sees who opened it, and when: each version once a day.
async fn write_down_openings(cx: &Cx, at: &SessionHere, shared: &[SharedAt]) -> Result<(), Broken> {
    let mut last: BTreeMap<PersonId, i64> = BTreeMap::new();
    for it in shared.iter().filter(|it| it.shared.author != at.here.me) {
        last.insert(it.shared.author, it.shared.number);
    }
    if last.is_empty() {
        return Ok(());
    }
    let (of, today) = ((&at.here.member, at.held.id), cx.today());
    let there = opened_on(cx.site.db(), of, today).await?;
    let new: Vec<_> = last.into_iter().filter(|it| there.get(&it.0) != Some(&it.1)).collect();
    if new.is_empty() {
        return Ok(());
    }
    let tx = cx.site.db().begin().await?;
    save_opened(&tx, of, &new, (today, cx.now())).await?;
    Ok(tx.commit().await?)
}

#[component]
fn SessionPage(whole: Whole) -> impl IntoView {
    let Whole {
        path, back, private, readers, held, present, todos, written_by, shared, opened, done, ..
    } = whole;
    let Whole { standing: Asked { asked, is_mine, counts_from }, said, change, .. } = whole;
    let (number, form) = (held.number, said.form.clone());
    let mine = shared.iter().any(|it| it.is_me);
    let share = if mine { "Change what I share" } else { "Write something to share" };
    let came = |(who, came): (String, String)| view! { <div><dt><bdi>{who}</bdi></dt><dd>{came}</dd></div> };
    let todo = |(who, it): (String, Todo)| {
        let state = if it.done_at.is_some() { "Done" } else { "Open" };
        view! { <li><bdi>{who}</bdi>": "{it.what}", by "{date(it.due_on)}" "<span class="tag">{state}</span></li> }
    };
    let (nobody, none, any) = (present.is_empty(), shared.is_empty(), !todos.is_empty());
    view! {
        <div class="wrap reading form-page stack">
            <ErrorSummary form/>
            <p><a class="crumb" href=back.0>{back.1}</a></p>
            <h1>{date(held.day)}" at "{hour(held.time)}</h1>
            {done.map(|it| view! { <p class="notice" role="status">{it}</p> })}
            <p>{hours(held.minutes.into())}{(!held.place.is_empty()).then(|| format!(", {}", held.place))}</p>
            {(!held.themes.is_empty()).then(|| view! { <section class="stack"><h2>"What it was about"</h2><p class="typed">{held.themes}</p></section> })}
            {(!nobody).then(|| view! { <section class="stack"><h2>"Who came"</h2><dl class="summary">{present.into_iter().map(came).collect_view()}</dl></section> })}
            {any.then(|| view! { <section class="stack"><h2>"What was agreed"</h2><ul class="stack">{todos.into_iter().map(todo).collect_view()}</ul></section> })}
            <p class="soft">"Written down by "<bdi>{written_by}</bdi>{(held.number > 1).then(|| format!(", version {}", held.number))}"."</p>
            {change.map(|it| view! { <p><a class="alone" href=it>"Change what is written down"</a></p> })}
            {(!asked.is_empty()).then(|| view! { <Standing asked is_mine counts_from number path=path.clone() said/> })}
            <section class="stack" aria-labelledby="shared">
                <h2 id="shared">"What was shared"</h2>
                <p class="soft">{readers}</p>
                {none.then(|| view! { <p>"Nothing yet."</p> })}
                {shared.into_iter().map(|it| view! { <SharedCard it/> }).collect_view()}
                <p><a class="button" href=format!("{path}/share")>{share}</a></p>
            </section>
            {mine.then(|| view! { <Openings opened/> })}
            <section class="card stack" aria-labelledby="own">
                <h2 id="own">"For myself"</h2>
                <p>"Only you can open it, also when this ends."</p>
                <p><a class="alone" href=private>"Write for myself"</a></p>
            </section>
        </div>
    }
}

/// What one of them shares, with what they shared before.
#[component]
fn SharedCard(it: SharedBy) -> impl IntoView {
    let SharedBy { name, mut versions, .. } = it;
    let last = versions.pop();
    let earlier: Vec<_> = versions
        .into_iter()
        .rev()
        .map(|it| view! { <li><p class="soft">{moment_on_paper(it.at)}</p><p class="typed">{said(it.shared.text)}</p></li> })
        .collect();
    let any = !earlier.is_empty();
    last.map(|it| {
        view! {
            <article class="card stack">
                <h3><bdi>{name}</bdi></h3>
                <p class="typed">{said(it.shared.text)}</p>
                <p class="soft">{moment_on_paper(it.at)}{(it.shared.number > 1).then(|| format!(", version {}", it.shared.number))}</p>
                {any.then(|| view! { <details><summary>"Before"</summary><ul class="stack">{earlier}</ul></details> })}
            </article>
        }
    })
}

fn said(text: String) -> String {
    if text.is_empty() { "Taken back.".to_owned() } else { text }
}

/// Who opened what somebody shares.
#[component]
fn Openings(opened: Vec<(String, DateTime<Utc>)>) -> impl IntoView {
    let none = opened.is_empty();
    let row = |(who, when): (String, DateTime<Utc>)| {
        view! { <li><bdi>{who}</bdi>", "{moment_on_paper(when)}</li> }
    };
    view! {
        <section class="stack" aria-labelledby="opened">
            <h2 id="opened">"Who opened what I share"</h2>
            {none.then(|| view! { <p>"Nobody yet."</p> })}
            {(!none).then(|| view! { <ul>{opened.into_iter().map(row).collect_view()}</ul> })}
        </section>
    }
}
