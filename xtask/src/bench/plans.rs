//! The plan of every statement behind every door: printed, and counted where it scans.

use anyhow::{Context, Result};
use serde_json::Value;

use super::Bench;
use super::node::Node;
use crate::say;

/// Ends the node, goes through its doors, and says how many statements read a growing table from end to end.
pub fn judge(bench: &Bench<'_>, engine: &str, node: Node) -> Result<usize> {
    say::step(format!("Going through every door, for the plans of all queries on {engine}."));
    let file = bench.places.checkout.join(format!("target/bench/plans-{engine}.json"));
    node.plans(bench.places, &file)?;
    let text = std::fs::read_to_string(&file).with_context(|| format!("{} is missing", file.display()))?;
    let judged: Vec<Value> = serde_json::from_str(&text).context("The plans are not JSON")?;
    let lines: Vec<String> = judged.iter().flat_map(lines).collect();
    lines.iter().for_each(say::note);
    let scans = judged.iter().filter(|it| it["scans"].is_string()).count();
    say::answer(format!("{engine:9} {} queries, {scans} of them scan a table that grows", judged.len()));
    Ok(scans)
}

/// The statement, where it is asked, and its plan.
fn lines(judged: &Value) -> Vec<String> {
    let text = |it: &Value| it.as_str().unwrap_or_default().to_owned();
    let list = |name: &str| judged[name].as_array().into_iter().flatten().map(text).collect::<Vec<_>>();
    let mut lines = vec![text(&judged["statement"]), format!("  asked by {}", list("doors").join(", "))];
    lines.extend(list("plan").iter().map(|it| format!("  | {it}")));
    if let Some(table) = judged["scans"].as_str() {
        lines.push(format!("  SCANS {table}: give it an index, or ask for less"));
    }
    lines
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_scan_is_told_with_what_to_do() {
        let judged = json!({
            "statement": "SELECT 1", "doors": ["GET /today"], "plan": ["SCAN person"], "scans": "person"
        });
        let told = lines(&judged);
        assert_eq!(told[..3], ["SELECT 1", "  asked by GET /today", "  | SCAN person"]);
        assert!(told[3].contains("SCANS person"));
    }
}
