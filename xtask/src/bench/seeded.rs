//! Databases with many learners in them: made once for each state of the schema, kept in the cache, copied for
//! each run.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::node::Node;
use crate::places::Places;
use crate::postgres::{Cluster, copy};
use crate::publish::hash_of;
use crate::say;
use crate::tools;

/// How many learners there are, and how many courses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    Small,
    /// A tenth of many.
    Middle,
    Large,
    /// Many courses, and few learners.
    Wide,
}

impl Size {
    pub const fn learners(self) -> u32 {
        match self {
            Self::Small | Self::Wide => 100,
            Self::Middle => 10_000,
            Self::Large => 100_000,
        }
    }

    pub const fn name(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Middle => "middle",
            Self::Large => "large",
            Self::Wide => "wide",
        }
    }

    /// How many courses there are besides those that everybody takes.
    const fn further_courses(self) -> u32 {
        match self {
            Self::Small | Self::Middle | Self::Large => 0,
            Self::Wide => 500,
        }
    }
}

/// The folder of what is kept for the schema as it is now. What was kept for another goes.
pub fn folder(places: &Places) -> Result<PathBuf> {
    let all = places.cache.join("bench");
    let ours = all.join(key(places)?);
    for entry in fs::read_dir(&all).into_iter().flatten().flatten() {
        let is_kept = entry.file_name().len() == 64;
        if is_kept && entry.path() != ours {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
    fs::create_dir_all(&ours)?;
    Ok(ours)
}

/// Where it says how rows are made.
const MAKERS: [&str; 3] = ["seed.rs", "learners.rs", "training.rs"];

/// What the rows depend on: the schema, how they are made, and the lessons that are read.
fn key(places: &Places) -> Result<String> {
    let migrations = texts(&places.checkout.join("migrations/src"))?;
    let makers = texts(&places.checkout.join("server/bench/src"))?;
    let makers = makers.into_iter().filter(|it| MAKERS.contains(&it.0.as_str()));
    let lessons = texts(&places.checkout.join("content/courses/how-this-place-works"))?;
    let lessons = lessons.into_iter().map(|(name, _)| (name, String::new()));
    let all: Vec<String> =
        migrations.into_iter().chain(makers).chain(lessons).map(|(name, text)| name + "\n" + &text).collect();
    Ok(hash_of(&all.iter().map(String::as_bytes).collect::<Vec<_>>()))
}

fn texts(folder: &Path) -> Result<Vec<(String, String)>> {
    let mut texts = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))? {
        let entry = entry?;
        texts.push((entry.file_name().to_string_lossy().into_owned(), fs::read_to_string(entry.path())?));
    }
    texts.sort();
    Ok(texts)
}

/// A copy of the SQLite database of that size, at `to`.
pub fn sqlite(places: &Places, kept: &Path, size: Size, to: &Path) -> Result<()> {
    let kept = kept.join(format!("{}.db", size.name()));
    if !kept.exists() {
        say::step(format!("Making {} learners on SQLite, once for this schema.", size.learners()));
        let half = kept.with_extension("half");
        let _ = fs::remove_file(&half);
        seed(places, size, &format!("sqlite://{}", half.display()))?;
        fs::rename(&half, &kept)?;
    }
    copy(&kept, to)
}

/// A PostgreSQL with a database of each of these sizes.
pub fn postgres(places: &Places, kept: &Path, sizes: &[Size]) -> Result<Cluster> {
    let names: Vec<&str> = sizes.iter().map(|it| it.name()).collect();
    let kept = kept.join(format!("postgres-{}", names.join("-")));
    if kept.exists() {
        return Cluster::start_on(&kept);
    }
    let cluster = Cluster::start_to_keep()?;
    for size in sizes {
        say::step(format!("Making {} learners on PostgreSQL, once for this schema.", size.learners()));
        seed(places, *size, &cluster.create_database(size.name())?)?;
    }
    let half = kept.with_extension("half");
    let _ = fs::remove_dir_all(&half);
    cluster.keep_in(&half)?;
    fs::rename(&half, &kept)?;
    Cluster::start_on(&kept)
}

fn seed(places: &Places, size: Size, url: &str) -> Result<()> {
    let mut command = Node::tool(places, url);
    command.args(["seed", "--learners", &size.learners().to_string()]);
    command.args(["--courses", &size.further_courses().to_string()]);
    tools::succeed(&mut command, "The learners could not be made: what was said stands above.")
}
