//! A square that a phone's camera reads.

use std::fmt::Write as _;

use leptos::prelude::*;
use leptos::tachys::html::InertElement;
use qrcode::{Color, EcLevel, QrCode};

/// How much light border a camera needs around it, in squares (ISO/IEC 18004 section 6.3.8).
const BORDER: usize = 4;

/// Which squares of a drawing are dark, row by row, and how many there are in a row.
pub(crate) fn squares(address: &str) -> (Vec<bool>, usize) {
    // The lowest level of repair: nothing is torn off a screen, nor the middle of a sheet, and its squares are largest.
    match QrCode::with_error_correction_level(address, EcLevel::L) {
        Ok(code) => {
            let width = code.width();
            (code.into_colors().into_iter().map(|it| it == Color::Dark).collect(), width)
        }
        Err(error) => unreachable!("an address of some hundred letters fits into a square: {error}"),
    }
}

/// Dark squares on light ground, in dark mode too: cameras do not read it the other way round. `drawing` is
/// which squares are dark, row by row, and how many there are in a row.
#[component]
pub(crate) fn Square(
    drawing: (Vec<bool>, usize),
    title: &'static str,
    says: &'static str,
    /// Tells it from others on the page.
    #[prop(optional)]
    number: usize,
) -> impl IntoView {
    // Written as text: leptos would put its own markers into the title.
    InertElement::new(svg((&drawing.0, drawing.1), title, says, number))
}

fn svg((dark, width): (&[bool], usize), title: &str, says: &str, number: usize) -> String {
    let mut path = String::new();
    for (y, row) in dark.chunks(width.max(1)).enumerate() {
        let mut x = 0;
        while x < row.len() {
            let run = row[x..].iter().take_while(|it| **it).count();
            if run > 0 {
                let _ = write!(path, "M{} {}h{run}v1h-{run}z", x + BORDER, y + BORDER);
            }
            x += run.max(1);
        }
    }
    let size = width + 2 * BORDER;
    let [title, says] = [title, says].map(|it| html_escape::encode_text(it));
    format!(
        r##"<svg class="square" viewBox="0 0 {size} {size}" role="img" aria-labelledby="square-{number}-title square-{number}-desc" shape-rendering="crispEdges"><title id="square-{number}-title">{title}</title><desc id="square-{number}-desc">{says}</desc><rect width="{size}" height="{size}" fill="#fff"/><path d="{path}" fill="#000"/></svg>"##
    )
}

#[cfg(test)]
mod tests {
    use super::svg;

    #[test]
    fn every_dark_square_is_drawn_and_no_other() {
        let drawn = svg((&[true, true, false, false, false, true, true, false, true], 3), "A <b>", "", 0);
        assert!(drawn.contains(r#"d="M4 4h2v1h-2zM6 5h1v1h-1zM4 6h1v1h-1zM6 6h1v1h-1z""#), "{drawn}");
        assert!(drawn.contains(r#"viewBox="0 0 11 11""#) && !drawn.contains("style"));
        assert!(drawn.contains("A &lt;b&gt;</title>"));
    }
}
