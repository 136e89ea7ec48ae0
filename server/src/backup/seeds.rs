//! What a place holds from the beginning, because its migrations put it there: the words of lookup tables, the
//! lines of the help band. A place that holds exactly this is empty.

use std::collections::{BTreeMap, BTreeSet};
use std::pin::pin;

use anyhow::{Context, Result, bail};
use futures::TryStreamExt;
use store::Db;
use store::archive::{Filling, Snapshot, Table, key_of};

use super::container::{Part, damaged};
use super::{Shape, shapes};
use crate::open;

/// The rows of a fresh place, as lines.
pub(super) struct Seeds {
    pub(super) shapes: Vec<Shape>,
    tables: Vec<Table>,
    /// By table, then by key.
    lines: BTreeMap<String, BTreeMap<String, String>>,
}

/// The keys of a fresh place's rows that a backup still has, by table.
pub(super) type Kept = BTreeMap<String, BTreeSet<String>>;

impl Seeds {
    /// Makes one to look at, and throws it away.
    pub(super) async fn of_a_fresh_place() -> Result<Self> {
        let folder = tempfile::tempdir().context("There is no room for a temporary file.")?;
        let db = Db::open(&format!("sqlite://{}/fresh.db", folder.path().display())).await?;
        open::migrate(&db).await?;
        let snapshot = Snapshot::take(&db).await?;
        let mut lines: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
        for table in &snapshot.tables {
            let mut rows = pin!(snapshot.rows(table).await?);
            while let Some(line) = rows.try_next().await? {
                lines.entry(table.name.clone()).or_default().insert(key_of(table, &line)?, line);
            }
        }
        let tables = snapshot.tables.clone();
        drop(snapshot);
        db.close().await?;
        Ok(Self { shapes: shapes(&tables), tables, lines })
    }

    /// Whether these rows, and no others, are there.
    pub(super) async fn are_alone_in(&self, filling: &Filling) -> Result<()> {
        for table in &filling.tables {
            let mut left = self.lines.get(&table.name).map_or(0, BTreeMap::len);
            let mut rows = pin!(filling.rows(table).await?);
            while let Some(line) = rows.try_next().await? {
                if !self.hold(&table.name, &line) {
                    left = 1;
                    break;
                }
                left -= 1;
            }
            if left > 0 {
                bail!(
                    "This place is not empty ({} has been written to): restore into a new one.",
                    table.name
                );
            }
        }
        Ok(())
    }

    /// Whether this very row is one of them.
    pub(super) fn hold(&self, table: &str, line: &str) -> bool {
        self.lines.get(table).is_some_and(|it| it.values().any(|seed| seed == line))
    }

    /// Remembers which of them a part of a backup still has, changed or not.
    pub(super) fn look_at(&self, part: &Part, kept: &mut Kept) -> Result<()> {
        let Some(name) = part.table() else { return Ok(()) };
        let Some(table) = self.tables.iter().find(|it| it.name == name) else { return Err(damaged()) };
        let Some(seeds) = self.lines.get(name) else { return Ok(()) };
        for line in part.lines()? {
            let key = key_of(table, &line)?;
            if seeds.contains_key(&key) {
                kept.entry(name.to_owned()).or_default().insert(key);
            }
        }
        Ok(())
    }

    /// Those that the backup has no longer.
    pub(super) fn gone<'a>(&'a self, table: &str, kept: &'a Kept) -> impl Iterator<Item = &'a str> {
        let kept = kept.get(table);
        let seeds = self.lines.get(table).into_iter().flatten();
        seeds.filter(move |(key, _)| !kept.is_some_and(|it| it.contains(*key))).map(|(_, line)| line.as_str())
    }

    pub(super) fn tables_with_rows(&self) -> BTreeSet<String> {
        self.lines.keys().cloned().collect()
    }
}
