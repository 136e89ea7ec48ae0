//! `cargo xtask bench`: how fast the site is, how much it holds in memory, what it sends, and whether any query
//! reads a table that grows from end to end.
//!
//! Nothing here is a test: a machine that others work on as well has bad minutes. So what is compared is measured
//! in turn, and what counts is the middle of several runs. Only a query that scans makes the command fail.

mod college;
mod figures;
mod first_visit;
mod load;
mod node;
mod plans;
mod reminding;
mod runs;
mod seeded;
mod training;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::crates;
use crate::guard::TemporaryFolder;
use crate::journeys;
use crate::node::Modules;
use crate::places::Places;
use crate::say;
use crate::site;
use crate::tools;
use figures::{Aim, Figure, Figures};
use load::Wrk;
use node::Node;
use runs::Runs;
use seeded::Size;

/// How thoroughly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// With many learners as well.
    Whole,
    /// Only what is quick, for every day.
    Quick,
}

const RESIDENT_AT_MOST_MB: f64 = 150.0;

/// Measures everything, prints it and keeps it in `target/bench.json`; false if a query scans.
pub fn run(places: &Places, pace: Pace) -> Result<bool> {
    say::step(match pace {
        Pace::Whole => "The bench takes up to 40 minutes, the first time a few more to build.",
        Pace::Quick => "The quick bench takes up to 6 minutes, the first time a few more to build.",
    });
    let _lock = places.lock()?;
    places.has_room()?;
    let wrk = Wrk::ready(places)?;
    let chromium = journeys::chromium()?;
    let modules = Modules::ensure(places)?;
    crates::fetch(places)?;
    site::build(places, Some(&modules))?;
    build(places)?;
    let bench = Bench {
        places,
        pace,
        wrk,
        kept: seeded::folder(places)?,
        work: TemporaryFolder::create(&places.cache, "bench")?,
    };
    let mut figures = Figures::default();
    let mut scans = bench.on_sqlite(&mut figures, (&modules, &chromium))?;
    scans += bench.on_postgres(&mut figures)?;
    let path = places.checkout.join("target/bench.json");
    figures.keep(&path)?;
    say::step(format!("The figures are in {}.", path.display()));
    for it in figures.short() {
        say::note(figures::line(it));
    }
    let short = figures.short().len();
    say::answer(format!("{short} figures fall short, {scans} queries scan a table that grows"));
    Ok(scans == 0)
}

fn build(places: &Places) -> Result<()> {
    say::step("Building the server and what it is measured against (the first time 7 minutes).");
    let mut cargo = tools::cargo_without_flags(places);
    cargo.args(["build", "--release", "-p", "server", "-p", "bench", "--bins"]);
    tools::succeed(
        tools::quiet_in_a_log(&mut cargo),
        "The server does not compile: what the compiler said stands above.",
    )
}

struct Bench<'a> {
    places: &'a Places,
    pace: Pace,
    wrk: Wrk,
    /// Where seeded databases are kept.
    kept: PathBuf,
    work: TemporaryFolder,
}

impl Bench<'_> {
    fn on_sqlite(&self, figures: &mut Figures, browser: (&Modules, &Path)) -> Result<usize> {
        let node = |size: Size| {
            let data = self.data("sqlite", size)?;
            seeded::sqlite(self.places, &self.kept, size, &data.join("alongside.db"))?;
            Node::start(self.places, Node::setup(self.places, &data, None)?, size)
        };
        let small = node(Size::Small)?;
        let mut runs = self.runs("sqlite", figures);
        runs.of_anybody(&small)?;
        runs.of_learners(&small)?;
        runs.of_keeping(&small)?;
        runs.of_printing(&small)?;
        let wide = node(Size::Wide)?;
        runs.of_search(&wide)?;
        runs.of_import(&wide)?;
        for it in first_visit::measure(self, browser, &small)? {
            figures.add(it);
        }
        let last = self.with_many(figures, "sqlite", small, node)?;
        plans::judge(self, "sqlite", last)
    }

    fn on_postgres(&self, figures: &mut Figures) -> Result<usize> {
        let sizes: &[Size] = match self.pace {
            Pace::Whole => &[Size::Small, Size::Middle, Size::Large],
            Pace::Quick => &[Size::Small],
        };
        let cluster = seeded::postgres(self.places, &self.kept, sizes)?;
        let node = |size: Size| {
            let data = self.data("postgres", size)?;
            let setup = Node::setup(self.places, &data, Some(cluster.url(size.name())))?;
            Node::start(self.places, setup, size)
        };
        let small = node(Size::Small)?;
        let mut runs = self.runs("postgres", figures);
        runs.of_learners(&small)?;
        runs.of_keeping(&small)?;
        runs.of_import(&small)?;
        let last = self.with_many(figures, "postgres", small, node)?;
        plans::judge(self, "postgres", last)
    }

    /// What many learners change; the node that was under load last comes back.
    fn with_many(
        &self,
        figures: &mut Figures,
        engine: &'static str,
        small: Node,
        node: impl Fn(Size) -> Result<Node>,
    ) -> Result<Node> {
        self.runs(engine, figures).of_training(&small)?;
        self.runs(engine, figures).of_heavy_files(&small)?;
        let last = match self.pace {
            Pace::Quick => {
                self.runs(engine, figures).of_reminding(&small)?;
                small
            }
            Pace::Whole => {
                let large = node(Size::Large)?;
                let middle = node(Size::Middle)?;
                let mut runs = self.runs(engine, figures);
                runs.of_growth(&small, &large)?;
                runs.of_marking(&large)?;
                runs.of_report(&large)?;
                runs.of_training(&large)?;
                runs.of_reminding_more(&middle, &large)?;
                large
            }
        };
        figures.add(Figure {
            name: "memory after load".into(),
            engine,
            value: last.resident_mb()?,
            unit: "MB",
            aim: Aim::AtMost(RESIDENT_AT_MOST_MB),
        });
        Ok(last)
    }

    /// An empty data folder.
    fn data(&self, engine: &str, size: Size) -> Result<PathBuf> {
        let data = self.work.path().join(format!("{engine}-{}", size.name()));
        fs::create_dir_all(&data)?;
        Ok(data)
    }

    fn runs<'a>(&'a self, engine: &'static str, figures: &'a mut Figures) -> Runs<'a> {
        Runs {
            places: self.places,
            wrk: &self.wrk,
            folder: self.work.path(),
            pace: self.pace,
            engine,
            figures,
        }
    }
}
