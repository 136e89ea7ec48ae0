//! A group from within: for those who have a place in it, and for those who keep its register.

mod mine;
mod person;
mod register;
mod standing;
mod table;

use axum::http::StatusCode;
use domain::people::PersonId;
use domain::training::attendance::Standing;
use domain::training::cohort::PlaceState;
use leptos::prelude::*;
use store::training::cohorts::{Cohort, CohortSession};

pub(crate) use self::person::{accredit, adjust, mark_work, show as show_person};
pub(crate) use self::register::{keep as keep_register, show as show_register};
pub(super) use self::standing::{Known, OfOne, completed, who};
use super::when;
use crate::cx::Cx;
use crate::door::{Answer, Asks, TurnedAway};
use crate::permits::{InCohort, SignedIn};
use crate::ui::shell::{Area, Head};

/// GET /training/cohorts: groups that I am in, or whose sessions I hold.
pub(crate) async fn list(cx: Cx, me: SignedIn) -> Answer {
    let db = cx.site.db();
    let places = store::training::places::of(db, me.id()).await?;
    let held = store::training::cohorts::held_by(db, me.id()).await?;
    let ids: Vec<_> = places.iter().map(|it| it.cohort).chain(held.iter().copied()).collect();
    let cohorts = store::training::cohorts::cohorts(db, &ids).await?;
    let mut shown = Vec::with_capacity(cohorts.len());
    for it in cohorts {
        let place = places.iter().find(|place| place.cohort == it.id).map(|it| it.state);
        // Whoever gives no courses there any more does not see it any more.
        let gives =
            me.actor.in_organisation(domain::people::EngagementKind::Tutor, it.organisation).is_some();
        if place.is_some() || gives {
            shown.push((it, place));
        }
    }
    let head = Head::new("My groups", Area::Me);
    Ok(cx.page(StatusCode::OK, head, move || view! { <ListPage groups=shown/> }).await)
}

#[component]
fn ListPage(groups: Vec<(Cohort, Option<PlaceState>)>) -> impl IntoView {
    let none = groups.is_empty();
    view! {
        <div class="wrap reading form-page stack">
            <p><a class="crumb" href="/me">"Me"</a></p>
            <h1>"My groups"</h1>
            {none.then(|| view! { <p>"You are in no group at the moment. "<a href="/courses">"See what there is"</a></p> })}
            {(!none).then(|| view! {
            <ul role="list" class="stack">
                {groups
                    .into_iter()
                    .map(|(it, place)| {
                        let what = place.map_or("You hold its sessions", PlaceState::label);
                        view! {
                            <li class="card stack">
                                <h2><a class="alone" href=format!("/training/cohorts/{}", it.id)><bdi>{it.terms.name}</bdi></a></h2>
                                <p class="soft">{what}</p>
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
            })}
        </div>
    }
}

/// GET /training/cohorts/{cohort}: mine, for whoever has a place; the whole group, for whoever keeps its register.
pub(crate) async fn show(cx: Cx, here: InCohort, Asks(asks): Asks) -> Answer {
    match here {
        InCohort::Place(cohort, member) => mine::show(&cx, cohort, member).await,
        InCohort::Register(here) => table::show(&cx, here.cohort, &asks).await,
    }
}

/// The sessions of a group, each with something said of its register.
#[component]
pub(crate) fn SessionsTable(caption: &'static str, rows: Vec<AnyView>) -> impl IntoView {
    view! {
        <table class="cards">
            <caption class="hidden">{caption}</caption>
            <thead><tr><th scope="col">"Session"</th><th scope="col">"When"</th><th scope="col">"Register"</th></tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

/// One of them: what it is called, or leads to, and what is said of its register.
#[component]
pub(crate) fn SessionRow(
    #[prop(into)] title: AnyView,
    session: CohortSession,
    #[prop(into)] said: AnyView,
) -> impl IntoView {
    view! {
        <tr>
            <th scope="row">{title}</th>
            <td data-label="When">{when::said(session.held.on, session.place.begins)}</td>
            <td data-label="Register">{said}</td>
        </tr>
    }
}

/// How far somebody is in the programme of their group.
pub(crate) async fn how_far(cx: &Cx, cohort: Cohort, person: PersonId) -> Result<Standing, TurnedAway> {
    Ok(standing::Known::of(cx, cohort, &[person]).await?.standing(person))
}
