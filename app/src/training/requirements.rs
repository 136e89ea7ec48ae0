//! What an organisation requires, for whoever coordinates training there; and how one person stands with it.

pub(super) mod alike;
mod form;
mod notes;
mod one;
mod person;

use axum::http::StatusCode;
use chrono::NaiveDate;
use domain::people::{Labels, OrganisationId};
use domain::training::requirement::{Requirement, Version};
use leptos::prelude::*;
use store::organisations::Organisation;
use store::training::requirements;

use self::alike::{Beside, cards};
pub(crate) use self::form::{change, make, show_change, show_new};
pub(crate) use self::notes::{book, exempt, record, take_back};
pub(crate) use self::one::show as show_one;
pub(crate) use self::person::show as show_person;
use crate::cx::Cx;
use crate::door::{Answer, Asks};
use crate::permits::CoordinatesTrainingHere;
use crate::permits::rounds::base as training;
use crate::ui::shell::{Area, Head};
use crate::ui::words::list as listed;

/// Where what an organisation requires is.
pub(crate) fn place(organisation: OrganisationId) -> String {
    format!("{}/requirements", training(organisation))
}

/// GET /training/at/{organisation}/requirements
pub(crate) async fn list(cx: Cx, here: CoordinatesTrainingHere, Asks(asks): Asks) -> Answer {
    let db = cx.site.db();
    let organisation = here.organisation;
    let mut all = requirements::of(db, organisation.id).await?;
    // They have a list of their own.
    all.retain(|it| !it.is_policy());
    let labels = store::organisations::labels(db, &[organisation.id]).await?;
    let done = match asks.text("done") {
        "made" => Some("It is kept. Everybody of whom it is asked sees it on their own page."),
        "changed" => {
            Some("The change is kept. Nobody is overdue by it: everybody has the weeks that it gives.")
        }
        _ => None,
    };
    let today = cx.today();
    let head = Head::new("What we require", Area::Me);
    let page = move || view! { <ListPage organisation all labels today done/> };
    Ok(cx.page(StatusCode::OK, head, page).await)
}

/// Of whom it is asked, in the organisation's own words.
pub(super) fn asked_of(labels: &Labels, organisation: OrganisationId, version: &Version) -> String {
    let kinds: Vec<_> = version.asked_of.iter().map(|it| labels.word(organisation, *it).to_owned()).collect();
    if kinds.is_empty() { "nobody any more".into() } else { listed(&kinds) }
}

#[component]
fn ListPage(
    organisation: Organisation,
    all: Vec<Requirement>,
    labels: Labels,
    today: NaiveDate,
    done: Option<&'static str>,
) -> impl IntoView {
    let none = all.is_empty();
    let (up, here) = (training(organisation.id), place(organisation.id));
    let (matrix, policies) = (format!("{up}/matrix"), format!("{up}/policies"));
    let beside = |_: &Requirement, version: &Version| Beside {
        before: view! { <p>{version.rule.said()}</p> }.into_any(),
        after: ().into_any(),
    };
    let cards = cards(all, &here, &labels, (today, beside));
    view! {
        <div class="wrap reading form-page stack">
            <p><a class="crumb" href=up>"Training at "{organisation.name.clone()}</a></p>
            <h1>"What "{organisation.name.clone()}" requires"</h1>
            <p class="lead">"Training that people have to have done because of what they are here. They see it on their own page, with what would count."</p>
            {done.map(|it| view! { <p class="notice" role="status">{it}</p> })}
            <p class="row"><a class="button" href=format!("{here}/new")>"Require something"</a>
                <a href=policies>"Policies"</a>
                {(!none).then(|| view! { <a href=matrix>"Who has what"</a> })}</p>
            {none.then(|| view! { <p>"Nothing is required yet."</p> })}
            {(!none).then_some(cards)}
        </div>
    }
}
