//! A new password for somebody who has forgotten theirs.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::people::FieldFault;
use domain::sign_in::{EmailAddress, LinkPurpose, NewPassword, follow};
use leptos::prelude::*;
use store::sign_in::PASSWORD_CHANGED;

use super::passwords::guessability;
use super::secrets::{Token, token_hash};
use crate::cx::Cx;
use crate::demo::DemoLetters;
use crate::door::{Answer, At};
use crate::form::{FormState, Typed};
use crate::letters;
use crate::permits::Anyone;
use crate::register::LinkGonePage;
use crate::ui::form::{ErrorSummary, Field, Takes};
use crate::ui::shell::{Area, Head};

/// GET /forgotten
pub(crate) async fn show_forgotten(cx: Cx, _: Anyone) -> Answer {
    Ok(forgotten_page(&cx, StatusCode::OK, FormState::default()).await)
}

/// POST /forgotten: the same answer whether or not there is such an account.
pub(crate) async fn forgotten(cx: Cx, _: Anyone, typed: Typed) -> Answer {
    let email = match EmailAddress::parse(typed.text("email")) {
        Ok(email) => email,
        Err(error) => {
            let faults = vec![FieldFault { field: "email", remedy: error.to_string() }];
            let form = FormState::refused(typed, faults);
            return Ok(forgotten_page(&cx, StatusCode::UNPROCESSABLE_ENTITY, form).await);
        }
    };
    let tx = cx.site.db().begin().await?;
    if let Some(who) = store::sign_in::credentials_now(&tx, &email).await? {
        let token = Token::random();
        store::sign_in::save_link(
            &tx,
            who.person,
            (LinkPurpose::ResetPassword, None),
            token.hash(),
            cx.now(),
        )
        .await?;
        letters::send(&tx, letters::to_reset(&cx.site, &email, token.as_str()), cx.now()).await?;
        tx.commit().await?;
    }
    Ok(Redirect::to("/forgotten/sent").into_response())
}

/// GET /forgotten/sent
pub(crate) async fn sent(cx: Cx, _: Anyone) -> Answer {
    let is_demo = cx.site.demo_outbox().is_some();
    let head = Head::new("Look in your mail", Area::SignIn);
    Ok(cx.page(StatusCode::OK, head, move || view! { <SentPage is_demo/> }).await)
}

/// GET /reset/{token}: uses nothing up, because programs that look through mail open links too.
pub(crate) async fn show_reset(cx: Cx, _: Anyone, At(token): At<String>) -> Answer {
    let sent = store::sign_in::link(cx.site.db(), token_hash(&token)).await?;
    let refused = match sent {
        Some(sent) => follow(&sent.link, LinkPurpose::ResetPassword, cx.now()).err().map(|it| it.to_string()),
        None => Some(UNKNOWN.to_owned()),
    };
    Ok(match refused {
        Some(why) => gone(&cx, why).await,
        None => reset_page(&cx, StatusCode::OK, FormState::default(), token).await,
    })
}

/// POST /reset/{token}: keeps the new password and signs the person out everywhere.
pub(crate) async fn reset(cx: Cx, _: Anyone, At(token): At<String>, typed: Typed) -> Answer {
    let easy = guessability(typed.text("password"), &[]);
    let password = match NewPassword::choose(typed.text("password"), &[], easy) {
        Ok(password) => password,
        Err(error) => {
            let faults = vec![FieldFault { field: "password", remedy: error.to_string() }];
            let form = FormState::refused(typed, faults);
            return Ok(reset_page(&cx, StatusCode::UNPROCESSABLE_ENTITY, form, token).await);
        }
    };
    let hash = cx.site.passwords().hash(&password).await?;
    let tx = cx.site.db().begin().await?;
    let Some(sent) = store::sign_in::link_now(&tx, token_hash(&token)).await? else {
        return Ok(gone(&cx, UNKNOWN.to_owned()).await);
    };
    let followed = match follow(&sent.link, LinkPurpose::ResetPassword, cx.now()) {
        Ok(followed) => followed,
        Err(refused) => return Ok(gone(&cx, refused.to_string()).await),
    };
    store::sign_in::save_followed(&tx, &followed).await?;
    store::sign_in::save_password(&tx, sent.person, hash).await?;
    // Whoever was about to take the account to another address does not get there any more.
    store::sign_in::spend_links(&tx, sent.person, LinkPurpose::ChangeAddress, cx.now()).await?;
    // Whoever reads the mail of an address has shown that it is theirs.
    store::sign_in::save_confirmed(&tx, sent.person, cx.now()).await?;
    let ended = store::sessions::end_all(&tx, sent.person, cx.now()).await?;
    cx.keep(tx, cx.event(PASSWORD_CHANGED, sent.person)).await?;
    cx.site.note_ended(ended, cx.now());
    Ok(Redirect::to("/sign-in?changed=yes").into_response())
}

const UNKNOWN: &str = "This link does not work. Open the newest letter from us and use the link in it.";

async fn gone(cx: &Cx, why: String) -> Response {
    let head = Head::new("This link does not work any more", Area::SignIn);
    cx.page(StatusCode::NOT_FOUND, head, move || {
        view! { <LinkGonePage why again="/forgotten" ask="Ask for a new link"/> }
    })
    .await
}

async fn forgotten_page(cx: &Cx, status: StatusCode, form: FormState) -> Response {
    let head = Head::new("Choose a new password", Area::SignIn).failed(!form.faults.is_empty());
    cx.page(status, head, move || view! { <ForgottenPage form/> }).await
}

async fn reset_page(cx: &Cx, status: StatusCode, form: FormState, token: String) -> Response {
    let head = Head::new("Choose a new password", Area::SignIn).failed(!form.faults.is_empty());
    cx.page(status, head, move || view! { <ResetPage form token/> }).await
}

#[component]
fn ForgottenPage(form: FormState) -> impl IntoView {
    view! {
        <div class="wrap reading form-page">
            <ErrorSummary form=form.clone()/>
            <h1>"Choose a new password"</h1>
            <p class="lead">"It happens to everybody. We send you a link that works for one hour."</p>
            <form method="post" action="/forgotten" class="stack" novalidate>
                <Field form name="email" label="Your e-mail address" takes=Takes::Email/>
                <p class="row"><button class="button">"Send me a link"</button></p>
            </form>
        </div>
    }
}

#[component]
fn SentPage(is_demo: bool) -> impl IntoView {
    view! {
        <div class="wrap reading form-page">
            <h1>"Look in your mail"</h1>
            <DemoLetters is_demo/>
            <p class="lead">"If there is an account with that address, a letter is on its way to it."</p>
            <p>"It usually takes a minute. Look among unwanted mail too. The link in it works once, for one hour."</p>
        </div>
    }
}

#[component]
fn ResetPage(form: FormState, token: String) -> impl IntoView {
    view! {
        <div class="wrap reading form-page">
            <ErrorSummary form=form.clone()/>
            <h1>"Choose a new password"</h1>
            <p>"You will be signed out everywhere, and can then sign in with the new one."</p>
            <form method="post" action=format!("/reset/{token}") class="stack" novalidate>
                <Field
                    form
                    name="password"
                    label="Your new password"
                    takes=Takes::NewPassword
                    hint="At least 10 characters. A few words that only you would put together work well."
                />
                <p class="row"><button class="button">"Keep this password"</button></p>
            </form>
        </div>
    }
}
