//! Assessing others: what waits, whoever waits longest first, and how far one candidate is.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use chrono_tz::Europe::London;
use domain::people::PersonId;
use domain::training::framework::FrameworkId;
use leptos::prelude::*;
use store::training::judgements::together::groups_of;
use store::training::judgements::{After, Waiting, waiting};

use super::competences::Progress;
use crate::cx::Cx;
use crate::door::{Answer, Asks, TurnedAway};
use crate::form::Typed;
use crate::permits::{Assesses, AssessesHere};
use crate::ui::shell::{Area, Head};
use crate::ui::words::date;

pub(crate) mod group;
mod group_view;
pub(crate) mod judge;
pub(crate) mod note;

/// Where the desk is.
pub(super) const DESK: &str = "/training/assessing";

/// On a page. One more is asked for, to know whether there is a next page.
const A_PAGE: usize = 25;

/// Candidates whose names stand on the desk. Our choice: nobody assesses more.
const NAMED: usize = 100;

/// GET /training/assessing
pub(crate) async fn desk(cx: Cx, by: Assesses, Asks(asks): Asks) -> Answer {
    let (db, after) = (cx.site.db(), after(&asks));
    let page = (after.as_ref(), A_PAGE as u64 + 1);
    let mut found = waiting(db, by.me, &by.candidates, page).await?;
    let there_is_more = found.len() > A_PAGE;
    found.truncate(A_PAGE);
    let next = found.last().filter(|_| there_is_more).map(link_after);
    let ids: Vec<_> = by.candidates.iter().take(NAMED).map(|it| it.0.as_uuid()).collect();
    let (mut people, mut groups) = (Vec::new(), Vec::new());
    if after.is_none() {
        let names = store::people::names(db, &ids).await?;
        let taken = store::training::judgements::taken_by_all(db, &by.candidates[..ids.len()]).await?;
        groups = self::groups(&cx, &by, taken.iter().map(|it| it.1).collect()).await?;
        for (person, framework, title) in taken {
            let name = names.get(&person.as_uuid()).cloned().unwrap_or_default();
            people.push((format!("{DESK}/{person}/{framework}"), name, title));
        }
        people.sort_by(|one, other| (&one.1, &one.2).cmp(&(&other.1, &other.2)));
    }
    let head = Head::new("Assessing", Area::Me);
    Ok(cx.page(StatusCode::OK, head, move || view! { <Desk found next people groups/> }).await)
}

/// The groups in which those are whom somebody assesses, each with the frameworks of its organisation that any of them
/// works with: where it is, what it is called, and the framework.
async fn groups(
    cx: &Cx,
    by: &Assesses,
    taken: BTreeSet<FrameworkId>,
) -> Result<Vec<(String, String, String)>, TurnedAway> {
    let db = cx.site.db();
    let groups = groups_of(db, &by.candidates).await?;
    let organisations: Vec<_> = groups.iter().map(|it| it.2).collect();
    let mut frameworks = store::training::frameworks::of(db, &organisations).await?;
    frameworks.retain(|it| taken.contains(&it.id));
    let with = |(id, name, at): (_, String, _)| {
        let theirs = frameworks.iter().filter(move |it| it.organisation == at);
        theirs.map(move |it| (format!("{DESK}/groups/{id}/{}", it.id), name.clone(), it.title.clone()))
    };
    Ok(groups.into_iter().flat_map(with).collect())
}

/// Where the page begins, as its address says.
fn after(asks: &Typed) -> Option<After> {
    Some(After {
        since: asks.text("since").parse().ok()?,
        person: asks.text("person").parse().ok()?,
        framework: asks.text("framework").parse().ok()?,
        code: asks.text("code").to_owned(),
    })
}

fn link_after(it: &Waiting) -> String {
    let since = it.since.timestamp_millis();
    format!("{DESK}?since={since}&person={}&framework={}&code={}", it.person, it.framework, it.code)
}

#[component]
fn Desk(
    found: Vec<Waiting>,
    next: Option<String>,
    people: Vec<(String, String, String)>,
    groups: Vec<(String, String, String)>,
) -> impl IntoView {
    let none = found.is_empty();
    let line = |it: Waiting| {
        let href = format!("{DESK}/{}/{}/{}", it.person, it.framework, it.code);
        let since = date(it.since.with_timezone(&London).date_naive());
        view! {
            <li class="card">
                <p><a class="alone" href=href><span><bdi>{it.known_as}</bdi>": "{it.code}" "{it.title}</span></a></p>
                <p class="row"><super::competences::view::Tag state=it.state/><span class="soft">"Since "{since}</span></p>
            </li>
        }
    };
    let person = |(href, name, title): (String, String, String)| {
        view! { <li class="card"><p><a class="alone" href=href><bdi>{name}</bdi></a></p><p class="soft">{title}</p></li> }
    };
    view! {
        <div class="wrap reading stack">
            <p><a class="crumb" href="/me">"Me"</a></p>
            <h1>"Assessing"</h1>
            <p class="lead">"What people say may be looked at. Whoever waits longest comes first."</p>
            {none.then(|| view! { <p>"Nobody waits for you."</p> })}
            {(!none).then(|| view! { <ul role="list" class="stack">{found.into_iter().map(line).collect_view()}</ul> })}
            {next.map(|it| view! { <p><a class="button quiet" href=it>"Show what came later"</a></p> })}
            {(!groups.is_empty()).then(|| view! {
                <section class="stack" aria-labelledby="groups">
                    <h2 id="groups">"Groups"</h2>
                    <ul role="list" class="stack">{groups.into_iter().map(person).collect_view()}</ul>
                </section>
            })}
            {(!people.is_empty()).then(|| view! {
                <section class="stack" aria-labelledby="people">
                    <h2 id="people">"Whom I assess"</h2>
                    <ul role="list" class="stack">{people.into_iter().map(person).collect_view()}</ul>
                </section>
            })}
        </div>
    }
}

/// GET /training/assessing/{person}/{framework}
pub(crate) async fn candidate(cx: Cx, here: AssessesHere) -> Answer {
    let AssessesHere { assessor, framework, known_as } = here;
    let person: PersonId = assessor.candidate();
    let base = format!("{DESK}/{person}/{}", framework.id);
    let title = framework.title.clone();
    let progress = Progress::of(&cx, person, framework).await?;
    let page = move || {
        let parts = super::competences::parts(progress.items);
        view! {
            <div class="wrap reading stack">
                <p><a class="crumb" href=DESK>"Assessing"</a></p>
                <h1>"Competences of "<bdi>{known_as}</bdi></h1>
                <h2>{title}</h2>
                {parts
                    .into_iter()
                    .zip(["Achieved", "On its way", "Not started"])
                    .map(|((_, items), title)| view! { <super::competences::Part base=base.clone() title items/> })
                    .collect_view()}
            </div>
        }
    };
    Ok(cx.page(StatusCode::OK, Head::new("Assessing", Area::Me), page).await)
}
