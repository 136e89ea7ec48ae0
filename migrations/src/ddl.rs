//! One text for two engines.
//!
//! | word | SQLite | PostgreSQL |
//! |---|---|---|
//! | `$id` | `BLOB` (16 bytes) | `uuid` |
//! | `$int` | `INTEGER` | `bigint` |
//! | `$bool` | `INTEGER` | `boolean` |
//! | `$bytes` | `BLOB` | `bytea` |
//! | `$exact` | `TEXT` | `text COLLATE "C"`: in order of bytes, whatever the database's language |
//! | `$date` | `TEXT` (ISO 8601) | `date` |
//! | `$strict` | `STRICT` | nothing |
//! | `$true` | `1` | `true` |
//! | `$false` | `0` | `false` |
//! | `$host` | the id of the organisation that runs the site, as each engine writes it | |
//!
//! Instants are `$int`, milliseconds since 1970 in UTC: text instants compare wrongly on SQLite
//! (SeaQL/sea-orm #2290).

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DatabaseBackend;

/// A step of statements, there and back, in one transaction. After `guarded by` stand the guards that each engine spells
/// in its own way, SQLite's first; after `then` a function for what statements alone cannot do, which is called once
/// all of them have run. On the way back, guards on tables that stay are `loosened by` what follows. The step's name is that of the file that says so.
macro_rules! step {
    (
        [$($there:expr),+]
        $(guarded by ($sqlite:expr, $postgres:expr))?
        $(loosened by ($sqlite_back:expr, $postgres_back:expr))?
        $(then $after:path)?,
        $back:expr
    ) => {
        use sea_orm_migration::prelude::*;

        #[derive(DeriveMigrationName)]
        pub(crate) struct Migration;

        #[async_trait::async_trait]
        impl MigrationTrait for Migration {
            fn use_transaction(&self) -> Option<bool> {
                Some(true)
            }

            async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
                $($crate::ddl::run(manager, $there).await?;)+
                $($crate::ddl::run_either(manager, ($sqlite, $postgres)).await?;)?
                $($after(manager).await?;)?
                Ok(())
            }

            async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
                $($crate::ddl::run_either(manager, ($sqlite_back, $postgres_back)).await?;)?
                $crate::ddl::run(manager, $back).await
            }
        }
    };
}

pub(crate) use step;

/// Runs statements that are separated by a semicolon at the end of a line.
pub(crate) async fn run(manager: &SchemaManager<'_>, statements: &str) -> Result<(), DbErr> {
    let db = manager.get_connection();
    for statement in statements.split(";\n").map(str::trim).filter(|it| !it.is_empty()) {
        db.execute_unprepared(&spelled_for(manager.get_database_backend(), statement)).await?;
    }
    Ok(())
}

/// Runs the statements of the engine that this is: SQLite's or PostgreSQL's.
pub(crate) async fn run_either(
    manager: &SchemaManager<'_>,
    (sqlite, postgres): (&str, &str),
) -> Result<(), DbErr> {
    match manager.get_database_backend() {
        DatabaseBackend::Sqlite => run(manager, sqlite).await,
        _ => run(manager, postgres).await,
    }
}

fn spelled_for(engine: DatabaseBackend, statement: &str) -> String {
    let words = match engine {
        DatabaseBackend::Sqlite => [
            ("$id", "BLOB"),
            ("$int", "INTEGER"),
            ("$bool", "INTEGER"),
            ("$bytes", "BLOB"),
            ("$exact", "TEXT"),
            ("$date", "TEXT"),
            ("$strict", "STRICT"),
            ("$true", "1"),
            ("$false", "0"),
            ("$host", "x'00000000000070008000000000000001'"),
        ],
        _ => [
            ("$id", "uuid"),
            ("$int", "bigint"),
            ("$bool", "boolean"),
            ("$bytes", "bytea"),
            ("$exact", "text COLLATE \"C\""),
            ("$date", "date"),
            ("$strict", ""),
            ("$true", "true"),
            ("$false", "false"),
            ("$host", "'00000000-0000-7000-8000-000000000001'"),
        ],
    };
    words.iter().fold(statement.to_owned(), |text, (word, spelling)| text.replace(word, spelling))
}
