//! Signing in and out.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use domain::people::{FieldFault, PersonId};
use domain::sign_in::{EmailAddress, Lifetimes, SessionKind, SignInRefused, Throttle, ThrottleKind};
use leptos::prelude::*;
use store::sign_in::Credentials;

use super::access::Access;
use super::cookies::{cleared, handed_out};
use super::device;
use super::riding::Riding;
use super::secrets::Token;
use crate::cx::Cx;
use crate::door::{Answer, Asks};
use crate::form::{FormState, Typed};
use crate::permits::Anyone;
use crate::register;
use crate::ui::form::{ErrorSummary, Field, Takes, Tick};
use crate::ui::shell::{Area, ELSEWHERE, Head};

/// Where somebody goes once they have signed in.
#[derive(Clone, Debug, Default)]
pub(crate) struct Next {
    /// A page of ours.
    pub(crate) path: Option<String>,
    pub(crate) riding: Option<Riding>,
}

impl Next {
    fn of(typed: &Typed) -> Self {
        Self { path: own_path(typed.text("next")), riding: Riding::of(typed) }
    }
}

/// The path, if it is one of ours: another site must not be able to send people on through our sign-in.
fn own_path(text: &str) -> Option<String> {
    let is_ours = text.starts_with('/')
        && !text.starts_with("//")
        && text.bytes().all(|it| it.is_ascii_graphic() && it != b'\\')
        && text.len() <= 500;
    is_ours.then(|| text.to_owned())
}

/// GET /sign-in
pub(crate) async fn show_sign_in(cx: Cx, _: Anyone, Asks(asks): Asks) -> Answer {
    if cx.access().is_some() {
        return Ok(Redirect::to("/today").into_response());
    }
    let next = Next { path: own_path(asks.text("next")), riding: None };
    let form = FormState { typed: asks, faults: Vec::new() };
    Ok(show(&cx, StatusCode::OK, form, next).await)
}

/// The sign-in page in any of its states.
pub(crate) async fn show(cx: &Cx, status: StatusCode, form: FormState, next: Next) -> Response {
    let head = Head::new("Sign in", Area::SignIn).failed(!form.faults.is_empty());
    let why = cx.over().map(|it| it.to_string());
    cx.page(status, head, move || view! { <SignInPage form next why/> }).await
}

/// POST /sign-in
pub(crate) async fn sign_in(cx: Cx, _: Anyone, typed: Typed) -> Answer {
    let email = match EmailAddress::parse(typed.text("email")) {
        Ok(email) => email,
        Err(error) => return Ok(again(&cx, typed, "email", &error.to_string()).await),
    };
    if let Err(refused) = count_try(&cx, &email).await? {
        return Ok(again(&cx, typed, "email", &refused.to_string()).await);
    }
    let credentials = store::sign_in::credentials(cx.site.db(), &email).await?;
    let hash = credentials.as_ref().map(|it| it.password_hash.as_str());
    let is_right = cx.site.passwords().is_right(typed.text("password"), hash).await?;
    match credentials.filter(|_| is_right) {
        None => Ok(again(&cx, typed, "email", &SignInRefused::NoMatch.to_string()).await),
        Some(it) if !it.is_confirmed => {
            register::send_confirm(&cx, it.person, &email).await?;
            let remedy = "Please confirm your address first: we have just sent you a new letter with a link.";
            Ok(again(&cx, typed, "email", remedy).await)
        }
        Some(it) => {
            let response = signed_in(&cx, &it, &email, &typed).await?;
            Ok(response)
        }
    }
}

/// Counts a try before anything is looked at, so that trying in parallel gains nothing.
pub(crate) async fn count_try(
    cx: &Cx,
    email: &EmailAddress,
) -> Result<Result<(), SignInRefused>, crate::Broken> {
    let tx = cx.site.db().begin().await?;
    for (kind, key) in throttle_keys(cx, email) {
        let throttle = store::sign_in::throttle(&tx, kind, &key, cx.now()).await?;
        if let Err(wait) = throttle.may_try(kind, cx.now()) {
            return Ok(Err(wait.into()));
        }
        store::sign_in::save_throttle(&tx, kind, &key, throttle.after_failure(kind, cx.now())).await?;
    }
    tx.commit().await?;
    Ok(Ok(()))
}

/// Forgets the tries of somebody who got in.
pub(crate) async fn forget_tries(cx: &Cx, tx: &store::Tx, email: &EmailAddress) -> Result<(), crate::Broken> {
    for (kind, key) in throttle_keys(cx, email) {
        let throttle: Throttle = store::sign_in::throttle(tx, kind, &key, cx.now()).await?;
        store::sign_in::save_throttle(tx, kind, &key, throttle.after_success(kind)).await?;
    }
    Ok(())
}

/// By account and by network address; neither is kept as such.
fn throttle_keys(cx: &Cx, email: &EmailAddress) -> Vec<(ThrottleKind, [u8; 32])> {
    let sealed = |purpose, what: &[u8]| cx.site.secrets().sealed(purpose, &[what]);
    let account = (ThrottleKind::Account, sealed("account", email.as_str().as_bytes()));
    let address = cx.peer().map(|it| (ThrottleKind::Address, sealed("address", it.to_string().as_bytes())));
    [account].into_iter().chain(address).collect()
}

async fn again(cx: &Cx, typed: Typed, field: &'static str, remedy: &str) -> Response {
    let next = Next::of(&typed);
    let faults = vec![FieldFault { field, remedy: remedy.to_owned() }];
    show(cx, StatusCode::UNPROCESSABLE_ENTITY, FormState::refused(typed, faults), next).await
}

/// Begins a session, and goes on to where the person was going.
async fn signed_in(
    cx: &Cx,
    who: &Credentials,
    email: &EmailAddress,
    typed: &Typed,
) -> Result<Response, crate::Broken> {
    let tx = cx.site.db().begin().await?;
    forget_tries(cx, &tx, email).await?;
    let cookies = begin_session(cx, &tx, who.person, typed).await?;
    tx.commit().await?;
    let next = Next::of(typed);
    let rode = next.riding.and_then(|it| Some((it.opened_by(&cx.site, who.person)?, it.path)));
    let mut response = match rode {
        Some((typed, path)) => {
            let head = Head::new("Here is what you typed", Area::None);
            cx.page(StatusCode::OK, head, move || view! { <RodeAlongPage typed path/> }).await
        }
        None => Redirect::to(next.path.as_deref().unwrap_or("/today")).into_response(),
    };
    for cookie in cookies {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// Begins a session for somebody who has shown who they are, on the kind of computer that the form says; the
/// cookies that carry it come back, for once the transaction has been kept.
pub(crate) async fn begin_session(
    cx: &Cx,
    tx: &store::Tx,
    person: PersonId,
    typed: &Typed,
) -> Result<[HeaderValue; 2], crate::Broken> {
    let kind = match typed.text("shared") {
        "yes" => SessionKind::SharedComputer,
        _ => SessionKind::OwnDevice,
    };
    let (refresh, now) = (Token::random(), cx.now());
    let device = device::named(cx.user_agent());
    let session = store::sessions::begin(tx, person, (kind, &device), refresh.hash(), now).await?;
    let expires_at = now + Lifetimes::default().of(kind).access;
    let access = Access { person, session, kind, issued_at: now, expires_at };
    Ok(handed_out(cx.site.cookies(), cx.site.access_keys(), &access, &refresh))
}

/// POST /sign-out: here and now; other places stay signed in.
pub(crate) async fn sign_out(cx: Cx, _: Anyone) -> Answer {
    gone(&cx, "/").await
}

/// POST /leave: signs out on the way to somewhere else.
pub(crate) async fn leave(cx: Cx, _: Anyone) -> Answer {
    gone(&cx, ELSEWHERE).await
}

async fn gone(cx: &Cx, to: &str) -> Answer {
    if let Some(access) = cx.access() {
        let tx = cx.site.db().begin().await?;
        store::sessions::end(&tx, access.person, access.session, cx.now()).await?;
        tx.commit().await?;
        cx.site.note_ended([access.session], cx.now());
    }
    let mut response = Redirect::to(to).into_response();
    let headers = response.headers_mut();
    for cookie in cleared(cx.site.cookies()) {
        headers.append(header::SET_COOKIE, cookie);
    }
    // Nothing that was seen here stays behind in the browser.
    let everything = HeaderValue::from_static(r#""cache", "cookies", "storage""#);
    headers.insert("clear-site-data", everything);
    Ok(response)
}

#[component]
fn SignInPage(form: FormState, next: Next, why: Option<String>) -> impl IntoView {
    let riding = next.riding;
    view! {
        <div class="wrap reading form-page">
            <ErrorSummary form=form.clone()/>
            <h1>"Sign in"</h1>
            {why.map(|it| view! { <p class="notice care">{it}</p> })}
            {riding
                .is_some()
                .then(|| view! { <p class="notice">"What you typed is not lost. It comes back when you have signed in."</p> })}
            {(form.typed.text("confirmed") == "yes")
                .then(|| view! { <p class="notice" role="status">"Thank you. Your address is confirmed, and you can sign in."</p> })}
            {(form.typed.text("changed") == "yes")
                .then(|| view! { <p class="notice" role="status">"Your new password is kept. Sign in with it. We have signed you out everywhere else."</p> })}
            <form method="post" action="/sign-in" class="stack" novalidate>
                <Field form=form.clone() name="email" label="Your e-mail address" takes=Takes::Email/>
                <Field form=form.clone() name="password" label="Your password" takes=Takes::Password/>
                <Tick
                    form
                    name="shared"
                    label="This is a shared computer. Sign me out when the browser is closed, or after ten quiet minutes."
                />
                {next.path.map(|it| view! { <input type="hidden" name="next" value=it/> })}
                {riding
                    .map(|it| {
                        view! {
                            <input type="hidden" name="riding_path" value=it.path/>
                            <input type="hidden" name="riding_body" value=it.body/>
                            <input type="hidden" name="riding_seal" value=it.seal/>
                        }
                    })}
                <p class="row"><button class="button">"Sign in"</button></p>
            </form>
            <p><a href="/forgotten">"I have forgotten my password"</a></p>
            <p>"New here? "<a href="/register">"Register as a learner"</a>". It is free."</p>
        </div>
    }
}

/// A form that rode through sign-in, ready to be sent where it was going.
#[component]
fn RodeAlongPage(typed: Typed, path: String) -> impl IntoView {
    let fields: Vec<_> = typed.fields().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let shown = fields.iter().map(|it| it.1.clone()).filter(|it| !it.trim().is_empty()).collect::<Vec<_>>();
    view! {
        <div class="wrap reading form-page">
            <h1>"You are signed in again"</h1>
            <p class="lead">"What you typed is still here. It has not been sent yet."</p>
            {(!shown.is_empty())
                .then(|| {
                    view! { <ul class="card rode">{shown.into_iter().map(|it| view! { <li>{it}</li> }).collect_view()}</ul> }
                })}
            <form method="post" action=path class="stack">
                {fields
                    .into_iter()
                    .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
                    .collect_view()}
                <p class="row"><button class="button">"Send it now"</button><a href="/today">"Let it go"</a></p>
            </form>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::own_path;

    #[test]
    fn only_a_page_of_ours_comes_next() {
        assert_eq!(own_path("/learn/a/b?x=1").as_deref(), Some("/learn/a/b?x=1"));
        for it in
            ["", "//evil.example", "https://evil.example", "/\\evil.example", "/a\nb", "javascript:x", "/é"]
        {
            assert_eq!(own_path(it), None, "{it:?}");
        }
    }
}
