//! Whether this is the demo: a database that holds invented people with a password that everybody knows.

use sea_orm_migration::prelude::*;

use crate::ddl;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::run(manager, TABLE).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::run(manager, "DROP TABLE demo;\n").await
    }
}

const TABLE: &str = "
CREATE TABLE demo (
    one       $int NOT NULL CONSTRAINT demo_is_one_row PRIMARY KEY CHECK (one = 1),
    loaded_at $int NOT NULL
) $strict;
";
