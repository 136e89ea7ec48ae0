//! The journeys: a person's way through the application, in Debian's Chromium, once on each engine.

use std::env;
use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};

use crate::guard::{Guarded, TemporaryFolder};
use crate::node::Modules;
use crate::packages;
use crate::places::Places;
use crate::postgres::{Cluster, free_port};
use crate::say;
use crate::serving::Setup;
use crate::tally::{self, Tally};
use crate::tools;

const DEBIAN_CHROMIUM: &str = "/usr/bin/chromium";
/// The same Chromium without what draws windows: it opens a page in half the time, and is what Playwright itself
/// would choose.
const DEBIAN_SHELL: (&str, &str) = ("chromium-headless-shell", "/usr/bin/chromium-headless-shell");

/// The server that has the invented people: pages that only time fills are looked at there.
const DEMO: &str = "demo";

/// A server, with a data folder of its own.
struct Engine {
    // Order matters: the server goes before its folder.
    _server: Guarded,
    folder: TemporaryFolder,
    setup: Setup,
}

/// What everything needs of Debian's packages on this machine. Python plays the mail server in tests.
pub fn packages() -> &'static [&'static str] {
    let has_browser = chosen().is_some() || Path::new(DEBIAN_CHROMIUM).exists();
    if has_browser { &["postgresql", "python3"] } else { &[DEBIAN_SHELL.0, "postgresql", "python3"] }
}

/// The browser for the journeys, once there is one.
pub fn shell() -> Result<PathBuf> {
    if let Some(chosen) = chosen() {
        return Ok(chosen);
    }
    let (package, path) = DEBIAN_SHELL;
    if Path::new(path).exists() {
        return Ok(path.into());
    }
    match packages::ensure(&[package], "to run the journeys in half the time") {
        Ok(()) => Ok(path.into()),
        // Where there is the whole browser, nobody has to wait for a network.
        Err(error) if Path::new(DEBIAN_CHROMIUM).exists() => {
            say::note(format!("{error:#}"));
            say::note(format!("It goes on with {DEBIAN_CHROMIUM}, and takes longer."));
            Ok(DEBIAN_CHROMIUM.into())
        }
        Err(error) => Err(error),
    }
}

fn chosen() -> Option<PathBuf> {
    env::var_os("CHROMIUM").filter(|it| !it.is_empty()).map(PathBuf::from)
}

/// Sees to it that there is a whole browser, before anything long begins.
pub fn chromium() -> Result<PathBuf> {
    if let Some(chosen) = chosen() {
        return Ok(chosen);
    }
    if !Path::new(DEBIAN_CHROMIUM).exists() {
        packages::ensure(&["chromium"], "to measure in it (or set CHROMIUM to the path of one)")?;
    }
    Ok(DEBIAN_CHROMIUM.into())
}

/// Runs them all against the development build.
pub fn run(places: &Places, cluster: &Cluster, modules: &Modules, chromium: &Path) -> Result<Tally> {
    ensure!(
        places.end2end().join("playwright.config.ts").exists(),
        "The journeys have no end2end/playwright.config.ts: add it, they are part of the tests."
    );
    modules.link_into(&places.end2end())?;
    let logs = places.checkout.join("target/journeys");
    let _ = fs::remove_dir_all(&logs);
    fs::create_dir_all(&logs)?;
    say::step("Starting the development server on both engines, and the demo.");
    let sqlite = Engine::start(places, "sqlite", None)?;
    let demo = Engine::start(places, DEMO, None)?;
    let postgres = Engine::start(places, "postgres", Some(cluster.create_database("journeys")?))?;
    say::step("Journeys in Chromium (3 minutes).");
    let report = logs.join("report.json");
    let mut playwright = modules.tool("playwright");
    playwright
        .args(["test", "--reporter=list,json", "--retries=0"])
        .current_dir(places.end2end())
        .env("SQLITE_URL", sqlite.url())
        .env("POSTGRES_URL", postgres.url())
        .env("SQLITE_DATA", sqlite.folder.path())
        .env("POSTGRES_DATA", postgres.folder.path())
        .env("DEMO_URL", demo.url())
        .env("DEMO_DATA", demo.folder.path())
        .env("SQLITE_DATABASE", sqlite.database())
        .env("POSTGRES_DATABASE", postgres.database())
        .env("ALONGSIDE", places.target.join("debug/alongside"))
        .env("CHROMIUM", chromium)
        .env("PLAYWRIGHT_JSON_OUTPUT_FILE", &report)
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    let is_content = tools::is_content(&mut playwright)?;
    let tally = count(&report, is_content)?;
    if tally.failed > 0 {
        say::note(format!("The servers' logs are in {}.", logs.display()));
    }
    Ok(tally)
}

fn count(report: &Path, is_content: bool) -> Result<Tally> {
    let Ok(text) = fs::read_to_string(report) else {
        bail!("Playwright ended without a report: what it said stands above.");
    };
    let journeys = tally::of_journeys(&text)?;
    if journeys.skipped > 0 {
        say::note(format!("{} journeys were skipped, and count as failed.", journeys.skipped));
    }
    let mut tally = journeys.tally;
    if tally == Tally::default() || (!is_content && tally.failed == 0) {
        say::note("Playwright ran no journey, or ended badly after them.");
        tally += Tally::FAILED;
    }
    Ok(tally)
}

impl Engine {
    fn start(places: &Places, name: &str, database: Option<String>) -> Result<Self> {
        let folder = TemporaryFolder::create(&env::temp_dir(), &format!("journeys-{name}"))?;
        let setup = Setup {
            binary: places.target.join("debug/alongside"),
            address: SocketAddr::from(([127, 0, 0, 1], free_port()?)),
            data: folder.path().to_path_buf(),
            database,
            log: Some(places.checkout.join(format!("target/journeys/{name}.log"))),
            is_alone: true,
        };
        setup.migrate_shared(places).with_context(|| format!("On {name}"))?;
        if name == DEMO {
            setup.load_demo(places)?;
        }
        let server = setup.serve(places).with_context(|| format!("On {name}"))?;
        Ok(Self { _server: server, folder, setup })
    }

    fn url(&self) -> String {
        format!("http://{}", self.setup.address)
    }

    /// For commands beside the server; empty is SQLite in the data folder.
    fn database(&self) -> &str {
        self.setup.database.as_deref().unwrap_or_default()
    }
}
