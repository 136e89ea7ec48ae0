//! The page of an invitation: accepting it, as somebody new or as somebody who is here already.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::people::{
    Accepting, Engagement, FieldFault, Invitation, Newcomer, NewcomerForm, OpenInvitation, PersonId,
    SomebodyElses,
};
use domain::training::start::sort;
use leptos::prelude::*;
use store::audit::Event;
use store::invitations::ACCEPTED;
use store::sign_in::PERSON_REGISTERED;
use store::training::starts::{self, WAITS};

use super::waiting::offered;
use crate::answer::Broken;
use crate::cx::Cx;
use crate::door::{Answer, At};
use crate::form::{FormState, Typed};
use crate::permits::Anyone;
use crate::register::LinkGonePage;
use crate::sign_in::{guessability, sign_in_first, token_hash};
use crate::ui::form::{ErrorSummary, Field, Takes};
use crate::ui::shell::{Area, Head};

const UNKNOWN: &str = "This link does not work. Open the newest letter from us and use the link in it.";

/// What an accept button says it is, so that it is told from a form for somebody new.
const BUTTON: &str = "button";

/// GET /invitation/{token}: uses nothing up, because programs that look through mail open links too.
pub(crate) async fn show(cx: Cx, _: Anyone, At(token): At<String>) -> Answer {
    let Some(invitation) = store::invitations::by_token(cx.site.db(), token_hash(&token)).await? else {
        return Ok(gone(&cx, UNKNOWN.to_owned()).await);
    };
    let open = match invitation.open(cx.now()) {
        Ok(open) => open,
        Err(refused) => return Ok(gone(&cx, refused.to_string()).await),
    };
    let way_in = match cx.access() {
        None => WayIn::New(FormState::default()),
        Some(access) => match store::sign_in::own(cx.site.db(), access.person).await? {
            Some(own) if open.went_to(&own.email) => WayIn::Button,
            _ => WayIn::SomebodyElse,
        },
    };
    Ok(page(&cx, StatusCode::OK, &invitation, way_in).await?)
}

/// POST /invitation/{token}: by whoever is signed in, else by somebody new.
pub(crate) async fn accept(cx: Cx, _: Anyone, At(token): At<String>, typed: Typed) -> Answer {
    match cx.access() {
        Some(access) => accept_as(&cx, access.person, &token).await,
        None if typed.text("way") == BUTTON => Ok(sign_in_first(&cx, None).await),
        None => accept_as_new(&cx, &token, typed).await,
    }
}

async fn accept_as(cx: &Cx, person: PersonId, token: &str) -> Answer {
    let tx = cx.site.db().begin().await?;
    let Some(invitation) = store::invitations::by_token_now(&tx, token_hash(token)).await? else {
        return Ok(gone(cx, UNKNOWN.to_owned()).await);
    };
    let open = match invitation.open(cx.now()) {
        Ok(open) => open,
        // A second tap on the same button.
        Err(_) if invitation.accepted.is_some_and(|it| it.1 == person) => return Ok(done()),
        Err(refused) => return Ok(gone(cx, refused.to_string()).await),
    };
    match join(cx, &tx, &open, person).await? {
        Ok(()) => {
            cx.keep(tx, joined(cx, &invitation, person)).await?;
            Ok(done())
        }
        Err(SomebodyElses) => {
            drop(tx);
            Ok(page(cx, StatusCode::UNPROCESSABLE_ENTITY, &invitation, WayIn::SomebodyElse).await?)
        }
    }
}

/// Makes a person what the invitation says, if it is theirs.
async fn join(
    cx: &Cx,
    tx: &store::Tx,
    open: &OpenInvitation<'_>,
    person: PersonId,
) -> Result<Result<(), SomebodyElses>, Broken> {
    let Some(own) = store::sign_in::own_now(tx, person).await? else { return Ok(Err(SomebodyElses)) };
    let engagements = store::people::engagements_now(tx, person).await?;
    let who = Accepting { person, email: &own.email, engagements: &engagements };
    match open.accept(&who, cx.today()) {
        Ok(accepted) => {
            let organisation = accepted.organisation();
            let gate = starts::gate(cx.site.db(), (organisation, person)).await?;
            let is_there =
                |it: &Engagement| it.organisation == organisation && it.to.is_none_or(|to| to >= cx.today());
            let sorted = sort(accepted.begins(), (&gate, engagements.iter().any(is_there)), cx.today());
            store::invitations::save_accepted(tx, &accepted, &sorted, cx.today()).await?;
            if !sorted.waits.is_empty() {
                let waits = cx.event(WAITS, person).within(organisation.as_uuid());
                store::audit::append(tx, waits).await?;
            }
            Ok(Ok(()))
        }
        Err(refused) => Ok(Err(refused)),
    }
}

async fn accept_as_new(cx: &Cx, token: &str, typed: Typed) -> Answer {
    let Some(invitation) = store::invitations::by_token(cx.site.db(), token_hash(token)).await? else {
        return Ok(gone(cx, UNKNOWN.to_owned()).await);
    };
    let form = NewcomerForm { known_as: typed.text("known_as"), password: typed.text("password") };
    let easy = guessability(form.password, &[form.known_as, invitation.email.as_str()]);
    let welcomed = match invitation.open(cx.now()) {
        Ok(open) => open.welcome(&form, easy),
        Err(refused) => return Ok(gone(cx, refused.to_string()).await),
    };
    let newcomer = match welcomed {
        Ok(newcomer) => newcomer,
        Err(faults) => return again(cx, &invitation, typed, faults).await,
    };
    match save_newcomer(cx, token, &newcomer).await? {
        // They sign in like everybody else: what they are from now on may ask for a second step on the way.
        NewHere::Welcome => Ok(Redirect::to("/sign-in?joined=yes").into_response()),
        NewHere::HasAccount => {
            let remedy = "There is an account with this address already. Sign in, and you can accept.";
            let faults = vec![FieldFault { field: "known_as", remedy: remedy.to_owned() }];
            again(cx, &invitation, typed, faults).await
        }
        NewHere::Gone(why) => Ok(gone(cx, why).await),
    }
}

/// What became of somebody who said that they are new.
enum NewHere {
    Welcome,
    /// Whoever holds the link reads mail at the address, so this tells them nothing about anybody else.
    HasAccount,
    Gone(String),
}

async fn save_newcomer(cx: &Cx, token: &str, newcomer: &Newcomer) -> Result<NewHere, Broken> {
    let hash = cx.site.passwords().hash(newcomer.password()).await?;
    let tx = cx.site.db().begin().await?;
    // Asked once more behind the lock: somebody may have tapped twice, or the letter was withdrawn.
    let Some(invitation) = store::invitations::by_token_now(&tx, token_hash(token)).await? else {
        return Ok(NewHere::Gone(UNKNOWN.to_owned()));
    };
    let open = match invitation.open(cx.now()) {
        Ok(open) => open,
        Err(refused) => return Ok(NewHere::Gone(refused.to_string())),
    };
    let unconfirmed = match store::sign_in::credentials_now(&tx, newcomer.email()).await? {
        Some(known) if known.is_confirmed => return Ok(NewHere::HasAccount),
        known => known.map(|it| it.person),
    };
    let person = store::people::save_newcomer(&tx, newcomer, hash, unconfirmed, cx.now()).await?;
    if let Err(refused) = join(cx, &tx, &open, person).await? {
        return Ok(NewHere::Gone(refused.to_string()));
    }
    let registered = cx.event(PERSON_REGISTERED, person).within(invitation.organisation.as_uuid());
    store::audit::append(&tx, registered).await?;
    cx.keep(tx, joined(cx, &invitation, person)).await?;
    Ok(NewHere::Welcome)
}

/// What is written down when somebody accepts.
fn joined(cx: &Cx, invitation: &Invitation, person: PersonId) -> Event {
    let event = cx.event(ACCEPTED, person).to(invitation.id.as_uuid());
    event.within(invitation.organisation.as_uuid())
}

fn done() -> Response {
    Redirect::to("/me?done=joined").into_response()
}

async fn gone(cx: &Cx, why: String) -> Response {
    let head = Head::new("This invitation does not work any more", Area::SignIn);
    let (again, ask) =
        if cx.access().is_some() { ("/today", "Go to Today") } else { ("/sign-in", "Sign in") };
    cx.page(StatusCode::NOT_FOUND, head, move || view! { <LinkGonePage why again ask/> }).await
}

async fn again(cx: &Cx, invitation: &Invitation, typed: Typed, faults: Vec<FieldFault>) -> Answer {
    let way_in = WayIn::New(FormState::refused(typed, faults));
    Ok(page(cx, StatusCode::UNPROCESSABLE_ENTITY, invitation, way_in).await?)
}

/// How somebody accepts.
enum WayIn {
    /// Nobody is signed in: by choosing a name and a password, or by signing in.
    New(FormState),
    /// Whoever was invited is signed in.
    Button,
    /// Somebody else is.
    SomebodyElse,
}

async fn page(
    cx: &Cx,
    status: StatusCode,
    invitation: &Invitation,
    way_in: WayIn,
) -> Result<Response, Broken> {
    let organisation = store::organisations::organisation(cx.site.db(), invitation.organisation).await?;
    let name = organisation.map(|it| it.name).unwrap_or_default();
    let labels = store::organisations::labels(cx.site.db(), &[invitation.organisation]).await?;
    let failed = matches!(&way_in, WayIn::New(form) if !form.faults.is_empty());
    let head = Head::new("An invitation for you", Area::SignIn).failed(failed);
    let (offers, path) =
        (offered(&labels, invitation.organisation, &invitation.offers), cx.path().to_owned());
    Ok(match way_in {
        WayIn::New(form) => cx.page(status, head, move || view! { <NewPage form name offers path/> }).await,
        WayIn::Button => cx.page(status, head, move || view! { <ButtonPage name offers path/> }).await,
        WayIn::SomebodyElse => cx.page(status, head, || view! { <SomebodyElsePage/> }).await,
    })
}

#[component]
fn NewPage(form: FormState, name: String, offers: String, path: String) -> impl IntoView {
    let next = form_urlencoded::Serializer::new(String::new()).append_pair("next", &path).finish();
    view! {
        <div class="wrap reading form-page stack">
            <ErrorSummary form=form.clone()/>
            <h1>"An invitation for you"</h1>
            <p class="lead">{name}" invites you as "{offers}"."</p>
            <p class="row"><a class="button quiet" href=format!("/sign-in?{next}")>"I have an account already"</a></p>
            <h2>"I am new here"</h2>
            <form method="post" action=path class="stack" novalidate>
                <Field
                    form=form.clone()
                    name="known_as"
                    label="What would you like to be called?"
                    hint="Any name you like."
                />
                <Field
                    form
                    name="password"
                    label="Choose a password"
                    takes=Takes::NewPassword
                    hint="At least 10 characters. A few words that only you would put together work well."
                />
                <p>"You will sign in with the address that the letter went to. "
                    <a href="/pages/privacy">"How we look after what you tell us"</a></p>
                <p class="row"><button class="button">"Accept and join"</button></p>
            </form>
            <p>"If you would rather not, you need do nothing."</p>
        </div>
    }
}

#[component]
fn ButtonPage(name: String, offers: String, path: String) -> impl IntoView {
    view! {
        <div class="wrap reading form-page">
            <h1>"An invitation for you"</h1>
            <p class="lead">{name}" invites you as "{offers}"."</p>
            <p>"What you are to anybody else stays as it is, and they are not told of it."</p>
            <form method="post" action=path>
                <input type="hidden" name="way" value=BUTTON/>
                <p class="row"><button class="button">"Accept the invitation"</button><a href="/today">"Not now"</a></p>
            </form>
        </div>
    }
}

#[component]
fn SomebodyElsePage() -> impl IntoView {
    view! {
        <div class="wrap reading form-page stack">
            <h1>"This one is for somebody else"</h1>
            <p class="lead">{SomebodyElses.to_string()}</p>
            <p>"If the invitation is yours, sign out and open its link again. If you use another address here now, ask whoever invited you to send it to that one."</p>
            <form method="post" action="/sign-out">
                <p class="row"><button class="button">"Sign out"</button><a href="/today">"Go to Today"</a></p>
            </form>
        </div>
    }
}
