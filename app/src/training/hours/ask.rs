//! Sending one line back with a question.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use domain::training::hours::{HoursId, Line, ask as rule};
use domain::training::placement::PlacementId;
use leptos::prelude::*;
use store::training::hours::{HOURS_ASKED, change, lines, lines_now};
use store::training::placements::placement_now;

use super::agree::DESK;
use super::{LOOKED_AT, faults, said};
use crate::cx::Cx;
use crate::door::{Answer, At, TurnedAway};
use crate::form::{FormState, Typed};
use crate::happened::{Happened, tell};
use crate::permits::LooksAfterPlacement;
use crate::training::placements::sites_of;
use crate::ui::choose::filled;
use crate::ui::form::{ErrorSummary, Tick};
use crate::ui::shell::{Area, Head};
use crate::ui::text_area::TextArea;

type Here = (PlacementId, HoursId);

/// GET /training/looking-after/{placement}/hours/{line}/ask
pub(crate) async fn show(cx: Cx, here: LooksAfterPlacement, At((_, id)): At<Here>) -> Answer {
    let lines = lines(cx.site.db(), here.placement.id).await?;
    let line = lines.into_iter().find(|it| it.id == id).ok_or(TurnedAway::NotFound)?;
    let form = filled(&[("seen", line.revision.to_string())]);
    page(&cx, &here, line, (StatusCode::OK, form)).await
}

/// POST /training/looking-after/{placement}/hours/{line}/ask
pub(crate) async fn ask(cx: Cx, here: LooksAfterPlacement, At((_, id)): At<Here>, typed: Typed) -> Answer {
    let tx = cx.site.db().begin().await?;
    placement_now(&tx, here.placement.id).await?.ok_or(TurnedAway::NotFound)?;
    let there = lines_now(&tx, here.placement.id).await?;
    let path = format!("{DESK}/{}", here.placement.id);
    let Some(line) = there.into_iter().find(|it| it.id == id) else {
        return Ok(cx.done(&format!("{path}?done=newer")));
    };
    let asks = (typed.text("question"), typed.text(LOOKED_AT) == "yes");
    match rule(&here.supervisor, &line, asks, typed.text("seen").parse().unwrap_or(0)) {
        Ok(new) => {
            change(&tx, &new).await?;
            let theirs = format!("/training/placements/{}", here.placement.id);
            tell(&cx, &tx, (here.placement.person, Happened::HoursAsked), &theirs).await?;
            cx.keep(tx, here.event(&cx, HOURS_ASKED)).await?;
            Ok(cx.done(&format!("{path}?done=asked")))
        }
        Err(refused) => {
            drop(tx);
            let Some(faults) = faults(refused, "question") else {
                return Ok(cx.done(&format!("{path}?done=newer")));
            };
            let form = FormState::refused(typed, faults);
            page(&cx, &here, line, (StatusCode::UNPROCESSABLE_ENTITY, form)).await
        }
    }
}

async fn page(
    cx: &Cx,
    here: &LooksAfterPlacement,
    line: Line,
    (status, form): (StatusCode, FormState),
) -> Answer {
    let sites: BTreeMap<_, _> = sites_of(cx, here.placement.organisation).await?.into_iter().collect();
    let (words, seen) = (said(&line, &sites), form.typed.text("seen").to_owned());
    let back = format!("{DESK}/{}", here.placement.id);
    let action = format!("{back}/hours/{}/ask", line.id);
    let head = Head::new("A question", Area::Me).failed(!form.faults.is_empty());
    let looks_personal = form.fault("question").is_some_and(|it| it.contains("looks like"));
    let page = move || {
        view! {
            <div class="wrap reading form-page stack">
                <ErrorSummary form=form.clone()/>
                <p><a class="crumb" href=back>"Hours"</a></p>
                <h1>"Ask about it"</h1>
                <p class="lead">{words}</p>
                {(!line.words.is_empty()).then(|| view! { <p class="typed">{line.words.clone()}</p> })}
                <form method="post" action=action class="stack" novalidate>
                    <TextArea form=form.clone() name="question" label="What would you like to know?" hint="It goes back to them with your question, and they can change it." rows="3"/>
                    {looks_personal.then(|| view! { <Tick form name=LOOKED_AT label="I have looked again: it says nothing about who somebody is"/> })}
                    <input type="hidden" name="seen" value=seen/>
                    <p><button class="button">"Send it back"</button></p>
                </form>
            </div>
        }
    };
    Ok(cx.page(status, head, page).await)
}
