//! The three quick checks: format, rules, clippy.

use anyhow::Result;

use crate::places::Places;
use crate::rules;
use crate::say;
use crate::tally::Tally;
use crate::tools;

/// `cargo xtask check`.
pub fn run(places: &Places) -> Result<Tally> {
    let _lock = places.lock()?;
    all(places)
}

/// All three, whatever the first ones say.
pub fn all(places: &Places) -> Result<Tally> {
    let mut tally = Tally::default();
    tally += format(places)?;
    tally += rules(places)?;
    tally += clippy(places)?;
    Ok(tally)
}

fn format(places: &Places) -> Result<Tally> {
    say::step("Format.");
    let is_content = tools::is_content(tools::cargo(places).args(["fmt", "--all", "--check", "--", "-l"]))?;
    if !is_content {
        say::note("These files are not formatted: put it right with `cargo fmt --all`.");
    }
    Ok(Tally::of(is_content))
}

fn rules(places: &Places) -> Result<Tally> {
    say::step("Rules.");
    Ok(Tally::of(rules::are_kept(places)?))
}

fn clippy(places: &Places) -> Result<Tally> {
    say::step("Clippy, with warnings denied (the first time 3 minutes).");
    let mut cargo = tools::cargo(places);
    cargo.args(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]);
    Ok(Tally::of(tools::is_content(tools::quiet_in_a_log(&mut cargo))?))
}
