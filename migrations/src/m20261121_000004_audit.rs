//! What was done by whom, in a chain that only ever grows: ids and hashes here, words apart so that they can be
//! erased, and the chain's head signed each day with a key that the database does not hold.
//!
//! The engines themselves refuse to change what is written. On SQLite `REPLACE` would delete in passing, on
//! PostgreSQL `TRUNCATE` passes row triggers by: each has a guard of its own.

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
        ddl::run(manager, TABLES).await?;
        ddl::run(manager, KNOWN).await?;
        ddl::run_either(manager, (SQLITE_GUARDS, POSTGRES_GUARDS)).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::run(manager, GONE).await?;
        ddl::run_either(manager, ("", POSTGRES_GONE)).await
    }
}

/// `actor`, `subject`, `about` and `organisation` point nowhere on purpose: who they name may be erased, and what
/// was done stays.
const TABLES: &str = "
CREATE TABLE audit_action (
    action TEXT NOT NULL CONSTRAINT audit_action_taken PRIMARY KEY
) $strict;

CREATE TABLE audit_event (
    sequence          $int NOT NULL CONSTRAINT audit_sequence_taken PRIMARY KEY
                      CONSTRAINT audit_counts_from_one CHECK (sequence >= 1),
    at                $int NOT NULL,
    actor             $id,
    action            TEXT NOT NULL CONSTRAINT audit_action_known REFERENCES audit_action (action),
    subject           $id,
    about             $id,
    organisation      $id,
    restricted_until  $date,
    restricted_reason TEXT CONSTRAINT audit_restricted_reason_fits CHECK (length(restricted_reason) BETWEEN 1 AND 200),
    detail_hash       $bytes CONSTRAINT audit_detail_hash_is_one CHECK (length(detail_hash) = 32),
    previous          $bytes NOT NULL CONSTRAINT audit_previous_taken UNIQUE
                      CONSTRAINT audit_previous_is_a_hash CHECK (length(previous) = 32),
    hash              $bytes NOT NULL CONSTRAINT audit_hash_taken UNIQUE
                      CONSTRAINT audit_hash_is_one CHECK (length(hash) = 32),
    CONSTRAINT audit_restricted_with_reason CHECK ((restricted_until IS NULL) = (restricted_reason IS NULL))
) $strict;
CREATE INDEX audit_event_by_about ON audit_event (about, sequence);

CREATE TABLE audit_detail (
    sequence $int NOT NULL CONSTRAINT audit_detail_taken PRIMARY KEY
             CONSTRAINT audit_detail_of_an_event REFERENCES audit_event (sequence),
    salt     $bytes NOT NULL CONSTRAINT audit_salt_is_long CHECK (length(salt) = 32),
    detail   TEXT NOT NULL CONSTRAINT audit_detail_fits CHECK (length(detail) BETWEEN 1 AND 4000)
) $strict;

CREATE TABLE audit_head (
    day       $date NOT NULL CONSTRAINT audit_head_taken PRIMARY KEY,
    sequence  $int NOT NULL CONSTRAINT audit_head_of_an_event REFERENCES audit_event (sequence),
    hash      $bytes NOT NULL CONSTRAINT audit_head_hash_is_one CHECK (length(hash) = 32),
    kid       TEXT NOT NULL,
    signature $bytes NOT NULL CONSTRAINT audit_head_signature_is_one CHECK (length(signature) = 64)
) $strict;
";

/// Each slice adds its own actions in its own step.
const KNOWN: &str = "
INSERT INTO audit_action (action) VALUES
    ('audit_detail_erased'), ('course_published'),
    ('person_registered'), ('address_confirmed'), ('signed_in'), ('session_ended'), ('session_copied'),
    ('password_changed');
";

/// A `BEFORE INSERT` trigger runs before `OR REPLACE` deletes anything.
const SQLITE_GUARDS: &str = "
CREATE TRIGGER audit_event_never_changes BEFORE UPDATE ON audit_event
BEGIN SELECT RAISE(ABORT, 'audit_event_never_changes'); END;

CREATE TRIGGER audit_event_never_goes BEFORE DELETE ON audit_event
BEGIN SELECT RAISE(ABORT, 'audit_event_never_goes'); END;

CREATE TRIGGER audit_event_follows_the_last BEFORE INSERT ON audit_event
WHEN NEW.sequence <> (SELECT coalesce(max(sequence), 0) + 1 FROM audit_event)
  OR NEW.previous <> coalesce((SELECT hash FROM audit_event WHERE sequence = NEW.sequence - 1), zeroblob(32))
BEGIN SELECT RAISE(ABORT, 'audit_event_follows_the_last'); END;

CREATE TRIGGER audit_detail_never_changes BEFORE UPDATE ON audit_detail
BEGIN SELECT RAISE(ABORT, 'audit_detail_never_changes'); END;

CREATE TRIGGER audit_detail_is_not_replaced BEFORE INSERT ON audit_detail
WHEN EXISTS (SELECT 1 FROM audit_detail WHERE sequence = NEW.sequence)
BEGIN SELECT RAISE(ABORT, 'audit_detail_is_not_replaced'); END;

CREATE TRIGGER audit_head_never_changes BEFORE UPDATE ON audit_head
BEGIN SELECT RAISE(ABORT, 'audit_head_never_changes'); END;

CREATE TRIGGER audit_head_never_goes BEFORE DELETE ON audit_head
BEGIN SELECT RAISE(ABORT, 'audit_head_never_goes'); END;

CREATE TRIGGER audit_head_is_not_replaced BEFORE INSERT ON audit_head
WHEN EXISTS (SELECT 1 FROM audit_head WHERE day = NEW.day)
BEGIN SELECT RAISE(ABORT, 'audit_head_is_not_replaced'); END;
";

/// `ALWAYS`: also for a session that says it only replays another server's changes.
const POSTGRES_GUARDS: &str = "
CREATE FUNCTION audit_refuses() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '%', TG_NAME USING ERRCODE = 'restrict_violation'; END $$;

CREATE FUNCTION audit_follows() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN IF NEW.sequence <> (SELECT coalesce(max(sequence), 0) + 1 FROM audit_event) OR NEW.previous <> coalesce((SELECT hash FROM audit_event WHERE sequence = NEW.sequence - 1), decode(repeat('00', 32), 'hex')) THEN RAISE EXCEPTION '%', TG_NAME USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$;

CREATE TRIGGER audit_event_never_changes BEFORE UPDATE OR DELETE ON audit_event
FOR EACH ROW EXECUTE FUNCTION audit_refuses();
CREATE TRIGGER audit_event_is_never_emptied BEFORE TRUNCATE ON audit_event
FOR EACH STATEMENT EXECUTE FUNCTION audit_refuses();
CREATE TRIGGER audit_event_follows_the_last BEFORE INSERT ON audit_event
FOR EACH ROW EXECUTE FUNCTION audit_follows();
CREATE TRIGGER audit_detail_never_changes BEFORE UPDATE ON audit_detail
FOR EACH ROW EXECUTE FUNCTION audit_refuses();
CREATE TRIGGER audit_detail_is_never_emptied BEFORE TRUNCATE ON audit_detail
FOR EACH STATEMENT EXECUTE FUNCTION audit_refuses();
CREATE TRIGGER audit_head_never_changes BEFORE UPDATE OR DELETE ON audit_head
FOR EACH ROW EXECUTE FUNCTION audit_refuses();
CREATE TRIGGER audit_head_is_never_emptied BEFORE TRUNCATE ON audit_head
FOR EACH STATEMENT EXECUTE FUNCTION audit_refuses();

ALTER TABLE audit_event ENABLE ALWAYS TRIGGER audit_event_never_changes;
ALTER TABLE audit_event ENABLE ALWAYS TRIGGER audit_event_is_never_emptied;
ALTER TABLE audit_event ENABLE ALWAYS TRIGGER audit_event_follows_the_last;
ALTER TABLE audit_detail ENABLE ALWAYS TRIGGER audit_detail_never_changes;
ALTER TABLE audit_detail ENABLE ALWAYS TRIGGER audit_detail_is_never_emptied;
ALTER TABLE audit_head ENABLE ALWAYS TRIGGER audit_head_never_changes;
ALTER TABLE audit_head ENABLE ALWAYS TRIGGER audit_head_is_never_emptied;
";

const GONE: &str = "
DROP TABLE audit_head;
DROP TABLE audit_detail;
DROP TABLE audit_event;
DROP TABLE audit_action;
";

const POSTGRES_GONE: &str = "
DROP FUNCTION audit_refuses();
DROP FUNCTION audit_follows();
";
