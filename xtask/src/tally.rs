//! How many passed and how many failed: counted from what the tools report, never guessed.

use std::ops::AddAssign;

use anyhow::{Context, Result};
use serde_json::Value;

#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Tally {
    pub passed: u64,
    pub failed: u64,
}

impl Tally {
    pub const PASSED: Self = Self { passed: 1, failed: 0 };
    pub const FAILED: Self = Self { passed: 0, failed: 1 };

    pub fn of(is_content: bool) -> Self {
        if is_content { Self::PASSED } else { Self::FAILED }
    }

    /// The last line of everything.
    pub fn closing_line(self) -> String {
        format!("{} passed, {} failed", self.passed, self.failed)
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

/// What one line of `cargo test` adds. A test that was left out counts as failed: nothing is skipped in silence.
pub fn of_cargo_line(line: &str) -> Option<Tally> {
    let (_, counts) = line.trim().strip_prefix("test result: ")?.split_once(". ")?;
    let count = |word: &str| {
        let part = counts.split(';').map(str::trim).find(|it| it.ends_with(word))?;
        part.split_whitespace().next()?.parse::<u64>().ok()
    };
    Some(Tally { passed: count(" passed")?, failed: count(" failed")? + count(" ignored")? })
}

/// What Playwright's JSON report adds up to; skipped and flaky journeys are failed ones.
pub fn of_journeys(report: &str) -> Result<Journeys> {
    let report: Value = serde_json::from_str(report).context("Playwright's report is not JSON")?;
    let count =
        |name: &str| report["stats"][name].as_u64().with_context(|| format!("Playwright reports no {name}"));
    let skipped = count("skipped")?;
    let errors = report["errors"].as_array().map_or(0, Vec::len) as u64;
    let failed = count("unexpected")? + count("flaky")? + skipped + errors;
    Ok(Journeys { tally: Tally { passed: count("expected")?, failed }, skipped })
}

#[derive(Debug, PartialEq)]
pub struct Journeys {
    pub tally: Tally,
    pub skipped: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_cargo_test_is_counted() {
        let line =
            "test result: ok. 12 passed; 0 failed; 0 ignored; 0 measured; 3 filtered out; finished in 0.01s";
        assert_eq!(of_cargo_line(line), Some(Tally { passed: 12, failed: 0 }));
    }

    #[test]
    fn an_ignored_test_is_a_failed_one() {
        let line = "test result: FAILED. 10 passed; 2 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.1s";
        assert_eq!(of_cargo_line(line), Some(Tally { passed: 10, failed: 3 }));
    }

    #[test]
    fn other_lines_count_nothing() {
        assert_eq!(of_cargo_line("test a::b ... ok"), None);
        assert_eq!(of_cargo_line("running 2 tests"), None);
    }

    #[test]
    fn journeys_are_counted_from_the_report() {
        let report = r#"{"errors":[],"stats":{"expected":40,"skipped":1,"unexpected":2,"flaky":1}}"#;
        let tally = Tally { passed: 40, failed: 4 };
        assert_eq!(of_journeys(report).unwrap(), Journeys { tally, skipped: 1 });
    }

    #[test]
    fn an_error_outside_any_journey_counts() {
        let report = r#"{"errors":[{"message":"no tests found"}],"stats":{"expected":0,"skipped":0,"unexpected":0,"flaky":0}}"#;
        assert_eq!(of_journeys(report).unwrap().tally, Tally::FAILED);
        assert!(of_journeys("{}").is_err());
        assert!(of_journeys("").is_err());
    }

    #[test]
    fn the_closing_line_is_plain() {
        let mut tally = Tally::PASSED;
        tally += Tally::FAILED;
        tally += Tally::of(true);
        assert_eq!(tally.closing_line(), "2 passed, 1 failed");
    }
}
