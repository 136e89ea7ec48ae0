//! Whom an invitation was made and accepted by: asked when a person goes.

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

/// Without them SQLite would read the whole table whenever it looks whether anything points at a person.
const INDEX: &str = "
CREATE INDEX invitation_by_maker ON invitation (made_by);
CREATE INDEX invitation_by_whoever_accepted ON invitation (accepted_by);
";

const GONE: &str = "
DROP INDEX invitation_by_whoever_accepted;
DROP INDEX invitation_by_maker;
";
