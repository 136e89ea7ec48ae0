//! The lists of those who chose to show something to whoever looks: their plan, or what they need.

use axum::http::StatusCode;
use domain::people::PersonId;
use leptos::prelude::*;
use store::me::Named;

use crate::cx::Cx;
use crate::door::Answer;
use crate::form::Typed;
use crate::ui::shell::{Area, Head};

/// On a page. One more is asked for, to know whether there is a next page.
const A_PAGE: usize = 25;

/// What such a list says.
pub(crate) struct List {
    /// Where it is; what each of them shows is under it.
    pub(crate) at: &'static str,
    /// On the tab, which others may see.
    pub(crate) tab: &'static str,
    pub(crate) heading: &'static str,
    pub(crate) lead: &'static str,
    /// What stands there when nobody shows anything.
    pub(crate) nobody: &'static str,
}

/// After whom the page that is asked for begins, and how many to look for.
pub(crate) fn asked(asks: &Typed) -> (Option<PersonId>, u64) {
    (asks.text("before").parse().ok(), A_PAGE as u64 + 1)
}

/// Shows a page of those who were found.
pub(crate) async fn page(cx: &Cx, list: List, mut people: Vec<Named>) -> Answer {
    let there_is_more = people.len() > A_PAGE;
    people.truncate(A_PAGE);
    let next = people.last().filter(|_| there_is_more).map(|it| format!("{}?before={}", list.at, it.id));
    let head = Head::new(list.tab, Area::Me);
    Ok(cx.page(StatusCode::OK, head, move || view! { <ListPage list people next/> }).await)
}

#[component]
fn ListPage(list: List, people: Vec<Named>, next: Option<String>) -> impl IntoView {
    let none = people.is_empty();
    view! {
        <div class="wrap reading form-page stack">
            <p><a class="crumb" href="/me">"Me"</a></p>
            <h1>{list.heading}</h1>
            <p class="lead">{list.lead}</p>
            {none.then(|| view! { <p>{list.nobody}</p> })}
            {(!none)
                .then(|| {
                    view! {
                        <ul role="list" class="stack">
                            {people
                                .into_iter()
                                .map(|it| {
                                    let href = format!("{}/{}", list.at, it.id);
                                    view! { <li class="card"><a class="alone" href=href><bdi>{it.known_as}</bdi></a></li> }
                                })
                                .collect_view()}
                        </ul>
                    }
                })}
            {next.map(|it| view! { <p><a class="button quiet" href=it>"Show more people"</a></p> })}
        </div>
    }
}
