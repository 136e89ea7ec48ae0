//! Roles: what an organisation says a role is, and what it issues to people, who sign it.

use axum::http::StatusCode;
use domain::people::OrganisationId;
use domain::training::role_profile::{RoleId, need_words};
use domain::training::{Need, role_profile};
use leptos::prelude::*;
use store::training::role_profiles::{self, ROLE_WORDS_CHANGED};

use crate::cx::Cx;
use crate::door::{Answer, Asks};
use crate::form::{FormState, Typed};
use crate::permits::CoordinatesTrainingHere;
use crate::ui::choose::filled;
use crate::ui::form::{ErrorSummary, Field, Takes};
use crate::ui::shell::{Area, Head};

mod asked;
pub(crate) mod draft;
pub(crate) mod issue;
pub(crate) mod issued;
pub(crate) mod lists;
pub(crate) mod one;
mod sheet;
pub(crate) mod signing;

/// On a page. One more is asked for, to know whether there is a next page.
const A_PAGE: usize = 25;

/// Where an organisation's role profiles are.
fn base(organisation: OrganisationId) -> String {
    format!("/training/at/{organisation}/roles")
}

/// GET /training/at/{organisation}/roles
pub(crate) async fn list(cx: Cx, here: CoordinatesTrainingHere, Asks(asks): Asks) -> Answer {
    let organisation = here.coordinator.organisation();
    let page = (asks.text("before").parse().ok(), A_PAGE as u64 + 1);
    let mut roles = role_profiles::of(cx.site.db(), organisation, page).await?;
    let there_is_more = roles.len() > A_PAGE;
    roles.truncate(A_PAGE);
    let base = base(organisation);
    let next = roles.last().filter(|_| there_is_more).map(|it| format!("{base}?before={}", it.0));
    let done = (asks.text("done") == "words").then_some("The words are kept.");
    let name = here.organisation.name;
    let page = move || {
        let none = roles.is_empty();
        let card = |(id, title): (RoleId, String)| {
            view! { <li class="card"><h2><a class="alone" href=format!("{base}/{id}")>{title}</a></h2></li> }
        };
        let cards = roles.into_iter().map(card).collect_view();
        view! {
            <div class="wrap reading form-page stack">
                <p><a class="crumb" href=format!("/training/at/{organisation}")>"Training at "{name.clone()}</a></p>
                <h1>"Roles at "{name}</h1>
                {done.map(|it| view! { <p class="notice" role="status">{it}</p> })}
                <p class="lead">"A role profile says what the work is and what it asks of people. Issue it to somebody, and they and their line manager sign it."</p>
                {none.then(|| view! { <p>"There is none yet."</p> })}
                {(!none).then(|| view! { <ul role="list" class="stack">{cards}</ul> })}
                {next.map(|it| view! { <p><a class="button quiet" href=it>"Show earlier ones"</a></p> })}
                <p class="row"><a class="button" href=format!("{base}/new")>"Write a role profile"</a>
                    <a href=format!("{base}/words")>"Our words for essential and desirable"</a></p>
            </div>
        }
    };
    Ok(cx.page(StatusCode::OK, Head::new("Roles", Area::Me), page).await)
}

/// GET /training/at/{organisation}/roles/words
pub(crate) async fn show_words(cx: Cx, here: CoordinatesTrainingHere) -> Answer {
    let words = role_profiles::words(cx.site.db(), here.organisation.id).await?;
    let form = [Need::Essential, Need::Desirable].map(|it| (it.as_str(), words.of(it).to_owned()));
    words_page(&cx, &here, StatusCode::OK, filled(&form)).await
}

/// POST /training/at/{organisation}/roles/words
pub(crate) async fn keep_words(cx: Cx, here: CoordinatesTrainingHere, typed: Typed) -> Answer {
    match need_words(typed.text("essential"), typed.text("desirable")) {
        Ok(words) => {
            let tx = cx.site.db().begin().await?;
            store::organisations::lock(&tx, here.organisation.id).await?;
            role_profiles::save_words(&tx, here.organisation.id, &words).await?;
            cx.keep(tx, here.event(&cx, ROLE_WORDS_CHANGED)).await?;
            Ok(cx.done(&format!("{}?done=words", base(here.organisation.id))))
        }
        Err(faults) => {
            let form = FormState::refused(typed, faults);
            words_page(&cx, &here, StatusCode::UNPROCESSABLE_ENTITY, form).await
        }
    }
}

async fn words_page(cx: &Cx, here: &CoordinatesTrainingHere, status: StatusCode, form: FormState) -> Answer {
    let list = base(here.organisation.id);
    let head = Head::new("Words for roles", Area::Me).failed(!form.faults.is_empty());
    let page = move || {
        view! {
            <div class="wrap reading form-page stack">
                <ErrorSummary form=form.clone()/>
                <p><a class="crumb" href=list.clone()>"Roles"</a></p>
                <h1>"Our words"</h1>
                <p class="lead">"What do you call what somebody has to bring, and what is good to have? Leave a field empty to use our word."</p>
                <form method="post" action=format!("{list}/words") class="stack" novalidate>
                    <Field form=form.clone() name="essential" label="For what is essential" hint="Ours is: Essential" takes=Takes::Line/>
                    <Field form name="desirable" label="For what is desirable" hint="Ours is: Desirable" takes=Takes::Line/>
                    <p class="row"><button class="button">"Keep these words"</button></p>
                </form>
                <p>"Versions that there are keep the words that they were made with, for people have signed them."</p>
            </div>
        }
    };
    Ok(cx.page(status, head, page).await)
}

/// What is typed, for the rule.
fn form(typed: &Typed) -> role_profile::RoleForm<'_> {
    role_profile::RoleForm {
        title: typed.text("title"),
        description: typed.text("description"),
        essential: typed.text("essential"),
        desirable: typed.text("desirable"),
        framework: typed.text("framework"),
        band: typed.text("band"),
        hours: typed.text("hours"),
        checks: typed.text("checks"),
        training: typed.text("training"),
    }
}
