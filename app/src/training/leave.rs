//! Leaving the list: by a link in each letter, which nobody else can make, or on one's own page.

use axum::http::StatusCode;
use domain::training::InterestId;
use leptos::prelude::*;
use store::audit::Event;
use store::training::interest::{self, Listed, TRAINING_LIST_LEFT};

use crate::cx::Cx;
use crate::door::{Answer, At, TurnedAway};
use crate::form::Typed;
use crate::permits::{Anyone, SignedIn};
use crate::register::LinkGonePage;
use crate::sign_in::token_text;
use crate::site::Site;
use crate::ui::shell::{Area, Head};

/// What the seal of a link is for.
const SEALED_FOR: &str = "leave the list";

/// The path by which an address leaves the list. It can be made anew for each letter, so nothing is kept of it.
pub(crate) fn leave_path(site: &Site, id: InterestId) -> String {
    let seal = site.secrets().sealed(SEALED_FOR, &[id.as_uuid().as_bytes()]);
    format!("/training/leave/{id}.{}", token_text(&seal))
}

/// Which address a link is about, if it is one of ours.
fn read(site: &Site, token: &str) -> Option<InterestId> {
    let (id, seal) = token.split_once('.')?;
    let id: InterestId = id.parse().ok()?;
    site.secrets().is_sealed(seal, SEALED_FOR, &[id.as_uuid().as_bytes()]).then_some(id)
}

/// GET /training/leave/{token}: takes nobody off, because programs that look through mail open links too.
pub(crate) async fn show(cx: Cx, _: Anyone, At(token): At<String>) -> Answer {
    let listed = match read(&cx.site, &token) {
        Some(id) => interest::listed(cx.site.db(), id).await?,
        None => None,
    };
    let Some(listed) = listed else {
        let why = "The address is not on that list, or not any more. No letters come from it.".to_owned();
        let head = Head::new("This link does not work any more", Area::None);
        let page = move || view! { <LinkGonePage why again="/training/join" ask="Ask to be told"/> };
        return Ok(cx.page(StatusCode::NOT_FOUND, head, page).await);
    };
    let organisation = store::organisations::organisation(cx.site.db(), listed.organisation).await?;
    let name = organisation.map(|it| it.name).unwrap_or_default();
    let head = Head::new("Leave the list", Area::None);
    Ok(cx.page(StatusCode::OK, head, move || view! { <LeavePage token name/> }).await)
}

/// POST /training/leave/{token}. A second tap changes nothing.
pub(crate) async fn leave(cx: Cx, _: Anyone, At(token): At<String>) -> Answer {
    if let Some(id) = read(&cx.site, &token)
        && let Some(listed) = interest::listed(cx.site.db(), id).await?
    {
        // Whoever holds the letter need not be signed in.
        let event = Event::new(cx.now(), TRAINING_LIST_LEFT);
        go(&cx, &listed, event).await?;
    }
    Ok(cx.done("/training/join/done?what=left"))
}

/// POST /training/leave
pub(crate) async fn leave_own(cx: Cx, me: SignedIn, typed: Typed) -> Answer {
    let own = store::sign_in::own(cx.site.db(), me.id()).await?.ok_or(TurnedAway::SignIn)?;
    let own = interest::lists_of(cx.site.db(), me.id(), &own.email).await?;
    let chosen = typed.text("organisation").parse().ok();
    for listed in own.iter().filter(|it| Some(it.organisation) == chosen) {
        go(&cx, listed, cx.event(TRAINING_LIST_LEFT, me.id())).await?;
    }
    Ok(cx.done("/training?done=left"))
}

/// Takes an address off, and writes that down if it is somebody's who has an account.
async fn go(cx: &Cx, listed: &Listed, event: Event) -> store::Result<()> {
    let tx = cx.site.db().begin().await?;
    if !interest::leave(&tx, listed.id).await? {
        return Ok(());
    }
    match listed.person {
        Some(person) => {
            let event = event.about(person.as_uuid()).within(listed.organisation.as_uuid());
            cx.keep(tx, event).await
        }
        None => tx.commit().await,
    }
}

#[component]
fn LeavePage(token: String, name: String) -> impl IntoView {
    view! {
        <div class="wrap reading form-page stack">
            <h1>"Leave the list"</h1>
            <p class="lead">{name}" then deletes your name, your address and your choice, and writes no more."</p>
            <form method="post" action=format!("/training/leave/{token}")>
                <button class="button">"Take me off the list"</button>
            </form>
        </div>
    }
}
