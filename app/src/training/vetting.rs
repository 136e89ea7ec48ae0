//! Checks before somebody starts, for whoever sees them: which check each role asks for, and what followed from
//! somebody's. Each reading is written down before anything is shown, and stands in the log of whom it is about.

mod person;
mod role;

use axum::http::StatusCode;
use domain::people::{EngagementKind, Labels, OrganisationId, PersonId};
use domain::training::vetting::{RoleCheck, Vetted, vetted};
use leptos::prelude::*;
use store::organisations::Organisation;
use store::training::matrix::{Among, people};
use store::training::starts::{self, Whose};
use store::training::vetting;

pub(crate) use self::person::{except, note, show as show_person};
pub(crate) use self::role::{settle, show as show_role};
use crate::cx::Cx;
use crate::door::{Answer, Asks};
use crate::form::{FormState, Typed};
use crate::permits::VetsHere;
use crate::permits::rounds::base as training;
use crate::ui::form::{Field, Takes};
use crate::ui::shell::{Area, Head};

/// People on a page. One more is asked for, to know whether there is a next page.
const A_PAGE: usize = 25;

/// Where checks are.
pub(crate) fn place(organisation: OrganisationId) -> String {
    format!("{}/checks", training(organisation))
}

/// Somebody whose role asks for a check, and whether it is current.
struct Line {
    id: PersonId,
    known_as: String,
    vetted: Vetted,
}

/// GET /training/at/{organisation}/checks
pub(crate) async fn list(cx: Cx, here: VetsHere, Asks(asks): Asks) -> Answer {
    let (db, today) = (cx.site.db(), cx.today());
    let organisation = here.organisation;
    let roles = vetting::roles(db, organisation.id).await?;
    let kinds: Vec<_> = roles.iter().map(|it| it.kind).collect();
    let called = asks.text("name").trim();
    let after = asks.text("after").parse().ok().filter(|_| called.is_empty());
    let among = Among { kinds: &kinds, team: None, called, after, today, limit: A_PAGE as u64 + 1 };
    let mut found = people(db, organisation.id, among).await?;
    let there_is_more = found.len() > A_PAGE;
    found.truncate(A_PAGE);
    let ids: Vec<_> = found.iter().map(|it| it.id).collect();
    let latest = vetting::latest(db, organisation.id, &ids).await?;
    let line = |it: store::organisations::Colleague| Line {
        id: it.id,
        vetted: vetted(&it.engagements, &roles, latest.get(&it.id), today),
        known_as: it.known_as,
    };
    // Nobody sees their own.
    let lines: Vec<_> = found.into_iter().filter(|it| it.id != here.officer.person()).map(line).collect();
    let whose = Whose::At(organisation.id, None);
    let waiting = starts::waiting(db, whose, A_PAGE as u64).await?;
    let waiting = waiting.into_iter().filter(|it| roles.iter().any(|role| role.kind == it.offer.kind));
    let not_me = |it: &PersonId| *it != here.officer.person();
    let mut who: Vec<_> = waiting.map(|it| it.person).filter(not_me).collect();
    who.dedup();
    let names = store::people::names(db, &who.iter().map(|it| it.as_uuid()).collect::<Vec<_>>()).await?;
    let named = |it: PersonId| Some((it, names.get(&it.as_uuid())?.clone()));
    let waiting: Vec<_> = who.into_iter().filter_map(named).collect();
    let next = ids.last().filter(|_| there_is_more && called.is_empty());
    let next = next.map(|it| format!("{}?after={it}", place(organisation.id)));
    let labels = store::organisations::labels(db, &[organisation.id]).await?;
    let done = (asks.text("done") == "settled").then_some("What the role asks for is kept.");
    let head = Head::new("Checks", Area::Me);
    let page = move || view! { <ListPage organisation roles labels waiting lines next asks done/> };
    Ok(cx.page(StatusCode::OK, head, page).await)
}

/// "Enhanced, adult workforce, with a barred list."
fn in_words(it: &RoleCheck) -> String {
    let workforce = it.workforce.map(|it| format!(", {}", it.label().to_lowercase())).unwrap_or_default();
    let barred = if it.barred_list { ", with a barred list" } else { "" };
    let repeat =
        it.repeat_months.map(|it| format!(" Looked at again after {it} months.")).unwrap_or_default();
    format!("{}{workforce}{barred}.{repeat}", it.level.label())
}

#[component]
fn ListPage(
    organisation: Organisation,
    roles: Vec<RoleCheck>,
    labels: Labels,
    /// Those who may not begin before their check is there.
    waiting: Vec<(PersonId, String)>,
    lines: Vec<Line>,
    next: Option<String>,
    asks: Typed,
    done: Option<&'static str>,
) -> impl IntoView {
    let here = place(organisation.id);
    let (none, no_roles) = (lines.is_empty(), roles.is_empty());
    let form = FormState { typed: asks, faults: Vec::new() };
    let word = |it: EngagementKind| labels.word(organisation.id, it).to_owned();
    let others: Vec<_> =
        EngagementKind::ALL.into_iter().filter(|it| roles.iter().all(|of| of.kind != *it)).collect();
    let role = |it: &RoleCheck| {
        view! {
            <li class="card stack">
                <h3><a class="alone" href=format!("{here}/roles/{}", it.kind.as_str())>{word(it.kind)}</a></h3>
                <p>{in_words(it)}</p>
                <p class="soft">"Why it may: "{it.reason.clone()}</p>
            </li>
        }
    };
    let roles_list = roles.iter().map(role).collect_view();
    let other = |it: EngagementKind| {
        view! { <li><a class="crumb" href=format!("{here}/roles/{}", it.as_str())>{word(it)}</a></li> }
    };
    let others = others.into_iter().map(other).collect_view();
    let line = |it: Line| {
        let class = if it.vetted == Vetted::Current { "tag good" } else { "tag now" };
        view! {
            <li class="card">
                <p><a class="alone" href=format!("{here}/people/{}", it.id)><bdi>{it.known_as}</bdi></a>" "<span class=class>{it.vetted.label()}</span></p>
            </li>
        }
    };
    view! {
        <div class="wrap reading form-page stack">
            <p><a class="crumb" href="/me">"Me"</a></p>
            <h1>"Checks at "{organisation.name}</h1>
            <p class="lead">"What follows from a check, and nothing that stands in it. When you open somebody’s, their log says so."</p>
            {done.map(|it| view! { <p class="notice" role="status">{it}</p> })}
            <Waits waiting here=here.clone()/>
            <section class="stack" aria-labelledby="roles">
                <h2 id="roles">"What roles ask for"</h2>
                <p>"Never a check for everybody: it is an offence to ask for one that a role does not allow."</p>
                {no_roles.then(|| view! { <p>"No role asks for a check yet."</p> })}
                {(!no_roles).then(|| view! { <ul role="list" class="stack">{roles_list}</ul> })}
                <details>
                    <summary>"Roles that ask for none"</summary>
                    <ul role="list">{others}</ul>
                </details>
            </section>
            {(!no_roles).then(|| view! {
                <section class="stack" aria-labelledby="people">
                    <h2 id="people">"People whose role asks for one"</h2>
                    <form method="get" action=here.clone() class="finding" role="search">
                        <Field form name="name" label="Name begins with" takes=Takes::Line/>
                        <p><button class="button quiet">"Find"</button></p>
                    </form>
                    {none.then(|| view! { <p role="status">"There is nobody here to show."</p> })}
                    {(!none).then(|| view! { <ul role="list" class="stack">{lines.into_iter().map(line).collect_view()}</ul> })}
                    {next.map(|it| view! { <p><a class="button quiet" href=it>"Show more people"</a></p> })}
                </section>
            })}
        </div>
    }
}

/// Those who begin once their check is noted.
#[component]
fn Waits(waiting: Vec<(PersonId, String)>, here: String) -> impl IntoView {
    let none = waiting.is_empty();
    let card = |(id, known_as): (PersonId, String)| {
        view! {
            <li class="card">
                <p><a class="alone" href=format!("{here}/people/{id}")><bdi>{known_as}</bdi></a>" "<span class="tag wait">"Waits to begin"</span></p>
            </li>
        }
    };
    let cards = waiting.into_iter().map(card).collect_view();
    (!none).then(|| {
        view! {
            <section class="stack" aria-labelledby="waiting">
                <h2 id="waiting">"Waiting for their check"</h2>
                <p>"They have said yes, and begin by themselves when you have noted it."</p>
                <ul role="list" class="stack">{cards}</ul>
            </section>
        }
    })
}
