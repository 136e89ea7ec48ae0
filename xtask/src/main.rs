//! `cargo xtask`: the build, and the two commands of the README.
//!
//! Nothing here knows what the application is about; it knows how to get its tools, how to build its two halves,
//! and how to leave no trace of a test run.

use std::env;
use std::process::ExitCode;

use anyhow::Result;

mod asking;
mod bench;
mod checks;
mod crates;
mod css;
mod dist;
mod everything;
mod guard;
mod journeys;
mod node;
mod packages;
mod places;
mod postgres;
mod prove;
mod publish;
mod rules;
mod running;
mod say;
mod serving;
mod site;
mod tally;
mod tools;
mod wasm;

use node::Modules;
use places::Places;
use tally::Tally;

const USAGE: &str = "\
cargo xtask run       builds everything and serves it on http://127.0.0.1:3000
cargo xtask test      format, clippy, rules, tests on SQLite and PostgreSQL, journeys in a browser
cargo xtask check     format, clippy and rules only
cargo xtask bench     how fast it is, in at most 20 minutes; --quick in four
cargo xtask site      builds what the browser gets, in target/site
cargo xtask dist      packs everything that a machine needs to serve it, in target/dist
cargo xtask prove     long proofs on both databases, kept in docs/proofs.toml; `prove kills` plays one
cargo xtask postgres  a temporary PostgreSQL for `cargo test` by hand, until Ctrl-C";

fn main() -> ExitCode {
    let outcome = guard::watch().and_then(|_watch| obey());
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            say::trouble(format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}

/// Does what the arguments say; false if something was found wanting.
fn obey() -> Result<bool> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        ["run"] => running::run(&Places::find()?).map(|()| true),
        ["test"] => Ok(closed(everything::run(&Places::find()?))),
        ["check"] => Ok(closed(checks::run(&Places::find()?)?)),
        ["bench"] => bench::run(&Places::find()?, bench::Pace::Whole),
        ["bench", "--quick"] => bench::run(&Places::find()?, bench::Pace::Quick),
        ["dist"] => dist::run(&Places::find()?).map(|()| true),
        ["prove"] => Ok(closed(prove::run(&Places::find()?, "")?)),
        ["prove", which] => Ok(closed(prove::run(&Places::find()?, which)?)),
        ["site"] => build_site().map(|()| true),
        ["postgres"] => postgres::hold().map(|()| true),
        _ => {
            say::trouble(format!("which of these did you mean?\n\n{USAGE}"));
            Ok(false)
        }
    }
}

fn closed(tally: Tally) -> bool {
    say::answer(tally.closing_line());
    tally.failed == 0
}

fn build_site() -> Result<()> {
    let places = Places::find()?;
    let _lock = places.lock()?;
    places.has_room()?;
    let modules = Modules::or_without(&places);
    site::build(&places, modules.as_ref())?;
    say::step(format!("The site is in {}.", places.site().display()));
    Ok(())
}
