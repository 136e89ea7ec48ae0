//! Arranging the conversation: whoever takes it on reads what was asked for, and does not decide. Each reading is
//! written down before anything is shown.

use axum::http::StatusCode;
use domain::people::FieldFault;
use domain::training::{arrange, take_on};
use leptos::prelude::*;
use store::training::applications;
use store::training::conversations::{self, ADJUSTMENTS_READ, ADJUSTMENTS_TAKEN_ON, Asked};

use crate::cx::Cx;
use crate::door::{Answer, Asks, TurnedAway};
use crate::form::{FormState, Typed};
use crate::permits::rounds::{MayArrange, Sent, names};
use crate::reached::{HowToReach, Reached};
use crate::ui::choose::filled;
use crate::ui::form::{Choices, ErrorSummary};
use crate::ui::shell::{Area, Head};

/// GET /training/at/{organisation}/applications/{application}/arrange
pub(crate) async fn show(cx: Cx, at: MayArrange, Asks(asks): Asks) -> Answer {
    let done = (asks.text("done") == "kept")
        .then_some("It is kept. After the talk, write its day on the application.");
    page(&cx, at.0, (StatusCode::OK, FormState::default()), done).await
}

/// POST /training/at/{organisation}/applications/{application}/arrange: takes it on, or keeps whether it is arranged.
pub(crate) async fn keep(cx: Cx, at: MayArrange, typed: Typed) -> Answer {
    let at = at.0;
    let tx = cx.site.db().begin().await?;
    let now = applications::application_now(&tx, at.application.id).await?.ok_or(TurnedAway::NotFound)?;
    let concerned = now.concerned(at.round.organisation);
    let here = format!("{}/arrange", at.base());
    let remedy = match typed.text("arranged") {
        "" => match take_on(&at.here.coordinator, &concerned) {
            Ok(_) if now.arranger.is_some() => return Ok(cx.done(&here)),
            Ok(by) => {
                conversations::save_arranger(&tx, now.id, &by).await?;
                cx.keep(tx, at.event(&cx, ADJUSTMENTS_TAKEN_ON)).await?;
                return Ok(cx.done(&here));
            }
            Err(theirs) => theirs.to_string(),
        },
        answer => match (arrange(&at.here.coordinator, &concerned), answer) {
            (Ok(by), "yes" | "no") if concerned.asks => {
                conversations::save_arranged(&tx, now.id, &by, answer == "yes").await?;
                tx.commit().await?;
                return Ok(cx.done(&format!("{here}?done=kept")));
            }
            (Ok(_), _) => "Choose yes or no.".to_owned(),
            (Err(theirs), _) => theirs.to_string(),
        },
    };
    drop(tx);
    let form = FormState::refused(typed, vec![FieldFault { field: "arranged", remedy }]);
    page(&cx, at, (StatusCode::UNPROCESSABLE_ENTITY, form), None).await
}

/// What the page shows to whom.
enum Shown {
    /// Somebody who has not taken it on, and may.
    ToTakeOn,
    /// Somebody for whom it is not, with why.
    NotTheirs(String),
    /// Whoever arranges.
    Asked(Option<Asked>),
}

async fn page(
    cx: &Cx,
    at: Sent,
    (status, form): (StatusCode, FormState),
    done: Option<&'static str>,
) -> Answer {
    let concerned = at.concerned();
    let shown = match arrange(&at.here.coordinator, &concerned) {
        Ok(_) if concerned.asks => {
            // Written down first.
            let tx = cx.site.db().begin().await?;
            cx.keep(tx, at.event(cx, ADJUSTMENTS_READ)).await?;
            Shown::Asked(conversations::asked(cx.site.db(), at.application.id).await?)
        }
        Ok(_) => Shown::Asked(None),
        Err(_) if take_on(&at.here.coordinator, &concerned).is_ok() => Shown::ToTakeOn,
        Err(theirs) => Shown::NotTheirs(theirs.to_string()),
    };
    let person = at.application.person;
    // Whoever arranges it has to be able to write or ring; nobody else sees how.
    let reached = match shown {
        Shown::Asked(_) => Some(Reached::of(cx, person).await?),
        Shown::ToTakeOn | Shown::NotTheirs(_) => None,
    };
    let known_as = names(cx, vec![person]).await?.remove(&person.as_uuid()).unwrap_or_default();
    let base = at.base();
    let head = Head::new("Arrange a talk", Area::Me).failed(!form.faults.is_empty());
    Ok(cx.page(status, head, move || view! { <ArrangePage base known_as shown reached form done/> }).await)
}

#[component]
fn ArrangePage(
    base: String,
    known_as: String,
    shown: Shown,
    /// How they are reached, for whoever arranges it.
    reached: Option<Reached>,
    form: FormState,
    done: Option<&'static str>,
) -> impl IntoView {
    let here = format!("{base}/arrange");
    view! {
        <div class="wrap reading form-page stack">
            <ErrorSummary form=form.clone()/>
            <p><a class="crumb" href=base>{format!("The application of {known_as}")}</a></p>
            <h1>"Arrange the talk"</h1>
            {done.map(|it| view! { <p class="notice" role="status">{it}</p> })}
            {match shown {
                Shown::ToTakeOn => view! {
                    <p class="lead">"Whoever arranges the talk reads what would help, if anything was asked for, and sees to it."</p>
                    <p>"If something was asked for, another coordinator decides about the place. So nobody is chosen by what they need. Each time you read it, that is written into their log."</p>
                    <form method="post" action=here id="arranged"><button class="button">"Take this on"</button></form>
                }.into_any(),
                Shown::NotTheirs(why) => view! { <p class="notice care" id="arranged">{why}</p> }.into_any(),
                Shown::Asked(None) => view! { <p class="lead" id="arranged">"Nothing was asked for. Invite them in the way that suits you both."</p> }.into_any(),
                Shown::Asked(Some(asked)) => view! { <AskedFor here asked form/> }.into_any(),
            }}
            {reached.map(|reached| view! { <HowToReach reached says="Only whoever arranges the talk sees this. Say nothing in a subject line, or to anybody else who answers, about what it is for."/> })}
        </div>
    }
}

#[component]
fn AskedFor(here: String, asked: Asked, form: FormState) -> impl IntoView {
    let is = match asked.is_arranged {
        Some(true) => "It is arranged.",
        Some(false) => "It is not arranged.",
        None => "Nobody has said yet whether it is arranged.",
    };
    // What is kept stands chosen, unless something else was typed.
    let form = match asked.is_arranged {
        Some(true) if form.faults.is_empty() => filled(&[("arranged", "yes".to_owned())]),
        Some(false) if form.faults.is_empty() => filled(&[("arranged", "no".to_owned())]),
        _ => form,
    };
    view! {
        <section class="stack" aria-labelledby="asked">
            <h2 id="asked">"What would help"</h2>
            <p class="typed">{asked.words.value}</p>
            <p class="soft">"Their log says that you have read it. Another coordinator decides about the place."</p>
        </section>
        <p>{is}</p>
        <form method="post" action=here class="stack" novalidate>
            <Choices form name="arranged" legend="Is it arranged?".to_owned() choices=vec![("yes", "Yes"), ("no", "No")]/>
            <p class="row"><button class="button">"Keep this"</button></p>
        </form>
    }
}
