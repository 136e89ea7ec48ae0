//! `alongside backup` and `alongside restore`: everything in the database and the files that people added, as one file
//! that either engine can take back.
//!
//! The file is a compressed tar: what it is (`about.json`), every table as JSON lines in parts of a few megabytes, the
//! files, and last a list with the SHA-256 of every part, so that what was cut off or changed is noticed. With `--key` it
//! is sealed for an age recipient. The key file is never part of it: who finds a backup must not be able to sign
//! in, so keys are kept apart. Neither is mail that waits in the outbox: it would be sent a second time.
//!
//! A file is read to its end before anything is touched, and put back in one transaction with every constraint
//! and every guard of the audit in force, into a place that holds nothing but what its migrations put there.

mod container;
mod seeds;

use std::path::Path;
use std::pin::pin;
use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::{Context, Result, bail, ensure};
use chrono::{DateTime, Utc};
use futures::TryStreamExt;
use migrations::{Migrator, MigratorTrait};
use serde::{Deserialize, Serialize};
use store::archive::{Filling, Snapshot, Table};
use store::audit::Checked;
use store::files::{Files, FilesError};
use store::{Db, Engine};

use self::container::{Contents, Part, Reader, Writer};
use self::seeds::{Kept, Seeds};
use crate::keys::Keys;
use crate::{audit, open};

/// Parts are closed when they have grown to this.
const PART_BYTES: usize = 4 << 20;

/// What is said when files cannot be read or written.
const UNREACHED: &str = "The files that people added cannot be reached.";

/// The form of the file; another number is another form.
const FORM: u32 = 1;

/// What the file is, to be read first.
#[derive(Debug, Serialize, Deserialize)]
struct About {
    form: u32,
    program: String,
    engine: String,
    made_at: DateTime<Utc>,
    migrations: Vec<String>,
    tables: Vec<Shape>,
}

/// A table and its columns in alphabetical order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Shape {
    table: String,
    columns: Vec<String>,
}

/// Writes everything into a new file, as it is at this moment, while others go on writing. `files` are those that
/// people added; none where a service looks after them itself. `key` is an age recipient. Answers with one sentence.
///
/// # Errors
/// With one sentence; there is no file then.
pub async fn backup(
    db: &Db,
    files: Option<&Files>,
    (file, key): (&Path, Option<&str>),
    now: DateTime<Utc>,
) -> Result<String> {
    open::up_to_date(db).await?;
    let snapshot = Snapshot::take(db).await?;
    let mut writer = Writer::create(file, key, now)?;
    let about = About {
        form: FORM,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        engine: engine_name(db.engine()).to_owned(),
        made_at: now,
        migrations: migrations(),
        tables: shapes(&snapshot.tables),
    };
    writer.put("about.json", &serde_json::to_vec_pretty(&about)?)?;
    let mut rows_count = 0;
    for table in &snapshot.tables {
        rows_count += write_rows(&mut writer, &snapshot, table).await?;
    }
    let files_count = match files {
        Some(files) => write_files(&mut writer, files).await?,
        None => 0,
    };
    writer.finish()?;
    let sealed = if key.is_some() { "sealed" } else { "not sealed: whoever has the file can read it" };
    let (tables, file) = (snapshot.tables.len(), file.display());
    Ok(format!(
        "Backed up {rows_count} rows of {tables} tables{} to {file} ({sealed}). Keep the key file apart from it.",
        and_files(files_count)
    ))
}

/// Puts a backup back into an empty place. `identity` is a file of age identities; `keys` check the signatures of
/// the audit if they are at hand. Answers with a sentence or two.
///
/// # Errors
/// With one sentence; the place is then as empty as it was, but for files that no row names, which are swept away.
pub async fn restore(
    (db, files): (&Db, &Files),
    file: &Path,
    identity: Option<&Path>,
    keys: Option<&Keys>,
    data: &Path,
) -> Result<String> {
    let seeds = Seeds::of_a_fresh_place().await?;
    let about = about(Reader::open(file, identity)?)?;
    fits(&about, &seeds)?;
    let mut kept = Kept::default();
    let contents = Reader::open(file, identity)?.read_through(&mut |part| seeds.look_at(part, &mut kept))?;
    // The file is good; now the place.
    open::migrate(db).await?;
    let filling = Filling::begin(db).await?;
    ensure!(
        shapes(&filling.tables) == seeds.shapes,
        "The schema of this database is not the one that this program makes."
    );
    seeds.are_alone_in(&filling).await?;
    fill(&filling, &seeds, &kept, Reader::open(file, identity)?).await?;
    let rows_count = same_counts(&filling, &contents).await?;
    let whole = whole_audit(&filling, keys).await?;
    let files_count = put_files(files, Reader::open(file, identity)?).await?;
    filling
        .done()
        .await
        .context("A row of the backup points at one that is not in it; nothing was restored.")?;
    let files = and_files(files_count);
    let (tables, made_at) = (contents.counts.len(), about.made_at.format("%-d %B %Y at %H:%M UTC"));
    let mut told =
        format!("Restored {rows_count} rows of {tables} tables{files}, as they were on {made_at}. {whole}");
    if let Some(aside) = audit::put_copy_aside(data)? {
        told.push_str(&format!(" The last signed head from before is kept as {}.", aside.display()));
    }
    Ok(told)
}

async fn write_rows(writer: &mut Writer, snapshot: &Snapshot, table: &Table) -> Result<u64> {
    let mut rows = pin!(snapshot.rows(table).await?);
    let (mut lines, mut number, mut count) = (Vec::new(), 1, 0);
    while let Some(line) = rows.try_next().await? {
        lines.extend_from_slice(line.as_bytes());
        lines.push(b'\n');
        count += 1;
        if lines.len() >= PART_BYTES {
            writer.put(&Part::name_of(&table.name, number), &lines)?;
            lines.clear();
            number += 1;
        }
    }
    if !lines.is_empty() {
        writer.put(&Part::name_of(&table.name, number), &lines)?;
    }
    writer.counted(&table.name, count);
    Ok(count)
}

/// One that is taken back meanwhile is there no more; one that was added meanwhile has no row, and is swept away once it
/// was restored.
async fn write_files(writer: &mut Writer, files: &Files) -> Result<u64> {
    let mut ids = pin!(files.older_than(DateTime::<Utc>::MAX_UTC));
    let mut count = 0;
    while let Some(id) = ids.try_next().await.context(UNREACHED)? {
        match files.whole(id).await {
            Ok(bytes) => writer.put(&Part::name_of_file(id), &bytes)?,
            Err(FilesError::NotFound { .. }) => continue,
            Err(error) => return Err(error).context(UNREACHED),
        }
        count += 1;
    }
    Ok(count)
}

/// How many files there are besides, to be said after the tables.
fn and_files(count: u64) -> String {
    match count {
        0 => String::new(),
        1 => " and one file".into(),
        many => format!(" and {many} files"),
    }
}

/// Before the rows that name them are kept for good.
async fn put_files(files: &Files, mut reader: Reader) -> Result<u64> {
    let mut count = 0;
    let mut parts = reader.parts()?;
    while let Some(part) = parts.next()? {
        let Some(id) = part.file() else { continue };
        files.replace(id, part.bytes.into()).await.context(UNREACHED)?;
        count += 1;
    }
    Ok(count)
}

/// In alphabetical order: the order of tables that wait for each other is each engine's own.
fn shapes(tables: &[Table]) -> Vec<Shape> {
    let columns = |it: &Table| it.columns.iter().map(|it| it.name.clone()).collect();
    let mut shapes: Vec<Shape> =
        tables.iter().map(|it| Shape { table: it.name.clone(), columns: columns(it) }).collect();
    shapes.sort();
    shapes
}

const fn engine_name(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => "sqlite",
        Engine::Postgres => "postgres",
    }
}

fn migrations() -> Vec<String> {
    Migrator::migrations().iter().map(|it| it.name().to_owned()).collect()
}

fn about(mut reader: Reader) -> Result<About> {
    let first =
        reader.parts()?.next()?.filter(|it| it.name == "about.json").ok_or_else(container::damaged)?;
    serde_json::from_slice(&first.bytes).map_err(|_| container::damaged())
}

fn fits(about: &About, seeds: &Seeds) -> Result<()> {
    ensure!(
        about.form == FORM && about.migrations == migrations() && about.tables == seeds.shapes,
        "The backup was made by version {} with another schema: restore it with that version, then update.",
        about.program
    );
    Ok(())
}

/// Rows that were there from the beginning and are the same stay; changed ones are replaced, and those that the
/// backup no longer has go first.
async fn fill(filling: &Filling, seeds: &Seeds, kept: &Kept, mut reader: Reader) -> Result<()> {
    for table in filling.tables.iter().rev() {
        for line in seeds.gone(&table.name, kept) {
            filling.take_out(table, line).await?;
        }
    }
    let begin_with_rows = seeds.tables_with_rows();
    let mut parts = reader.parts()?;
    while let Some(part) = parts.next()? {
        let Some(name) = part.table() else { continue };
        let table = filling.tables.iter().find(|it| it.name == name).ok_or_else(container::damaged)?;
        let mut lines = part.lines()?;
        lines.retain(|it| !seeds.hold(name, it));
        let put = filling.put(table, &lines, &begin_with_rows).await;
        put.with_context(|| format!("The rows of {name} do not go in; nothing was restored."))?;
    }
    Ok(())
}

async fn same_counts(filling: &Filling, contents: &Contents) -> Result<u64> {
    let mut all = 0;
    for table in &filling.tables {
        let there = filling.count(table).await?;
        let told = contents.counts.get(&table.name).copied().unwrap_or_default();
        let name = &table.name;
        ensure!(there == told, "{name} has {there} rows and the backup says {told}; nothing was restored.");
        all += there;
    }
    Ok(all)
}

/// Signatures by keys that are not at hand cannot be checked, which must not keep anybody from their own rows.
async fn whole_audit(filling: &Filling, keys: Option<&Keys>) -> Result<String> {
    let unknown = AtomicU64::new(0);
    let check = |signed: &store::audit::SignedHead| {
        let checked = keys.map_or(Checked::UnknownKey, |it| audit::checked(it, signed));
        if checked != Checked::UnknownKey {
            return checked;
        }
        unknown.fetch_add(1, Ordering::Relaxed);
        Checked::Good
    };
    let found = filling.verify_audit(&check).await?;
    if let Some(first) = found.faults.first() {
        bail!("{} Nothing was restored.", audit::not_whole(&found, first));
    }
    let whole = audit::whole(&found);
    Ok(match unknown.into_inner() {
        0 => whole,
        many => format!("{whole} {many} of its signatures wait for the key file of that time to be checked."),
    })
}
