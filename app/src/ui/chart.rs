//! Charts, drawn here: each with a title and a description for whoever does not see it, and the same figures in a
//! table for whoever would rather read them.

use std::fmt::{Display, Write as _};

use html_escape::{encode_double_quoted_attribute, encode_text};
use leptos::prelude::*;
use leptos::tachys::html::InertElement;

pub(crate) mod bars;
pub(crate) mod line;
#[cfg(test)]
mod tests;

/// What a chart shows, in words and in figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Said {
    /// Tells it apart from the others on its page.
    pub(crate) id: String,
    /// What it is about: stands above it, and is the drawing's title.
    pub(crate) caption: String,
    /// What is to be seen in it, in a sentence or two: the drawing's description.
    pub(crate) tells: String,
    pub(crate) figures: Figures,
}

/// The figures that a chart is drawn from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Figures {
    /// What the rows are, and then what each figure is.
    pub(crate) columns: Vec<String>,
    /// What a row is called, and then its figures.
    pub(crate) rows: Vec<(String, Vec<String>)>,
}

/// A drawing with what is said about it, and its figures folded away under it.
#[component]
pub(crate) fn Chart(said: Said, drawing: Drawing) -> impl IntoView {
    let svg = drawing.svg(&said);
    let Said { id, caption, figures, .. } = said;
    let captioned = format!("{id}-caption");
    let labelled = captioned.clone();
    view! {
        <figure class="chart" aria-labelledby=labelled>
            <figcaption id=captioned>{caption.clone()}</figcaption>
            // Written as text: leptos would put its own markers into the title.
            {InertElement::new(svg)}
            <details class="figures">
                <summary>"Show the figures"</summary>
                <FigureTable caption figures/>
            </details>
        </figure>
    }
}

#[component]
fn FigureTable(caption: String, figures: Figures) -> impl IntoView {
    let Figures { columns, rows } = figures;
    // A name and one figure fit side by side on any phone.
    let class = (columns.len() > 2).then_some("cards");
    let labels = columns.clone();
    let row = move |(name, values): (String, Vec<String>)| {
        let labels = labels.iter().skip(1).cloned();
        let values = values.into_iter().zip(labels);
        view! {
            <tr>
                <th scope="row">{name}</th>
                {values.map(|(it, label)| view! { <td class="number" data-label=label>{it}</td> }).collect_view()}
            </tr>
        }
    };
    let column =
        |(at, it): (usize, String)| view! { <th scope="col" class=(at > 0).then_some("number")>{it}</th> };
    view! {
        <table class=class>
            <caption class="hidden">{caption}</caption>
            <thead><tr>{columns.into_iter().enumerate().map(column).collect_view()}</tr></thead>
            <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
}

/// What is drawn, in units of its own: the style sheet says how large it stands on the page. Shapes are coloured by
/// their class, so that they follow light, dark and forced colours.
#[derive(Clone, Debug)]
pub(crate) struct Drawing {
    width: u32,
    height: u32,
    marks: String,
}

/// On which side of its place a text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    After,
    Before,
}

impl Drawing {
    pub(crate) const fn new(width: u32, height: u32) -> Self {
        Self { width, height, marks: String::new() }
    }

    /// Lines from point to point.
    pub(crate) fn path(&mut self, class: &str, points: &[(u32, u32)]) {
        let mut d = String::new();
        for (at, (x, y)) in points.iter().enumerate() {
            let _ = write!(d, "{}{x} {y}", if at == 0 { "M" } else { "L" });
        }
        self.mark(format_args!(r#"<path class="{class}" d="{d}"/>"#));
    }

    pub(crate) fn dot(&mut self, class: &str, (x, y): (u32, u32), radius: u32) {
        self.mark(format_args!(r#"<circle class="{class}" cx="{x}" cy="{y}" r="{radius}"/>"#));
    }

    pub(crate) fn bar(&mut self, class: &str, (x, y): (u32, u32), (width, height): (u32, u32)) {
        self.mark(format_args!(
            r#"<rect class="{class}" x="{x}" y="{y}" width="{width}" height="{height}" rx="3"/>"#
        ));
    }

    /// Words for the eye alone: whoever does not see the drawing is told by its title, its description and its table.
    pub(crate) fn text(&mut self, class: &str, (x, y): (u32, u32), side: Side, words: impl Display) {
        let anchor = match side {
            Side::After => "start",
            Side::Before => "end",
        };
        let words = words.to_string();
        let words = encode_text(&words);
        self.mark(format_args!(
            r#"<text aria-hidden="true" class="{class}" x="{x}" y="{y}" text-anchor="{anchor}">{words}</text>"#
        ));
    }

    fn mark(&mut self, mark: std::fmt::Arguments<'_>) {
        let _ = self.marks.write_fmt(mark);
    }

    fn svg(&self, said: &Said) -> String {
        let Self { width, height, marks } = self;
        let id = encode_double_quoted_attribute(&said.id);
        let (title, desc) = (encode_text(&said.caption), encode_text(&said.tells));
        format!(
            r#"<svg viewBox="0 0 {width} {height}" role="img" aria-labelledby="{id}-title {id}-desc"><title id="{id}-title">{title}</title><desc id="{id}-desc">{desc}</desc>{marks}</svg>"#
        )
    }
}
