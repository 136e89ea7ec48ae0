//! Ending a pair or group. What was agreed and written down stays to be read.

use axum::http::StatusCode;
use domain::people::FieldFault;
use domain::supervision::ending::{NotEnded, end as rule, may_end};
use leptos::prelude::*;
use store::supervision::ENDED;
use store::supervision::arrangements::{arrangement_now, last_session_now, save_ended};
use store::supervision::planned::{open_days_now, save_off_after};

use super::{place, title};
use crate::cx::Cx;
use crate::door::{Answer, TurnedAway};
use crate::form::{FormState, Typed};
use crate::happened::{Happened, tell};
use crate::permits::StrandHere;
use crate::ui::choose::{DayField, DayNames, filled, filled_day, typed_day};
use crate::ui::form::{ErrorSummary, Tick};
use crate::ui::shell::{Area, Head};

const LAST: DayNames = ["last_day", "last_month", "last_year"];

/// GET /supervision/{arrangement}/end
pub(crate) async fn show(cx: Cx, here: StrandHere) -> Answer {
    may(&here)?;
    let form = filled(&filled_day(LAST, cx.today().max(here.arrangement.from)));
    page(&cx, &here, (StatusCode::OK, form)).await
}

/// POST /supervision/{arrangement}/end
pub(crate) async fn keep(cx: Cx, here: StrandHere, typed: Typed) -> Answer {
    may(&here)?;
    let (id, done) = (here.arrangement.id, format!("{}?done=ended", place(here.arrangement.id)));
    let tx = cx.site.db().begin().await?;
    let arrangement = arrangement_now(&tx, id).await?.ok_or(TurnedAway::NotFound)?;
    let (written, planned) = (last_session_now(&tx, id).await?, open_days_now(&tx, id).await?);
    let left = (written, &planned[..], typed.text("calls_off") == "yes");
    match rule(&here.member, &arrangement, (typed_day(&typed, LAST), cx.today()), left) {
        Ok(ended) => {
            save_off_after(&tx, &ended, (here.me, cx.now())).await?;
            save_ended(&tx, &ended).await?;
            for other in here.others(cx.today()) {
                tell(&cx, &tx, (other, Happened::SupervisionEnds), &place(id)).await?;
            }
            cx.keep(tx, here.event(&cx, ENDED)).await?;
            Ok(cx.done(&done))
        }
        // A second tap.
        Err(NotEnded::Already) => Ok(cx.done(&done)),
        Err(NotEnded::Faults(faults)) => {
            drop(tx);
            refused(&cx, &here, typed, faults).await
        }
    }
}

async fn refused(cx: &Cx, here: &StrandHere, typed: Typed, faults: Vec<FieldFault>) -> Answer {
    page(cx, here, (StatusCode::UNPROCESSABLE_ENTITY, FormState::refused(typed, faults))).await
}

fn may(here: &StrandHere) -> Result<(), TurnedAway> {
    if may_end(&here.member) { Ok(()) } else { Err(TurnedAway::NotFound) }
}

async fn page(cx: &Cx, here: &StrandHere, (status, form): (StatusCode, FormState)) -> Answer {
    let (path, title) = (place(here.arrangement.id), title(cx, here).await?);
    let head = Head::new("End supervision", Area::Me).failed(!form.faults.is_empty());
    let asks_off = form.fault("calls_off").is_some() || !form.typed.text("calls_off").is_empty();
    let page = move || {
        view! {
            <div class="wrap reading form-page stack">
                <ErrorSummary form=form.clone()/>
                <p><a class="crumb" href=path.clone()>{title}</a></p>
                <h1>"When does it end?"</h1>
                <p class="lead">"Whoever belongs to it is told. What you agreed on, wrote down and shared stays to be read by those who could read it. It cannot go on afterwards: you would begin anew."</p>
                <form method="post" action=format!("{path}/end") class="stack" novalidate>
                    <DayField form=form.clone() names=LAST legend="Which is the last day?"/>
                    {asks_off.then(|| view! { <Tick form name="calls_off" label="What is planned after that day is called off"/> })}
                    <p><button class="button">"End it on this day"</button></p>
                </form>
            </div>
        }
    };
    Ok(cx.page(status, head, page).await)
}
