//! A first visit on a slow phone, measured by a browser: `end2end/bench`.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;

use super::figures::{Aim, Figure};
use super::node::Node;
use super::{Bench, Pace};
use crate::node::Modules;
use crate::say;
use crate::tools;

/// A learner whom nobody else is.
const VISITOR: u32 = 2;

pub fn measure(
    bench: &Bench<'_>,
    (modules, chromium): (&Modules, &Path),
    node: &Node,
) -> Result<Vec<Figure>> {
    say::step("A first visit on a slow phone, in Chromium (half a minute).");
    let end2end = bench.places.end2end();
    modules.link_into(&end2end)?;
    let [cookies, out] = ["visitor-cookie", "first-visit.json"].map(|it| bench.work.path().join(it));
    node.cookies(bench.places, &cookies, [VISITOR, 1, 1])?;
    let rounds = if bench.pace == Pace::Whole { "7" } else { "3" };
    let mut playwright = modules.tool("playwright");
    playwright
        .args(["test", "--config=bench.config.ts", "--reporter=dot"])
        .current_dir(&end2end)
        .env("BENCH_URL", format!("http://{}", node.address()))
        .env("BENCH_COOKIE", fs::read_to_string(&cookies)?)
        .env("BENCH_OUT", &out)
        .env("BENCH_ROUNDS", rounds)
        .env("CHROMIUM", chromium)
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    tools::succeed_quietly(
        &mut playwright,
        "The first visit was not measured: what Playwright said stands above.",
    )?;
    figures(&fs::read_to_string(&out).context("The browser left no figures.")?)
}

fn figures(text: &str) -> Result<Vec<Figure>> {
    let list: Vec<Value> = serde_json::from_str(text).context("The browser's figures are not JSON")?;
    let figure = |it: &Value| {
        Some(Figure {
            name: it["name"].as_str()?.to_owned(),
            engine: "",
            value: it["value"].as_f64()?,
            unit: if it["unit"] == "ms" { "ms" } else { "KB" },
            aim: Aim::AtMost(it["atMost"].as_f64()?),
        })
    };
    list.iter().map(figure).collect::<Option<_>>().context("One of the browser's figures lacks a part")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browsers_figures_are_read() {
        let text = r#"[{"name":"first page, first paint","value":1002.5,"unit":"ms","atMost":1500}]"#;
        let expected = Figure {
            name: "first page, first paint".into(),
            engine: "",
            value: 1002.5,
            unit: "ms",
            aim: Aim::AtMost(1500.0),
        };
        assert_eq!(figures(text).unwrap(), [expected]);
        assert!(figures(r#"[{"name":"a"}]"#).is_err());
    }
}
