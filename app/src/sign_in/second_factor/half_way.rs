//! Between a right password and a session: somebody is asked for a code.
//!
//! Until it is given nothing is stored. What we know of them stands in the page that asks, locked so that only
//! the nodes can read it, for ten minutes, and is good for one session.

use axum::http::StatusCode;
use axum::response::Response;
use chrono::{DateTime, TimeDelta};
use domain::people::{FieldFault, PersonId};
use domain::sign_in::{HalfWay, HalfWayOver, SessionKind, TokenHash};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::pieces::{CodeFields, DemoCode};
use super::proof::{self, code_for_the_demo};
use crate::answer::Broken;
use crate::cx::Cx;
use crate::door::Answer;
use crate::form::{FormState, Typed};
use crate::permits::Anyone;
use crate::sign_in::begin::{Entry, Onward, begin};
use crate::sign_in::pages::{self, Next};
use crate::sign_in::riding::RidingFields;
use crate::sign_in::secrets::{bytes, text, token_hash};
use crate::sign_in::tries::Tries;
use crate::ui::form::ErrorSummary;
use crate::ui::shell::{Area, Head};

const PURPOSE: &str = "half way through signing in";

/// What a page on the way carries from one request to the next.
#[derive(Clone)]
pub(crate) struct Way {
    /// Who has typed a right password and when: locked.
    locked: String,
    pub(super) next: Next,
    /// What they typed on the first page, in case they have to begin afresh.
    email: String,
    shared: String,
}

/// What is locked.
#[derive(Serialize, Deserialize)]
struct Locked {
    person: PersonId,
    kind: SessionKind,
    since_ms: i64,
    /// A keyed hash of the password's hash: with a new password, all that was half way is void.
    password: String,
}

impl Way {
    pub(super) fn begin(cx: &Cx, half_way: &HalfWay, password_hash: &str, typed: &Typed) -> Self {
        let locked = Locked {
            person: half_way.person,
            kind: half_way.kind,
            since_ms: half_way.since.timestamp_millis(),
            password: fingerprint(cx, password_hash),
        };
        let plain = serde_json::json!(locked).to_string();
        let locked = text(&cx.site.secrets().lock(PURPOSE, &[], plain.as_bytes()));
        Self { locked, ..Self::of(typed) }
    }

    /// As it came back.
    pub(super) fn of(typed: &Typed) -> Self {
        let [locked, email, shared] = ["half_way", "email", "shared"].map(|it| typed.text(it).to_owned());
        Self { locked, next: Next::of(typed), email, shared }
    }

    /// Who has come half way, if that still counts.
    pub(super) async fn open(
        &self,
        cx: &Cx,
        lasts: TimeDelta,
    ) -> Result<Result<HalfWay, HalfWayOver>, Broken> {
        let Some(locked) = self.unlock(cx) else { return Ok(Err(HalfWayOver::Void)) };
        let Some(since) = DateTime::from_timestamp_millis(locked.since_ms) else {
            return Ok(Err(HalfWayOver::Void));
        };
        let own = store::sign_in::own(cx.site.db(), locked.person).await?;
        if own.is_none_or(|it| fingerprint(cx, &it.password_hash) != locked.password) {
            return Ok(Err(HalfWayOver::Void));
        }
        let half_way = HalfWay { person: locked.person, kind: locked.kind, since };
        Ok(half_way.goes_on(lasts, cx.now()).map(|()| half_way))
    }

    fn unlock(&self, cx: &Cx) -> Option<Locked> {
        let plain = cx.site.secrets().unlock(PURPOSE, &[], &bytes(&self.locked)?)?;
        serde_json::from_slice(&plain).ok()
    }

    /// What is remembered of it once it has been used.
    pub(super) fn hash(&self) -> TokenHash {
        token_hash(&self.locked)
    }

    /// Back to the first page, with a word why.
    pub(super) async fn afresh(self, cx: &Cx, typed: Typed, why: HalfWayOver) -> Response {
        pages::again(cx, typed, "password", &why.to_string()).await
    }
}

fn fingerprint(cx: &Cx, password_hash: &str) -> String {
    text(&cx.site.secrets().sealed("a password that was right", &[password_hash.as_bytes()]))
}

/// The page that asks for a code.
pub(super) async fn ask(cx: &Cx, person: PersonId, way: Way) -> Result<Response, Broken> {
    page(cx, StatusCode::OK, person, way, FormState::default()).await
}

async fn page(
    cx: &Cx,
    status: StatusCode,
    person: PersonId,
    way: Way,
    form: FormState,
) -> Result<Response, Broken> {
    let shown = code_for_the_demo(cx, person).await?;
    let head = Head::new("Type your code", Area::SignIn).failed(!form.faults.is_empty());
    Ok(cx.page(status, head, move || view! { <CodePage form way shown/> }).await)
}

/// POST /sign-in/code: a code from the app, or a recovery code in its place.
pub(crate) async fn code(cx: Cx, _: Anyone, typed: Typed) -> Answer {
    let way = Way::of(&typed);
    let HalfWay { person, kind, .. } = match way.open(&cx, HalfWay::LASTS).await? {
        Ok(half_way) => half_way,
        Err(over) => return Ok(way.afresh(&cx, typed, over).await),
    };
    let tries = Tries::at_proving(&cx, person);
    if let Err(refused) = tries.count(&cx).await? {
        let fault = FieldFault { field: proof::CODE, remedy: refused.to_string() };
        return Ok(again(&cx, person, way, typed, fault).await?);
    }
    let tx = cx.site.db().begin().await?;
    let Some(totp) = store::second_factor::totp_now(&tx, person).await? else {
        return Ok(way.afresh(&cx, typed, HalfWayOver::Void).await);
    };
    if let Err(fault) = proof::take(&cx, &tx, person, &totp, &typed).await? {
        drop(tx);
        return Ok(again(&cx, person, way, typed, fault).await?);
    }
    if !store::second_factor::spend_half_way(&tx, way.hash(), cx.now()).await? {
        return Ok(way.afresh(&cx, typed, HalfWayOver::Void).await);
    }
    tries.take_back(&cx, &tx).await?;
    let begun = begin(&cx, tx, Entry { person, kind, second_factor: true }).await?;
    let onward = Onward::of(&cx, person, way.next);
    Ok(begun.with(&cx, onward.go(&begun.seen(&cx), "You are signed in again").await))
}

async fn again(
    cx: &Cx,
    person: PersonId,
    way: Way,
    typed: Typed,
    fault: FieldFault,
) -> Result<Response, Broken> {
    page(cx, StatusCode::UNPROCESSABLE_ENTITY, person, way, FormState::refused(typed, vec![fault])).await
}

#[component]
fn CodePage(form: FormState, way: Way, shown: Option<String>) -> impl IntoView {
    view! {
        <div class="wrap reading form-page">
            <ErrorSummary form=form.clone()/>
            <h1>"Type your code"</h1>
            <p class="lead">"Your password is right. Now open the app on your phone that shows your codes."</p>
            <DemoCode shown/>
            <form method="post" action="/sign-in/code" class="stack" novalidate>
                <CodeFields form/>
                <WayFields way/>
                <p class="row"><button class="button">"Sign in"</button><a href="/sign-in">"Start again"</a></p>
            </form>
        </div>
    }
}

/// What a page on the way carries, in its form.
#[component]
pub(super) fn WayFields(way: Way) -> impl IntoView {
    let Way { locked, next, email, shared } = way;
    view! {
        <input type="hidden" name="half_way" value=locked/>
        <input type="hidden" name="email" value=email/>
        {(shared == "yes").then(|| view! { <input type="hidden" name="shared" value="yes"/> })}
        {next.path.map(|it| view! { <input type="hidden" name="next" value=it/> })}
        {next.riding.map(|riding| view! { <RidingFields riding/> })}
    }
}
