//! Placements that I look after: what waits is agreed line by line or many at once, all of it or nothing.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::StatusCode;
use domain::people::{FieldFault, PlaceId};
use domain::training::hours::{HoursId, Line, LineState, NotAgreed, agree as rule};
use domain::training::ladder::Climbed;
use domain::training::papers::Paper;
use leptos::prelude::*;
use store::training::hours::{HOURS_AGREED, lines, lines_now, save_agreed, waiting};
use store::training::placements::{Whose, placement_now};

use super::{Totals, said, tag};
use crate::cx::Cx;
use crate::door::{Answer, Asks, TurnedAway};
use crate::form::{FormState, Typed};
use crate::happened::{Happened, tell};
use crate::permits::{LooksAfter, LooksAfterPlacement};
use crate::training::ladder::{Steps, steps};
use crate::training::papers::{Links, there};
use crate::training::placements::{Called, a_page, called, days, sites_of};
use crate::ui::form::ErrorSummary;
use crate::ui::shell::{Area, Head};

/// Where the placements are that somebody looks after.
pub(in crate::training) const DESK: &str = "/training/looking-after";

/// GET /training/looking-after
pub(crate) async fn desk(cx: Cx, by: LooksAfter, Asks(asks): Asks) -> Answer {
    let (mut found, next) = a_page(&cx, Whose::With(by.me), (asks.text("before"), DESK)).await?;
    found.retain(|it| by.organisations.contains(&it.placement.organisation));
    let ids: Vec<_> = found.iter().map(|it| it.placement.id).collect();
    let waiting = waiting(cx.site.db(), &ids).await?;
    let page = move || {
        let none = found.is_empty();
        let card = |it: Called| {
            let (href, days, so_far) =
                (format!("{DESK}/{}", it.placement.id), days(&it.placement), it.so_far());
            let waits = waiting.get(&it.placement.id).copied().filter(|it| *it > 0);
            let waits =
                waits.map(|it| if it == 1 { "1 line waits".to_owned() } else { format!("{it} lines wait") });
            view! {
                <li class="card stack">
                    <h2><a class="alone" href=href><bdi>{it.person}</bdi></a></h2>
                    {waits.map(|it| view! { <p><span class="tag wait">{it}</span></p> })}
                    <p>{it.site}", "{days}"."</p>
                    <p class="soft">{so_far}"."</p>
                </li>
            }
        };
        let cards = found.into_iter().map(card).collect_view();
        view! {
            <div class="wrap reading stack">
                <p><a class="crumb" href="/me">"Me"</a></p>
                <h1>"Placements that I look after"</h1>
                {none.then(|| view! { <p>"There are none."</p> })}
                {(!none).then(|| view! { <ul role="list" class="stack">{cards}</ul> })}
                {next.map(|it| view! { <p><a class="button quiet" href=it>"Show earlier ones"</a></p> })}
            </div>
        }
    };
    Ok(cx.page(StatusCode::OK, Head::new("Placements", Area::Me), page).await)
}

/// GET /training/looking-after/{placement}
pub(crate) async fn show(cx: Cx, here: LooksAfterPlacement, Asks(asks): Asks) -> Answer {
    let done = match asks.text("done") {
        "agreed" => Some("It is agreed, and counts."),
        "step" => Some("The step is written down. They see it too."),
        "asked" => Some("They find your question beside it."),
        "newer" => Some("Something was done with that line meanwhile. This is how it stands now."),
        _ => None,
    };
    page(&cx, &here, (StatusCode::OK, FormState::default()), done).await
}

/// POST /training/looking-after/{placement}/agree
pub(crate) async fn agree(cx: Cx, here: LooksAfterPlacement, typed: Typed) -> Answer {
    let ticked: Vec<(HoursId, i64)> = typed
        .fields()
        .filter(|it| it.0 == "line")
        .filter_map(|it| {
            let (id, seen) = it.1.split_once('.')?;
            Some((id.parse().ok()?, seen.parse().ok()?))
        })
        .collect();
    let tx = cx.site.db().begin().await?;
    placement_now(&tx, here.placement.id).await?.ok_or(TurnedAway::NotFound)?;
    let there = lines_now(&tx, here.placement.id).await?;
    let (status, remedy) = match rule(&here.supervisor, &there, &ticked) {
        Ok(agreed) => {
            save_agreed(&tx, here.supervisor.person(), &agreed, cx.now()).await?;
            let theirs = format!("/training/placements/{}", here.placement.id);
            tell(&cx, &tx, (here.placement.person, Happened::HoursAgreed), &theirs).await?;
            cx.keep(tx, here.event(&cx, HOURS_AGREED)).await?;
            return Ok(cx.done(&format!("{DESK}/{}?done=agreed", here.placement.id)));
        }
        Err(NotAgreed::Choose) => {
            (StatusCode::UNPROCESSABLE_ENTITY, "Tick at least one line, and at most a hundred.")
        }
        Err(NotAgreed::Newer(lines)) => {
            // A second tap has agreed exactly these.
            let is_agreed =
                |id: &HoursId| there.iter().any(|it| it.id == *id && it.state == LineState::Agreed);
            if lines.len() == ticked.len() && lines.iter().all(is_agreed) {
                return Ok(cx.done(&format!("{DESK}/{}?done=agreed", here.placement.id)));
            }
            let remedy = "Some of these lines were changed meanwhile, so nothing is agreed yet. This is how they stand now. Look again, then agree.";
            (StatusCode::CONFLICT, remedy)
        }
    };
    drop(tx);
    let fault = FieldFault { field: "line", remedy: remedy.into() };
    page(&cx, &here, (status, FormState::refused(typed, vec![fault])), None).await
}

async fn page(
    cx: &Cx,
    here: &LooksAfterPlacement,
    (status, form): (StatusCode, FormState),
    done: Option<&'static str>,
) -> Answer {
    let placement = here.placement.clone();
    let lines = lines(cx.site.db(), placement.id).await?;
    let sites = sites_of(cx, placement.organisation).await?;
    let called = called(cx, vec![placement]).await?.into_iter().next().ok_or(TurnedAway::NotFound)?;
    let steps = steps(cx, &called.placement).await?;
    let papers = there(cx, &called.placement).await?;
    let head = Head::new("Hours", Area::Me).failed(!form.faults.is_empty());
    let page = move || view! { <Desk called lines sites form done beside=(steps, papers)/> };
    Ok(cx.page(status, head, page).await)
}

#[component]
fn Desk(
    called: Called,
    lines: Vec<Line>,
    sites: Vec<(PlaceId, String)>,
    form: FormState,
    done: Option<&'static str>,
    /// The steps towards leading a group, each with what its guide is called; and which papers there are.
    beside: (Vec<(Climbed, String)>, Vec<Paper>),
) -> impl IntoView {
    let (steps, papers) = beside;
    let path = format!("{DESK}/{}", called.placement.id);
    let sites: BTreeMap<_, _> = sites.into_iter().collect();
    let days = days(&called.placement);
    let (waits, others): (Vec<_>, Vec<_>) =
        lines.iter().cloned().partition(|it| it.state == LineState::Waiting);
    let none = waits.is_empty();
    let ticked: BTreeSet<String> =
        form.typed.fields().filter(|it| it.0 == "line").map(|it| it.1.to_owned()).collect();
    let line = |(at, it): (usize, &Line)| {
        let value = format!("{}.{}", it.id, it.revision);
        // The first carries the field's own id, so that the summary's link lands on it.
        let id = if at == 0 { "line".to_owned() } else { format!("line-{}", it.id) };
        let (href, words) = (format!("{path}/hours/{}/ask", it.id), said(it, &sites));
        let label = format!("Ask about it: {words}");
        let is_ticked = ticked.contains(&value);
        let of = id.clone();
        view! {
            <li class="card stack">
                <label class="choice" for=of>
                    <input type="checkbox" id=id name="line" value=value checked=is_ticked/>
                    <span>{words}</span>
                </label>
                {(!it.words.is_empty()).then(|| view! { <p class="typed">{it.words.clone()}</p> })}
                {it.corrects.map(|_| view! { <p class="soft">"Written anew, instead of an earlier one."</p> })}
                <p><a class="alone" href=href aria-label=label>"Ask about it"</a></p>
            </li>
        }
    };
    let waiting = waits.iter().enumerate().map(line).collect_view();
    let other = |it: &Line| {
        view! {
            <li class="card stack">
                <p>{said(it, &sites)}</p>
                <p><span class=tag(it.state)>{it.state.label()}</span></p>
                {(!it.question.is_empty()).then(|| view! { <p class="typed">"You asked: "{it.question.clone()}</p> })}
            </li>
        }
    };
    let has_others = !others.is_empty();
    let others = others.iter().rev().map(other).collect_view();
    view! {
        <div class="wrap reading form-page stack">
            <ErrorSummary form/>
            <p><a class="crumb" href=DESK>"Placements that I look after"</a></p>
            <h1>"Hours of "<bdi>{called.person.clone()}</bdi></h1>
            {done.map(|it| view! { <p class="notice" role="status">{it}</p> })}
            <p class="lead">{called.site.clone()}", "{days}"."</p>
            <Links path=path.clone() papers/>
            <section class="stack" aria-labelledby="waits">
                <h2 id="waits">"What waits for you"</h2>
                {none.then(|| view! { <p id="line">"Nothing."</p> })}
                {(!none).then(|| view! {
                    <form method="post" action=format!("{path}/agree") class="stack">
                        <ul role="list" class="stack">{waiting}</ul>
                        <p><button class="button">"Agree what I ticked"</button></p>
                        <p class="soft">"What is agreed counts, and is not changed any more. All that you ticked is agreed, or nothing is."</p>
                    </form>
                })}
            </section>
            <Totals lines=lines.clone() asked=called.asked/>
            <Steps steps/>
            <p><a class="button quiet" href=format!("{path}/ladder")>"Write down a step"</a></p>
            {has_others.then(|| view! {
                <section class="stack" aria-labelledby="others">
                    <h2 id="others">"Everything else"</h2>
                    <ul role="list" class="stack">{others}</ul>
                </section>
            })}
        </div>
    }
}
