//! Signing in and out.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use domain::people::FieldFault;
use domain::sign_in::{EmailAddress, SessionOver, SignInRefused};
use leptos::prelude::*;
use store::sign_in::{Credentials, SESSION_ENDED};

use super::cookies::cleared;
use super::riding::{Riding, RidingFields};
use super::second_factor;
use super::tries::Tries;
use crate::answer::Broken;
use crate::cx::Cx;
use crate::door::{Answer, Asks};
use crate::form::{FormState, Typed};
use crate::permits::Anyone;
use crate::register;
use crate::ui::form::{ErrorSummary, Field, Takes, Tick};
use crate::ui::shell::{Area, Head};

/// Where somebody goes once they have signed in.
#[derive(Clone, Debug, Default)]
pub(crate) struct Next {
    /// A page of ours.
    pub(crate) path: Option<String>,
    pub(crate) riding: Option<Riding>,
}

impl Next {
    pub(crate) fn of(typed: &Typed) -> Self {
        Self { path: own_path(typed.text("next")), riding: Riding::of(typed) }
    }
}

/// The path, if it is one of ours: another site must not be able to send people on through our sign-in.
pub(crate) fn own_path(text: &str) -> Option<String> {
    let is_ours = text.starts_with('/')
        && !text.starts_with("//")
        && text.bytes().all(|it| it.is_ascii_graphic() && it != b'\\')
        && text.len() <= 500;
    is_ours.then(|| text.to_owned())
}

/// A page that leads on to another of ours.
pub(crate) fn with_next(page: &str, next: Option<&str>) -> String {
    let Some(next) = next else { return page.to_owned() };
    let query = form_urlencoded::Serializer::new(String::new()).append_pair("next", next).finish();
    format!("{page}?{query}")
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

/// Why somebody was signed out, as it stands in the address that leads here: the page that they asked for has
/// taken the cookies away, and with them the reason.
pub(super) const fn word_for(over: SessionOver) -> &'static str {
    match over {
        SessionOver::Ended => "ended",
        SessionOver::Idle => "idle",
        SessionOver::Expired => "expired",
        SessionOver::Theft => "copied",
    }
}

fn over_of(word: &str) -> Option<SessionOver> {
    let all = [SessionOver::Ended, SessionOver::Idle, SessionOver::Expired, SessionOver::Theft];
    all.into_iter().find(|it| word_for(*it) == word)
}

/// GET of a page on the way from the password to a session: it lives only in the answer to a form.
pub(crate) async fn to_sign_in(_cx: Cx, _: Anyone) -> Answer {
    Ok(Redirect::to("/sign-in").into_response())
}

/// The sign-in page in any of its states.
pub(crate) async fn show(cx: &Cx, status: StatusCode, form: FormState, next: Next) -> Response {
    let head = Head::new("Sign in", Area::SignIn).failed(!form.faults.is_empty());
    let why = cx.over().or_else(|| over_of(form.typed.text("why"))).map(|it| it.to_string());
    cx.page(status, head, move || view! { <SignInPage form next why/> }).await
}

/// POST /sign-in
pub(crate) async fn sign_in(cx: Cx, _: Anyone, typed: Typed) -> Answer {
    let email = match EmailAddress::parse(typed.text("email")) {
        Ok(email) => email,
        Err(error) => return Ok(again(&cx, typed, "email", &error.to_string()).await),
    };
    let tries = Tries::at_signing_in(&cx, &email);
    if let Err(refused) = tries.count(&cx).await? {
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
            let it = with_renewed_hash(&cx, it, typed.text("password")).await?;
            Ok(second_factor::after_password(&cx, tries, it, typed).await?)
        }
    }
}

/// Where hashing costs something else by now, the hash is made anew: only here is the password at hand.
async fn with_renewed_hash(cx: &Cx, who: Credentials, right: &str) -> Result<Credentials, Broken> {
    let Some(new) = cx.site.passwords().renewed(right, &who.password_hash).await? else { return Ok(who) };
    let tx = cx.site.db().begin().await?;
    // Unless somebody chose another password in the meantime.
    let kept = store::sign_in::renew_hash(&tx, who.person, (&who.password_hash, &new)).await?;
    tx.commit().await?;
    Ok(if kept { Credentials { password_hash: new, ..who } } else { who })
}

pub(super) async fn again(cx: &Cx, typed: Typed, field: &'static str, remedy: &str) -> Response {
    let next = Next::of(&typed);
    let faults = vec![FieldFault { field, remedy: remedy.to_owned() }];
    show(cx, StatusCode::UNPROCESSABLE_ENTITY, FormState::refused(typed, faults), next).await
}

/// POST /sign-out: here and now; other places stay signed in.
pub(crate) async fn sign_out(cx: Cx, _: Anyone) -> Answer {
    gone(&cx, "/").await
}

/// POST /leave: signs out on the way to somewhere else.
pub(crate) async fn leave(cx: Cx, _: Anyone) -> Answer {
    gone(&cx, cx.site.leave_to()).await
}

async fn gone(cx: &Cx, to: &str) -> Answer {
    if let Some(access) = cx.access() {
        let tx = cx.site.db().begin().await?;
        if store::sessions::end(&tx, access.person, access.session, cx.now()).await? {
            cx.keep(tx, cx.event(SESSION_ENDED, access.person).to(access.session.as_uuid())).await?;
        }
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
    let register = with_next("/register", next.path.as_deref());
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
            {(form.typed.text("joined") == "yes")
                .then(|| view! { <p class="notice" role="status">"Thank you. You have accepted the invitation, and you can sign in now."</p> })}
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
                {riding.map(|riding| view! { <RidingFields riding/> })}
                <p class="row"><button class="button">"Sign in"</button></p>
            </form>
            <p><a class="alone" href="/forgotten">"I have forgotten my password"</a></p>
            <p>"New here? "<a href=register>"Register as a learner"</a>". It is free."</p>
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
