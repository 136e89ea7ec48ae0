//! A square that a phone's camera reads.

use std::fmt::Write as _;

use leptos::prelude::*;
use leptos::tachys::html::InertElement;

/// How much light border a camera needs around it, in squares (ISO/IEC 18004 section 6.3.8).
const BORDER: usize = 4;

/// Dark squares on light ground, in dark mode too: cameras do not read it the other way round. `drawing` is
/// which squares are dark, row by row, and how many there are in a row.
#[component]
pub(crate) fn Square(drawing: (Vec<bool>, usize)) -> impl IntoView {
    // Written as text: leptos would put its own markers into the title.
    InertElement::new(svg(&drawing.0, drawing.1))
}

fn svg(dark: &[bool], width: usize) -> String {
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
    format!(
        r##"<svg class="square" viewBox="0 0 {size} {size}" role="img" aria-labelledby="square-title square-desc" shape-rendering="crispEdges"><title id="square-title">A square for your app’s camera</title><desc id="square-desc">It holds the same key that stands below as text.</desc><rect width="{size}" height="{size}" fill="#fff"/><path d="{path}" fill="#000"/></svg>"##
    )
}

#[cfg(test)]
mod tests {
    use super::svg;

    #[test]
    fn every_dark_square_is_drawn_and_no_other() {
        let drawn = svg(&[true, true, false, false, false, true, true, false, true], 3);
        assert!(drawn.contains(r#"d="M4 4h2v1h-2zM6 5h1v1h-1zM4 6h1v1h-1zM6 6h1v1h-1z""#), "{drawn}");
        assert!(drawn.contains(r#"viewBox="0 0 11 11""#) && !drawn.contains("style"));
    }
}
