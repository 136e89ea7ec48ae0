//! Load from Debian's `wrk`: one thread, eight connections, on the same cores as the server.

use std::borrow::Cow;
use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::guard::tied;
use crate::packages;
use crate::places::Places;
use crate::tools;

const SCRIPT: &str = include_str!("load.lua");
const CONNECTIONS: u32 = 8;

/// A page that is measured.
#[derive(Debug, Clone)]
pub struct Page {
    /// What it is called in the list of figures.
    pub name: &'static str,
    pub method: &'static str,
    pub path: Cow<'static, str>,
    /// What its form sends, if it is one.
    pub body: &'static str,
    /// Whether only learners see it.
    pub signed_in: bool,
}

/// How it is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Asking<'a> {
    pub page: &'a Page,
    /// What the browser accepts; empty for nothing.
    pub encoding: &'a str,
    pub seconds: u32,
}

/// What came of one run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outcome {
    pub requests: u64,
    pub per_second: f64,
    pub p50_ms: f64,
    pub p99_ms: f64,
}

#[derive(Debug)]
pub struct Wrk {
    script: PathBuf,
}

impl Wrk {
    pub fn ready(places: &Places) -> Result<Self> {
        packages::ensure(&["wrk"], "to put the site under load")?;
        let folder = places.checkout.join("target/bench");
        fs::create_dir_all(&folder)?;
        let script = folder.join("load.lua");
        fs::write(&script, SCRIPT)?;
        Ok(Self { script })
    }

    /// Puts one address under load. Each request takes the next line of `cookies`, if there is such a file.
    pub fn run(&self, address: SocketAddr, asking: Asking<'_>, cookies: Option<&Path>) -> Result<Outcome> {
        let Asking { page, encoding, seconds } = asking;
        let mut wrk = tied("wrk");
        wrk.args(["-t1", &format!("-c{CONNECTIONS}"), &format!("-d{seconds}s"), "-s"]).arg(&self.script);
        wrk.arg(format!("http://{address}{}", page.path));
        wrk.env("BENCH_METHOD", page.method).env("BENCH_PATH", &*page.path).env("BENCH_BODY", page.body);
        wrk.env("BENCH_ENCODING", encoding);
        wrk.env("BENCH_COOKIES", cookies.unwrap_or(Path::new("")));
        let said = tools::answer_of(&mut wrk).context("wrk ended badly: is the address still served?")?;
        let (outcome, unanswered) = outcome(&said).context("wrk did not say what came of it.")?;
        ensure!(unanswered == 0, "{unanswered} requests to {} were refused or lost.", page.path);
        Ok(outcome)
    }
}

/// Reads the line of the script; with it, how many requests were not answered well.
fn outcome(said: &str) -> Option<(Outcome, u64)> {
    let line = said.lines().find_map(|it| it.strip_prefix("bench: "))?;
    let mut numbers = line.split(|it: char| !it.is_ascii_digit()).filter(|it| !it.is_empty());
    let mut next = || numbers.next().and_then(|it| it.parse::<u64>().ok());
    let (requests, micros) = (next()?, next()?);
    // "p50" and "p99" are numbers too.
    let (_, p50, _, p99) = (next()?, next()?, next()?, next()?);
    let (refused, broken) = (next()?, next()?);
    let outcome = Outcome {
        requests,
        per_second: requests as f64 * 1e6 / micros.max(1) as f64,
        p50_ms: p50 as f64 / 1e3,
        p99_ms: p99 as f64 / 1e3,
    };
    Some((outcome, refused + broken))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_wrk_says_is_read() {
        let said = "Running 3s test @ http://127.0.0.1:4000/today\n  1 threads and 8 connections\n\
            bench: 6000 requests in 3000000 us, p50 750 us, p99 2250 us, 0 refused, 1 broken\n";
        let expected = Outcome { requests: 6000, per_second: 2000.0, p50_ms: 0.75, p99_ms: 2.25 };
        assert_eq!(outcome(said), Some((expected, 1)));
    }

    #[test]
    fn an_answer_without_the_line_is_none() {
        assert_eq!(outcome("unable to connect to 127.0.0.1:4000 Connection refused\n"), None);
        assert_eq!(outcome("bench: 6000 requests"), None);
    }
}
