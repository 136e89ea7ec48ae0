//! What others say of somebody's work, without an account: witnesses by a link in a letter, and people who were
//! supported by a code on paper, without a name. Both come to `/training/w`.
//!
//! Guessing is not throttled, for the reason that certificates have: a code holds 75 bits of chance, a link 256. To
//! count tries would mean to keep whose they are, and here nothing of whoever comes is kept.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::course::certificate::{Code, NotACode};
use domain::people::{FieldFault, PersonId};
use domain::training::framework::FrameworkId;
use leptos::prelude::*;

use crate::cx::Cx;
use crate::door::{Answer, Asks, At, TurnedAway};
use crate::form::{FormState, Typed};
use crate::permits::{Anyone, oneself};
use crate::register::LinkGonePage;
use crate::ui::form::{ErrorSummary, Field, Takes};
use crate::ui::shell::{Area, Head};

mod gather;
mod voice;
mod witness;

pub use gather::gather_voices;
pub(super) use voice::hash;

/// Where whoever has a code comes to.
pub(crate) const PLACE: &str = "/training/w";

/// The field of the code.
const CODE: &str = "code";

/// GET /training/w: where a code is typed, which then has a page of its own.
pub(crate) async fn ask(cx: Cx, _: Anyone, Asks(asks): Asks) -> Answer {
    let is_typed = asks.fields().any(|it| it.0 == CODE);
    let (status, form) = match is_typed.then(|| Code::read(asks.text(CODE))) {
        None => (StatusCode::OK, FormState::default()),
        Some(Ok(code)) => return Ok(Redirect::to(&format!("{PLACE}/{code}")).into_response()),
        Some(Err(why)) => {
            let fault = FieldFault { field: CODE, remedy: remedy(why) };
            (StatusCode::UNPROCESSABLE_ENTITY, FormState::refused(asks, vec![fault]))
        }
    };
    let head = Head::new("Say what you think", Area::None).failed(!form.faults.is_empty());
    Ok(cx.page(status, head, move || view! { <AskPage form/> }).await)
}

/// What is said of a code that was mistyped.
fn remedy(why: NotACode) -> String {
    match why {
        NotACode::Missing => "Type the code that stands on the paper.".to_owned(),
        NotACode::Length { length } => {
            format!("A code has 16 letters and figures. This one has {length}.")
        }
        NotACode::Sign { sign } => format!("No code has “{sign}” in it. Look at the paper again."),
        NotACode::Slip => {
            "One letter or figure is not as it stands on the paper. Look at them once more, four at a time."
                .to_owned()
        }
    }
}

/// GET /training/w/{code}: uses nothing up, because programs that look through mail open links too.
pub(crate) async fn show(cx: Cx, _: Anyone, At(code): At<String>) -> Answer {
    match Code::read(&code) {
        Ok(code) => voice::show(&cx, code).await,
        Err(_) => witness::show(&cx, &code).await,
    }
}

/// POST /training/w/{code}
pub(crate) async fn answer(cx: Cx, _: Anyone, At(code): At<String>, typed: Typed) -> Answer {
    match Code::read(&code) {
        Ok(code) => voice::keep(&cx, code, typed).await,
        Err(_) => witness::keep(&cx, &code, typed).await,
    }
}

/// GET /training/w/done
pub(crate) async fn done(cx: Cx, _: Anyone, Asks(asks): Asks) -> Answer {
    let (title, says) = match asks.text("what") {
        "declined" => {
            ("That is fine", "Nothing was kept. Your address is forgotten, and we do not write again.")
        }
        "voice" => (
            "Thank you",
            "What you said is kept without your name, and without when you said it. It is shown only together with what others said.",
        ),
        _ => (
            "Thank you",
            "What you said is kept, and whoever asked you reads it now. Your address is forgotten, and we do not write again.",
        ),
    };
    let page = move || {
        view! {
            <div class="wrap reading stack">
                <h1>{title}</h1>
                <p class="lead">{says}</p>
                <p>"You may close this page."</p>
            </div>
        }
    };
    Ok(cx.page(StatusCode::OK, Head::new(title, Area::None), page).await)
}

/// The page of what leads nowhere any more.
async fn gone(cx: &Cx, why: String) -> Answer {
    let head = Head::new("This is over", Area::None);
    let page = move || view! { <LinkGonePage why again="/" ask="Go to the first page"/> };
    Ok(cx.page(StatusCode::NOT_FOUND, head, page).await)
}

/// Whether somebody signed in is about to speak for themself. Each try to is written down.
async fn speaks_for_themself(cx: &Cx, of: PersonId, framework: FrameworkId) -> Result<bool, TurnedAway> {
    if cx.access().is_none_or(|it| it.person != of) {
        return Ok(false);
    }
    if let Some(framework) = store::training::frameworks::framework(cx.site.db(), framework).await? {
        oneself(cx, of, &framework).await?;
    }
    Ok(true)
}

/// What they read.
const FOR_OTHERS: &str = "This is for somebody else to say. Nothing was kept.";

/// On to the page that says thank you.
fn thanks(cx: &Cx, what: &str) -> Response {
    cx.done(&format!("{PLACE}/done?what={what}"))
}

#[component]
fn AskPage(form: FormState) -> impl IntoView {
    view! {
        <div class="wrap reading form-page">
            <ErrorSummary form=form.clone()/>
            <h1>"Say what you think"</h1>
            <p class="lead">"Somebody gave you a piece of paper with a code. Type the code here, and answer a few questions. Nobody learns that it was you."</p>
            <form method="get" action=PLACE class="stack" novalidate>
                <Field form name=CODE label="The code on the paper" takes=Takes::Exact
                    hint="16 letters and figures in four groups. Small letters and spaces don’t matter, and an O may be a nought."/>
                <p class="row"><button class="button">"Go on"</button></p>
            </form>
            <p class="soft">"Whoever has a link from a letter opens that link instead."</p>
        </div>
    }
}
