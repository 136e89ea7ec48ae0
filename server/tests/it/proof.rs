//! Tests that `cargo xtask prove` plays for longer than anybody would wait with every change.

use std::io::Write;

use store::Engine;

/// How many cases a proof wants; not set in everyday runs.
const CASES: &str = "ALONGSIDE_TEST_CASES";

/// How many cases are played: a few with every change, or as many as a proof asks for.
pub(crate) fn cases(everyday: u32) -> u32 {
    std::env::var(CASES).ok().and_then(|it| it.parse().ok()).unwrap_or(everyday)
}

/// Whether this is a proof.
pub(crate) fn is_proving() -> bool {
    std::env::var_os(CASES).is_some()
}

/// Tells `cargo xtask prove` what was played, past what the test harness keeps to itself.
pub(crate) fn tell(engine: Engine, cases: u32, seen: &str) {
    if !is_proving() {
        return;
    }
    let engine = match engine {
        Engine::Sqlite => "sqlite",
        Engine::Postgres => "postgres",
    };
    let _ = writeln!(std::io::stdout(), "\nproof: {engine} {cases} {seen}");
}
