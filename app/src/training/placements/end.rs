//! Ending a placement earlier than was arranged. Whoever then looks after somebody from the next day on is arranged as
//! every placement is: so hours stay with whom they were.

use axum::http::StatusCode;
use domain::training::hours::LineState;
use domain::training::placement::{EndForm, Ending, NotEnded, end as rule};
use leptos::prelude::*;
use store::training::hours::lines_now;
use store::training::placements::{PLACEMENT_ENDED, ended, is_ended_now, placement_now, save_ended};

use super::{base, called, days};
use crate::cx::Cx;
use crate::door::{Answer, TurnedAway};
use crate::form::{FormState, Typed};
use crate::happened::{Happened, tell};
use crate::permits::PlacementHere;
use crate::personal::looks;
use crate::ui::choose::{DayField, DayNames, filled, filled_day, typed_day};
use crate::ui::form::{ErrorSummary, Field, Takes, Tick};
use crate::ui::shell::{Area, Head};
use crate::ui::words::date;

const ON: DayNames = ["on_day", "on_month", "on_year"];

/// The box that says that what looks personal is not.
const LOOKED_AT: &str = "looked_at";

/// GET /training/at/{organisation}/placements/{placement}/end
pub(crate) async fn show(cx: Cx, at: PlacementHere) -> Answer {
    let form = filled(&filled_day(ON, cx.today()));
    page(&cx, at, (StatusCode::OK, form, false)).await
}

/// POST /training/at/{organisation}/placements/{placement}/end
pub(crate) async fn end(cx: Cx, at: PlacementHere, typed: Typed) -> Answer {
    let id = at.placement.id;
    let tx = cx.site.db().begin().await?;
    let placement = placement_now(&tx, id).await?.ok_or(TurnedAway::NotFound)?;
    let told = lines_now(&tx, id).await?;
    let told = told.iter().filter(|it| it.state != LineState::TakenBack).map(|it| it.day).max();
    let is_ended = is_ended_now(&tx, id).await?;
    let form = EndForm {
        on: typed_day(&typed, ON),
        why: typed.text("why"),
        is_looked_at: typed.text(LOOKED_AT) == "yes",
    };
    let done = format!("{}?done=ended", base(placement.organisation));
    let ending = Ending { placement: &placement, last_told: told, is_ended };
    let (faults, looks_personal) = match rule(&at.here.coordinator, ending, &form) {
        Ok(new) => {
            save_ended(&tx, &new, cx.now()).await?;
            let theirs = format!("/training/placements/{id}");
            tell(&cx, &tx, (placement.person, Happened::PlacementEnds), &theirs).await?;
            let event = at.here.event(&cx, PLACEMENT_ENDED).to(id.as_uuid());
            cx.keep(tx, event.about(placement.person.as_uuid())).await?;
            return Ok(cx.done(&done));
        }
        Err(NotEnded::NotTheirs) => return Err(TurnedAway::NotFound),
        // A second tap, or somebody else was quicker. The list says how it stands.
        Err(NotEnded::Already) => return Ok(cx.done(&done)),
        Err(NotEnded::Faults(faults)) => (faults, false),
        Err(NotEnded::Personal(like)) => (vec![looks("why", like)], true),
    };
    drop(tx);
    let form = FormState::refused(typed, faults);
    page(&cx, at, (StatusCode::UNPROCESSABLE_ENTITY, form, looks_personal)).await
}

async fn page(
    cx: &Cx,
    at: PlacementHere,
    (status, form, looks_personal): (StatusCode, FormState, bool),
) -> Answer {
    let placement = at.placement;
    let early = ended(cx.site.db(), &[placement.id]).await?.remove(&placement.id);
    let back = base(placement.organisation);
    let action = format!("{back}/{}/end", placement.id);
    let called = called(cx, vec![placement]).await?.into_iter().next().ok_or(TurnedAway::NotFound)?;
    let head = Head::new("End a placement", Area::Me).failed(!form.faults.is_empty());
    let page = move || {
        let days = days(&called.placement);
        let is_open = early.is_none();
        view! {
            <div class="wrap reading form-page stack">
                <ErrorSummary form=form.clone()/>
                <p><a class="crumb" href=back>"Placements"</a></p>
                <h1>"End the placement of "<bdi>{called.person}</bdi></h1>
                <p class="lead">{called.site}", "{days}", looked after by "<bdi>{called.supervisor}</bdi>"."</p>
                {early.map(|it| view! { <p class="notice">"It was ended early, on "{date(it.on)}": "{it.why}"."</p> })}
                {is_open.then(|| view! {
                    <p>"What was done on it stays, and hours that wait are still agreed by whoever looked after it. If somebody else looks after them from the next day on, arrange that afterwards: it is a placement of its own."</p>
                    <form method="post" action=action class="stack" novalidate>
                        <DayField form=form.clone() names=ON legend="Which day is the last?"/>
                        <Field form=form.clone() name="why" label="Why, in a few words?" takes=Takes::Line hint="Such as: moves to another site. Nothing about anybody’s health. They read it too."/>
                        {looks_personal.then(|| view! { <Tick form=form.clone() name=LOOKED_AT label="I have looked again: it says nothing about who somebody is"/> })}
                        <p class="row"><button class="button">"End it then"</button></p>
                    </form>
                })}
            </div>
        }
    };
    Ok(cx.page(status, head, page).await)
}
