//! Every row of every table, read out and put in without regard to what it means: what a backup is made of.
//!
//! A row is a line of JSON, an array with its columns in alphabetical order, in the same spelling whichever engine
//! it came from. So a place can move from SQLite to PostgreSQL and back. Which tables there are and what their
//! columns hold is asked of the database itself: a new table needs nothing here.

mod catalogue;
mod line;

use std::collections::BTreeSet;

use futures::{Stream, StreamExt, TryStreamExt};
use sea_orm::TransactionTrait;
use sea_orm::sea_query::{Alias, Expr, OnConflict, Order, Query};
use sea_orm::{AccessMode, ConnectionTrait, DatabaseTransaction, DbBackend, ExprTrait, IsolationLevel};

pub use self::catalogue::{Column, Table};
use crate::{Db, Engine, Failure, Result, Tx, audit};

/// How many values one statement may carry on either engine.
const VALUES_MAX: usize = 30_000;

/// The database as it is at one moment, while others go on writing.
#[derive(Debug)]
pub struct Snapshot {
    tx: DatabaseTransaction,
    /// Each after the tables that it points at.
    pub tables: Vec<Table>,
}

/// A database that is being filled. Dropped without [`Filling::done`], it is as it was.
#[derive(Debug)]
pub struct Filling {
    tx: Tx,
    pub tables: Vec<Table>,
}

impl Snapshot {
    /// Holds on to this moment.
    ///
    /// # Errors
    /// When the database does not answer, or has a column of a type that no backup knows.
    pub async fn take(db: &Db) -> Result<Self> {
        let tx = match db.engine() {
            Engine::Sqlite => db.read.begin().await?,
            Engine::Postgres => {
                let (level, mode) = (IsolationLevel::RepeatableRead, AccessMode::ReadOnly);
                db.read.begin_with_config(Some(level), Some(mode)).await?
            }
        };
        let tables = catalogue::tables(&tx).await?;
        Ok(Self { tx, tables })
    }

    /// All rows of a table in order of its key.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn rows<'a>(&'a self, table: &'a Table) -> Result<impl Stream<Item = Result<String>> + 'a> {
        rows(&self.tx, table).await
    }
}

impl Filling {
    /// Keeps everybody else from writing until it is done. Rows may point at rows that come later.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn begin(db: &Db) -> Result<Self> {
        let tx = db.begin().await?;
        let tables = catalogue::tables(&tx.0).await?;
        let filling = Self { tx, tables };
        match db.engine() {
            Engine::Sqlite => filling.run("PRAGMA defer_foreign_keys = ON").await?,
            Engine::Postgres => {
                let names: Vec<String> = filling.tables.iter().map(|it| quoted(&it.name)).collect();
                filling.run(&format!("LOCK TABLE {} IN EXCLUSIVE MODE", names.join(", "))).await?;
                filling.postpone("DEFERRABLE INITIALLY DEFERRED").await?;
            }
        }
        Ok(filling)
    }

    /// All rows of a table in order of its key.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn rows<'a>(&'a self, table: &'a Table) -> Result<impl Stream<Item = Result<String>> + 'a> {
        rows(&self.tx.0, table).await
    }

    /// How many rows a table has.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn count(&self, table: &Table) -> Result<u64> {
        let query = Query::select()
            .expr(Expr::col(sea_orm::sea_query::Asterisk).count())
            .from(Alias::new(&table.name))
            .to_owned();
        let row = self.tx.0.query_one(&query).await?;
        let count: i64 = row.map_or(Ok(0), |it| it.try_get_by_index(0))?;
        Ok(count.unsigned_abs())
    }

    /// Puts rows in. A row that has the key of one that is there takes its place if `table` is one of those that
    /// begin with rows of their own.
    ///
    /// # Errors
    /// When a line is no row of this table, or the database refuses.
    pub async fn put(
        &self,
        table: &Table,
        lines: &[String],
        begins_with_rows: &BTreeSet<String>,
    ) -> Result<()> {
        let at_once = (VALUES_MAX / table.columns.len().max(1)).max(1);
        for lines in lines.chunks(at_once) {
            let mut insert = Query::insert();
            insert.into_table(Alias::new(&table.name));
            insert.columns(table.columns.iter().map(|it| Alias::new(&it.name)));
            for text in lines {
                let values = line::read(table, text)?.into_iter().map(Expr::val);
                insert.values(values).map_err(|error| Failure::Archive(error.to_string()))?;
            }
            if begins_with_rows.contains(&table.name) {
                insert.on_conflict(instead(table));
            }
            self.tx.0.execute(&insert).await?;
        }
        Ok(())
    }

    /// Takes the row with this line's key out.
    ///
    /// # Errors
    /// When the line is no row of this table, or the database refuses.
    pub async fn take_out(&self, table: &Table, text: &str) -> Result<()> {
        let values = line::read(table, text)?;
        let mut delete = Query::delete();
        delete.from_table(Alias::new(&table.name));
        for (column, value) in table.columns.iter().zip(values).filter(|it| it.0.key.is_some()) {
            delete.and_where(Expr::col(Alias::new(&column.name)).eq(value));
        }
        self.tx.0.execute(&delete).await?;
        Ok(())
    }

    /// Reads the audit's chain as it stands in here.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn verify_audit(
        &self,
        check: &(dyn Fn(&audit::SignedHead) -> audit::Checked + Sync),
    ) -> Result<audit::Verified> {
        audit::verify_within(&self.tx, check).await
    }

    /// Makes it last.
    ///
    /// # Errors
    /// When a row points at one that never came; the database is then as it was.
    pub async fn done(self) -> Result<()> {
        if self.tx.0.get_database_backend() == DbBackend::Postgres {
            self.run("SET CONSTRAINTS ALL IMMEDIATE").await?;
            self.postpone("NOT DEFERRABLE").await?;
        }
        self.tx.commit().await
    }

    /// On PostgreSQL a row of the same table, or of a later one, may be pointed at before it is there only if the
    /// constraint says so; it does for this transaction alone.
    async fn postpone(&self, when: &str) -> Result<()> {
        for (table, constraint) in catalogue::pointing_ahead(&self.tx.0, &self.tables).await? {
            let (table, constraint) = (quoted(&table), quoted(&constraint));
            self.run(&format!("ALTER TABLE {table} ALTER CONSTRAINT {constraint} {when}")).await?;
        }
        Ok(())
    }

    async fn run(&self, statement: &str) -> Result<()> {
        self.tx.0.execute_unprepared(statement).await?;
        Ok(())
    }
}

/// What a row's key is, to tell whether two lines are versions of one row.
///
/// # Errors
/// When the line is no row of this table.
pub fn key_of(table: &Table, text: &str) -> Result<String> {
    line::key(table, text)
}

async fn rows<'a, C>(db: &'a C, table: &'a Table) -> Result<impl Stream<Item = Result<String>> + 'a>
where
    C: ConnectionTrait + sea_orm::StreamTrait,
{
    let mut query = Query::select();
    query.columns(table.columns.iter().map(|it| Alias::new(&it.name))).from(Alias::new(&table.name));
    let mut key: Vec<&Column> = table.columns.iter().filter(|it| it.key.is_some()).collect();
    key.sort_by_key(|it| it.key);
    for column in key {
        query.order_by(Alias::new(&column.name), Order::Asc);
    }
    let stream = db.stream(&query).await?.map_err(Failure::from);
    Ok(stream.map(move |row| line::write(table, &row?)))
}

fn instead(table: &Table) -> OnConflict {
    let names = |key: bool| {
        let columns = table.columns.iter().filter(move |it| it.key.is_some() == key);
        columns.map(|it| Alias::new(&it.name))
    };
    let mut instead = OnConflict::columns(names(true));
    match names(false).next() {
        Some(_) => instead.update_columns(names(false)),
        None => instead.do_nothing(),
    };
    instead
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
