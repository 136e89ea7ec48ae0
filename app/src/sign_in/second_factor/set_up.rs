//! Setting up an app that shows codes: on the way into a first session that asks for it, or from one's own page.
//!
//! The new secret is stored nowhere until the app has shown its first code: it stands in the page, locked for
//! the person, for half an hour. Whoever was given such a page had just shown that it was them.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::DateTime;
use domain::people::{FieldFault, PersonId};
use domain::sign_in::{HalfWay, HalfWayOver, TotpGuard};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use store::Tx;
use store::second_factor::{NewTotp, SET_UP, Totp};

use super::app_code::AppSecret;
use super::half_way::{Way, WayFields};
use super::pieces::CodesPage;
use super::proof::{CODE, accept, recovery_codes};
use super::set_up_page::{Offer, SetUpPage};
use crate::answer::Broken;
use crate::cx::Cx;
use crate::door::{Answer, Asks};
use crate::form::{FormState, Typed};
use crate::letters;
use crate::permits::{Anyone, Reproved, SignedIn};
use crate::sign_in::Access;
use crate::sign_in::begin::{Entry, Onward, begin};
use crate::sign_in::cookies::handed_out_again;
use crate::sign_in::pages::{Next, own_path};
use crate::sign_in::secrets::{bytes, text};
use crate::ui::shell::{Area, Head};
use crate::ui::square::squares;

const PURPOSE: &str = "an app that is being set up";

/// An app that is being set up.
#[derive(Serialize, Deserialize)]
struct Proposal {
    secret: Vec<u8>,
    since_ms: i64,
    /// When the app that it takes the place of was set up.
    instead_of_ms: Option<i64>,
}

impl Proposal {
    fn new(cx: &Cx, instead_of: Option<&Totp>) -> Self {
        Self {
            secret: AppSecret::random().bytes().to_vec(),
            since_ms: cx.now().timestamp_millis(),
            instead_of_ms: instead_of.map(|it| it.set_up_at.timestamp_millis()),
        }
    }

    fn locked(&self, cx: &Cx, person: PersonId) -> String {
        let plain = serde_json::json!(self).to_string();
        text(&cx.site.secrets().lock(PURPOSE, person.as_uuid().as_bytes(), plain.as_bytes()))
    }

    /// As it came back, if this person was given it lately.
    fn of(cx: &Cx, person: PersonId, typed: &Typed) -> Option<Self> {
        let locked = bytes(typed.text("proposal"))?;
        let plain = cx.site.secrets().unlock(PURPOSE, person.as_uuid().as_bytes(), &locked)?;
        let it: Self = serde_json::from_slice(&plain).ok()?;
        let since = DateTime::from_timestamp_millis(it.since_ms)?;
        (since <= cx.now() && cx.now() < since + HalfWay::SETTING_UP_LASTS).then_some(it)
    }

    fn secret(&self) -> AppSecret {
        match AppSecret::from_bytes(&self.secret) {
            Some(secret) => secret,
            None => unreachable!("we made it of twenty bytes, and nobody else could"),
        }
    }

    /// The app, once it has shown its first code.
    fn accepted(&self, cx: &Cx, person: PersonId, typed: &Typed) -> Result<NewTotp, FieldFault> {
        let secret = self.secret();
        let guard = accept(cx, Some(&secret), TotpGuard::default(), typed.text(CODE));
        let guard = guard.map_err(|remedy| FieldFault { field: CODE, remedy })?;
        let sealed_secret = secret.lock(cx.site.secrets(), person);
        let instead_of = self.instead_of_ms.and_then(DateTime::from_timestamp_millis);
        Ok(NewTotp { totp: Totp { sealed_secret, guard, set_up_at: cx.now() }, instead_of })
    }
}

/// On the way into a session that asks for a second factor.
pub(super) async fn show_on_the_way(cx: &Cx, person: PersonId, way: Way) -> Result<Response, Broken> {
    page_on_the_way(cx, person, &Proposal::new(cx, None), way, FormState::default()).await
}

async fn page_on_the_way(
    cx: &Cx,
    person: PersonId,
    proposal: &Proposal,
    way: Way,
    form: FormState,
) -> Result<Response, Broken> {
    let offer = Offer { to: "/sign-in/set-up", area: Area::SignIn, is_asked: true };
    page(cx, person, proposal, form, (offer, move || view! { <WayFields way/> }.into_any())).await
}

/// POST /sign-in/set-up: the first code of the app, and the session begins.
pub(crate) async fn on_the_way(cx: Cx, _: Anyone, typed: Typed) -> Answer {
    let way = Way::of(&typed);
    let HalfWay { person, kind, .. } = match way.open(&cx, HalfWay::SETTING_UP_LASTS).await? {
        Ok(half_way) => half_way,
        Err(over) => return Ok(way.afresh(&cx, typed, over).await),
    };
    let Some(proposal) = Proposal::of(&cx, person, &typed) else {
        return Ok(way.afresh(&cx, typed, HalfWayOver::TooLate).await);
    };
    let new = match proposal.accepted(&cx, person, &typed) {
        Ok(new) => new,
        Err(fault) => {
            let form = FormState::refused(typed, vec![fault]);
            return Ok(page_on_the_way(&cx, person, &proposal, way, form).await?);
        }
    };
    let tx = cx.site.db().begin().await?;
    let is_first = store::second_factor::spend_half_way(&tx, way.hash(), cx.now()).await?;
    let kept = if is_first { keep(&cx, &tx, person, &new).await? } else { None };
    let Some(codes) = kept else { return Ok(way.afresh(&cx, typed, HalfWayOver::Void).await) };
    store::audit::append(&tx, cx.event(SET_UP, person)).await?;
    let begun = begin(&cx, tx, Entry { person, kind, second_factor: true }).await?;
    let onward = Onward::of(&cx, person, way.next);
    Ok(begun.with(&cx, codes_page(&begun.seen(&cx), Area::Me, codes, onward).await))
}

/// GET /me/second-factor/set-up
pub(crate) async fn show(cx: Cx, me: Reproved, Asks(asks): Asks) -> Answer {
    let totp = store::second_factor::totp(cx.site.db(), me.me.id()).await?;
    let proposal = Proposal::new(&cx, totp.as_ref());
    let form = FormState { typed: asks, faults: Vec::new() };
    Ok(page_of_mine(&cx, me.me.id(), &proposal, form).await?)
}

async fn page_of_mine(
    cx: &Cx,
    person: PersonId,
    proposal: &Proposal,
    form: FormState,
) -> Result<Response, Broken> {
    let offer = Offer { to: "/me/second-factor/set-up", area: Area::Me, is_asked: false };
    let next = own_path(form.typed.text("next"));
    let fields = move || next.map(|it| view! { <input type="hidden" name="next" value=it/> }).into_any();
    page(cx, person, proposal, form, (offer, fields)).await
}

/// POST /me/second-factor/set-up: only a page that its owner was given by [`show`] has what this takes.
pub(crate) async fn set_up(cx: Cx, me: SignedIn, typed: Typed) -> Answer {
    let Some(proposal) = Proposal::of(&cx, me.id(), &typed) else { return Ok(to_the_beginning()) };
    let new = match proposal.accepted(&cx, me.id(), &typed) {
        Ok(new) => new,
        Err(fault) => {
            return Ok(page_of_mine(&cx, me.id(), &proposal, FormState::refused(typed, vec![fault])).await?);
        }
    };
    let tx = cx.site.db().begin().await?;
    let Some(codes) = keep(&cx, &tx, me.id(), &new).await? else { return Ok(to_the_beginning()) };
    store::second_factor::save_given(&tx, me.access.session, cx.now()).await?;
    cx.keep(tx, cx.event(SET_UP, me.id())).await?;
    let onward = Onward::Page(Next::of(&typed).path.unwrap_or_else(|| "/me/second-factor".to_owned()));
    let mut response = codes_page(&cx, Area::Me, codes, onward).await;
    let access = Access { second_factor: true, ..me.access };
    let cookie = handed_out_again(cx.site.cookies(), cx.site.access_keys(), &access);
    response.headers_mut().append(header::SET_COOKIE, cookie);
    Ok(response)
}

fn to_the_beginning() -> Response {
    Redirect::to("/me/second-factor/set-up").into_response()
}

/// Keeps the app with new recovery codes, which come back; nothing when another was set up in the meantime.
async fn keep(cx: &Cx, tx: &Tx, person: PersonId, new: &NewTotp) -> Result<Option<Vec<String>>, Broken> {
    if !store::second_factor::save_totp(tx, person, new).await? {
        return Ok(None);
    }
    let (codes, hashes) = recovery_codes();
    store::second_factor::save_recovery_codes(tx, person, &hashes).await?;
    store::second_factor::forget_step_ups(tx, person).await?;
    if let Some(own) = store::sign_in::own_now(tx, person).await? {
        letters::send(tx, letters::second_factor_set_up(&cx.site, &own.email), cx.now()).await?;
    }
    Ok(Some(codes))
}

/// The page, with what its form carries besides.
async fn page(
    cx: &Cx,
    person: PersonId,
    proposal: &Proposal,
    form: FormState,
    (offer, fields): (Offer, impl FnOnce() -> AnyView + Send + 'static),
) -> Result<Response, Broken> {
    let Some(own) = store::sign_in::own(cx.site.db(), person).await? else {
        return Ok(crate::answer::not_found_page(cx).await);
    };
    let (secret, locked) = (proposal.secret(), proposal.locked(cx, person));
    let (key, address) = (secret.key_in_groups(), secret.address(&own.email));
    let drawing = squares(&address);
    let shown = cx.site.is_demo().then(|| secret.next_code(TotpGuard::default(), cx.now()));
    let failed = !form.faults.is_empty();
    let status = if failed { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let head = Head::new("Set up a second step", offer.area).failed(failed);
    let page = move || {
        let fields = fields();
        view! { <SetUpPage form offer key address drawing shown locked fields/> }
    };
    Ok(cx.page(status, head, page).await)
}

/// The page that shows recovery codes, this once.
pub(super) async fn codes_page(cx: &Cx, area: Area, codes: Vec<String>, onward: Onward) -> Response {
    let head = Head::new("Keep these codes", area);
    cx.page(StatusCode::OK, head, move || view! { <CodesPage codes onward/> }).await
}
