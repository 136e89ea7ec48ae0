//! The browser's half: which compiler has a standard library for it, and one way of calling that compiler.
//!
//! In turn: the toolchain's own; the same fetched by rustup, which has 15 seconds; Debian's packages, whose
//! compiler builds the standard library from its source. The two compilers may differ: nothing crosses between the
//! halves but the ids of islands, and those are hashes of the source text.

use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};

use crate::guard::tied;
use crate::packages;
use crate::places::Places;
use crate::say;
use crate::tools;

const TARGET: &str = "wasm32-unknown-unknown";
const PROFILE: &str = "wasm-release";
const RUSTUP_MAY_TAKE: Duration = Duration::from_secs(15);
const DEBIAN: &[&str] = &["rustc-web", "cargo-web", "rust-web-src", "lld-22"];

#[derive(Debug, Clone, Copy, PartialEq)]
enum Way {
    Own,
    Debian,
}

/// Compiles and links the islands; the answer is the linked module.
pub fn build(places: &Places) -> Result<PathBuf> {
    let way = choose(places)?;
    say::step("Compiling the islands to WebAssembly (the first time 3 minutes, after a change 10 seconds).");
    let module = places.front().join(TARGET).join(PROFILE).join("islands.wasm");
    forget_another_build(places, way)?;
    let mut command = match way {
        Way::Own => tools::cargo(places),
        Way::Debian => debian_cargo(places),
    };
    command.args(["rustc", "-p", "islands", "--lib", "--crate-type", "cdylib", "--features", "hydrate"]);
    if way == Way::Debian {
        command.args(["-Z", "build-std=std,panic_abort"]);
    }
    command.args(["--target", TARGET, "--profile", PROFILE, "--target-dir"]).arg(places.front());
    // Without the flags of development: there is one configuration of this half, for tests and for release.
    command.env("RUSTFLAGS", "").env_remove("CARGO_ENCODED_RUSTFLAGS");
    tools::succeed(
        tools::quiet_in_a_log(&mut command),
        "The islands do not compile: what the compiler said stands above.",
    )?;
    Ok(module)
}

/// The linked module has no hash in its name, so two checkouts that share the cache overwrite it for each other (and
/// so do the two compilers), and cargo would call the other's file fresh.
fn forget_another_build(places: &Places, way: Way) -> Result<()> {
    let note = places.front().join("last-build");
    let build = format!("{way:?} {}", places.checkout.display());
    fs::create_dir_all(places.front())?;
    if fs::read_to_string(&note).is_ok_and(|it| it == build) {
        return Ok(());
    }
    let _ = fs::remove_file(places.front().join(TARGET).join(PROFILE).join("deps/islands.wasm"));
    fs::write(&note, build).context("The cache cannot be written")
}

fn debian_cargo(places: &Places) -> Command {
    let mut command = tied("/usr/bin/cargo");
    command
        .current_dir(&places.checkout)
        .env("RUSTC", "/usr/bin/rustc")
        // Building the standard library from source is not promised by stable compilers; this one can.
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", "wasm-ld-22");
    for name in ["RUSTUP_TOOLCHAIN", "CARGO", "LD_LIBRARY_PATH", "RUSTC_WRAPPER", "RUSTC_WORKSPACE_WRAPPER"] {
        command.env_remove(name);
    }
    tools::without_surroundings(&mut command);
    command
}

fn choose(places: &Places) -> Result<Way> {
    if has_own() {
        return Ok(Way::Own);
    }
    // Remembered for this compiler only: the next one may come with what this one lacks.
    let compiler = tools::answer_of(rustc().arg("-vV")).unwrap_or_default();
    let note = places.cache.join("wasm-from-debian");
    let is_settled = fs::read_to_string(&note).is_ok_and(|it| it == compiler);
    if !is_settled && try_rustup() {
        return Ok(Way::Own);
    }
    packages::ensure(
        DEBIAN,
        "to compile the islands to WebAssembly, since `rustup target add wasm32-unknown-unknown` did not help",
    )?;
    fs::write(&note, compiler)?;
    Ok(Way::Debian)
}

fn rustc() -> Command {
    Command::new(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
}

fn has_own() -> bool {
    let folder = tools::answer_of(rustc().args(["--print", "target-libdir", "--target", TARGET]));
    folder.is_some_and(|it| fs::read_dir(it).is_ok_and(|mut files| files.next().is_some()))
}

fn try_rustup() -> bool {
    if tools::find("rustup").is_none() {
        return false;
    }
    say::step("Asking rustup for the WebAssembly standard library (15 seconds at most).");
    tools::succeeds_within(RUSTUP_MAY_TAKE, tied("rustup").args(["target", "add", TARGET])) && has_own()
}
