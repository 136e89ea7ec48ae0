//! Lists of roles: those that were issued to me, and those of the people whom I manage.

use axum::http::StatusCode;
use chrono_tz::Europe::London;
use domain::training::role_issue::IssueState;
use leptos::prelude::*;
use store::training::issues::{Issued, of_managed, of_person};

use super::A_PAGE;
use crate::called::names;
use crate::cx::Cx;
use crate::door::{Answer, Asks};
use crate::permits::{Manages, SignedIn};
use crate::ui::shell::{Area, Head};
use crate::ui::words::date;

/// GET /training/roles
pub(crate) async fn mine(cx: Cx, me: SignedIn, Asks(asks): Asks) -> Answer {
    let page = (asks.text("before").parse().ok(), A_PAGE as u64 + 1);
    let found = of_person(cx.site.db(), me.id(), page).await?;
    let named = found.into_iter().map(|it| (it, String::new())).collect();
    let shown = Shown::new(named, "/training/roles");
    let page = move || {
        view! {
            <div class="wrap reading stack">
                <p><a class="crumb" href="/training">"Training"</a></p>
                <h1>"My roles"</h1>
                <p class="lead">"What was agreed that your work is. You read it, and you and your line manager sign it."</p>
                <List shown none="No role was issued to you yet."/>
            </div>
        }
    };
    Ok(cx.page(StatusCode::OK, Head::new("My roles", Area::Me), page).await)
}

/// GET /training/managing
pub(crate) async fn managing(cx: Cx, by: Manages, Asks(asks): Asks) -> Answer {
    let page = (asks.text("before").parse().ok(), A_PAGE as u64 + 1);
    let found = of_managed(cx.site.db(), &by.managed, page).await?;
    let people: Vec<_> = found.iter().map(|it| it.issue.person).collect();
    let called = names(&cx, &people).await?;
    let named = |it: Issued| {
        let name = called.get(&it.issue.person).cloned().unwrap_or_default();
        (it, name)
    };
    let shown = Shown::new(found.into_iter().map(named).collect(), "/training/managing");
    let page = move || {
        view! {
            <div class="wrap reading stack">
                <p><a class="crumb" href="/me">"Me"</a></p>
                <h1>"Roles of the people I manage"</h1>
                <p class="lead">"Read each with them, and sign it for yourself. They sign for themselves."</p>
                <List shown none="Nobody whom you manage has a role yet."/>
            </div>
        }
    };
    Ok(cx.page(StatusCode::OK, Head::new("Roles", Area::Me), page).await)
}

/// A page of a list.
struct Shown {
    /// Each with whose it is, where that is to be said.
    issued: Vec<(Issued, String)>,
    next: Option<String>,
}

impl Shown {
    fn new(mut issued: Vec<(Issued, String)>, path: &str) -> Self {
        let there_is_more = issued.len() > A_PAGE;
        issued.truncate(A_PAGE);
        let last = issued.last().filter(|_| there_is_more);
        let next = last.map(|it| format!("{path}?before={}", it.0.issue.id));
        Self { issued, next }
    }
}

#[component]
fn List(shown: Shown, none: &'static str) -> impl IntoView {
    let Shown { issued, next } = shown;
    let is_empty = issued.is_empty();
    let cards = issued.into_iter().map(|(it, name)| view! { <IssuedCard issued=it name/> }).collect_view();
    view! {
        {is_empty.then(|| view! { <p>{none}</p> })}
        {(!is_empty).then(|| view! { <ul role="list" class="stack">{cards}</ul> })}
        {next.map(|it| view! { <p><a class="button quiet" href=it>"Show earlier ones"</a></p> })}
    }
}

/// What tells how it stands.
pub(super) const fn tag(state: IssueState) -> &'static str {
    match state {
        IssueState::Open => "tag wait",
        IssueState::Signed => "tag good",
        _ => "tag",
    }
}

/// One that was issued; `name` says to whom, where that is to be said.
#[component]
pub(super) fn IssuedCard(issued: Issued, name: String) -> impl IntoView {
    let Issued { issue, title, issued_at, .. } = issued;
    let on = date(issued_at.with_timezone(&London).date_naive());
    let href = format!("/training/roles/{}", issue.id);
    let has_name = !name.is_empty();
    let what = format!("{title}, version {}", issue.version);
    view! {
        <li class="card stack">
            <p><a class="alone" href=href><span>{has_name.then(|| view! { <bdi>{name}</bdi>": " })}{what}</span></a></p>
            <p class="row"><span class=tag(issue.state)>{issue.state.label()}</span><span class="soft">"Issued on "{on}</span></p>
        </li>
    }
}
