//! Everybody's own page about the second step: whether it is on, recovery codes, and switching it off.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, Utc};
use domain::people::FieldFault;
use domain::sign_in::Standing;
use leptos::prelude::*;
use store::second_factor::{RECOVERY_CODES_MADE, SWITCHED_OFF};

use super::proof::recovery_codes;
use super::set_up::codes_page;
use super::standing;
use crate::answer::Broken;
use crate::cx::Cx;
use crate::door::{Answer, Asks};
use crate::form::{FormState, Typed};
use crate::letters;
use crate::permits::{SignedIn, SteppedUp};
use crate::sign_in::begin::Onward;
use crate::sign_in::tries::Tries;
use crate::ui::form::{ErrorSummary, Field, Takes};
use crate::ui::shell::{Area, Head};
use crate::ui::words::moment;

/// What the page tells.
struct Mine {
    standing: Standing,
    set_up_at: Option<DateTime<Utc>>,
    codes_left: usize,
    has_switched_off: bool,
}

/// GET /me/second-factor
pub(crate) async fn show(cx: Cx, me: SignedIn, Asks(asks): Asks) -> Answer {
    let totp = store::second_factor::totp(cx.site.db(), me.id()).await?;
    let codes = store::second_factor::recovery_codes(cx.site.db(), me.id()).await?;
    let mine = Mine {
        standing: standing(&cx, me.id(), me.actor.engagements().to_vec()).await?,
        set_up_at: totp.map(|it| it.set_up_at),
        codes_left: codes.iter().filter(|it| it.spent_at.is_none()).count(),
        has_switched_off: asks.text("off") == "yes",
    };
    let head = Head::new("A second step", Area::Me);
    Ok(cx.page(StatusCode::OK, head, move || view! { <MinePage mine/> }).await)
}

/// GET /me/second-factor/codes
pub(crate) async fn show_codes(cx: Cx, me: SteppedUp) -> Answer {
    if store::second_factor::totp(cx.site.db(), me.me.id()).await?.is_none() {
        return Ok(back());
    }
    let head = Head::new("New recovery codes", Area::Me);
    Ok(cx.page(StatusCode::OK, head, || view! { <NewCodesPage/> }).await)
}

/// POST /me/second-factor/codes: ten new recovery codes in the place of those before.
pub(crate) async fn new_codes(cx: Cx, me: SteppedUp) -> Answer {
    let tx = cx.site.db().begin().await?;
    if store::second_factor::totp_now(&tx, me.me.id()).await?.is_none() {
        return Ok(back());
    }
    let (codes, hashes) = recovery_codes();
    store::second_factor::save_recovery_codes(&tx, me.me.id(), &hashes).await?;
    cx.keep(tx, cx.event(RECOVERY_CODES_MADE, me.me.id())).await?;
    Ok(codes_page(&cx, Area::Me, codes, Onward::Page("/me/second-factor".to_owned())).await)
}

/// GET /me/second-factor/off
pub(crate) async fn show_off(cx: Cx, me: SteppedUp) -> Answer {
    let standing = standing(&cx, me.me.id(), me.me.actor.engagements().to_vec()).await?;
    match standing.is_set_up {
        true => Ok(off_page(&cx, standing, FormState::default()).await),
        false => Ok(back()),
    }
}

/// POST /me/second-factor/off: with the password, and not while an organisation asks for it.
pub(crate) async fn switch_off(cx: Cx, me: SteppedUp, typed: Typed) -> Answer {
    let person = me.me.id();
    let standing = standing(&cx, person, me.me.actor.engagements().to_vec()).await?;
    let off = match standing.switch_off(&me.proof) {
        Ok(off) => off,
        Err(stays) => return Ok(refused(&cx, standing, typed, &stays.to_string()).await),
    };
    if let Err(why) = check_password(&cx, &me.me, &typed).await? {
        return Ok(refused(&cx, standing, typed, &why).await);
    }
    let tx = cx.site.db().begin().await?;
    Tries::at_proving(&cx, person).take_back(&cx, &tx).await?;
    store::second_factor::save_switched_off(&tx, person, &off).await?;
    if let Some(own) = store::sign_in::own_now(&tx, person).await? {
        letters::send(&tx, letters::second_factor_off(&cx.site, &own.email), cx.now()).await?;
    }
    cx.keep(tx, cx.event(SWITCHED_OFF, person)).await?;
    Ok(Redirect::to("/me/second-factor?off=yes").into_response())
}

/// Whether the password that was typed is the person's own; else what to tell them. A try that succeeds is to
/// be taken back.
pub(super) async fn check_password(
    cx: &Cx,
    me: &SignedIn,
    typed: &Typed,
) -> Result<Result<(), String>, Broken> {
    if let Err(refused) = Tries::at_proving(cx, me.id()).count(cx).await? {
        return Ok(Err(refused.to_string()));
    }
    let own = store::sign_in::own(cx.site.db(), me.id()).await?;
    let hash = own.as_ref().map(|it| it.password_hash.as_str());
    match cx.site.passwords().is_right(typed.text("password"), hash).await? {
        true => Ok(Ok(())),
        false => Ok(Err("That is not your password. Type the one that you sign in with.".to_owned())),
    }
}

fn back() -> Response {
    Redirect::to("/me/second-factor").into_response()
}

async fn refused(cx: &Cx, standing: Standing, typed: Typed, remedy: &str) -> Response {
    let faults = vec![FieldFault { field: "password", remedy: remedy.to_owned() }];
    off_page(cx, standing, FormState::refused(typed, faults)).await
}

async fn off_page(cx: &Cx, standing: Standing, form: FormState) -> Response {
    let failed = !form.faults.is_empty();
    let status = if failed { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let head = Head::new("Switch the second step off", Area::Me).failed(failed);
    cx.page(status, head, move || view! { <OffPage form is_needed=standing.is_needed/> }).await
}

#[component]
fn MinePage(mine: Mine) -> impl IntoView {
    let Mine { standing, set_up_at, codes_left, has_switched_off } = mine;
    view! {
        <div class="wrap reading form-page">
            <h1>"A second step when you sign in"</h1>
            <p class="lead">"Besides your password, you type a code from an app on your phone. So nobody gets in with your password alone."</p>
            {has_switched_off
                .then(|| view! { <p class="notice" role="status">"It is switched off. Your password alone signs you in now."</p> })}
            {match set_up_at {
                Some(at) => view! { <OnCard at codes_left is_needed=standing.is_needed/> }.into_any(),
                None => view! { <OffCard is_needed=standing.is_needed/> }.into_any(),
            }}
            <p><a class="alone" href="/me/sign-ins">"Where you are signed in"</a></p>
        </div>
    }
}

#[component]
fn OnCard(at: DateTime<Utc>, codes_left: usize, is_needed: bool) -> impl IntoView {
    let left = match codes_left {
        0 => "You have no recovery code left. Make new ones now, for the day when you don’t have your phone."
            .to_owned(),
        1 => "You have 1 recovery code left. It is time to make new ones.".to_owned(),
        many => format!("You have {many} recovery codes left."),
    };
    view! {
        <section class="card stack">
            <h2>"It is switched on"</h2>
            <p class="soft">"Set up "{moment(at)}"."</p>
            <p class=if codes_left < 3 { "notice care" } else { "" }>{left}</p>
            <ul role="list">
                <li><a class="alone" href="/me/second-factor/codes">"Make new recovery codes"</a></li>
                <li><a class="alone" href="/me/second-factor/set-up">"Use another phone or app"</a></li>
                {(!is_needed).then(|| view! { <li><a class="alone" href="/me/second-factor/off">"Switch it off"</a></li> })}
            </ul>
            {is_needed
                .then(|| view! { <p class="soft">"It stays on, because an organisation that you do something for asks for it."</p> })}
        </section>
    }
}

#[component]
fn OffCard(is_needed: bool) -> impl IntoView {
    view! {
        <section class="card stack">
            <h2>"It is switched off"</h2>
            {is_needed
                .then(|| view! { <p class="notice care">"An organisation that you do something for asks for it. Set it up now, so that nothing stays shut for you."</p> })}
            <p>"You need a phone, and about five minutes. You can switch it off again."</p>
            <p><a class="button" href="/me/second-factor/set-up">"Set it up"</a></p>
        </section>
    }
}

#[component]
fn NewCodesPage() -> impl IntoView {
    view! {
        <div class="wrap reading form-page">
            <h1>"New recovery codes"</h1>
            <p class="lead">"We make ten new ones. Those that you have now stop working."</p>
            <form method="post" action="/me/second-factor/codes">
                <p class="row"><button class="button">"Make ten new codes"</button><a href="/me/second-factor">"Keep those I have"</a></p>
            </form>
        </div>
    }
}

#[component]
fn OffPage(form: FormState, is_needed: bool) -> impl IntoView {
    view! {
        <div class="wrap reading form-page">
            <ErrorSummary form=form.clone()/>
            <h1>"Switch the second step off"</h1>
            {if is_needed {
                view! {
                    <p class="notice" id="password">
                        "It stays on: an organisation that you do something for asks for it. If you have a new phone, "
                        <a href="/me/second-factor/set-up">"set that up instead"</a>"."
                    </p>
                }
                    .into_any()
            } else {
                view! {
                    <p class="lead">"Your password alone will sign you in. Your recovery codes stop working."</p>
                    <form method="post" action="/me/second-factor/off" class="stack" novalidate>
                        <Field form name="password" label="Your password" takes=Takes::Password/>
                        <p class="row"><button class="button">"Switch it off"</button><a href="/me/second-factor">"Keep it on"</a></p>
                    </form>
                }
                    .into_any()
            }}
        </div>
    }
}
