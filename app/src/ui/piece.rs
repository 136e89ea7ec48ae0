//! Pieces of pages that are the same for everybody who sees them: rendered once, kept until what public pages show
//! has changed, and then written out as they are. What stands around them is rendered for each request.

use leptos::prelude::*;
use leptos::tachys::html::InertElement;

use super::shell::Area;
use crate::site::Public;

/// Names everything that a piece depends on, besides what public pages show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Piece {
    Masthead { area: Area, signed_in: bool },
    HelpBand,
}

/// The piece, rendered from `view` if it has not been yet. An island in it would not wake.
pub(crate) fn kept<V: IntoView>(public: &Public, piece: Piece, view: impl FnOnce() -> V) -> InertElement {
    let html = public.piece(piece, || Owner::new().with(|| view().into_view().to_html()).into());
    InertElement::new(html.to_string())
}
