//! The applications to a round: as a board, by where they are, and as a table, page by page.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use domain::training::ApplicationState as State;
use leptos::prelude::*;
use store::training::applications::Application;
use store::training::board::{self as store_board, Column};
use uuid::Uuid;

use super::application::tag;
use crate::cx::Cx;
use crate::door::{Answer, Asks};
use crate::permits::rounds::{RoundHere, base, names};
use crate::ui::shell::{Area, Head};
use crate::ui::words::moment;

/// Cards in a column: more are in the table.
const A_COLUMN: usize = 20;
/// Rows on a page of the table. One more is asked for, to know whether there is a next page.
const A_PAGE: usize = 50;

/// GET /training/at/{organisation}/rounds/{round}/board
pub(crate) async fn board(cx: Cx, at: RoundHere) -> Answer {
    let columns = store_board::board(cx.site.db(), at.round.id, A_COLUMN).await?;
    let people = columns.iter().flat_map(|it| it.applications.iter().map(|it| it.person));
    let names = names(&cx, people.collect()).await?;
    let head = Head::new("Applications, as a board", Area::Me);
    Ok(cx.page(StatusCode::OK, head, move || view! { <BoardPage at columns names/> }).await)
}

/// GET /training/at/{organisation}/rounds/{round}/table
pub(crate) async fn table(cx: Cx, at: RoundHere, Asks(asks): Asks) -> Answer {
    let after = asks.text("after").parse().ok();
    let mut rows = store_board::table(cx.site.db(), at.round.id, after, A_PAGE as u64 + 1).await?;
    let there_is_more = rows.len() > A_PAGE;
    rows.truncate(A_PAGE);
    let names = names(&cx, rows.iter().map(|it| it.person).collect()).await?;
    let next = rows.last().filter(|_| there_is_more);
    let next = next
        .map(|it| format!("{}/rounds/{}/table?after={}", base(at.here.organisation.id), at.round.id, it.id));
    let head = Head::new("Applications, as a table", Area::Me);
    Ok(cx.page(StatusCode::OK, head, move || view! { <TablePage at rows names next/> }).await)
}

fn name(names: &BTreeMap<Uuid, String>, it: &Application) -> String {
    names.get(&it.person.as_uuid()).cloned().unwrap_or_default()
}

/// What a coordinator does next, if it is their turn.
const fn next(state: State) -> Option<&'static str> {
    match state {
        State::Sent => Some("Next: talk with them"),
        State::Talked => Some("Next: decide"),
        State::Offered => Some("They decide"),
        State::Draft | State::Accepted | State::NotThisTime | State::Paused | State::SteppedBack => None,
    }
}

#[component]
fn BoardPage(at: RoundHere, columns: Vec<Column>, names: BTreeMap<Uuid, String>) -> impl IntoView {
    let all = base(at.here.organisation.id);
    let round = format!("{all}/rounds/{}", at.round.id);
    let none = columns.iter().all(|it| it.applications.is_empty());
    let column = |it: Column| {
        let Column { state, applications, there_is_more } = it;
        let id = format!("column-{}", state.as_str());
        let named = id.clone();
        let empty = applications.is_empty();
        let card = |it: Application| {
            let href = format!("{all}/applications/{}", it.id);
            view! { <li class="card"><a class="alone" href=href><bdi>{name(&names, &it)}</bdi></a></li> }
        };
        view! {
            <section class="stack" aria-labelledby=id>
                <h2 id=named>{state.label()}</h2>
                {next(state).filter(|_| !empty).map(|it| view! { <p class="soft">{it}</p> })}
                {empty.then(|| view! { <p class="soft">"Nobody"</p> })}
                {(!empty).then(|| view! { <ul role="list" class="stack">{applications.into_iter().map(card).collect_view()}</ul> })}
                {there_is_more.then(|| view! { <p class="soft">"More are in the table."</p> })}
            </section>
        }
    };
    view! {
        <div class="wrap stack">
            <p><a class="crumb" href=round.clone()>{at.round.about.value.name}</a></p>
            <h1>"Applications"</h1>
            {none.then(|| view! { <p>"Nobody has sent one yet. Whoever is still writing is not shown."</p> })}
            <p><a class="button quiet" href=format!("{round}/table")>"See them as a table"</a></p>
            <div class="board">{columns.into_iter().map(column).collect_view()}</div>
        </div>
    }
}

#[component]
fn TablePage(
    at: RoundHere,
    rows: Vec<Application>,
    names: BTreeMap<Uuid, String>,
    next: Option<String>,
) -> impl IntoView {
    let all = base(at.here.organisation.id);
    let round = format!("{all}/rounds/{}", at.round.id);
    let none = rows.is_empty();
    let row = |it: Application| {
        let href = format!("{all}/applications/{}", it.id);
        let state = it.standing.state;
        view! {
            <tr>
                <th scope="row"><a class="alone" href=href><bdi>{name(&names, &it)}</bdi></a></th>
                <td data-label="Where it is"><span><span class=tag(state)>{state.label()}</span></span></td>
                <td data-label="Since"><time datetime=it.changed_at.to_rfc3339()>{moment(it.changed_at)}</time></td>
            </tr>
        }
    };
    view! {
        <div class="wrap stack">
            <p><a class="crumb" href=round.clone()>{at.round.about.value.name}</a></p>
            <h1>"Applications"</h1>
            <p><a class="button quiet" href=format!("{round}/board")>"See them as a board"</a></p>
            {none.then(|| view! { <p>"There is nothing more to show."</p> })}
            {(!none)
                .then(|| {
                    view! {
                        <table class="cards">
                            <caption class="hidden">"Applications, in the order in which they were begun"</caption>
                            <thead><tr><th scope="col">"Who"</th><th scope="col">"Where it is"</th><th scope="col">"Since"</th></tr></thead>
                            <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
                        </table>
                    }
                })}
            {next.map(|it| view! { <p><a class="button quiet" href=it>"Show more"</a></p> })}
        </div>
    }
}
