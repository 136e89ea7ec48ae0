//! One role profile, for whoever coordinates: its draft, the versions that were made of it, and who has which.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use chrono_tz::Europe::London;
use domain::people::{FieldFault, OrganisationId, PersonId};
use domain::training::framework::Competence;
use domain::training::role_profile::{Around, RoleId, publish as rule};
use leptos::prelude::*;
use store::training::frameworks;
use store::training::issues::{Issued, of_role};
use store::training::role_profiles::{self, Numbered, ROLE_PUBLISHED, Role};

use super::lists::IssuedCard;
use super::sheet::{Sheet, Shown};
use super::{A_PAGE, base};
use crate::answer::Broken;
use crate::called::names;
use crate::cx::Cx;
use crate::door::{Answer, Asks, At, TurnedAway};
use crate::form::{FormState, Typed};
use crate::permits::RoleHere;
use crate::revised::seen;
use crate::ui::form::ErrorSummary;
use crate::ui::shell::{Area, Head};
use crate::ui::words::date;

/// GET /training/at/{organisation}/roles/{role}
pub(crate) async fn show(cx: Cx, here: RoleHere, Asks(asks): Asks) -> Answer {
    page(&cx, &here, StatusCode::OK, FormState { typed: asks, faults: Vec::new() }).await
}

/// What stands around the draft as things are, and what is in its framework.
async fn around(cx: &Cx, here: &RoleHere) -> Result<(Around, Vec<Competence>), Broken> {
    let db = cx.site.db();
    let words = role_profiles::words(db, here.role.organisation).await?;
    let found = match here.role.draft.value.framework {
        Some(id) => frameworks::framework(db, id).await?,
        None => None,
    };
    let there = match &found {
        Some(it) => frameworks::competences(db, it.id, it.version).await?,
        None => Vec::new(),
    };
    let framework = found.map(|it| (it.title, it.version));
    Ok((Around { organisation: here.here.organisation.name.clone(), words, framework }, there))
}

/// POST /training/at/{organisation}/roles/{role}/publish
pub(crate) async fn publish(cx: Cx, here: RoleHere, typed: Typed) -> Answer {
    let (around, there) = around(&cx, &here).await?;
    let (id, all) = (here.role.id, base(here.role.organisation));
    let tx = cx.site.db().begin().await?;
    let role = role_profiles::role_now(&tx, id).await?.ok_or(TurnedAway::NotFound)?;
    let latest = role_profiles::latest_now(&tx, id).await?;
    let before = latest.as_ref().map(|it| (it.number, &*it.canonical));
    let draft = (&role.draft, seen(&typed));
    match rule(&here.here.coordinator, draft, (around, &there), before) {
        Ok(new) => {
            role_profiles::save_version(&tx, (id, here.here.me), &new, cx.now()).await?;
            cx.keep(tx, here.here.event(&cx, ROLE_PUBLISHED).to(id.as_uuid())).await?;
            Ok(cx.done(&format!("{all}/{id}?done=published")))
        }
        Err(why) => {
            drop(tx);
            let status = match why {
                domain::training::role_profile::NotPublished::Newer => StatusCode::CONFLICT,
                _ => StatusCode::UNPROCESSABLE_ENTITY,
            };
            let here = RoleHere { role, ..here };
            let fault = FieldFault { field: "publish", remedy: why.to_string() };
            page(&cx, &here, status, FormState::refused(typed, vec![fault])).await
        }
    }
}

/// GET /training/at/{organisation}/roles/{role}/versions/{number}
pub(crate) async fn version(
    cx: Cx,
    here: RoleHere,
    At((_, id, number)): At<(OrganisationId, RoleId, i64)>,
) -> Answer {
    let found = role_profiles::version(cx.site.db(), id, number).await?.ok_or(TurnedAway::NotFound)?;
    let (title, made_on) = (found.text.title.clone(), found.made_at.with_timezone(&London).date_naive());
    let hash = found.hash.clone();
    let shown = Shown::version(&cx, found).await?;
    let back = format!("{}/{id}", base(here.role.organisation));
    let page = move || {
        view! {
            <div class="wrap reading plan stack">
                <p class="on-screen"><a class="crumb" href=back>"The role"</a></p>
                <h1>{title}</h1>
                <p class="lead">"Version "{number}", made on "{date(made_on)}". It never changes."</p>
                <Sheet shown/>
                <p class="soft key">"SHA-256 of its text: "<code>{hash}</code></p>
            </div>
        }
    };
    Ok(cx.page(StatusCode::OK, Head::new("A role", Area::Me), page).await)
}

/// What the page shows besides the draft.
struct Beside {
    versions: Vec<Numbered>,
    issued: Vec<(Issued, String)>,
    next: Option<String>,
}

async fn page(cx: &Cx, here: &RoleHere, status: StatusCode, form: FormState) -> Answer {
    let (role, db) = (here.role.clone(), cx.site.db());
    let (around, _) = around(cx, here).await?;
    let shown = Shown::of(cx, role.draft.value.clone(), around.words, around.framework).await?;
    let versions = role_profiles::versions(db, role.id).await?;
    let asked = (form.typed.text("before").parse().ok(), A_PAGE as u64 + 1);
    let mut issued = of_role(db, role.id, asked).await?;
    let there_is_more = issued.len() > A_PAGE;
    issued.truncate(A_PAGE);
    let path = format!("{}/{}", base(role.organisation), role.id);
    let next = issued.last().filter(|_| there_is_more).map(|it| format!("{path}?before={}", it.issue.id));
    let ids: Vec<_> = issued.iter().map(|it| it.issue.person).collect();
    let called: BTreeMap<PersonId, String> = names(cx, &ids).await?;
    let named = |it: Issued| {
        let name = called.get(&it.issue.person).cloned().unwrap_or_default();
        (it, name)
    };
    let beside = Beside { versions, issued: issued.into_iter().map(named).collect(), next };
    let done = match form.typed.text("done") {
        "kept" => Some("The draft is kept."),
        "published" => Some("The version is made. You can issue it to people now."),
        "issued" => {
            Some("It is issued. They find it on their page of roles, and their line manager on theirs.")
        }
        _ => None,
    };
    let head = Head::new("A role profile", Area::Me).failed(!form.faults.is_empty());
    Ok(cx.page(status, head, move || view! { <RolePage role path shown beside form done/> }).await)
}

#[component]
fn RolePage(
    role: Role,
    path: String,
    shown: Shown,
    beside: Beside,
    form: FormState,
    done: Option<&'static str>,
) -> impl IntoView {
    let Beside { versions, issued, next } = beside;
    let (has_version, none) = (!versions.is_empty(), issued.is_empty());
    let following = versions.first().map_or(1, |it| it.number + 1);
    let all = base(role.organisation);
    let version = |it: Numbered| {
        let on = date(it.made_at.with_timezone(&London).date_naive());
        let href = format!("{path}/versions/{}", it.number);
        view! { <li><a href=href>"Version "{it.number}</a>" "<span class="soft">"made on "{on}</span></li> }
    };
    let versions = versions.into_iter().map(version).collect_view();
    let people = issued.into_iter().map(|(it, name)| view! { <IssuedCard issued=it name/> }).collect_view();
    view! {
        <div class="wrap reading form-page stack">
            <ErrorSummary form/>
            <p><a class="crumb" href=all>"Roles"</a></p>
            <h1>{role.draft.value.title.clone()}</h1>
            {done.map(|it| view! { <p class="notice" role="status">{it}</p> })}
            <section class="stack" aria-labelledby="versions">
                <h2 id="versions">"Versions"</h2>
                {(!has_version).then(|| view! { <p>"There is none yet. A version is what people sign, and it never changes."</p> })}
                {has_version.then(|| view! { <ul>{versions}</ul> })}
                {has_version.then(|| view! { <p><a class="button" href=format!("{path}/issue")>"Issue it to somebody"</a></p> })}
            </section>
            <section class="stack" aria-labelledby="people">
                <h2 id="people">"Who has it"</h2>
                {none.then(|| view! { <p>"Nobody yet."</p> })}
                {(!none).then(|| view! { <ul role="list" class="stack">{people}</ul> })}
                {next.map(|it| view! { <p><a class="button quiet" href=it>"Show earlier ones"</a></p> })}
            </section>
            <section class="card stack" aria-labelledby="draft">
                <h2 id="draft">"The draft"</h2>
                <p>"This is how it reads now. Make a version of it when it is right."</p>
                <form method="post" action=format!("{path}/publish") class="row" id="publish">
                    <input type="hidden" name="revision" value=role.draft.revision/>
                    <button class="button quiet">"Make version "{following}" of it"</button>
                    <a href=format!("{path}/draft")>"Change the draft"</a>
                </form>
            </section>
            <Sheet shown/>
        </div>
    }
}
