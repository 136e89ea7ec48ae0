//! The figures of a run: against what they were to be, printed and kept.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::json;

use crate::say;

/// What a figure is to be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Aim {
    AtLeast(f64),
    AtMost(f64),
    /// It is only told.
    Known,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    pub name: String,
    /// The engine it was measured on; empty where that makes no difference.
    pub engine: &'static str,
    pub value: f64,
    pub unit: &'static str,
    pub aim: Aim,
}

#[derive(Debug, Default)]
pub struct Figures(Vec<Figure>);

impl Aim {
    const fn is_met_by(self, value: f64) -> bool {
        match self {
            Self::AtLeast(least) => value >= least,
            Self::AtMost(most) => value <= most,
            Self::Known => true,
        }
    }

    fn words(self) -> String {
        match self {
            Self::AtLeast(least) => format!("at least {least}"),
            Self::AtMost(most) => format!("at most {most}"),
            Self::Known => String::new(),
        }
    }
}

impl Figures {
    /// Takes a figure in and prints it at once: a run takes minutes.
    pub fn add(&mut self, figure: Figure) {
        say::answer(line(&figure));
        self.0.push(figure);
    }

    /// Those that are not what they were to be.
    pub fn short(&self) -> Vec<&Figure> {
        self.0.iter().filter(|it| !it.aim.is_met_by(it.value)).collect()
    }

    pub fn keep(&self, path: &Path) -> Result<()> {
        let list: Vec<_> = self.0.iter().map(as_json).collect();
        let text = serde_json::to_string_pretty(&list)?;
        fs::write(path, text + "\n").with_context(|| format!("{} cannot be written", path.display()))
    }
}

pub fn line(it: &Figure) -> String {
    let value = format!("{} {}", rounded(it.value), it.unit);
    let verdict = if it.aim.is_met_by(it.value) { "" } else { "  FALLS SHORT" };
    format!("{:9} {:52} {value:>16}   {}{verdict}", it.engine, it.name, it.aim.words())
}

fn as_json(it: &Figure) -> serde_json::Value {
    let aim = (it.aim != Aim::Known).then(|| it.aim.words());
    json!({
        "name": it.name,
        "engine": it.engine,
        "value": rounded(it.value),
        "unit": it.unit,
        "aim": aim,
        "meets": it.aim.is_met_by(it.value),
    })
}

/// To what can be told apart: three places below ten, none from a thousand up.
fn rounded(value: f64) -> f64 {
    let places = match value.abs() {
        it if it < 10.0 => 1000.0,
        it if it < 1000.0 => 10.0,
        _ => 1.0,
    };
    (value * places).round() / places
}

/// The one in the middle; of an even number the mean of the two there. Nothing of nothing.
pub fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    match sorted.len() {
        0 => None,
        odd if odd % 2 == 1 => Some(sorted[middle]),
        _ => Some(f64::midpoint(sorted[middle - 1], sorted[middle])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(value: f64, aim: Aim) -> Figure {
        Figure { name: "Today".into(), engine: "sqlite", value, unit: "ms", aim }
    }

    #[test]
    fn the_median_is_the_one_in_the_middle() {
        assert_eq!(median(&[3.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(&[4.0, 1.0, 2.0, 3.0]), Some(2.5));
        assert_eq!(median(&[]), None);
    }

    #[test]
    fn one_wild_run_moves_nothing() {
        assert_eq!(median(&[1.0, 1.1, 900.0]), Some(1.1));
    }

    #[test]
    fn what_falls_short_is_told_apart() {
        let mut figures = Figures::default();
        for it in [figure(5.0, Aim::AtMost(5.0)), figure(0.5, Aim::AtLeast(0.8)), figure(9.0, Aim::Known)] {
            figures.add(it);
        }
        assert_eq!(figures.short(), [&figure(0.5, Aim::AtLeast(0.8))]);
        assert!(line(figures.short()[0]).ends_with("at least 0.8  FALLS SHORT"));
    }

    #[test]
    fn a_figure_is_kept_with_its_aim() {
        let kept = as_json(&figure(0.123_456, Aim::AtLeast(0.8)));
        let expected = json!({
            "name": "Today", "engine": "sqlite", "value": 0.123, "unit": "ms", "aim": "at least 0.8", "meets": false
        });
        assert_eq!(kept, expected);
        assert_eq!(as_json(&figure(1.0, Aim::Known))["aim"], serde_json::Value::Null);
    }
}
