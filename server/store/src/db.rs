//! The database: one writer and several readers on SQLite, one pool on PostgreSQL.

use std::sync::Arc;
use std::time::Duration;

use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbErr};
use sea_orm::{SqliteTransactionMode, TransactionOptions, TransactionTrait};

/// Readers of the embedded database. More gave nothing on two cores (measured in the trial of 2026).
const SQLITE_READERS: u32 = 8;

/// Which engine answers. Both hold the same schema; only a few statements are spelled for one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// The open database.
///
/// On SQLite all writing goes through a single connection, so that writers queue in this process instead of
/// meeting each other's locks; readers are opened read-only.
#[derive(Clone)]
pub struct Db {
    pub(crate) read: DatabaseConnection,
    pub(crate) write: DatabaseConnection,
    engine: Engine,
    url: Arc<str>,
}

/// The right to migrate, held by one process at a time.
#[derive(Debug)]
pub struct Alone {
    connection: DatabaseConnection,
    locked: bool,
}

/// The advisory lock that stands for migrating: the letters "alongsid".
const MIGRATING: i64 = i64::from_be_bytes(*b"alongsid");

/// A transaction that may write. Dropped without [`Tx::commit`], it leaves nothing behind.
#[derive(Debug)]
pub struct Tx(pub(crate) DatabaseTransaction);

/// The store could not do what it was asked for. Logged once by whoever handles it; never shown to a person.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    #[error("the database: {0}")]
    Database(#[from] DbErr),
    #[error("kept content can no longer be read: {0}")]
    Content(String),
    #[error("{0}")]
    Archive(String),
    #[error("the machine gives us no randomness: {0}")]
    Randomness(#[from] getrandom::Error),
}

impl Db {
    /// Opens the database at `url` (`sqlite://…` or `postgres://…`).
    ///
    /// # Errors
    /// When the database cannot be reached or opened.
    pub async fn open(url: &str) -> crate::Result<Self> {
        let engine = if url.starts_with("sqlite") { Engine::Sqlite } else { Engine::Postgres };
        let write = Database::connect(options(url, engine, false)).await?;
        let read = match engine {
            Engine::Sqlite => Database::connect(options(url, engine, true)).await?,
            Engine::Postgres => write.clone(),
        };
        Ok(Self { read, write, engine, url: url.into() })
    }

    /// Opens the same database once more, with connections of its own, as another node would.
    ///
    /// # Errors
    /// When the database cannot be reached or opened.
    pub async fn beside(&self) -> crate::Result<Self> {
        Self::open(&self.url).await
    }

    /// Which engine answers.
    #[must_use]
    pub const fn engine(&self) -> Engine {
        self.engine
    }

    /// A connection to look at the schema with; everything else begins a [`Tx`].
    #[must_use]
    pub const fn for_migrations(&self) -> &DatabaseConnection {
        &self.write
    }

    /// Waits until nobody else migrates this database, and keeps others waiting until [`Alone::done`].
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn alone_for_migrations(&self) -> crate::Result<Alone> {
        if self.engine == Engine::Sqlite {
            return Ok(Alone { connection: self.write.clone(), locked: false });
        }
        // An advisory lock belongs to one connection, so this pool has just one.
        let mut options = options(&self.url, Engine::Postgres, false);
        options.max_connections(1).min_connections(1);
        let connection = Database::connect(options).await?;
        connection.execute_unprepared(&format!("SELECT pg_advisory_lock({MIGRATING})")).await?;
        Ok(Alone { connection, locked: true })
    }

    /// Begins a transaction that may write. On SQLite it takes the write lock at once, because a transaction
    /// that reads first and writes later fails without waiting when another got in between.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn begin(&self) -> crate::Result<Tx> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        Ok(Tx(self.write.begin_with_options(options).await?))
    }

    /// Runs a statement that is none of the schema's, such as making a database for a test.
    ///
    /// # Errors
    /// When the database refuses it.
    pub async fn execute(&self, statement: &str) -> crate::Result<()> {
        self.write.execute_unprepared(statement).await?;
        Ok(())
    }

    /// Asks the database for nothing, to learn whether it answers.
    ///
    /// # Errors
    /// When it does not.
    pub async fn ping(&self) -> crate::Result<()> {
        Ok(self.read.ping().await?)
    }

    /// Closes all connections; on SQLite this also folds the write-ahead log back into the file.
    ///
    /// # Errors
    /// When a connection does not close.
    pub async fn close(self) -> crate::Result<()> {
        if self.engine == Engine::Sqlite {
            self.read.close().await?;
        }
        Ok(self.write.close().await?)
    }
}

impl std::fmt::Debug for Db {
    /// Without the address: it may carry a password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Db({:?})", self.engine)
    }
}

impl Alone {
    #[must_use]
    pub const fn connection(&self) -> &DatabaseConnection {
        &self.connection
    }

    /// Lets the next one migrate.
    ///
    /// # Errors
    /// When the connection does not close.
    pub async fn done(self) -> crate::Result<()> {
        if self.locked {
            self.connection.close().await?;
        }
        Ok(())
    }
}

impl Tx {
    /// Makes everything done in this transaction last.
    ///
    /// # Errors
    /// When the database refuses; nothing is kept then.
    pub async fn commit(self) -> crate::Result<()> {
        Ok(self.0.commit().await?)
    }
}

fn options(url: &str, engine: Engine, read_only: bool) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    // Statements carry what people wrote; they do not belong in a log.
    options.sqlx_logging(false);
    options.record_stmt_in_spans(false);
    if engine == Engine::Postgres {
        options.max_connections(16).acquire_timeout(Duration::from_secs(5));
        return options;
    }
    options
        .max_connections(if read_only { SQLITE_READERS } else { 1 })
        // A file does not go away; the ping before each statement costs a tenth (measured in the trial).
        .test_before_acquire(false)
        .idle_timeout(None)
        .max_lifetime(None)
        .map_sqlx_sqlite_opts(move |sqlite| {
            sqlite
                .create_if_missing(!read_only)
                .read_only(read_only)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full)
                .busy_timeout(Duration::from_secs(5))
                .foreign_keys(true)
                .statement_cache_capacity(256)
                // Without it REPLACE deletes rows past their delete triggers.
                .pragma("recursive_triggers", "ON")
                .pragma("mmap_size", "16777216")
                .pragma("cache_size", "-4000")
                .pragma("temp_store", "MEMORY")
                // What somebody deletes is overwritten in the file as well.
                .pragma("secure_delete", "ON")
        });
    options
}
