//! The groups of an organisation, for whoever coordinates training there.

mod begin;
mod figures;
mod framework;
mod overview;
mod people;
mod progress;
mod session;
mod terms;
mod tutors;

use std::sync::Arc;

use axum::http::StatusCode;
use domain::people::OrganisationId;
use domain::training::cohort::CohortId;
use leptos::prelude::*;
use store::content::Programme;
use store::organisations::Organisation;
use store::training::cohorts::{Cohort, CohortSession};

pub(crate) use self::begin::{begin, show as show_begin};
pub(crate) use self::figures::show as figures;
pub(crate) use self::framework::{choose as choose_framework, show as show_framework};
pub(crate) use self::overview::show;
pub(crate) use self::people::{find, give, move_it};
pub(super) use self::progress::Competences;
pub(crate) use self::progress::show as progress;
pub(crate) use self::session::{keep as keep_session, show as show_session};
pub(crate) use self::terms::{keep as keep_terms, show as show_terms};
pub(crate) use self::tutors::{choose, show as show_tutors};
use crate::cx::Cx;
use crate::door::{Answer, Asks, TurnedAway};
use crate::permits::CoordinatesTrainingHere;
use crate::ui::shell::{Area, Head};

/// On a page. One more is asked for, to know whether there is a next page.
const A_PAGE: usize = 25;

/// Where an organisation's groups are.
fn base(organisation: OrganisationId) -> String {
    format!("/training/at/{organisation}/cohorts")
}

/// Where one of them is.
fn path(cohort: &Cohort) -> String {
    format!("{}/{}", base(cohort.organisation), cohort.id)
}

/// A group of the organisation that somebody coordinates. Another's is not there.
async fn found(cx: &Cx, here: &CoordinatesTrainingHere, id: CohortId) -> Result<Cohort, TurnedAway> {
    let found = store::training::cohorts::cohort(cx.site.db(), id).await?;
    found.filter(|it| it.organisation == here.coordinator.organisation()).ok_or(TurnedAway::NotFound)
}

/// The version of the programme that a group goes through.
pub(super) async fn programme_of(cx: &Cx, cohort: &Cohort) -> Result<Arc<Programme>, TurnedAway> {
    let programme = cx.public.programme_in(cx.site.db(), cohort.programme).await?;
    programme.ok_or(TurnedAway::NotFound)
}

/// What a session is called in the programme that its group goes through.
pub(crate) async fn session_title(
    cx: &Cx,
    session: &CohortSession,
    group: &Cohort,
) -> Result<String, TurnedAway> {
    let programme = programme_of(cx, group).await?;
    Ok(programme.session(&session.slug).map(|it| it.1.title.clone()).unwrap_or_default())
}

/// GET /training/at/{organisation}/cohorts
pub(crate) async fn list(cx: Cx, here: CoordinatesTrainingHere, Asks(asks): Asks) -> Answer {
    let page = (asks.text("before").parse().ok(), A_PAGE as u64 + 1);
    let mut cohorts =
        store::training::cohorts::at(cx.site.db(), here.coordinator.organisation(), page).await?;
    let there_is_more = cohorts.len() > A_PAGE;
    cohorts.truncate(A_PAGE);
    let base = base(here.coordinator.organisation());
    let next = cohorts.last().filter(|_| there_is_more).map(|it| format!("{base}?before={}", it.id));
    let titled = |it: Cohort| {
        let programme = cx.public.programmes.iter().find(|of| of.id == it.programme.0);
        (it, programme.map(|it| it.programme.outline.title.clone()).unwrap_or_default())
    };
    let cohorts: Vec<_> = cohorts.into_iter().map(titled).collect();
    let organisation = here.organisation;
    let head = Head::new("Groups", Area::Me);
    Ok(cx.page(StatusCode::OK, head, move || view! { <ListPage organisation cohorts next/> }).await)
}

#[component]
fn ListPage(
    organisation: Organisation,
    cohorts: Vec<(Cohort, String)>,
    next: Option<String>,
) -> impl IntoView {
    let none = cohorts.is_empty();
    let base = base(organisation.id);
    view! {
        <div class="wrap reading form-page stack">
            <p><a class="crumb" href=format!("/training/at/{}", organisation.id)>"Training at "{organisation.name.clone()}</a></p>
            <h1>"Groups of "{organisation.name}</h1>
            <p class="lead">"A group goes through a programme together, with its own days, tutors and places."</p>
            <p><a class="button" href=format!("{base}/new")>"Begin a group"</a></p>
            {none.then(|| view! { <p>"There is no group yet."</p> })}
            {(!none)
                .then(|| {
                    view! {
                        <ul role="list" class="stack">
                            {cohorts
                                .into_iter()
                                .map(|(it, programme)| {
                                    let href = path(&it);
                                    view! {
                                        <li class="card stack">
                                            <h2><a class="alone" href=href><bdi>{it.terms.name}</bdi></a></h2>
                                            <p class="soft">{programme}</p>
                                        </li>
                                    }
                                })
                                .collect_view()}
                        </ul>
                    }
                })}
            {next.map(|it| view! { <p><a class="button quiet" href=it>"Show earlier groups"</a></p> })}
        </div>
    }
}
