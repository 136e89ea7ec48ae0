//! `cargo xtask prove`: proofs that take longer than anybody would wait with every change. What they found is kept
//! in `docs/proofs.toml` with the commit that it was found of.
//!
//! A proof is a test of `server/tests/it` that plays a few cases with every change and as many as it is asked for
//! here. It tells what it played in a line of its own.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result};

use crate::crates;
use crate::places::Places;
use crate::postgres::Cluster;
use crate::say;
use crate::tally::Tally;
use crate::tools;

/// A test and how often it is played here.
struct Proof {
    name: &'static str,
    /// What the names of its tests begin with; `sqlite` or `postgres` ends them.
    tests: &'static str,
    cases: u32,
}

const PROOFS: [Proof; 3] = [
    Proof {
        name: "Whatever arrives, nothing breaks",
        tests: "any_request::nothing_breaks_on_",
        cases: 100_000,
    },
    Proof {
        name: "Whoever is killed has kept what it promised",
        tests: "kills::whoever_is_killed_has_kept_what_it_promised_on_",
        cases: 200,
    },
    Proof {
        name: "A group is written down wholly or not at all",
        tests: "kills::group::a_group_is_written_down_wholly_or_not_at_all_on_",
        cases: 200,
    },
];
const TESTS: [&str; 4] = ["test", "--workspace", "--test", "it"];
const ENGINES: [&str; 2] = ["sqlite", "postgres"];

/// Where results are kept.
const KEPT: &str = "docs/proofs.toml";

/// Plays every proof on both engines whose tests are called something with `which` in it.
pub fn run(places: &Places, which: &str) -> Result<Tally> {
    build(places)?;
    let cluster = Cluster::start()?;
    let commit = commit(places);
    if commit.is_none() {
        say::note(format!("There are changes that are in no commit, so {KEPT} stays as it is."));
    }
    let mut tally = Tally::default();
    for proof in PROOFS.iter().filter(|it| it.tests.contains(which)) {
        for engine in ENGINES {
            say::step(format!("{}: {} cases on {engine}.", proof.name, proof.cases));
            let began = Instant::now();
            let told = play(places, &cluster, proof, engine)?;
            let minutes = began.elapsed().as_secs().div_ceil(60);
            say::note(told.as_deref().unwrap_or("It does not hold: what was found stands above."));
            tally += Tally::of(told.is_some());
            if let Some(commit) = &commit {
                let entry = entry(proof.name, engine, commit, told.as_deref(), minutes);
                keep(&places.checkout.join(KEPT), &entry)?;
            }
        }
    }
    Ok(tally)
}

/// The cache is let go of afterwards: a proof takes longer than others should have to wait for it.
fn build(places: &Places) -> Result<()> {
    let _lock = places.lock()?;
    places.has_room()?;
    crates::fetch(places)?;
    say::step("Building the tests.");
    let mut cargo = tools::cargo(places);
    cargo.args(TESTS).arg("--no-run");
    tools::succeed(tools::quiet_in_a_log(&mut cargo), "The tests do not compile: what was said stands above.")
}

/// What it told, if it held.
fn play(places: &Places, cluster: &Cluster, proof: &Proof, engine: &str) -> Result<Option<String>> {
    let mut cargo = tools::cargo(places);
    cargo
        .args(TESTS)
        .args(["--", "--exact", "--nocapture"])
        .arg(format!("{}{engine}", proof.tests))
        .env("ALONGSIDE_TEST_CASES", proof.cases.to_string())
        .env("ALONGSIDE_TEST_POSTGRES", cluster.url("postgres"));
    let mut told = None;
    let held = tools::watch(tools::quiet_in_a_log(&mut cargo), |line| told = told_in(line).or(told.take()))?;
    // A test that was not found holds as well, and tells nothing.
    Ok(told.filter(|_| held))
}

/// `proof: <engine> <cases> <what was seen>`, without the engine.
fn told_in(line: &str) -> Option<String> {
    let (_, told) = line.strip_prefix("proof: ")?.split_once(' ')?;
    Some(told.to_owned())
}

/// The commit and its day, if nothing but the results has changed since.
fn commit(places: &Places) -> Option<String> {
    let git = |words: &[&str]| tools::answer_of(tools::ask(places, "git").args(words));
    let changed = git(&["status", "--porcelain", "--", ".", &format!(":!{KEPT}")])?;
    changed.is_empty().then(|| git(&["rev-parse", "HEAD"]))?
}

fn entry(name: &str, engine: &str, commit: &str, told: Option<&str>, minutes: u64) -> String {
    let day = tools::answer_of(std::process::Command::new("date").args(["-u", "+%Y-%m-%d"]));
    let outcome = if told.is_some() { "held" } else { "did not hold" };
    format!(
        "\n[[proof]]\nname = {name:?}\nengine = {engine:?}\ncommit = {commit:?}\non = {:?}\noutcome = {outcome:?}\n\
         played = {:?}\nminutes = {minutes}\n",
        day.unwrap_or_default(),
        told.unwrap_or_default(),
    )
}

fn keep(path: &Path, entry: &str) -> Result<()> {
    const HEAD: &str = "# What `cargo xtask prove` found, the newest last. Written by the command.\n";
    let is_new = !fs::exists(path)?;
    let file = File::options().create(true).append(true).open(path);
    let mut file = file.with_context(|| format!("{} cannot be written", path.display()))?;
    if is_new {
        file.write_all(HEAD.as_bytes())?;
    }
    Ok(file.write_all(entry.as_bytes())?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_proof_tells_is_heard_and_nothing_else() {
        assert_eq!(told_in("proof: sqlite 9 requests").as_deref(), Some("9 requests"));
        assert_eq!(told_in("running 1 test"), None);
        assert_eq!(told_in("the proof: sqlite 9"), None);
    }

    #[test]
    fn results_are_added_and_never_lost() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("proofs.toml");
        keep(&path, &entry("A", "sqlite", "abc", Some("9 \"cases\""), 1)).unwrap();
        keep(&path, &entry("B", "postgres", "abc", None, 2)).unwrap();
        let text = fs::read_to_string(path).unwrap();
        assert_eq!(text.matches("[[proof]]").count(), 2);
        assert!(text.starts_with("# What") && text.contains("played = \"9 \\\"cases\\\"\""), "{text}");
        assert!(text.contains("outcome = \"did not hold\""));
    }
}
