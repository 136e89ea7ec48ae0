//! Signing a text: the form, what is read out of it, and the very text as a file.

use axum::http::header;
use axum::response::{IntoResponse, Response};
use domain::signing::SignForm;
use leptos::prelude::*;

use crate::form::{FormState, Typed};
use crate::ui::form::{Field, Takes, Tick, Why};

/// What was typed to sign.
pub(crate) fn sign_form(typed: &Typed) -> SignForm<'_> {
    SignForm { name: typed.text("name"), has_read: typed.text("read") == "yes", shown: typed.text("shown") }
}

/// The form to sign the text of this hash: a name, and a tick that it was read.
#[component]
pub(crate) fn ToSign(action: String, form: FormState, hash: String, button: &'static str) -> impl IntoView {
    let why = form.fault("read");
    let class = if why.is_some() { "field wrong" } else { "field" };
    view! {
        <form method="post" action=action class="stack" novalidate>
            <Field form=form.clone() name="name" label="Your name" hint="As you write it under a paper." takes=Takes::FullName/>
            <div class=class>
                <Why name="read" fault=why/>
                <Tick form name="read" label="I have read it"/>
            </div>
            <input type="hidden" name="shown" value=hash/>
            <p><button class="button">{button}</button></p>
        </form>
    }
}

/// The very text that is signed, as a file of this name, so that anybody can compute its hash again.
pub(crate) fn plain_text(name: &str, text: String) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
        (header::CONTENT_DISPOSITION, disposition.as_str()),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (headers, text).into_response()
}
