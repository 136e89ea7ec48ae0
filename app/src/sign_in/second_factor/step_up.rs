//! Is it still you? Asked before anything dangerous, in spite of being signed in: a screen may have been left
//! open. It holds for ten minutes.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use domain::people::{FieldFault, PersonId};
use domain::sign_in::{StepUp, StepUpNeeded};
use leptos::prelude::*;
use store::Tx;
use store::second_factor::STEPPED_UP;

use super::mine::check_password;
use super::pieces::{CodeFields, DemoCode};
use super::proof::{self, code_for_the_demo};
use crate::answer::Broken;
use crate::cx::Cx;
use crate::door::{Answer, Asks};
use crate::form::{FormState, Typed};
use crate::permits::SignedIn;
use crate::sign_in::Access;
use crate::sign_in::begin::{Onward, RodeAlong};
use crate::sign_in::cookies::handed_out_again;
use crate::sign_in::pages::Next;
use crate::sign_in::riding::{Riding, RidingFields};
use crate::sign_in::tries::Tries;
use crate::ui::form::{ErrorSummary, Field, Takes};
use crate::ui::shell::{Area, Head};

/// How somebody shows that it is still them.
#[derive(Clone, Debug, PartialEq, Eq)]
enum By {
    /// A code, which the demo shows.
    Code { shown: Option<String> },
    /// Their password: they have no app.
    Password,
}

/// The answer to somebody who has to show first that it is them. `typed` is what they sent, if it was a form.
pub(crate) async fn first(cx: &Cx, typed: Option<Typed>) -> Result<Response, Broken> {
    if cx.wants_json() {
        return Ok((StatusCode::FORBIDDEN, r#"{"step_up":true}"#).into_response());
    }
    let (Some(access), Some(typed)) = (cx.access(), typed) else { return Ok(lead_to("/step-up", cx)) };
    let riding = Some(Riding::seal(&cx.site, access.person, cx.path(), &typed));
    page(cx, StatusCode::FORBIDDEN, access.person, FormState::default(), Next { path: None, riding }).await
}

/// The answer to somebody of whom a second factor is asked, and who has not given it in this session.
pub(crate) async fn second_factor_first(cx: &Cx, typed: Option<Typed>) -> Result<Response, Broken> {
    let Some(access) = cx.access() else { return Ok(lead_to("/sign-in", cx)) };
    if store::second_factor::totp(cx.site.db(), access.person).await?.is_some() {
        return first(cx, typed).await;
    }
    match typed {
        _ if cx.wants_json() => Ok((StatusCode::FORBIDDEN, r#"{"second_factor":true}"#).into_response()),
        None => Ok(lead_to("/me/second-factor/set-up", cx)),
        Some(typed) => {
            let (head, path) = (Head::new("Set up a second step first", Area::Me), cx.path().to_owned());
            Ok(cx.page(StatusCode::FORBIDDEN, head, move || view! { <SetUpFirstPage typed path/> }).await)
        }
    }
}

fn lead_to(path: &str, cx: &Cx) -> Response {
    let next = form_urlencoded::Serializer::new(String::new()).append_pair("next", cx.here()).finish();
    Redirect::to(&format!("{path}?{next}")).into_response()
}

/// GET /step-up
pub(crate) async fn show(cx: Cx, me: SignedIn, Asks(asks): Asks) -> Answer {
    let next = Next { riding: None, ..Next::of(&asks) };
    Ok(page(&cx, StatusCode::OK, me.id(), FormState::default(), next).await?)
}

async fn page(
    cx: &Cx,
    status: StatusCode,
    person: PersonId,
    form: FormState,
    next: Next,
) -> Result<Response, Broken> {
    let by = match store::second_factor::totp(cx.site.db(), person).await? {
        Some(_) => By::Code { shown: code_for_the_demo(cx, person).await? },
        None => By::Password,
    };
    let head = Head::new("Is it still you?", Area::Me).failed(!form.faults.is_empty());
    Ok(cx.page(status, head, move || view! { <StepUpPage form next by/> }).await)
}

/// POST /step-up
pub(crate) async fn step_up(cx: Cx, me: SignedIn, typed: Typed) -> Answer {
    let next = Next::of(&typed);
    let has_app = store::second_factor::totp(cx.site.db(), me.id()).await?.is_some();
    let proved = match has_app {
        true => by_code(&cx, &me, &typed).await?,
        false => by_password(&cx, &me, &typed).await?,
    };
    let tx = match proved {
        Ok(tx) => tx,
        Err(fault) => {
            let form = FormState::refused(typed, vec![fault]);
            return Ok(page(&cx, StatusCode::UNPROCESSABLE_ENTITY, me.id(), form, next).await?);
        }
    };
    Tries::at_proving(&cx, me.id()).take_back(&cx, &tx).await?;
    store::second_factor::save_step_up(&tx, me.access.session, StepUp { at: cx.now() }).await?;
    cx.keep(tx, cx.event(STEPPED_UP, me.id()).to(me.access.session.as_uuid())).await?;
    let mut response = Onward::of(&cx, me.id(), next).go(&cx, "Thank you").await;
    if has_app {
        // The cookie to go on with, should one have been renewed just now, may get lost: its parent still works.
        let access = Access { second_factor: true, ..me.access };
        let cookie = handed_out_again(cx.site.cookies(), cx.site.access_keys(), &access);
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// The transaction in which a code was taken, which also gives the second factor.
async fn by_code(cx: &Cx, me: &SignedIn, typed: &Typed) -> Result<Result<Tx, FieldFault>, Broken> {
    let fault = |remedy: String| FieldFault { field: proof::CODE, remedy };
    if let Err(refused) = Tries::at_proving(cx, me.id()).count(cx).await? {
        return Ok(Err(fault(refused.to_string())));
    }
    let tx = cx.site.db().begin().await?;
    let Some(totp) = store::second_factor::totp_now(&tx, me.id()).await? else {
        return Ok(Err(fault(StepUpNeeded.to_string())));
    };
    if let Err(fault) = proof::take(cx, &tx, me.id(), &totp, typed).await? {
        return Ok(Err(fault));
    }
    store::second_factor::save_given(&tx, me.access.session, cx.now()).await?;
    Ok(Ok(tx))
}

async fn by_password(cx: &Cx, me: &SignedIn, typed: &Typed) -> Result<Result<Tx, FieldFault>, Broken> {
    if let Err(remedy) = check_password(cx, me, typed).await? {
        return Ok(Err(FieldFault { field: "password", remedy }));
    }
    let tx = cx.site.db().begin().await?;
    // An app may have been set up while the password was looked at.
    if store::second_factor::totp_now(&tx, me.id()).await?.is_some() {
        return Ok(Err(FieldFault { field: proof::CODE, remedy: StepUpNeeded.to_string() }));
    }
    Ok(Ok(tx))
}

#[component]
fn StepUpPage(form: FormState, next: Next, by: By) -> impl IntoView {
    view! {
        <div class="wrap reading form-page">
            <ErrorSummary form=form.clone()/>
            <h1>"Is it still you?"</h1>
            <p class="lead">"What comes next is worth guarding, so we ask once more. It then holds for ten minutes."</p>
            {next
                .riding
                .is_some()
                .then(|| view! { <p class="notice">"What you typed is not lost. It comes back when you have answered."</p> })}
            {match &by {
                By::Code { shown } => view! { <DemoCode shown=shown.clone()/> }.into_any(),
                By::Password => ().into_any(),
            }}
            <form method="post" action="/step-up" class="stack" novalidate>
                {match by {
                    By::Code { .. } => view! { <CodeFields form/> }.into_any(),
                    By::Password => view! { <Field form name="password" label="Your password" takes=Takes::Password/> }.into_any(),
                }}
                {next.path.map(|it| view! { <input type="hidden" name="next" value=it/> })}
                {next.riding.map(|riding| view! { <RidingFields riding/> })}
                <p class="row"><button class="button">"It is me"</button><a href="/today">"Go back to Today"</a></p>
            </form>
        </div>
    }
}

#[component]
fn SetUpFirstPage(typed: Typed, path: String) -> impl IntoView {
    view! {
        <div class="wrap reading form-page">
            <h1>"Set up a second step first"</h1>
            <p class="lead">"An organisation that you do something for asks for it. What you typed is not lost."</p>
            <p>
                <a href="/me/second-factor/set-up" target="_blank" rel="noopener">"Set it up in another tab"</a>
                ". Then come back to this one, and send what is written here."
            </p>
            <RodeAlong typed path/>
        </div>
    }
}
