//! Policies, for whoever coordinates: what binds people there, in versions; and for each whom one binds, to read and
//! accept. A policy is something that is required: how people stand with it is worked out as with everything else.

mod form;
mod mine;
mod sheet;
mod version;
mod words;

use axum::http::StatusCode;
use chrono::NaiveDate;
use domain::people::{Labels, OrganisationId};
use domain::training::requirement::{Requirement, RequirementId, Version};
use leptos::prelude::*;
use store::organisations::Organisation;
use store::training::requirements;

pub(crate) use self::form::{change, show_change, show_new, write};
pub(crate) use self::mine::{accept, show as show_mine};
pub(crate) use self::sheet::{show as show_sheet, text};
pub(crate) use self::version::show as show_version;
use super::requirements::alike::{Beside, cards};
use crate::cx::Cx;
use crate::door::{Answer, Asks};
use crate::permits::CoordinatesTrainingHere;
use crate::permits::rounds::base as training;
use crate::ui::shell::{Area, Head};

/// Where an organisation's policies are.
fn place(organisation: OrganisationId) -> String {
    format!("{}/policies", training(organisation))
}

/// Where somebody reads a policy that binds them.
pub(super) fn own(policy: RequirementId) -> String {
    format!("{}/policies/{policy}", super::required::MINE)
}

/// Where it is seen who has read a policy.
fn who_has_read(policy: &Requirement) -> String {
    format!("{}/matrix?requirement={}", training(policy.organisation), policy.id)
}

/// GET /training/at/{organisation}/policies
pub(crate) async fn list(cx: Cx, here: CoordinatesTrainingHere, Asks(asks): Asks) -> Answer {
    let db = cx.site.db();
    let organisation = here.organisation;
    let mut all = requirements::of(db, organisation.id).await?;
    all.retain(Requirement::is_policy);
    let labels = store::organisations::labels(db, &[organisation.id]).await?;
    let done = match asks.text("done") {
        "made" => Some("It is kept. Everybody of whom it is asked finds it on their own page."),
        "changed" => {
            Some("The new version is kept. Everybody is asked to read it, in the weeks that it gives.")
        }
        "same" => Some("It is kept. What it says is as it was, so nobody is asked to read it again."),
        _ => None,
    };
    let today = cx.today();
    let head = Head::new("Policies", Area::Me);
    let page = move || view! { <ListPage organisation all labels today done/> };
    Ok(cx.page(StatusCode::OK, head, page).await)
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
    let new = format!("{here}/new");
    let beside = |policy: &Requirement, version: &Version| {
        let edition = version.rule.edition().filter(|_| version.from <= today);
        let (who, called) = (who_has_read(policy), version.called());
        Beside {
            before: edition.map(|it| view! { <p>"Version "{it}" is in force."</p> }).into_any(),
            after: edition
                .map(|_| view! { <p><a class="alone" href=who>"Who has read "{called}</a></p> })
                .into_any(),
        }
    };
    let cards = cards(all, &here, &labels, (today, beside));
    view! {
        <div class="wrap reading form-page stack">
            <p><a class="crumb" href=up>"Training at "{organisation.name.clone()}</a></p>
            <h1>"Policies of "{organisation.name.clone()}</h1>
            <p class="lead">"Each whom a policy binds reads it and accepts it for themself. A new version asks them again."</p>
            {done.map(|it| view! { <p class="notice" role="status">{it}</p> })}
            <p class="row"><a class="button" href=new>"Write a policy"</a></p>
            {none.then(|| view! { <p>"There is none yet."</p> })}
            {(!none).then_some(cards)}
        </div>
    }
}
