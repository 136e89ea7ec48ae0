//! Going through everybody for what becomes due: how long it takes for a thousand people, few or many, and what whoever
//! reads meanwhile notices of it.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use anyhow::{Context, Result, anyhow};
use serde_json::Value;

use super::figures::{Aim, median};
use super::load::Asking;
use super::node::Node;
use super::runs::{LESSON, Runs};
use crate::say;

/// A thousand of many against a thousand of few. Our choice, as for pages: the index is deeper, nothing else is.
const GROWTH_AT_MOST: f64 = 1.5;
/// As the issue asks.
const BESIDE_AT_MOST: f64 = 1.5;
/// Runs of the load while nobody is gone through.
const ALONE: u32 = 3;

impl Runs<'_> {
    /// The same with few people and with many.
    pub fn of_reminding_more(&mut self, few: &Node, many: &Node) -> Result<()> {
        let few = self.of_reminding(few)?;
        let many = self.of_reminding(many)?;
        let name = "what becomes due, a person of many against few".to_owned();
        self.add(name, many / few, "times", Aim::AtMost(GROWTH_AT_MOST));
        Ok(())
    }

    /// Goes through everybody while a lesson is read, and says how many ms a thousand people take.
    pub fn of_reminding(&mut self, node: &Node) -> Result<f64> {
        let size = node.size.name();
        say::note(format!("What becomes due, {} people, while others read.", node.size.learners()));
        let readers = self.cookies(node)?;
        let asking = Asking { page: &LESSON, encoding: "", seconds: 3 };
        let read = || Ok::<f64, anyhow::Error>(self.wrk.run(node.address(), asking, Some(&readers))?.p99_ms);
        read()?;
        let alone = (0..ALONE).map(|_| read()).collect::<Result<Vec<_>>>()?;
        let file = self.folder.join(format!("{}-{size}-remind.json", self.engine));
        let is_over = AtomicBool::new(false);
        let (beside, gone_through) = thread::scope(|scope| {
            let going = scope.spawn(|| {
                let gone = node.remind(self.places, &file);
                is_over.store(true, Ordering::Relaxed);
                gone
            });
            let mut beside = Vec::new();
            // A run that outlasts it has in part been alone: with few people that is the only one there is.
            while !is_over.load(Ordering::Relaxed) {
                beside.push(read());
            }
            (beside.into_iter().collect::<Result<Vec<_>>>(), going.join())
        });
        gone_through.map_err(|_| anyhow!("Going through everybody panicked."))??;
        let told: Value = serde_json::from_str(&std::fs::read_to_string(&file)?)?;
        let people = f64::from(node.size.learners());
        for (name, key) in [("with much to tell", "first"), ("with nothing to tell", "again")] {
            let took = for_a_thousand(&told, key, people)?;
            self.add(format!("what becomes due, 1,000 people, {name} ({size})"), took, "ms", Aim::Known);
        }
        let (alone, beside) = (median(&alone), median(&beside?));
        let (alone, beside) = alone.zip(beside).context("Nothing was measured.")?;
        let name = format!("lesson, p99 while all are gone through ({size})");
        self.add(name, beside / alone, "times", Aim::AtMost(BESIDE_AT_MOST));
        for_a_thousand(&told, "again", people)
    }
}

/// How many ms a thousand people took in one of the two runs.
fn for_a_thousand(told: &Value, run: &str, people: f64) -> Result<f64> {
    let figure = |name: &str| told[run][name].as_f64().context("Going through everybody left no figures.");
    // The last step has fewer people than the others.
    Ok(figure("ms")? * 1000.0 / figure("people")?.min(people))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn time_is_told_for_a_thousand_people() {
        let told =
            json!({ "first": { "ms": 50.0, "people": 200 }, "again": { "ms": 20.0, "people": 10_000 } });
        assert!((for_a_thousand(&told, "first", 100.0).unwrap() - 500.0).abs() < 1e-9);
        assert!((for_a_thousand(&told, "again", 100_000.0).unwrap() - 2.0).abs() < 1e-9);
        assert!(for_a_thousand(&json!({}), "first", 100.0).is_err());
    }
}
