//! Everything the person at the terminal reads, so that it has one voice.
//!
//! Written with `writeln!` and not `println!`: a reader who went away (`cargo xtask check | head`) is no reason
//! to panic and to leave servers behind.

use std::fmt::Display;
use std::io::{self, Write};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

static STARTED: LazyLock<Instant> = LazyLock::new(Instant::now);

/// What begins now, with the time since the start in front.
pub fn step(text: impl Display) {
    let passed = clock(STARTED.elapsed());
    let _ = writeln!(io::stderr().lock(), "[{passed}] {text}");
}

/// A remark that belongs to the step before it.
pub fn note(text: impl Display) {
    let _ = writeln!(io::stderr().lock(), "        {text}");
}

/// What went wrong, in one sentence.
pub fn trouble(text: impl Display) {
    let _ = writeln!(io::stderr().lock(), "\nerror: {text}");
}

/// An answer: the one thing that goes to standard output.
pub fn answer(text: impl Display) {
    let mut out = io::stdout().lock();
    let _ = writeln!(out, "{text}");
    let _ = out.flush();
}

/// Raw output of a tool, passed on as it comes.
pub fn passed_on(bytes: &[u8]) {
    let mut out = io::stdout().lock();
    let _ = out.write_all(bytes);
    let _ = out.flush();
}

/// `m:ss`, as wide for nine seconds as for ninety minutes.
fn clock(passed: Duration) -> String {
    let seconds = passed.as_secs();
    format!("{:>2}:{:02}", seconds / 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_keeps_its_width() {
        assert_eq!(clock(Duration::from_secs(9)), " 0:09");
        assert_eq!(clock(Duration::from_secs(61)), " 1:01");
        assert_eq!(clock(Duration::from_secs(5400)), "90:00");
    }
}
