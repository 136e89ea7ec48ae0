//! `alongside-bench`: what `cargo xtask bench` measures against. Part of the workspace, never of the product.
//!
//! It reads the same settings as `alongside` and opens the same node, so that the token check, the statements
//! and the bytes are the product's own.

mod bare;
mod forms;
mod import;
mod learners;
mod plans;
mod reminding;
mod seed;
mod training;
mod visits;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, anyhow};
use app::{Site, SystemClock};
use clap::{Parser, Subcommand};
use server::keys::Keys;
use server::open;
use server::settings::Settings;
use store::Db;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[derive(Parser)]
struct CommandLine {
    #[command(subcommand)]
    job: Job,
}

#[derive(Subcommand)]
enum Job {
    /// Fill an empty database with learners, each with fifty lessons read.
    Seed {
        #[arg(long)]
        learners: u32,
        /// Courses to be found, besides those that are taken.
        #[arg(long, default_value_t = 0)]
        courses: usize,
    },
    /// Publish a course of many lessons, and write how long each step took, as JSON.
    Import { file: PathBuf },
    /// Write the path of a check question with one answer.
    CheckPath { file: PathBuf },
    /// Write the cookies of learners, a line each.
    Cookies {
        #[arg(long)]
        from: u32,
        #[arg(long)]
        count: u32,
        /// Every how manyth.
        #[arg(long, default_value_t = 1)]
        step: u32,
        file: PathBuf,
    },
    /// Serve the bytes of these pages from memory, after the same token check and the same statements.
    Bare {
        /// Such as `get:nobody:/courses:` or `post:learner:/learn/a/b/reflection:revision=0&reflection=x`.
        pages: Vec<bare::Wanted>,
    },
    /// Keep nodes from going through everybody by themselves for what becomes due.
    NoReminders,
    /// Go through everybody for what becomes due, twice, and write how long that took, as JSON.
    Remind { file: PathBuf },
    /// Go through every door and write down the plan of every statement on the way, as JSON.
    Plans { file: PathBuf },
}

fn main() -> ExitCode {
    match run(CommandLine::parse().job) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say(&format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn run(job: Job) -> Result<()> {
    let settings = Settings::from_environment().map_err(|wrong| anyhow!("{}", wrong.join("\n")))?;
    tracing_subscriber::fmt().with_env_filter("warn").with_writer(std::io::stderr).init();
    let runtime = tokio::runtime::Runtime::new().context("The machine gives us no threads.")?;
    runtime.block_on(async {
        let db = open::database(&settings).await?;
        match job {
            Job::Seed { learners, courses } => {
                seed::seed(&db, &settings.content, (learners, courses)).await?;
            }
            Job::Import { file } => {
                let took = import::measure(&db, &settings.content).await?;
                std::fs::write(&file, took.to_string())?;
            }
            Job::CheckPath { file } => {
                let site = site(&settings, db.clone()).await?;
                std::fs::write(&file, bare::check_path(&site)?)?;
            }
            Job::Cookies { from, count, step, file } => {
                let site = site(&settings, db.clone()).await?;
                let numbers = (0..count).map(|it| from + it * step);
                let lines: Vec<String> = numbers.map(|it| learners::cookie(&site, it)).collect();
                std::fs::write(&file, lines.join("\n"))?;
            }
            Job::Bare { pages } => bare::serve(&settings, &db, &pages).await?,
            Job::NoReminders => reminding::keep_for_later(&db).await?,
            Job::Remind { file } => {
                let took = reminding::measure(&site(&settings, db.clone()).await?).await?;
                std::fs::write(&file, took.to_string())?;
            }
            Job::Plans { file } => {
                let report = plans::of_every_door(&settings, db.clone()).await?;
                std::fs::write(&file, serde_json::to_string_pretty(&report)?)?;
            }
        }
        Ok(db.close().await?)
    })
}

/// The node, as `alongside serve` opens it.
async fn site(settings: &Settings, db: Db) -> Result<Site> {
    let keys = Keys::at_start(&settings.keys, db.engine())?;
    open::site(settings, db, &keys, Box::new(SystemClock)).await
}

#[expect(clippy::print_stderr, reason = "this is what the person at the terminal reads")]
fn say(sentence: &str) {
    eprintln!("{sentence}");
}
