//! Registering as a learner, and confirming an e-mail address.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::people::{AgeAnswer, MinimumAge, PersonId, RegisterRefused, Registration, RegistrationForm};
use domain::sign_in::{EmailAddress, LinkPurpose, follow};
use leptos::prelude::*;
use store::sign_in::{ADDRESS_CONFIRMED, PERSON_REGISTERED};

use crate::answer::Broken;
use crate::cx::Cx;
use crate::demo::DemoLetters;
use crate::door::{Answer, Asks, At};
use crate::form::{FormState, Typed};
use crate::letters;
use crate::permits::Anyone;
use crate::sign_in::pages::{own_path, with_next};
use crate::sign_in::{Token, guessability, token_hash};
use crate::ui::form::{Choices, ErrorSummary, Field, Takes};
use crate::ui::shell::{Area, Head};

/// GET /register
pub(crate) async fn show(cx: Cx, _: Anyone, Asks(asks): Asks) -> Answer {
    if cx.access().is_some() {
        return Ok(Redirect::to("/today").into_response());
    }
    let next = own_path(asks.text("next"));
    Ok(page(&cx, StatusCode::OK, FormState::default(), next).await)
}

/// POST /register: the same answer whether or not the address is known. The letter says which.
pub(crate) async fn register(cx: Cx, _: Anyone, typed: Typed) -> Answer {
    let form = RegistrationForm {
        old_enough: AgeAnswer::parse(typed.text("old_enough")),
        known_as: typed.text("known_as"),
        email: typed.text("email"),
        password: typed.text("password"),
    };
    let next = own_path(typed.text("next"));
    let easy = guessability(form.password, &[form.known_as, form.email]);
    match domain::people::register(&form, easy, cx.public.host.minimum_age) {
        Ok(registration) => {
            save(&cx, &registration, next.as_deref()).await?;
            Ok(Redirect::to("/register/sent").into_response())
        }
        Err(RegisterRefused::TooYoung(young)) => {
            let head = Head::new("For people who are older", Area::SignIn);
            let why = young.to_string();
            Ok(cx.page(StatusCode::OK, head, move || view! { <TooYoungPage why/> }).await)
        }
        Err(RegisterRefused::Faults(faults)) => {
            let form = FormState::refused(typed, faults);
            Ok(page(&cx, StatusCode::UNPROCESSABLE_ENTITY, form, next).await)
        }
    }
}

async fn save(cx: &Cx, registration: &Registration, next: Option<&str>) -> Result<(), Broken> {
    // Hashed in either case, so that the time it takes says nothing about who is here.
    let hash = cx.site.passwords().hash(registration.password()).await?;
    let email = registration.email();
    let tx = cx.site.db().begin().await?;
    let person = match store::sign_in::credentials_now(&tx, email).await? {
        Some(known) if known.is_confirmed => {
            letters::send(&tx, letters::known_already(&cx.site, email), cx.now()).await?;
            return Ok(tx.commit().await?);
        }
        Some(known) => {
            send_link(cx, &tx, (known.person, email), next).await?;
            return Ok(tx.commit().await?);
        }
        None => {
            let when = (cx.now(), cx.today());
            store::people::save_registration(&tx, registration, hash, cx.public.host.id, when).await?
        }
    };
    send_link(cx, &tx, (person, email), next).await?;
    let event = cx.event(PERSON_REGISTERED, person).within(cx.public.host.id.as_uuid());
    Ok(cx.keep(tx, event).await?)
}

/// Sends a new link to somebody who has not confirmed their address yet.
pub(crate) async fn send_confirm(cx: &Cx, person: PersonId, email: &EmailAddress) -> Result<(), Broken> {
    let tx = cx.site.db().begin().await?;
    send_link(cx, &tx, (person, email), None).await?;
    Ok(tx.commit().await?)
}

async fn send_link(
    cx: &Cx,
    tx: &store::Tx,
    (person, email): (PersonId, &EmailAddress),
    next: Option<&str>,
) -> Result<(), Broken> {
    let token = Token::random();
    store::sign_in::save_link(tx, person, (LinkPurpose::Confirm, next), token.hash(), cx.now()).await?;
    letters::send(tx, letters::to_confirm(&cx.site, email, token.as_str()), cx.now()).await
}

/// GET /register/sent
pub(crate) async fn sent(cx: Cx, _: Anyone) -> Answer {
    let is_demo = cx.site.demo_outbox().is_some();
    let head = Head::new("Look in your mail", Area::SignIn);
    Ok(cx.page(StatusCode::OK, head, move || view! { <SentPage is_demo/> }).await)
}

/// GET /confirm/{token}: uses nothing up, because programs that look through mail open links too.
pub(crate) async fn show_confirm(cx: Cx, _: Anyone, At(token): At<String>) -> Answer {
    let refused = match store::sign_in::link(cx.site.db(), token_hash(&token)).await? {
        Some(sent) => follow(&sent.link, LinkPurpose::Confirm, cx.now()).err().map(|it| it.to_string()),
        None => Some(UNKNOWN.to_owned()),
    };
    Ok(match refused {
        Some(why) => gone(&cx, why).await,
        None => {
            let head = Head::new("Confirm your address", Area::SignIn);
            cx.page(StatusCode::OK, head, move || view! { <ConfirmPage token/> }).await
        }
    })
}

/// POST /confirm/{token}
pub(crate) async fn confirm(cx: Cx, _: Anyone, At(token): At<String>) -> Answer {
    let tx = cx.site.db().begin().await?;
    let Some(sent) = store::sign_in::link_now(&tx, token_hash(&token)).await? else {
        return Ok(gone(&cx, UNKNOWN.to_owned()).await);
    };
    match follow(&sent.link, LinkPurpose::Confirm, cx.now()) {
        Ok(followed) => {
            store::sign_in::save_followed(&tx, &followed).await?;
            store::sign_in::save_confirmed(&tx, sent.person, cx.now()).await?;
            cx.keep(tx, cx.event(ADDRESS_CONFIRMED, sent.person)).await?;
            let mut query = form_urlencoded::Serializer::new(String::new());
            query.append_pair("confirmed", "yes");
            if let Some(next) = &sent.next {
                query.append_pair("next", next);
            }
            Ok(Redirect::to(&format!("/sign-in?{}", query.finish())).into_response())
        }
        Err(refused) => Ok(gone(&cx, refused.to_string()).await),
    }
}

const UNKNOWN: &str = "This link does not work. Open the newest letter from us and use the link in it.";

async fn gone(cx: &Cx, why: String) -> Response {
    let head = Head::new("This link does not work any more", Area::SignIn);
    cx.page(StatusCode::NOT_FOUND, head, move || {
        view! { <LinkGonePage why again="/sign-in" ask="Sign in"/> }
    })
    .await
}

async fn page(cx: &Cx, status: StatusCode, form: FormState, next: Option<String>) -> Response {
    let minimum = cx.public.host.minimum_age;
    let head = Head::new("Register as a learner", Area::SignIn).failed(!form.faults.is_empty());
    cx.page(status, head, move || view! { <RegisterPage form minimum next/> }).await
}

#[component]
fn RegisterPage(form: FormState, minimum: MinimumAge, next: Option<String>) -> impl IntoView {
    let sign_in = with_next("/sign-in", next.as_deref());
    view! {
        <div class="wrap reading form-page">
            <ErrorSummary form=form.clone()/>
            <h1>"Register as a learner"</h1>
            <p class="lead">"It is free. We ask for no diagnosis, no referral and no reason."</p>
            <form method="post" action="/register" class="stack" novalidate>
                <Choices
                    form=form.clone()
                    name="old_enough"
                    legend=minimum.question()
                    choices=vec![("yes", "Yes"), ("no", "No")]
                />
                <Field
                    form=form.clone()
                    name="known_as"
                    label="What would you like to be called?"
                    hint="Any name you like. Other learners don’t see who else is here."
                />
                <Field
                    form=form.clone()
                    name="email"
                    label="Your e-mail address"
                    takes=Takes::Email
                    hint="You sign in with it. Our letters never say what kind of place this is."
                />
                <Field
                    form
                    name="password"
                    label="Choose a password"
                    takes=Takes::NewPassword
                    hint="At least 10 characters. A few words that only you would put together work well."
                />
                {next.map(|it| view! { <input type="hidden" name="next" value=it/> })}
                <p>"By registering you agree that we keep these four things so that you can learn here. "
                    <a href="/pages/privacy">"How we look after what you tell us"</a></p>
                <p class="row"><button class="button">"Register"</button><a href=sign_in>"I have an account already"</a></p>
            </form>
        </div>
    }
}

#[component]
fn TooYoungPage(why: String) -> impl IntoView {
    view! {
        <div class="wrap reading form-page stack">
            <h1>"There are places made for you"</h1>
            <p class="lead">{why}</p>
            <ul class="stack">
                <li><a href="tel:08001111">"Childline 0800 1111"</a>", for anybody under 19, free, day and night"</li>
                <li>"Shout: text SHOUT to 85258, for any age"</li>
                <li><a href="https://www.youngminds.org.uk">"YoungMinds"</a>", with help for young people and parents"</li>
            </ul>
        </div>
    }
}

#[component]
fn SentPage(is_demo: bool) -> impl IntoView {
    view! {
        <div class="wrap reading form-page stack">
            <h1>"Look in your mail"</h1>
            <DemoLetters is_demo/>
            <p class="lead">"We have sent you a letter with a link. Open it to show that the address is yours."</p>
            <p>"It usually takes a minute. Look among unwanted mail too. The link works once, for three days."</p>
            <p>"No letter? Check the address and "<a href="/register">"register again"</a>": you will get another."</p>
        </div>
    }
}

#[component]
fn ConfirmPage(token: String) -> impl IntoView {
    view! {
        <div class="wrap reading form-page stack">
            <h1>"Confirm your address"</h1>
            <p class="lead">"One tap, and you can sign in."</p>
            <form method="post" action=format!("/confirm/{token}")>
                <button class="button">"This address is mine"</button>
            </form>
        </div>
    }
}

/// For a link that was used, is too old, or never was.
#[component]
pub(crate) fn LinkGonePage(why: String, again: &'static str, ask: &'static str) -> impl IntoView {
    view! {
        <div class="wrap reading form-page stack">
            <h1>"This link does not work any more"</h1>
            <p class="lead">{why}</p>
            <p class="row"><a class="button" href=again>{ask}</a></p>
        </div>
    }
}
