//! What must never reach the browser: read from cargo's own tree of the islands.

use anyhow::{Context, Result};

use super::Breach;
use crate::places::Places;
use crate::tools;

/// Crates of the server, each with what is named after it (`axum-core`, `tokio-util`).
const FORBIDDEN: &[&str] =
    &["sea-orm", "sea-query", "sqlx", "tokio", "axum", "jsonwebtoken", "store", "server", "migrations"];

pub(super) fn breaches(places: &Places) -> Result<Vec<Breach>> {
    let mut cargo = tools::cargo(places);
    cargo.args([
        "tree",
        "--quiet",
        "-p",
        "islands",
        "--no-default-features",
        "-F",
        "hydrate",
        "-e",
        "normal",
    ]);
    cargo.args(["--target", "wasm32-unknown-unknown", "--prefix", "none", "--format", "{p}"]);
    let tree = tools::answer_of(&mut cargo)
        .context("cargo cannot list what the islands depend on: try `cargo tree -p islands` and put right what it says.")?;
    Ok(of_tree(&tree))
}

fn of_tree(tree: &str) -> Vec<Breach> {
    let cure =
        "the browser's half must not depend on this: see `cargo tree -p islands -F hydrate -i` with its name";
    let is_forbidden = |name: &&str| {
        FORBIDDEN
            .iter()
            .any(|it| name.strip_prefix(it).is_some_and(|rest| rest.is_empty() || rest.starts_with('-')))
    };
    let mut names: Vec<&str> =
        tree.lines().filter_map(|it| it.split_whitespace().next()).filter(is_forbidden).collect();
    names.sort_unstable();
    names.dedup();
    names.into_iter().map(|it| Breach { place: it.to_owned(), rule: "server-in-browser", cure }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crate_of_the_server_is_caught_once() {
        let tree = "islands v0.1.0 (x)\ntokio v1.54.1\ntokio v1.54.1 (*)\naxum-core v0.5.0\nserver_fn v0.8.13\nleptos v0.8.23";
        let caught: Vec<String> = of_tree(tree).into_iter().map(|it| it.place).collect();
        assert_eq!(caught, ["axum-core", "tokio"]);
    }
}
