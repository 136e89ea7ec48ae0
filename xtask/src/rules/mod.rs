//! Rules about the sources that no compiler knows: each has a name, a reason and a way to put it right.
//!
//! This folder is exempt from the rules on text, because it has to spell out what they forbid.

mod places;
mod text;
mod tree;

use std::fs;

use anyhow::{Context, Result, ensure};

use crate::places::Places;
use crate::say;
use crate::tools;

/// One breach: where, which rule, what to do.
#[derive(Debug, PartialEq)]
pub struct Breach {
    pub place: String,
    pub rule: &'static str,
    pub cure: &'static str,
}

/// Reads the sources; true if every rule is kept. Breaches are shown.
pub fn are_kept(places: &Places) -> Result<bool> {
    let tracked = git_files(places, &["ls-files", "-z"])?;
    let ours = git_files(places, &["ls-files", "-z", "--cached", "--others", "--exclude-standard"])?;
    let mut breaches = places::breaches_of_tracked(&tracked);
    let machine = places::machine_paths(&places.checkout);
    for path in ours.iter().filter(|it| !it.starts_with("xtask/src/rules/")) {
        // Deleted but not yet so in git, or not text.
        let Ok(content) = fs::read_to_string(places.checkout.join(path)) else { continue };
        breaches.extend(text::breaches(path, &content));
        breaches.extend(places::breaches_of_text(path, &content, &machine));
    }
    breaches.extend(tree::breaches(places)?);
    for breach in &breaches {
        say::note(format!("{}: {} ({})", breach.place, breach.cure, breach.rule));
    }
    Ok(breaches.is_empty())
}

fn git_files(places: &Places, arguments: &[&str]) -> Result<Vec<String>> {
    let output = tools::ask(places, "git").args(arguments).output();
    let output = output.context("git is missing: install it, the rules read the list of files from it.")?;
    ensure!(
        output.status.success(),
        "git cannot list the files of {}: is it a checkout?",
        places.checkout.display()
    );
    let list = String::from_utf8_lossy(&output.stdout);
    let mut files: Vec<String> = list.split('\0').filter(|it| !it.is_empty()).map(str::to_owned).collect();
    files.sort();
    files.dedup();
    Ok(files)
}
