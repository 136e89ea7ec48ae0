//! A database of one size, with the product and the bare handler serving from it side by side.

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::load::Page;
use super::runs::{PAGES, checking};
use super::seeded::Size;
use crate::guard::{Guarded, tied};
use crate::places::Places;
use crate::postgres::free_port;
use crate::serving::Setup;
use crate::tools;

#[derive(Debug)]
pub struct Node {
    // Order matters: the servers go before anything that they use.
    ours: Guarded,
    bare: Guarded,
    setup: Setup,
    bare_setup: Setup,
    pub size: Size,
    /// Answering a check question.
    pub check: Page,
}

impl Node {
    /// Starts both.
    pub fn start(places: &Places, setup: Setup, size: Size) -> Result<Self> {
        setup.migrate_shared(places)?;
        let ours = setup.serve(places)?;
        let bare_setup = Setup { address: free_address()?, binary: tool_path(places), ..setup.clone() };
        // Nobody is gone through while something else is measured.
        bare_setup.ask(places, &["no-reminders"], "The reminders could not be kept for later")?;
        let file = bare_setup.data.join("check-path");
        bare_setup.ask(places, &["check-path", &file.display().to_string()], "No check was found")?;
        let check = checking(fs::read_to_string(&file)?);
        let words: Vec<String> = PAGES.iter().chain([&check]).map(wanted).collect();
        let words: Vec<&str> = ["bare"].into_iter().chain(words.iter().map(String::as_str)).collect();
        let bare = bare_setup.serve_as(places, &words)?;
        Ok(Self { ours, bare, setup, bare_setup, size, check })
    }

    /// How the product serves from this data folder; `database` is nothing for SQLite in it.
    pub fn setup(places: &Places, data: &Path, database: Option<String>) -> Result<Setup> {
        Ok(Setup {
            binary: places.target.join("release/alongside"),
            address: free_address()?,
            data: data.to_path_buf(),
            database,
            log: Some(places.checkout.join("target/bench/servers.log")),
            is_alone: true,
        })
    }

    pub const fn bare_address(&self) -> SocketAddr {
        self.bare_setup.address
    }

    pub const fn address(&self) -> SocketAddr {
        self.setup.address
    }

    /// A file of cookies of `count` learners, from the one numbered `first` on, every `step`th.
    pub fn cookies(&self, places: &Places, file: &Path, [first, count, step]: [u32; 3]) -> Result<()> {
        let [first, count, step] = [first, count, step].map(|it| it.to_string());
        let file = file.display().to_string();
        let words = ["cookies", "--from", &first, "--count", &count, "--step", &step, &file];
        self.bare_setup.ask(places, &words, "The cookies could not be made")
    }

    /// Publishes a course of many lessons, and writes down how long that took.
    pub fn import(&self, places: &Places, file: &Path) -> Result<()> {
        let words = ["import", &file.display().to_string()];
        self.bare_setup.ask(places, &words, "The course could not be published")
    }

    /// Goes through everybody for what becomes due, and writes down how long that took.
    pub fn remind(&self, places: &Places, file: &Path) -> Result<()> {
        let words = ["remind", &file.display().to_string()];
        self.bare_setup.ask(places, &words, "Nobody could be gone through")
    }

    /// What the product holds in memory that is no file's, in MB.
    pub fn resident_mb(&self) -> Result<f64> {
        let path = format!("/proc/{}/status", self.ours.id());
        let status = fs::read_to_string(&path).with_context(|| format!("{path} cannot be read"))?;
        let kb = anonymous_kb(&status).context("The kernel does not say how much memory is taken.")?;
        Ok(kb as f64 / 1024.0)
    }

    /// Ends both, and writes down the plan of every statement behind every door.
    pub fn plans(self, places: &Places, file: &Path) -> Result<()> {
        drop(self.bare);
        drop(self.ours);
        let file = file.display().to_string();
        self.bare_setup.ask(places, &["plans", &file], "The doors could not be gone through")
    }

    /// The bench's own program, on a database that nobody serves from.
    pub fn tool(places: &Places, url: &str) -> Command {
        let mut command = tied(tool_path(places));
        tools::without_surroundings(&mut command);
        command.current_dir(&places.checkout).env("DATABASE_URL", url).env("ALONGSIDE_SITE", places.site());
        command.env("ALONGSIDE_DATA", places.checkout.join("target/bench"));
        command
    }
}

fn free_address() -> Result<SocketAddr> {
    Ok(SocketAddr::from(([127, 0, 0, 1], free_port()?)))
}

fn tool_path(places: &Places) -> PathBuf {
    places.target.join("release/alongside-bench")
}

/// As the bench's program reads it.
fn wanted(page: &Page) -> String {
    let who = if page.signed_in { "learner" } else { "nobody" };
    format!("{}:{who}:{}:{}", page.method.to_lowercase(), page.path, page.body)
}

fn anonymous_kb(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|it| it.strip_prefix("RssAnon:"))?;
    line.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_read_from_the_kernel() {
        assert_eq!(anonymous_kb("VmRSS:\t 40 kB\nRssAnon:\t   38732 kB\nRssFile:\t 1 kB\n"), Some(38732));
        assert_eq!(anonymous_kb(""), None);
    }
}
