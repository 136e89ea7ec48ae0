//! What the store has been heard to ask: to see how the engine answers it. Only the bench does.

use std::fmt;

use sea_orm::{ConnectionTrait, Statement};

use crate::{Db, Engine, Result};

/// A statement that has been run, with what was bound to it.
#[derive(Clone)]
pub struct Ran(Statement);

/// Whether a plan may read whole tables where that is cheaper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scans {
    AsCheapest,
    /// Only where there is no other way: about a small table PostgreSQL says nothing else.
    Avoided,
}

impl Ran {
    /// The statement, with marks where values were bound.
    #[must_use]
    pub fn sql(&self) -> &str {
        &self.0.sql
    }
}

impl fmt::Debug for Ran {
    /// Without the values: they are what people wrote.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Ran({})", self.sql())
    }
}

impl Db {
    /// The same connections, which tell `hear` of every statement. Handles that were cloned before do not.
    #[must_use]
    pub fn heard_by(mut self, hear: impl Fn(Ran) + Clone + Send + Sync + 'static) -> Self {
        let reading = hear.clone();
        self.read.set_metric_callback(move |info| reading(Ran(info.statement.clone())));
        self.write.set_metric_callback(move |info| hear(Ran(info.statement.clone())));
        self
    }

    /// The plan by which the engine would answer, a line a step.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn plan_of(&self, ran: &Ran, scans: Scans) -> Result<Vec<String>> {
        let (words, column) = match self.engine() {
            Engine::Sqlite => ("EXPLAIN QUERY PLAN", 3),
            Engine::Postgres => ("EXPLAIN (COSTS OFF)", 0),
        };
        let statement = Statement { sql: format!("{words} {}", ran.sql()), ..ran.0.clone() };
        // A transaction that is dropped, so that the setting goes with it.
        let tx = self.begin().await?;
        if self.engine() == Engine::Postgres && scans == Scans::Avoided {
            // Joins by hash and by merging read both sides whole, by an index or not.
            let otherwise = "SET LOCAL enable_seqscan = off; SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off";
            tx.0.execute_unprepared(otherwise).await?;
        }
        let rows = tx.0.query_all_raw(statement).await?;
        rows.iter().map(|it| Ok(it.try_get_by_index(column)?)).collect()
    }

    /// How many rows a table holds, on PostgreSQL as many as were counted last.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn rows_of(&self, table: &str) -> Result<i64> {
        let sql = match self.engine() {
            Engine::Sqlite => format!("SELECT count(*) FROM \"{table}\""),
            Engine::Postgres => {
                format!("SELECT reltuples::bigint FROM pg_class WHERE oid = '\"{table}\"'::regclass")
            }
        };
        let statement = Statement::from_string(self.read.get_database_backend(), sql);
        let row = self.read.query_one_raw(statement).await?;
        Ok(row.map_or(Ok(0), |it| it.try_get_by_index(0))?)
    }
}
