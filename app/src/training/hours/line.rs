//! One line of my hours: changed or taken back until it was agreed, and written anew after that.

use axum::http::StatusCode;
use domain::people::PlaceId;
use domain::training::hours::{
    Beside, HoursId, Line, LineState, take_back as takes_back, tell as rule, told,
};
use domain::training::placement::PlacementId;
use leptos::prelude::*;
use store::training::hours::{change, is_told, lines, lines_now, of_day_now, save};
use store::training::placements::placement_now;

use super::mine::{form_of, path, started};
use super::{DAY, LineFields, faults, id_of};
use crate::cx::Cx;
use crate::door::{Answer, At, TurnedAway};
use crate::form::{FormState, Typed};
use crate::permits::OwnPlacement;
use crate::training::placements::sites_of;
use crate::ui::choose::{filled, filled_day};
use crate::ui::form::ErrorSummary;
use crate::ui::shell::{Area, Head};

type Here = (PlacementId, HoursId);

/// GET /training/placements/{placement}/hours/{line}
pub(crate) async fn show(cx: Cx, here: OwnPlacement, At((_, id)): At<Here>) -> Answer {
    let lines = lines(cx.site.db(), here.placement.id).await?;
    let line = lines.into_iter().find(|it| it.id == id).ok_or(TurnedAway::NotFound)?;
    let mut fields = vec![
        ("activity", line.activity.as_str().to_owned()),
        ("hours", (line.minutes / 60).to_string()),
        ("minutes", (line.minutes % 60).to_string()),
        ("site", line.site.to_string()),
        ("words", line.words.clone()),
        ("seen", line.revision.to_string()),
        ("id", uuid::Uuid::now_v7().to_string()),
    ];
    fields.extend(filled_day(DAY, line.day));
    page(&cx, &here, &line, (StatusCode::OK, filled(&fields))).await
}

/// POST /training/placements/{placement}/hours/{line}
pub(crate) async fn keep(cx: Cx, here: OwnPlacement, At((_, id)): At<Here>, typed: Typed) -> Answer {
    let sites: Vec<(PlaceId, String)> = sites_of(&cx, here.placement.organisation).await?;
    let sites: Vec<_> = sites.into_iter().map(|it| it.0).collect();
    let form = form_of(&typed);
    let start = started(&cx, &here.placement, &form).await?;
    let tx = cx.site.db().begin().await?;
    let placement = placement_now(&tx, here.placement.id).await?.ok_or(TurnedAway::NotFound)?;
    let there = lines_now(&tx, placement.id).await?;
    let base = path(&placement);
    let Some(before) = there.iter().find(|it| it.id == id).cloned() else {
        return Ok(cx.done(&format!("{base}?done=newer")));
    };
    let anew = id_of(&typed);
    let is_anew = before.state == LineState::Agreed;
    if is_anew && is_told(&tx, anew).await? {
        // A second tap.
        return Ok(cx.done(&format!("{base}?done=told")));
    }
    let told = match form.day.needed() {
        Ok(day) => told(&of_day_now(&tx, here.me, day).await?, Some(before.id)),
        Err(_) => 0,
    };
    let is_corrected = there.iter().any(|it| it.corrects == Some(before.id));
    let beside = Beside { before: Some(&before), is_corrected, sites: &sites, told, start };
    let (new, seen) = (if is_anew { anew } else { id }, typed.text("seen").parse().unwrap_or(0));
    match rule((here.me, new), &placement, &form, beside, (seen, cx.today())) {
        Ok(new) => {
            match is_anew {
                true => save(&tx, (placement.id, here.me), &new).await?,
                false => change(&tx, &new).await?,
            }
            tx.commit().await?;
            Ok(cx.done(&format!("{base}?done=told")))
        }
        Err(refused) => {
            drop(tx);
            let Some(faults) = faults(refused, "words") else {
                return Ok(cx.done(&format!("{base}?done=newer")));
            };
            let form = FormState::refused(typed, faults);
            page(&cx, &here, &before, (StatusCode::UNPROCESSABLE_ENTITY, form)).await
        }
    }
}

/// POST /training/placements/{placement}/hours/{line}/take-back
pub(crate) async fn take_back(cx: Cx, here: OwnPlacement, At((_, id)): At<Here>, typed: Typed) -> Answer {
    let tx = cx.site.db().begin().await?;
    let placement = placement_now(&tx, here.placement.id).await?.ok_or(TurnedAway::NotFound)?;
    let there = lines_now(&tx, placement.id).await?;
    let seen = typed.text("seen").parse().unwrap_or(0);
    let line = there.iter().find(|it| it.id == id);
    let done = match line.map(|it| takes_back((here.me, placement.person), it, seen)) {
        Some(Ok(new)) => {
            change(&tx, &new).await?;
            tx.commit().await?;
            "gone"
        }
        // It was agreed meanwhile, or changed in another tab.
        Some(Err(_)) => "newer",
        // A second tap.
        None => "gone",
    };
    Ok(cx.done(&format!("{}?done={done}", path(&placement))))
}

async fn page(cx: &Cx, here: &OwnPlacement, line: &Line, (status, form): (StatusCode, FormState)) -> Answer {
    let sites = sites_of(cx, here.placement.organisation).await?;
    let is_agreed = line.state == LineState::Agreed;
    let (question, base) = (line.question.clone(), path(&here.placement));
    let action = format!("{base}/hours/{}", line.id);
    let (id, seen) = (id_of(&form.typed).to_string(), form.typed.text("seen").to_owned());
    let head = Head::new("My hours", Area::Me).failed(!form.faults.is_empty());
    let title = if is_agreed { "Write it anew" } else { "Change it" };
    let page = move || {
        let gone = format!("{action}/take-back");
        view! {
            <div class="wrap reading form-page stack">
                <ErrorSummary form=form.clone()/>
                <p><a class="crumb" href=base>"My hours"</a></p>
                <h1>{title}</h1>
                {is_agreed.then(|| view! { <p class="notice">"This was agreed, so it stays as it is until what you write now is agreed instead. If it did not take place at all, write 0 hours."</p> })}
                {(!question.is_empty()).then(|| view! { <p class="notice care typed">"They ask: "{question}</p> })}
                <form method="post" action=action.clone() class="stack" novalidate>
                    <LineFields form sites/>
                    <input type="hidden" name="id" value=id/>
                    <input type="hidden" name="seen" value=seen.clone()/>
                    <p><button class="button">"Keep it"</button></p>
                </form>
                {(!is_agreed).then(|| view! {
                    <form method="post" action=gone>
                        <input type="hidden" name="seen" value=seen/>
                        <button class="button quiet">"Take it back"</button>
                    </form>
                })}
            </div>
        }
    };
    Ok(cx.page(status, head, page).await)
}
