//! Who waits to begin: what they have accepted, what it waits for, and letting it begin once that is there.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use domain::people::{EngagementKind, Labels, OrganisationId, PersonId};
use domain::training::requirement::Requirement;
use domain::training::start::{Gate, Lacking, Waiting, WaitingId, begin as begin_rule};
use leptos::prelude::*;
use store::audit::Event;
use store::organisations::Organisation;
use store::training::starts::{self, BEGUN, LET_GO, Whose};

use super::stands;
use crate::cx::Cx;
use crate::door::{Answer, Asks, At, TurnedAway};
use crate::happened::{Happened, tell};
use crate::permits::rounds::base as training;
use crate::permits::{CoordinatesTrainingHere, WaitsHere};
use crate::ui::shell::{Area, Head};
use crate::ui::words::{date, list as listed};

/// On a page. One more is asked for, to know whether there is a next page.
const A_PAGE: usize = 25;

/// More than anybody is asked to be at once.
pub(crate) const OF_ONE: u64 = 30;

/// One who waits.
struct Line {
    waiting: Waiting,
    known_as: String,
    /// Each with where it is written down, if it is training.
    lacking: Vec<(String, Option<String>)>,
}

/// GET /training/at/{organisation}/waiting
pub(crate) async fn list(cx: Cx, here: CoordinatesTrainingHere, Asks(asks): Asks) -> Answer {
    let done = match asks.text("done") {
        "begun" => Some("It has begun."),
        "gone" => Some("It waits no more. They get a letter, and can be invited again."),
        _ => None,
    };
    page(&cx, here, (StatusCode::OK, asks.text("after").parse().ok(), done, None)).await
}

/// POST /training/at/{organisation}/waiting/{waiting}/begin
pub(crate) async fn begin(cx: Cx, at: WaitsHere) -> Answer {
    let WaitsHere { here, waiting } = at;
    let begun = begin_what_may(&cx, (here.organisation.id, waiting.person), here.me).await?;
    if begun.contains(&waiting.offer.kind) {
        return Ok(cx.done(&format!("{}?done=begun", place(here.organisation.id))));
    }
    let why =
        "It cannot begin yet: something that it waits for is not there. What that is stands with their name.";
    page(&cx, here, (StatusCode::UNPROCESSABLE_ENTITY, None, None, Some(why))).await
}

/// POST /training/at/{organisation}/waiting/{waiting}/let-go: once is enough.
pub(crate) async fn let_go(
    cx: Cx,
    here: CoordinatesTrainingHere,
    At((organisation, id)): At<(OrganisationId, WaitingId)>,
) -> Answer {
    let found = starts::one(cx.site.db(), organisation, id).await?;
    if let Some(waiting) = found.filter(|it| it.person != here.me) {
        let tx = cx.site.db().begin().await?;
        if starts::let_go(&tx, &waiting).await? {
            tell(&cx, &tx, (waiting.person, Happened::LetGo), "/me").await?;
            let event = here.event(&cx, LET_GO).to(id.as_uuid());
            cx.keep(tx, event.about(waiting.person.as_uuid())).await?;
        }
    }
    Ok(cx.done(&format!("{}?done=gone", place(organisation))))
}

/// Where it is.
fn place(organisation: OrganisationId) -> String {
    format!("{}/waiting", training(organisation))
}

/// Begins what somebody has accepted there and waits for nothing any more, and says what that was. `by` did something
/// that may have been what it waited for.
pub(crate) async fn begin_what_may(
    cx: &Cx,
    (organisation, person): (OrganisationId, PersonId),
    by: PersonId,
) -> Result<Vec<EngagementKind>, TurnedAway> {
    let db = cx.site.db();
    let waiting = starts::waiting(db, Whose::OneAt(organisation, person), OF_ONE).await?;
    if waiting.is_empty() {
        return Ok(Vec::new());
    }
    let gate = starts::gate(db, (organisation, person)).await?;
    let mut begun = Vec::new();
    for it in waiting {
        let Ok(begins) = begin_rule(&it.offer, &gate, cx.today()) else { continue };
        let tx = db.begin().await?;
        if starts::begin(&tx, &it, &begins).await? {
            tell(cx, &tx, (person, Happened::Begun), "/me").await?;
            let event = Event::new(cx.now(), BEGUN).by(by.as_uuid()).about(person.as_uuid());
            cx.keep(tx, event.within(organisation.as_uuid()).to(it.id.as_uuid())).await?;
            begun.push(it.offer.kind);
        }
    }
    Ok(begun)
}

/// What somebody waits for, in words: "the check that the role asks for and Fire safety".
pub(crate) fn waits_for(cx: &Cx, waiting: &Waiting, gate: &Gate) -> String {
    let lacking = begin_rule(&waiting.offer, gate, cx.today()).err().unwrap_or_default();
    let words: Vec<_> = lacking.iter().map(|it| called(cx, *it, &gate.required)).collect();
    listed(&words)
}

fn called(cx: &Cx, lacking: Lacking, required: &[Requirement]) -> String {
    match lacking {
        Lacking::Check => "the check that the role asks for".to_owned(),
        Lacking::Training(id) => required
            .iter()
            .find(|it| it.id == id)
            .map(|it| stands::called(it, cx.today()))
            .unwrap_or_default(),
    }
}

async fn page(
    cx: &Cx,
    here: CoordinatesTrainingHere,
    (status, after, done, why): (StatusCode, Option<WaitingId>, Option<&'static str>, Option<&'static str>),
) -> Answer {
    let (db, organisation) = (cx.site.db(), here.organisation);
    let whose = Whose::At(organisation.id, after);
    let mut waiting = starts::waiting(db, whose, A_PAGE as u64 + 1).await?;
    let there_is_more = waiting.len() > A_PAGE;
    waiting.truncate(A_PAGE);
    let next = waiting.last().filter(|_| there_is_more);
    let next = next.map(|it| format!("{}?after={}", place(organisation.id), it.id));
    let people: Vec<_> = waiting.iter().map(|it| it.person).collect();
    let gates = starts::gates(db, organisation.id, &people).await?;
    let ids: Vec<_> = people.iter().map(|it| it.as_uuid()).collect();
    let names: BTreeMap<_, _> = store::people::names(db, &ids).await?;
    let up = training(organisation.id);
    let line = |it: Waiting| {
        let gate = gates.get(&it.person).cloned().unwrap_or_default();
        let lacking = begin_rule(&it.offer, &gate, cx.today()).err().unwrap_or_default();
        let lacking = lacking.into_iter().map(|lacks| {
            let href = match lacks {
                Lacking::Check => None,
                Lacking::Training(id) => Some(format!("{up}/people/{}/required/{id}", it.person)),
            };
            (called(cx, lacks, &gate.required), href)
        });
        let known_as = names.get(&it.person.as_uuid()).cloned().unwrap_or_default();
        Line { lacking: lacking.collect(), known_as, waiting: it }
    };
    let lines: Vec<_> = waiting.into_iter().map(line).collect();
    let labels = store::organisations::labels(db, &[organisation.id]).await?;
    let head = Head::new("Waiting to begin", Area::Me).failed(why.is_some());
    let page = move || view! { <ListPage organisation labels lines next done why/> };
    Ok(cx.page(status, head, page).await)
}

#[component]
fn ListPage(
    organisation: Organisation,
    labels: Labels,
    lines: Vec<Line>,
    next: Option<String>,
    done: Option<&'static str>,
    why: Option<&'static str>,
) -> impl IntoView {
    let up = training(organisation.id);
    let here = place(organisation.id);
    let none = lines.is_empty();
    let card = |it: Line| {
        let word = labels.word(organisation.id, it.waiting.offer.kind).to_owned();
        view! { <Card line=it word here=here.clone()/> }
    };
    view! {
        <div class="wrap reading form-page stack">
            <p><a class="crumb" href=up>"Training at "{organisation.name}</a></p>
            <h1>"Waiting to begin"</h1>
            <p class="lead">"They have said yes, and something that comes before it is not there yet. It begins by itself on the day on which it is."</p>
            {done.map(|it| view! { <p class="notice" role="status">{it}</p> })}
            {why.map(|it| view! { <p class="notice" role="alert">{it}</p> })}
            {none.then(|| view! { <p>"Nobody waits at the moment."</p> })}
            {(!none).then(|| view! { <ul role="list" class="stack">{lines.into_iter().map(card).collect_view()}</ul> })}
            {next.map(|it| view! { <p><a class="button quiet" href=it>"Show more people"</a></p> })}
        </div>
    }
}

#[component]
fn Card(line: Line, word: String, here: String) -> impl IntoView {
    let Line { waiting, known_as, lacking } = line;
    let is_there = lacking.is_empty();
    let later = (waiting.offer.from > waiting.since)
        .then(|| format!(" From {} at the earliest.", date(waiting.offer.from)));
    let label = format!("Let {known_as} begin");
    let [action, gone] = ["begin", "let-go"].map(|it| format!("{here}/{}/{it}", waiting.id));
    let title = format!("It does not begin after all, for {known_as}");
    let lacks = |(what, href): (String, Option<String>)| match href {
        Some(href) => view! { <li><a class="crumb" href=href>{what}</a></li> }.into_any(),
        None => view! { <li>{what}</li> }.into_any(),
    };
    view! {
        <li class="card stack">
            <h2><bdi>{known_as}</bdi></h2>
            <p>{word}", accepted on "{date(waiting.since)}"."{later}</p>
            {(!is_there).then(|| view! { <p><span class="tag wait">"Waits for"</span></p><ul role="list">{lacking.into_iter().map(lacks).collect_view()}</ul> })}
            {is_there.then(|| view! {
                <p><span class="tag good">"Everything is there"</span></p>
                <form method="post" action=action><button class="button" aria-label=label>"Begin"</button></form>
            })}
            <details>
                <summary>"It does not begin after all"</summary>
                <p>"They get a letter that says so, without why, and can be invited again."</p>
                <form method="post" action=gone><button class="button quiet" aria-label=title>"Let it go"</button></form>
            </details>
        </li>
    }
}
