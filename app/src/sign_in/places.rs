//! Where I am signed in: a list of one's own, with an end to any of it.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use domain::sign_in::{Lifetimes, SessionId, SessionKind};
use leptos::prelude::*;
use store::sessions::Place;
use store::sign_in::SESSION_ENDED;

use crate::cx::Cx;
use crate::door::{Answer, At, TurnedAway};
use crate::permits::SignedIn;
use crate::ui::shell::{Area, Head};
use crate::ui::words::moment;

/// GET /me/sign-ins
pub(crate) async fn show(cx: Cx, me: SignedIn) -> Answer {
    let now = cx.now();
    let mut places = store::sessions::open_of(cx.site.db(), me.id()).await?;
    places.retain(|it| it.session.over(&Lifetimes::default(), now).is_none());
    let here = me.access.session;
    let head = Head::new("Where you are signed in", Area::Me);
    Ok(cx.page(StatusCode::OK, head, move || view! { <PlacesPage places here/> }).await)
}

/// POST /me/sign-ins/{id}/end: on every node within seconds.
pub(crate) async fn end(cx: Cx, me: SignedIn, At(id): At<SessionId>) -> Answer {
    let tx = cx.site.db().begin().await?;
    if !store::sessions::end(&tx, me.id(), id, cx.now()).await? {
        return Err(TurnedAway::NotFound);
    }
    cx.keep(tx, cx.event(SESSION_ENDED, me.id()).to(id.as_uuid())).await?;
    cx.site.note_ended([id], cx.now());
    Ok(Redirect::to("/me/sign-ins").into_response())
}

#[component]
fn PlacesPage(places: Vec<Place>, here: SessionId) -> impl IntoView {
    view! {
        <div class="wrap reading form-page stack">
            <p><a class="crumb" href="/me">"Me"</a></p>
            <h1>"Where you are signed in"</h1>
            <p class="lead">"If you don’t know one of these, end it and choose a new password."</p>
            <ul role="list" class="stack">
                {places.into_iter().map(|place| view! { <PlaceCard is_here=place.session.id == here place/> }).collect_view()}
            </ul>
            <p><a class="alone" href="/me/second-factor">"A second step when you sign in"</a></p>
        </div>
    }
}

#[component]
fn PlaceCard(place: Place, is_here: bool) -> impl IntoView {
    let id = place.session.id.to_string();
    let shared = place.session.kind == SessionKind::SharedComputer;
    view! {
        <li class="card stack">
            <h2>{place.device}</h2>
            <p class="row">
                {is_here.then(|| view! { <span class="tag good">"Here"</span> })}
                {shared.then(|| view! { <span class="tag">"Shared computer"</span> })}
            </p>
            <p class="soft">
                "Signed in "{moment(place.session.began_at)}", last used "{moment(place.session.last_used_at)}"."
            </p>
            <form method="post" action=format!("/me/sign-ins/{id}/end")>
                <button class="button quiet">
                    {if is_here { "Sign out here" } else { "End this one" }}
                </button>
            </form>
        </li>
    }
}
