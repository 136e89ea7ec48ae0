//! Papers of my own placement.

use domain::training::papers::{Paper, PaperSigner, Side};
use domain::training::placement::PlacementId;
use store::training::papers::SIGNED;

use super::{Said, Viewer, page};
use crate::cx::Cx;
use crate::door::{Answer, Asks, At, TurnedAway};
use crate::form::Typed;
use crate::permits::OwnPlacement;

type Here = (PlacementId, String);

fn viewer(here: &OwnPlacement) -> Viewer<'_> {
    let back = format!("/training/placements/{}", here.placement.id);
    Viewer { placement: &here.placement, side: Side::Person, back }
}

/// GET /training/placements/{placement}/papers/{paper}
pub(crate) async fn show(cx: Cx, here: OwnPlacement, At((_, which)): At<Here>, Asks(asks): Asks) -> Answer {
    let which = Paper::parse(&which).ok_or(TurnedAway::NotFound)?;
    page(&cx, &viewer(&here), which, Said::opened(&cx, asks.text("done"))).await
}

/// GET /training/placements/{placement}/papers/{paper}/text
pub(crate) async fn text(cx: Cx, here: OwnPlacement, At((_, which)): At<Here>) -> Answer {
    super::text(&cx, &here.placement, &which).await
}

/// POST /training/placements/{placement}/papers/{paper}/sign
pub(crate) async fn sign(cx: Cx, here: OwnPlacement, At((_, which)): At<Here>, typed: Typed) -> Answer {
    let event = cx.event(SIGNED, here.me).to(here.placement.id.as_uuid());
    let event = event.within(here.placement.organisation.as_uuid());
    super::sign(&cx, (&viewer(&here), PaperSigner::Person(here.me)), &which, (typed, event)).await
}
