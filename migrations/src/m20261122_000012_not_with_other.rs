//! Who is not wanted by somebody: asked from their side as well, and when a person goes.

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
        ddl::run(manager, INDEX).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::run(manager, GONE).await
    }
}

/// The key begins with the other side. Without it SQLite would read the whole table whenever it looks whether
/// anybody points at a person.
const INDEX: &str = "CREATE INDEX not_with_by_other ON not_with (other_id);\n";

const GONE: &str = "DROP INDEX not_with_by_other;\n";
