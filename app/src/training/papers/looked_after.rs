//! Papers of a placement that I look after, and ticking what somebody was shown.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use domain::people::PersonId;
use domain::training::papers::{Paper, PaperSigner, Side, tick as rule};
use domain::training::placement::PlacementId;
use store::training::papers::{SIGNED, TICKED, items_now, save_ticked};
use store::training::placements::placement_now;

use super::{DAY, Said, Viewer, page};
use crate::called::names;
use crate::cx::Cx;
use crate::door::{Answer, Asks, At, TurnedAway};
use crate::form::Typed;
use crate::permits::LooksAfterPlacement;
use crate::training::hours::agree::DESK;
use crate::ui::choose::typed_day;

type Here = (PlacementId, String);

fn viewer(here: &LooksAfterPlacement) -> Viewer<'_> {
    let back = format!("{DESK}/{}", here.placement.id);
    Viewer { placement: &here.placement, side: Side::Supervisor, back }
}

/// GET /training/looking-after/{placement}/papers/{paper}
pub(crate) async fn show(
    cx: Cx,
    here: LooksAfterPlacement,
    At((_, which)): At<Here>,
    Asks(asks): Asks,
) -> Answer {
    let which = Paper::parse(&which).ok_or(TurnedAway::NotFound)?;
    page(&cx, &viewer(&here), which, Said::opened(&cx, asks.text("done"))).await
}

/// GET /training/looking-after/{placement}/papers/{paper}/text
pub(crate) async fn text(cx: Cx, here: LooksAfterPlacement, At((_, which)): At<Here>) -> Answer {
    super::text(&cx, &here.placement, &which).await
}

/// POST /training/looking-after/{placement}/papers/{paper}/sign
pub(crate) async fn sign(
    cx: Cx,
    here: LooksAfterPlacement,
    At((_, which)): At<Here>,
    typed: Typed,
) -> Answer {
    let event = here.event(&cx, SIGNED);
    let signer = PaperSigner::Supervisor(&here.supervisor);
    super::sign(&cx, (&viewer(&here), signer), &which, (typed, event)).await
}

/// POST /training/looking-after/{placement}/induction
pub(crate) async fn tick(cx: Cx, here: LooksAfterPlacement, typed: Typed) -> Answer {
    let tx = cx.site.db().begin().await?;
    let placement = placement_now(&tx, here.placement.id).await?.ok_or(TurnedAway::NotFound)?;
    let items = items_now(&tx, placement.id).await?;
    let by = items.iter().filter_map(|it| it.done.map(|it| it.1));
    let people: Vec<_> = by.chain([placement.person, placement.supervisor]).collect();
    let called: BTreeMap<PersonId, String> = names(&cx, &people).await?;
    let ticked: Vec<&str> = typed.fields().filter(|it| it.0 == "item").map(|it| it.1).collect();
    let what = (&*ticked, typed_day(&typed, DAY));
    match rule(&here.supervisor, (&placement, &items), what, &called, cx.today()) {
        Ok(ticked) => {
            // A second tap ticks nothing.
            if !ticked.numbers().is_empty() {
                save_ticked(&tx, placement.id, &ticked, cx.now()).await?;
                cx.keep(tx, here.event(&cx, TICKED)).await?;
            }
            Ok(cx.done(&format!("{DESK}/{}/papers/induction?done=ticked", placement.id)))
        }
        Err(faults) => {
            drop(tx);
            let said = Said::refused(StatusCode::UNPROCESSABLE_ENTITY, typed, faults);
            page(&cx, &viewer(&here), Paper::Induction, said).await
        }
    }
}
