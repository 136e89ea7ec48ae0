//! Steps towards leading a group: recorded by whoever looks after the placement, with the guide who is named.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use domain::people::{PersonId, Relationship};
use domain::training::ladder::{Climbed, NotClimbed, RungForm, climb, guides, rungs_left};
use domain::training::placement::Placement;
use leptos::prelude::*;
use store::training::ladder::{RUNG_RECORDED, climbed, climbed_now, save};
use store::training::placements::placement_now;

use super::hours::agree::DESK;
use crate::called::names;
use crate::cx::Cx;
use crate::door::{Answer, TurnedAway};
use crate::form::{FormState, Typed};
use crate::permits::LooksAfterPlacement;
use crate::personal::looks;
use crate::ui::choose::{DayField, DayNames, OneOf, filled, filled_day, typed_day};
use crate::ui::form::{Choices, ErrorSummary, Tick};
use crate::ui::shell::{Area, Head};
use crate::ui::text_area::TextArea;
use crate::ui::words::date;

const DAY: DayNames = ["day", "day_month", "day_year"];
/// The tick that says that a reason was looked at again.
const LOOKED_AT: &str = "looked_at";

/// The steps that were taken on a placement, each with what its guide is called.
pub(super) async fn steps(cx: &Cx, placement: &Placement) -> store::Result<Vec<(Climbed, String)>> {
    let climbed = climbed(cx.site.db(), placement.id).await?;
    let people: Vec<_> = climbed.iter().map(|it| it.guide).collect();
    let called = names(cx, &people).await?;
    let named = |it: Climbed| {
        let name = called.get(&it.guide).cloned().unwrap_or_default();
        (it, name)
    };
    Ok(climbed.into_iter().map(named).collect())
}

/// The steps that were taken, if any was.
#[component]
pub(super) fn Steps(steps: Vec<(Climbed, String)>) -> impl IntoView {
    let line = |(it, guide): (Climbed, String)| {
        view! {
            <li>
                <p><b>{it.rung.label()}</b></p>
                <p class="soft">{date(it.day)}", guided by "<bdi>{guide}</bdi></p>
                {(!it.why.is_empty()).then(|| view! { <p class="typed">{it.why}</p> })}
            </li>
        }
    };
    let none = steps.is_empty();
    let lines = steps.into_iter().map(line).collect_view();
    view! {
        <section class="stack" aria-labelledby="ladder">
            <h2 id="ladder">"Towards leading a group"</h2>
            {none.then(|| view! { <p>"No step is written down yet. First comes co-facilitating, then leading with the guide in the room, then leading."</p> })}
            {(!none).then(|| view! { <ol class="stack numbered">{lines}</ol> })}
        </section>
    }
}

/// What others are to somebody on placement, since it began.
async fn theirs(
    cx: &Cx,
    placement: &Placement,
) -> store::Result<(Vec<Relationship>, BTreeMap<PersonId, String>)> {
    let db = cx.site.db();
    let held =
        store::arranging::held_to(db, placement.organisation, placement.person, placement.from).await?;
    let called = held.iter().map(|it| (it.relationship.holder, it.holder_known_as.clone())).collect();
    Ok((held.into_iter().map(|it| it.relationship).collect(), called))
}

/// GET /training/looking-after/{placement}/ladder
pub(crate) async fn show(cx: Cx, here: LooksAfterPlacement) -> Answer {
    let form = filled(&filled_day(DAY, cx.today()));
    page(&cx, &here, (StatusCode::OK, form)).await
}

/// POST /training/looking-after/{placement}/ladder
pub(crate) async fn keep(cx: Cx, here: LooksAfterPlacement, typed: Typed) -> Answer {
    let (theirs, _) = theirs(&cx, &here.placement).await?;
    let tx = cx.site.db().begin().await?;
    let placement = placement_now(&tx, here.placement.id).await?.ok_or(TurnedAway::NotFound)?;
    let climbed = climbed_now(&tx, placement.id).await?;
    let form = RungForm {
        rung: typed.text("rung"),
        day: typed_day(&typed, DAY),
        guide: typed.text("guide"),
        why: typed.text("why"),
        is_looked_at: typed.text(LOOKED_AT) == "yes",
    };
    let done = format!("{DESK}/{}?done=step", placement.id);
    let faults = match climb(&here.supervisor, (&placement, &climbed), &form, &theirs, cx.today()) {
        Ok(new) => {
            save(&tx, &placement, &new, cx.now()).await?;
            cx.keep(tx, here.event(&cx, RUNG_RECORDED)).await?;
            return Ok(cx.done(&done));
        }
        Err(NotClimbed::Already) => return Ok(cx.done(&done)),
        Err(NotClimbed::Faults(faults)) => faults,
        Err(NotClimbed::Personal(it)) => vec![looks("why", it)],
    };
    drop(tx);
    page(&cx, &here, (StatusCode::UNPROCESSABLE_ENTITY, FormState::refused(typed, faults))).await
}

async fn page(cx: &Cx, here: &LooksAfterPlacement, (status, form): (StatusCode, FormState)) -> Answer {
    let placement = &here.placement;
    let steps = steps(cx, placement).await?;
    let left = rungs_left(&steps.iter().map(|it| it.0.clone()).collect::<Vec<_>>());
    let (theirs, called) = theirs(cx, placement).await?;
    let mut may: Vec<_> = guides(placement, &theirs, cx.today()).collect();
    may.sort_unstable();
    may.dedup();
    let name = |it: &PersonId| (it.to_string(), called.get(it).cloned().unwrap_or_default());
    let choices: Vec<_> = may.iter().map(name).collect();
    let back = format!("{DESK}/{}", placement.id);
    let action = format!("{back}/ladder");
    let head = Head::new("A step", Area::Me).failed(!form.faults.is_empty());
    let looks_personal = form.fault("why").is_some_and(|it| it.contains("looks like"));
    let page = move || {
        let rungs: Vec<_> = left.iter().map(|it| (it.as_str(), it.label())).collect();
        let is_over = rungs.is_empty();
        let nobody = choices.is_empty() && !is_over;
        view! {
            <div class="wrap reading form-page stack">
                <ErrorSummary form=form.clone()/>
                <p><a class="crumb" href=back>"Hours"</a></p>
                <h1>"A step towards leading a group"</h1>
                <Steps steps/>
                {nobody.then(|| view! { <p class="notice care">"Nobody is arranged as their guide or clinical lead yet. An administrator can do that."</p> })}
                {is_over.then(|| view! { <p>"They have taken every step."</p> })}
                {(!is_over && !nobody).then(|| view! {
                    <form method="post" action=action class="card stack" novalidate>
                        <h2>"Write down a step"</h2>
                        <Choices form=form.clone() name="rung" legend="What did they do?".to_owned() choices=rungs/>
                        <DayField form=form.clone() names=DAY legend="On which day?"/>
                        <OneOf form=form.clone() name="guide" label="Who guided it?" choices hint="Their guide or clinical lead, who is registered."/>
                        <TextArea form=form.clone() name="why" label="Is a step left out, and why?" hint="Only if one is. Name nobody whom they support." rows="2"/>
                        {looks_personal.then(|| view! { <Tick form name=LOOKED_AT label="I have looked again: it says nothing about who somebody is"/> })}
                        <p><button class="button">"Keep it"</button></p>
                        <p class="soft">"It stands there under your name, and is not taken back."</p>
                    </form>
                })}
            </div>
        }
    };
    Ok(cx.page(status, head, page).await)
}
