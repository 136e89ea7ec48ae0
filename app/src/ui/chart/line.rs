//! A line through figures of several days.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::{Chart, Drawing, Figures, Said, Side};
use crate::ui::words::date;

/// In units of the drawing. Our choice: on a phone, where it is narrowest, its words are still twelve pixels high.
const WIDTH: u32 = 400;
const HEIGHT: u32 = 192;
/// Where the figures begin and end, from left to right and from top to bottom.
const LEFT: u32 = 34;
const RIGHT: u32 = WIDTH - 24;
const TOP: u32 = 18;
const BOTTOM: u32 = HEIGHT - 36;
/// How far from either end the points keep, so that none lies on the words beside it.
const WITHIN: u32 = 14;

/// What was said on a day, out of so many.
pub(crate) type Point = (NaiveDate, u32);

/// Figures from nothing to `top`, the earliest day first, along the days as they passed.
#[component]
pub(crate) fn LineChart(
    id: String,
    caption: String,
    /// What each figure is, for the table.
    figure: &'static str,
    points: Vec<Point>,
    top: u32,
) -> impl IntoView {
    let said = said(id, caption, figure, (&points, top));
    let drawing = draw(&points, top);
    view! { <Chart said drawing/> }
}

fn said(id: String, caption: String, figure: &str, (points, top): (&[Point], u32)) -> Said {
    let tells = match points {
        [] => "Nothing yet.".to_owned(),
        [(day, value)] => format!("{value} out of {top} on {}.", date(*day)),
        [(first, from), .., (last, to)] => {
            format!("From {from} out of {top} on {} to {to} on {}.", date(*first), date(*last))
        }
    };
    let rows = points.iter().map(|(day, value)| (date(*day), vec![value.to_string()])).collect();
    let columns = vec!["Day".to_owned(), format!("{figure} (0 to {top})")];
    Said { id, caption, tells, figures: Figures { columns, rows } }
}

pub(super) fn draw(points: &[Point], top: u32) -> Drawing {
    let mut drawing = Drawing::new(WIDTH, HEIGHT);
    for value in [0, top / 2, top] {
        let y = height_of(value, top);
        drawing.path("grid", &[(LEFT, y), (RIGHT, y)]);
        drawing.text("axis", (LEFT - 8, y + 5), Side::Before, value);
    }
    let ([(first, _), ..], [.., (last, latest)]) = (points, points) else { return drawing };
    let places: Vec<_> =
        points.iter().map(|(day, value)| (place_of(*day, (*first, *last)), height_of(*value, top))).collect();
    drawing.path("run", &places);
    for place in &places {
        drawing.dot("point", *place, 5);
    }
    if let Some((x, y)) = places.last() {
        drawing.text("latest", (x + 10, y + 6), Side::After, latest);
    }
    drawing.text("axis", (LEFT, HEIGHT - 8), Side::After, short(*first));
    if first != last {
        drawing.text("axis", (RIGHT, HEIGHT - 8), Side::Before, short(*last));
    }
    drawing
}

fn height_of(value: u32, top: u32) -> u32 {
    BOTTOM - (BOTTOM - TOP) * value.min(top) / top.max(1)
}

/// Days stand as far apart as they are; one alone stands where time begins.
fn place_of(day: NaiveDate, (first, last): (NaiveDate, NaiveDate)) -> u32 {
    let days = |it: NaiveDate| u64::try_from((it - first).num_days()).unwrap_or_default();
    let (from, width) = (LEFT + WITHIN, RIGHT - LEFT - 2 * WITHIN);
    let along = u64::from(width) * days(day) / days(last).max(1);
    from + u32::try_from(along).unwrap_or_default().min(width)
}

/// "21 Nov 26": two of them fit under a drawing.
fn short(day: NaiveDate) -> String {
    day.format("%-d %b %y").to_string()
}
