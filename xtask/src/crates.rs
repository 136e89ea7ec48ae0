//! The crates of Cargo.lock: fetched in one go, so that a missing network is one sentence and not a page.

use std::fs;
use std::process::Command;

use anyhow::Result;

use crate::places::Places;
use crate::publish::hash_of;
use crate::say;
use crate::tools;

/// Fetches what is not there yet; once for each state of the lock file.
pub fn fetch(places: &Places) -> Result<()> {
    let lock = fs::read(places.checkout.join("Cargo.lock")).unwrap_or_default();
    let hash = hash_of(&[&lock]);
    let note = places.cache.join("fetched-crates");
    if fs::read_to_string(&note).is_ok_and(|it| it == hash) {
        return Ok(());
    }
    say::step("Fetching crates (the first time half a minute).");
    let mut cargo = tools::cargo(places);
    cargo.args(["fetch", "--quiet", "--target", "wasm32-unknown-unknown"]);
    if let Some(host) = host() {
        cargo.args(["--target", &host]);
    }
    tools::succeed_quietly(&mut cargo, "The crates could not be fetched: check the network and try again.")?;
    fs::write(note, hash)?;
    Ok(())
}

fn host() -> Option<String> {
    let answer = tools::answer_of(Command::new("rustc").arg("-vV"))?;
    parse_host(&answer).map(str::to_owned)
}

fn parse_host(answer: &str) -> Option<&str> {
    answer.lines().find_map(|it| it.strip_prefix("host: "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_host_is_read_from_the_compiler() {
        assert_eq!(
            parse_host("rustc 1.95.0\nhost: x86_64-unknown-linux-gnu\n"),
            Some("x86_64-unknown-linux-gnu")
        );
        assert_eq!(parse_host("rustc 1.95.0"), None);
    }
}
