//! The public door: anybody who holds a code sees whether the certificate is good, and nothing else.
//!
//! Guessing is not throttled, because no guess ever finds anything (see [`Code`]); most are refused by their last
//! letter before anything is asked.

use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use domain::course::certificate::Code;
use domain::people::FieldFault;
use leptos::prelude::*;
use store::certificates::{Found, Statement};

use super::statement::Claims;
use crate::cx::Cx;
use crate::door::{Answer, Asks, At};
use crate::form::{FormState, Typed};
use crate::permits::Anyone;
use crate::ui::choose::filled;
use crate::ui::form::{ErrorSummary, Field, Takes};
use crate::ui::shell::{Area, Head};
use crate::ui::words::{date, duration};

/// The field of the code.
const CODE: &str = "code";

/// GET /certificates: where a code is typed, which then has a page of its own.
pub(crate) async fn ask(cx: Cx, _: Anyone, Asks(asks): Asks) -> Answer {
    if asks.fields().all(|it| it.0 != CODE) {
        let head = Head::new("Check a certificate", Area::None);
        let form = FormState::default();
        return Ok(cx.public_page(cx.path(), head, move || view! { <AskPage form/> }).await);
    }
    match Code::read(asks.text(CODE)) {
        Ok(code) => Ok(Redirect::to(&format!("/certificates/{code}")).into_response()),
        Err(why) => Ok(ask_again(&cx, StatusCode::UNPROCESSABLE_ENTITY, asks, why.to_string()).await),
    }
}

/// GET /certificates/{code}
pub(crate) async fn show(cx: Cx, _: Anyone, At(typed): At<String>) -> Answer {
    let answer = match Code::read(&typed) {
        Err(why) => not_found(&cx, typed, why.to_string()).await,
        Ok(code) => match store::certificates::find(cx.site.db(), code).await? {
            None => {
                let why =
                    "No certificate has this code. Look at the certificate once more, four signs at a time.";
                not_found(&cx, typed, why.to_owned()).await
            }
            Some(Found::Withdrawn) => withdrawn(&cx).await,
            Some(Found::Good(good)) => {
                let said = cx.site.statement_keys().read(&good.statement);
                match said.filter(|it| it.jti == code.to_string()) {
                    Some(claims) => genuine(&cx, claims, good.statement).await,
                    None => {
                        tracing::error!(certificate = %good.id, "what is kept does not fit its signature");
                        not_vouched_for(&cx).await
                    }
                }
            }
        },
    };
    Ok(unlisted(answer))
}

/// GET /certificates/keys: the public keys, for whoever checks a statement without us.
pub(crate) async fn keys(cx: Cx, _: Anyone) -> Answer {
    let kind = HeaderValue::from_static("application/jwk-set+json");
    let kept = HeaderValue::from_static("public, max-age=3600");
    let body = cx.site.statement_keys().published().to_owned();
    Ok(([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, kept)], body).into_response())
}

/// It names somebody, so no search engine lists it.
fn unlisted(mut page: Response) -> Response {
    let robots = HeaderName::from_static("x-robots-tag");
    page.headers_mut().insert(robots, HeaderValue::from_static("noindex"));
    page
}

async fn not_found(cx: &Cx, typed: String, why: String) -> Response {
    ask_again(cx, StatusCode::NOT_FOUND, filled(&[(CODE, typed)]).typed, why).await
}

async fn ask_again(cx: &Cx, status: StatusCode, typed: Typed, remedy: String) -> Response {
    let form = FormState::refused(typed, vec![FieldFault { field: CODE, remedy }]);
    let head = Head::new("Check a certificate", Area::None).failed(true);
    cx.page(status, head, move || view! { <AskPage form/> }).await
}

#[component]
fn AskPage(form: FormState) -> impl IntoView {
    view! {
        <div class="wrap reading form-page">
            <ErrorSummary form=form.clone()/>
            <h1>"Check a certificate"</h1>
            <p class="lead">"Somebody has shown you a certificate from here. Type its code, and we tell you what it says and whether it is still good."</p>
            <form method="get" action="/certificates" class="stack" novalidate>
                <Field
                    form
                    name=CODE
                    label="The code on the certificate"
                    takes=Takes::Exact
                    hint="16 letters and figures in four groups. Small letters and spaces don’t matter, and an O may be a nought."
                />
                <p class="row"><button class="button">"Check it"</button></p>
            </form>
            <p class="soft">"A certificate shows only the name that its owner chose, and the course. Nobody can look for certificates by name."</p>
        </div>
    }
}

async fn withdrawn(cx: &Cx) -> Response {
    let head = Head::new("A certificate that was withdrawn", Area::None);
    let page = || {
        view! {
            <div class="wrap reading stack">
                <h1>"This certificate has been withdrawn"</h1>
                <p class="lead">"Whoever it was made for has taken it back."</p>
                <p>"It says nothing about anybody any more, and we don’t show what it said. People take certificates back for all sorts of reasons. If you need to know more, ask whoever gave you the code."</p>
                <p><a href="/certificates">"Check another certificate"</a></p>
            </div>
        }
    };
    cx.page(StatusCode::GONE, head, page).await
}

async fn not_vouched_for(cx: &Cx) -> Response {
    let head = Head::new("A certificate that we can’t vouch for", Area::None);
    let page = || {
        view! {
            <div class="wrap reading stack">
                <h1>"We can’t vouch for this certificate"</h1>
                <p class="lead">"There is a certificate with this code, but what we keep of it does not fit its signature."</p>
                <p>"Please don’t rely on it. Something may have gone wrong on our side, and we have made a note of it. Whoever it was made for can make it anew."</p>
                <p><a href="/certificates">"Check another certificate"</a></p>
            </div>
        }
    };
    cx.page(StatusCode::CONFLICT, head, page).await
}

async fn genuine(cx: &Cx, claims: Claims, statement: Statement) -> Response {
    let head = Head::new("A genuine certificate", Area::None);
    let page = move || {
        let Claims { issuer, jti, name, course, version, lessons, minutes, finished, issued, .. } = claims;
        let lessons = if lessons == 1 { "One lesson".to_owned() } else { format!("{lessons} lessons") };
        view! {
            <div class="wrap reading stack">
                <h1>"This certificate is genuine"</h1>
                <p class="notice" role="status">"We have just checked it. "<b>"It was signed here, nothing in it was changed, and it has not been withdrawn."</b></p>
                <dl class="summary">
                    <div><dt>"For"</dt><dd><bdi lang="">{name}</bdi></dd></div>
                    <div><dt>"Course, finished"</dt><dd>{course}</dd></div>
                    <div><dt>"Finished on"</dt><dd>{date(finished)}</dd></div>
                    <div><dt>"How much it was"</dt><dd>{lessons}", about "{duration(minutes)}" in all"</dd></div>
                    <div><dt>"Version of the course"</dt><dd>{version}</dd></div>
                    <div><dt>"Made by"</dt><dd>{issuer}", on "{date(issued)}</dd></div>
                    <div><dt>"Code"</dt><dd><code>{jti}</code></dd></div>
                </dl>
                <p>"If the paper in your hands says something else, believe this page. Another name may only mean that its owner now goes by this one: ask them for a new copy."</p>
                <p>"Everybody learns at their own pace here. There are no marks, and nobody fails: a certificate says that somebody has come to the end of every lesson."</p>
                <details class="other-way">
                    <summary>"Check it without us"</summary>
                    <div class="stack">
                        <p>"This is what was signed, as a compact JWS (RFC 7515, EdDSA). Our "<a href="/certificates/keys">"public keys"</a>", old and new, are a JSON Web Key Set."</p>
                        <p class="key card"><code>{statement.0}</code></p>
                    </div>
                </details>
                <p><a href="/certificates">"Check another certificate"</a></p>
            </div>
        }
    };
    cx.page(StatusCode::OK, head, page).await
}
