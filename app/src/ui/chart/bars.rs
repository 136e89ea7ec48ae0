//! Bars for two figures of each of several periods, one under the other: so their names fit on a phone.

use leptos::prelude::*;

use super::{Chart, Drawing, Figures, Said, Side};

/// In units of the drawing. Our choice: on a phone, where it is narrowest, its words are still twelve pixels high.
const WIDTH: u32 = 400;
/// As long as a bar gets: a figure and its word fit after it.
const LONGEST: u32 = WIDTH - 150;
const THICK: u32 = 18;
/// From one period to the next: its name, two bars and a gap.
const PERIOD: u32 = 78;

/// What a period is called, and its two figures.
pub(crate) type Period = (String, [u32; 2]);

/// Two figures for each period, the earliest first.
#[component]
pub(crate) fn BarChart(
    id: String,
    caption: String,
    /// What is to be seen in it.
    tells: String,
    /// What the periods are and what the figures are, for the table.
    columns: [&'static str; 3],
    /// The word after each figure in the drawing.
    words: [&'static str; 2],
    periods: Vec<Period>,
) -> impl IntoView {
    let drawing = draw(&periods, words);
    let rows = periods.into_iter().map(|(name, figures)| (name, figures.map(|it| it.to_string()).into()));
    let figures = Figures { columns: columns.map(ToOwned::to_owned).into(), rows: rows.collect() };
    view! { <Chart said=Said { id, caption, tells, figures } drawing/> }
}

pub(super) fn draw(periods: &[Period], words: [&str; 2]) -> Drawing {
    let height = PERIOD * u32::try_from(periods.len()).unwrap_or_default();
    let mut drawing = Drawing::new(WIDTH, height);
    let most = periods.iter().flat_map(|it| it.1).max().unwrap_or_default().max(1);
    for (top, (name, figures)) in (0..).step_by(PERIOD as usize).zip(periods) {
        drawing.text("axis", (0, top + 15), Side::After, name);
        for (at, (figure, word)) in (0..).zip(figures.iter().zip(words)) {
            let y = top + 22 + at * (THICK + 4);
            let long = u64::from(LONGEST) * u64::from(*figure) / u64::from(most);
            let long = u32::try_from(long).unwrap_or(LONGEST).max(u32::from(*figure > 0) * 2);
            drawing.bar(if at == 0 { "bar" } else { "bar other" }, (0, y), (long, THICK));
            drawing.text("beside", (long + 8, y + 14), Side::After, format_args!("{figure} {word}"));
        }
    }
    drawing
}
