//! `cargo xtask test`: everything that CI runs, in the order in which it is quickest to fail.
//!
//! A step that fails does not keep the others from running; it counts as failed. The count is the last line.

use std::num::NonZero;
use std::thread;

use anyhow::{Result, bail};

use crate::checks;
use crate::crates;
use crate::journeys;
use crate::node::Modules;
use crate::packages;
use crate::places::Places;
use crate::postgres::Cluster;
use crate::say;
use crate::site;
use crate::tally::{self, Tally};
use crate::tools;

/// Runs it all; whatever goes wrong is in the tally.
pub fn run(places: &Places) -> Tally {
    let mut tally = Tally::default();
    if let Err(error) = all(places, &mut tally) {
        tally += failed(&error);
    }
    tally
}

fn all(places: &Places, tally: &mut Tally) -> Result<()> {
    let _lock = places.lock()?;
    places.has_room()?;
    say::step("Everything takes up to 40 minutes on two cores the first time, and up to 8 later.");
    // Both at once: nobody should wait for a quarter of an hour to be told of the second.
    packages::ensure(journeys::packages(), "to run the tests (CHROMIUM may name another browser)")?;
    let chromium = journeys::shell()?;
    let modules = Modules::ensure(places)?;
    crates::fetch(places)?;
    *tally += checks::all(places)?;
    let site = site::build(places, Some(&modules));
    *tally += settled(&site);
    let cluster = Cluster::start()?;
    *tally += tests(places, &cluster).unwrap_or_else(|error| failed(&error));
    let ran = development_server(places).and_then(|()| {
        if site.is_err() {
            bail!("The journeys did not run, because there is no site to run them on.");
        }
        journeys::run(places, &cluster, &modules, &chromium)
    });
    *tally += ran.unwrap_or_else(|error| failed(&error));
    Ok(())
}

fn failed(error: &anyhow::Error) -> Tally {
    say::trouble(format!("{error:#}"));
    Tally::FAILED
}

/// Building the site is a step like any other.
fn settled(outcome: &Result<()>) -> Tally {
    match outcome {
        Ok(()) => Tally::PASSED,
        Err(error) => failed(error),
    }
}

/// Every test of every crate, those that need an engine on both.
fn tests(places: &Places, cluster: &Cluster) -> Result<Tally> {
    say::step("Tests on SQLite and PostgreSQL (the first time 5 minutes to compile).");
    let mut cargo = tools::cargo(places);
    cargo
        .args(["test", "--workspace", "--no-fail-fast"])
        .env("ALONGSIDE_TEST_POSTGRES", cluster.url("postgres"))
        .env("RUST_TEST_THREADS", threads().to_string());
    let mut tally = Tally::default();
    let is_content = tools::watch(&mut cargo, |line| {
        if let Some(counted) = tally::of_cargo_line(line) {
            tally += counted;
        }
    })?;
    if !is_content && tally.failed == 0 {
        say::note("The tests do not compile, or one of them took its whole program down.");
        tally += Tally::FAILED;
    }
    Ok(tally)
}

/// Twice as many as there are cores: a quarter of their time tests wait for a database.
fn threads() -> usize {
    2 * thread::available_parallelism().map_or(1, NonZero::get)
}

fn development_server(places: &Places) -> Result<()> {
    say::step("Building the development server.");
    // The whole workspace decides on features, as it did for the tests, so that nothing is compiled twice.
    let mut cargo = tools::cargo(places);
    cargo.args(["build", "--workspace", "--bin", "alongside"]);
    tools::succeed(
        tools::quiet_in_a_log(&mut cargo),
        "The development server does not compile: what the compiler said stands above.",
    )
}
