//! What somebody typed rides through sign-in when theirs ran out in the middle of a form.
//!
//! It is stored nowhere: it stands in the sign-in page, sealed for the person who was signed in there, and comes
//! back only when that same person signs in.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::people::PersonId;
use leptos::prelude::*;

use super::pages::{self, Next};
use super::secrets::text;
use crate::cx::Cx;
use crate::form::{FormState, Typed};
use crate::site::Site;

/// Fields that never ride: what was typed there is good for one moment.
const STAY: [&str; 2] = ["sign_in_code", "recovery_code"];

const PURPOSE: &str = "riding through sign-in";

/// A form on its way through sign-in.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Riding {
    pub(crate) path: String,
    /// The fields as a browser would send them.
    pub(crate) body: String,
    pub(crate) seal: String,
}

impl std::fmt::Debug for Riding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Riding({} bytes)", self.body.len())
    }
}

impl Riding {
    pub(super) fn seal(site: &Site, person: PersonId, path: &str, typed: &Typed) -> Self {
        let mut body = form_urlencoded::Serializer::new(String::new());
        // A password never stands in a page.
        let rides = |it: &(&str, &str)| !it.0.contains("password") && !STAY.contains(&it.0);
        body.extend_pairs(typed.fields().filter(rides));
        let body = body.finish();
        let person = person.as_uuid();
        let parts = [person.as_bytes().as_slice(), path.as_bytes(), body.as_bytes()];
        let seal = text(&site.secrets().sealed(PURPOSE, &parts));
        Self { path: path.to_owned(), body, seal }
    }

    /// What rides along in a sign-in form that was sent.
    pub(crate) fn of(typed: &Typed) -> Option<Self> {
        let [path, body, seal] =
            ["riding_path", "riding_body", "riding_seal"].map(|it| typed.text(it).to_owned());
        (!seal.is_empty()).then_some(Self { path, body, seal })
    }

    /// What was typed, if it was this person who typed it.
    pub(crate) fn opened_by(&self, site: &Site, person: PersonId) -> Option<Typed> {
        let person = person.as_uuid();
        let parts = [person.as_bytes().as_slice(), self.path.as_bytes(), self.body.as_bytes()];
        site.secrets().is_sealed(&self.seal, PURPOSE, &parts).then(|| Typed::parse(self.body.as_bytes()))
    }
}

/// The answer to somebody who has to sign in first. `typed` is what they sent, if it was a form.
pub(crate) async fn sign_in_first(cx: &Cx, typed: Option<Typed>) -> Response {
    if cx.wants_json() {
        return (StatusCode::FORBIDDEN, r#"{"sign_in":true}"#).into_response();
    }
    match (typed, cx.lapsed()) {
        (None, _) => {
            let mut asks = form_urlencoded::Serializer::new(String::new());
            asks.append_pair("next", cx.path());
            if let Some(over) = cx.over() {
                asks.append_pair("why", pages::word_for(over));
            }
            Redirect::to(&format!("/sign-in?{}", asks.finish())).into_response()
        }
        (Some(typed), lapsed) => {
            let riding = lapsed.map(|it| Riding::seal(&cx.site, it, cx.path(), &typed));
            pages::show(cx, StatusCode::FORBIDDEN, FormState::default(), Next { path: None, riding }).await
        }
    }
}

/// What rides along, in the form that it rides in.
#[component]
pub(super) fn RidingFields(riding: Riding) -> impl IntoView {
    view! {
        <input type="hidden" name="riding_path" value=riding.path/>
        <input type="hidden" name="riding_body" value=riding.body/>
        <input type="hidden" name="riding_seal" value=riding.seal/>
    }
}
