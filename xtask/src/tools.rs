//! Running other programs: found on the path, watched, and with one kind sentence when they fail.

use std::env;
use std::ffi::OsStr;
use std::io::{self, BufRead, BufReader, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};

use crate::guard::{self, Ending, tied};
use crate::places::Places;
use crate::say;

/// The first `name` on the path.
pub fn find(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|it| it.join(name)).find(|it| it.is_file())
}

/// Runs it to its end with its output on the terminal.
pub fn succeed(command: &mut Command, otherwise: &str) -> Result<()> {
    let status = guard::spawn(command, Ending::POLITE)?.wait()?;
    ensure!(status.success(), "{otherwise}");
    Ok(())
}

/// Runs it to its end and says whether it was content; what it found is on the terminal.
pub fn is_content(command: &mut Command) -> Result<bool> {
    Ok(guard::spawn(command, Ending::POLITE)?.wait()?.success())
}

/// What it prints; `None` if it is not there or fails.
pub fn answer_of(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Runs it quietly; if it fails, `otherwise` says so, below the end of what it said itself, unless that is only a
/// long way of saying that there is no network.
pub fn succeed_quietly(command: &mut Command, otherwise: &str) -> Result<()> {
    let mut child = guard::spawn(command.stdout(Stdio::null()).stderr(Stdio::piped()), Ending::POLITE)?;
    let said = child.stderr().map(io::read_to_string).transpose()?.unwrap_or_default();
    if child.wait()?.success() {
        return Ok(());
    }
    if !is_network_trouble(&said) {
        for line in last_lines(&said, 12) {
            say::note(line);
        }
    }
    bail!("{otherwise}")
}

/// How npm, cargo and apt-get put it.
fn is_network_trouble(said: &str) -> bool {
    let signs = ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "ETIMEDOUT", "ENETUNREACH", "ECONNRESET"];
    let words = [
        "Could not resolve host",
        "Couldn't connect",
        "Temporary failure resolving",
        "failed to download from",
    ];
    signs.iter().chain(&words).any(|it| said.contains(it))
}

/// Runs it with every line of its standard output passed on and shown to `look`.
pub fn watch(command: &mut Command, mut look: impl FnMut(&str)) -> Result<bool> {
    let mut child = guard::spawn(command.stdout(Stdio::piped()), Ending::POLITE)?;
    let mut lines = BufReader::new(child.stdout().context("no standard output")?);
    let mut line = Vec::new();
    while lines.read_until(b'\n', &mut line)? > 0 {
        say::passed_on(&line);
        look(String::from_utf8_lossy(&line).trim_end());
        line.clear();
    }
    Ok(child.wait()?.success())
}

/// Whether it ends well in time; it is stopped if it does not.
pub fn succeeds_within(limit: Duration, command: &mut Command) -> bool {
    let Ok(mut child) = guard::spawn(command.stdout(Stdio::null()).stderr(Stdio::null()), Ending::POLITE)
    else {
        return false;
    };
    let deadline = Instant::now() + limit;
    while Instant::now() < deadline {
        match child.has_ended() {
            Ok(None) => thread::sleep(Duration::from_millis(50)),
            Ok(Some(status)) => return status.success(),
            Err(_) => break,
        }
    }
    guard::wait_if_stopping();
    false
}

/// The cargo that started us, on the workspace, with the settings of `.cargo/config.toml`.
pub fn cargo(places: &Places) -> Command {
    let mut command = tied(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(&places.checkout).env("CARGO_TARGET_DIR", &places.target);
    without_surroundings(&mut command);
    command
}

/// Progress is for a person who waits; a log is better off without three hundred lines of it.
pub fn quiet_in_a_log(command: &mut Command) -> &mut Command {
    if !io::stderr().is_terminal() {
        command.env("CARGO_TERM_QUIET", "true");
    }
    command
}

/// The same without the flags of development: an empty variable outweighs the file.
pub fn cargo_without_flags(places: &Places) -> Command {
    let mut command = cargo(places);
    command.env("RUSTFLAGS", "").env_remove("CARGO_ENCODED_RUSTFLAGS");
    command
}

/// Keeps out what would let the person's own settings decide how something is tested.
pub fn without_surroundings(command: &mut Command) {
    for (name, _) in env::vars_os() {
        if name == "DATABASE_URL" || name.to_string_lossy().starts_with("ALONGSIDE_") {
            command.env_remove(name);
        }
    }
}

pub fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// A plain command for a quick question, run in the checkout.
pub fn ask(places: &Places, program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(&places.checkout);
    command
}

/// The end of a log file, for the person to read.
pub fn show_end_of(log: &Path) {
    let text = std::fs::read(log).unwrap_or_default();
    for line in last_lines(&String::from_utf8_lossy(&text), 20) {
        say::note(line);
    }
}

fn last_lines(text: &str, count: usize) -> Vec<&str> {
    let lines: Vec<&str> = text.lines().filter(|it| !it.trim().is_empty()).collect();
    lines[lines.len().saturating_sub(count)..].to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_lines_leave_out_the_empty_ones() {
        assert_eq!(last_lines("a\n\nb\nc\n", 2), ["b", "c"]);
        assert_eq!(last_lines("a", 2), ["a"]);
        assert!(last_lines("", 2).is_empty());
    }

    #[test]
    fn a_missing_network_is_recognised() {
        assert!(is_network_trouble("npm error code ENOTFOUND\nnpm error syscall getaddrinfo"));
        assert!(is_network_trouble("failed to download from `https:..index.example.config.json`"));
        assert!(!is_network_trouble("error: failed to parse lock file"));
    }

    #[test]
    fn watching_sees_every_line_and_the_end() {
        let mut seen = Vec::new();
        let content =
            watch(tied("sh").args(["-c", "echo one; echo two; exit 3"]), |line| seen.push(line.to_owned()));
        assert!(!content.unwrap());
        assert_eq!(seen, ["one", "two"]);
    }

    #[test]
    fn who_takes_too_long_is_stopped() {
        let started = Instant::now();
        assert!(!succeeds_within(Duration::from_millis(100), tied("sleep").arg("30")));
        assert!(started.elapsed() < Duration::from_secs(10));
        assert!(succeeds_within(Duration::from_secs(10), &mut tied("true")));
    }
}
