//! Issuing a role to somebody.

use axum::http::StatusCode;
use domain::people::{FieldFault, PersonId};
use domain::training::role_issue::{NotIssued, RoleIssueId, issue as rule};
use leptos::prelude::*;
use store::organisations::{Among, Colleague, PeoplePage};
use store::training::issues::{self, ROLE_ISSUED};
use store::training::role_profiles;

use super::base;
use crate::cx::Cx;
use crate::door::{Answer, Asks, TurnedAway};
use crate::form::{FormState, Typed};
use crate::happened::{Happened, tell};
use crate::permits::RoleHere;
use crate::training::found::what_they_are;
use crate::ui::form::{ErrorSummary, Field, Takes};
use crate::ui::shell::{Area, Head};

/// Found at most. Whoever is not among them is found by more of their name.
const FOUND: usize = 25;

/// GET /training/at/{organisation}/roles/{role}/issue
pub(crate) async fn find(cx: Cx, here: RoleHere, Asks(asks): Asks) -> Answer {
    page(&cx, &here, StatusCode::OK, FormState { typed: asks, faults: Vec::new() }).await
}

/// POST /training/at/{organisation}/roles/{role}/issue: the latest version of it.
pub(crate) async fn issue(cx: Cx, here: RoleHere, typed: Typed) -> Answer {
    let (id, path) = (here.role.id, format!("{}/{}", base(here.role.organisation), here.role.id));
    let refused = match typed.text("person").parse::<PersonId>() {
        Err(_) => NotIssued::NotKnownHere,
        Ok(person) => {
            let tx = cx.site.db().begin().await?;
            role_profiles::role_now(&tx, id).await?.ok_or(TurnedAway::NotFound)?;
            let version = role_profiles::latest_now(&tx, id).await?.ok_or(TurnedAway::NotFound)?;
            let live = issues::live_now(&tx, id, person).await?;
            let theirs = store::people::engagements_now(&tx, person).await?;
            let by = &here.here.coordinator;
            match rule(by, (person, &theirs), version.number, live.as_ref(), cx.today()) {
                Ok(new) => {
                    let issue = RoleIssueId::from_uuid(uuid::Uuid::now_v7());
                    issues::save_issue(&tx, (issue, id, &version.hash), &new, cx.now()).await?;
                    let event = here.here.event(&cx, ROLE_ISSUED).to(issue.as_uuid());
                    let page = format!("/training/roles/{issue}");
                    tell(&cx, &tx, (person, Happened::RoleIssued), &page).await?;
                    cx.keep(tx, event.about(person.as_uuid())).await?;
                    return Ok(cx.done(&format!("{path}?done=issued")));
                }
                // A second tap.
                Err(NotIssued::HasIt) => return Ok(cx.done(&format!("{path}?done=issued"))),
                Err(refused) => refused,
            }
        }
    };
    let fault = FieldFault { field: "name", remedy: refused.to_string() };
    page(&cx, &here, StatusCode::UNPROCESSABLE_ENTITY, FormState::refused(typed, vec![fault])).await
}

async fn page(cx: &Cx, here: &RoleHere, status: StatusCode, form: FormState) -> Answer {
    let called = form.typed.text("name").trim().to_owned();
    let (today, limit) = (cx.today(), FOUND as u64 + 1);
    let asked = PeoplePage { among: Among::Everybody, called: &called, after: None, today, limit };
    let mut people = match called.is_empty() {
        true => Vec::new(),
        false => store::organisations::people(cx.site.db(), here.role.organisation, asked).await?,
    };
    let too_many = people.len() > FOUND;
    people.truncate(FOUND);
    let me = here.here.me;
    people.retain(|it| it.id != me && it.engagements.iter().any(|it| it.is_current(today)));
    let labels = store::organisations::labels(cx.site.db(), &[here.role.organisation]).await?;
    let latest = role_profiles::versions(cx.site.db(), here.role.id).await?.into_iter().next();
    let number = latest.ok_or(TurnedAway::NotFound)?.number;
    let (back, title) =
        (format!("{}/{}", base(here.role.organisation), here.role.id), here.role.draft.value.title.clone());
    let head = Head::new("Issue a role", Area::Me).failed(!form.faults.is_empty());
    let page = move || {
        let none = people.is_empty() && !called.is_empty();
        let action = format!("{back}/issue");
        let card = |it: Colleague| {
            let are = what_they_are(&labels, &it, today);
            view! { <FoundCard action=action.clone() colleague=it are called=called.clone()/> }
        };
        let cards = people.iter().cloned().map(card).collect_view();
        view! {
            <div class="wrap reading form-page stack">
                <ErrorSummary form=form.clone()/>
                <p><a class="crumb" href=back>{title}</a></p>
                <h1>"Issue version "{number}</h1>
                <p>"They and their line manager read it and sign it. If they have an earlier version, this one takes its place. Whoever cannot be found is invited by an administrator."</p>
                <form method="get" action=action.clone() class="finding" role="search">
                    <Field form name="name" label="Name begins with" takes=Takes::Line/>
                    <p><button class="button quiet">"Find"</button></p>
                </form>
                {none.then(|| view! { <p role="status">"Nobody here has a name that begins so. Try another of their names, or less of it."</p> })}
                {(!people.is_empty()).then(|| view! { <ul role="list" class="stack">{cards}</ul> })}
                {too_many.then(|| view! { <p>"More people have a name that begins so. Type more of it."</p> })}
            </div>
        }
    };
    Ok(cx.page(status, head, page).await)
}

#[component]
fn FoundCard(
    action: String,
    colleague: Colleague,
    /// What they are here, so that two of one name are told apart.
    are: String,
    called: String,
) -> impl IntoView {
    let label = format!("Issue it to {}", colleague.known_as);
    view! {
        <li class="card stack">
            <p><b><bdi>{colleague.known_as}</bdi></b>{(!colleague.pronouns.is_empty()).then(|| view! { " "<span class="soft"><bdi>{colleague.pronouns}</bdi></span> })}</p>
            <p class="soft">{are}</p>
            <form method="post" action=action>
                <input type="hidden" name="person" value=colleague.id.to_string()/>
                <input type="hidden" name="name" value=called/>
                <button class="button quiet" aria-label=label>"Issue it"</button>
            </form>
        </li>
    }
}
