//! Changing the address that I sign in with: a link goes to the new one, and word of it to the old one.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::people::FieldFault;
use domain::sign_in::{EmailAddress, LinkPurpose, follow};
use leptos::prelude::*;
use store::sign_in::ADDRESS_CONFIRMED;

use crate::answer::Broken;
use crate::cx::Cx;
use crate::door::{Answer, At, TurnedAway};
use crate::form::{FormState, Typed};
use crate::letters;
use crate::permits::{Anyone, SignedIn};
use crate::register::LinkGonePage;
use crate::sign_in::{Token, Tries, token_hash};
use crate::ui::form::{ErrorSummary, Field, Takes};
use crate::ui::shell::{Area, Head};

/// GET /me/address
pub(crate) async fn show(cx: Cx, _: SignedIn) -> Answer {
    Ok(page(&cx, StatusCode::OK, FormState::default()).await)
}

/// POST /me/address: the same answer whether or not somebody signs in with that address. The letter says which.
pub(crate) async fn change(cx: Cx, me: SignedIn, typed: Typed) -> Answer {
    let new = match EmailAddress::parse(typed.text("email")) {
        Ok(new) => new,
        Err(error) => return Ok(again(&cx, typed, "email", &error.to_string()).await),
    };
    let own = store::sign_in::own(cx.site.db(), me.id()).await?.ok_or(TurnedAway::SignIn)?;
    let tries = Tries::at_proving(&cx, me.id());
    if let Err(refused) = tries.count(&cx).await? {
        return Ok(again(&cx, typed, "password", &refused.to_string()).await);
    }
    if !cx.site.passwords().is_right(typed.text("password"), Some(&own.password_hash)).await? {
        let remedy = "That is not your password. Check it and try again.";
        return Ok(again(&cx, typed, "password", remedy).await);
    }
    send(&cx, &me, tries, &own.email, &new).await?;
    Ok(Redirect::to("/me/address/sent").into_response())
}

async fn send(
    cx: &Cx,
    me: &SignedIn,
    tries: Tries,
    old: &EmailAddress,
    new: &EmailAddress,
) -> Result<(), Broken> {
    let tx = cx.site.db().begin().await?;
    tries.take_back(cx, &tx).await?;
    let letter = match store::sign_in::credentials_now(&tx, new).await? {
        Some(_) => letters::address_taken(&cx.site, new),
        None => {
            let token = Token::random();
            store::sign_in::save_address_link(&tx, me.id(), new, token.hash(), cx.now()).await?;
            letters::to_change_address(&cx.site, new, token.as_str())
        }
    };
    letters::send(&tx, letter, cx.now()).await?;
    letters::send(&tx, letters::address_changing(&cx.site, old), cx.now()).await?;
    Ok(tx.commit().await?)
}

/// GET /me/address/sent
pub(crate) async fn sent(cx: Cx, _: SignedIn) -> Answer {
    let head = Head::new("Look in your mail", Area::Me);
    Ok(cx.page(StatusCode::OK, head, || view! { <SentPage/> }).await)
}

/// GET /address/{token}: uses nothing up, because programs that look through mail open links too.
pub(crate) async fn show_confirm(cx: Cx, _: Anyone, At(token): At<String>) -> Answer {
    let refused = match store::sign_in::link(cx.site.db(), token_hash(&token)).await? {
        Some(sent) => follow(&sent.link, LinkPurpose::ChangeAddress, cx.now()).err().map(|it| it.to_string()),
        None => Some(UNKNOWN.to_owned()),
    };
    Ok(match refused {
        Some(why) => gone(&cx, why).await,
        None => {
            let head = Head::new("Your new address", Area::SignIn);
            cx.page(StatusCode::OK, head, move || view! { <ConfirmPage token/> }).await
        }
    })
}

/// POST /address/{token}
pub(crate) async fn confirm(cx: Cx, _: Anyone, At(token): At<String>) -> Answer {
    let tx = cx.site.db().begin().await?;
    let Some(sent) = store::sign_in::link_now(&tx, token_hash(&token)).await? else {
        return Ok(gone(&cx, UNKNOWN.to_owned()).await);
    };
    let followed = match follow(&sent.link, LinkPurpose::ChangeAddress, cx.now()) {
        Ok(followed) => followed,
        Err(refused) => return Ok(gone(&cx, refused.to_string()).await),
    };
    let Some(email) = sent.email else { return Ok(gone(&cx, UNKNOWN.to_owned()).await) };
    if store::sign_in::credentials_now(&tx, &email).await?.is_some() {
        return Ok(gone(&cx, TAKEN.to_owned()).await);
    }
    store::sign_in::save_followed(&tx, &followed).await?;
    store::sign_in::save_email(&tx, sent.person, &email).await?;
    cx.keep(tx, cx.event(ADDRESS_CONFIRMED, sent.person)).await?;
    let is_here = cx.access().is_some_and(|it| it.person == sent.person);
    Ok(Redirect::to(if is_here { "/me?done=address" } else { "/sign-in?confirmed=yes" }).into_response())
}

const UNKNOWN: &str = "This link does not work. Open the newest letter from us and use the link in it.";
const TAKEN: &str =
    "Somebody has registered with this address in the meantime. Your address has not changed.";

async fn gone(cx: &Cx, why: String) -> Response {
    let head = Head::new("This link does not work any more", Area::SignIn);
    cx.page(StatusCode::NOT_FOUND, head, move || {
        view! { <LinkGonePage why again="/sign-in" ask="Sign in"/> }
    })
    .await
}

async fn again(cx: &Cx, typed: Typed, field: &'static str, remedy: &str) -> Response {
    let faults = vec![FieldFault { field, remedy: remedy.to_owned() }];
    page(cx, StatusCode::UNPROCESSABLE_ENTITY, FormState::refused(typed, faults)).await
}

async fn page(cx: &Cx, status: StatusCode, form: FormState) -> Response {
    let head = Head::new("Change my e-mail address", Area::Me).failed(!form.faults.is_empty());
    cx.page(status, head, move || view! { <AddressPage form/> }).await
}

#[component]
fn AddressPage(form: FormState) -> impl IntoView {
    view! {
        <div class="wrap reading form-page">
            <ErrorSummary form=form.clone()/>
            <p><a class="crumb" href="/me">"Me"</a></p>
            <h1>"Change my e\u{2011}mail address"</h1>
            <p class="lead">"We send a link to the new address, which works for one day. Until you have used it nothing changes."</p>
            <form method="post" action="/me/address" class="stack" novalidate>
                <Field form=form.clone() name="email" label="Your new e-mail address" takes=Takes::Email/>
                <Field form name="password" label="Your password" takes=Takes::Password hint="So that nobody else can take your account with them."/>
                <p class="row"><button class="button">"Send me a link"</button><a href="/me">"Leave it as it was"</a></p>
            </form>
        </div>
    }
}

#[component]
fn SentPage() -> impl IntoView {
    view! {
        <div class="wrap reading form-page stack">
            <h1>"Look in your mail"</h1>
            <p class="lead">"A letter is on its way to the new address. Open the link in it within a day."</p>
            <p>"The old address gets word of it too. Until then you sign in as before."</p>
            <p><a class="alone" href="/me">"Back to Me"</a></p>
        </div>
    }
}

#[component]
fn ConfirmPage(token: String) -> impl IntoView {
    view! {
        <div class="wrap reading form-page stack">
            <h1>"Your new address"</h1>
            <p class="lead">"One tap, and you sign in with this address from now on."</p>
            <form method="post" action=format!("/address/{token}")>
                <button class="button">"This address is mine"</button>
            </form>
        </div>
    }
}
