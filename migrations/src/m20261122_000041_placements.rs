//! Placements, and what was done on them: hours that count once they were agreed, and never change after that.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DatabaseBackend;

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
        match manager.get_database_backend() {
            DatabaseBackend::Sqlite => ddl::run(manager, SQLITE_GUARDS).await,
            _ => ddl::run(manager, POSTGRES_GUARDS).await,
        }
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::run(manager, GONE).await
    }
}

const TABLES: &str = "
CREATE TABLE placement_activity (activity TEXT NOT NULL CONSTRAINT placement_activity_taken PRIMARY KEY) $strict;
INSERT INTO placement_activity (activity) VALUES ('one_to_one'), ('group'), ('co_facilitation'), ('training'), ('travel');

CREATE TABLE placement_hours_state (state TEXT NOT NULL CONSTRAINT placement_hours_state_taken PRIMARY KEY) $strict;
INSERT INTO placement_hours_state (state) VALUES ('waiting'), ('asked'), ('agreed'), ('taken_back');

INSERT INTO audit_action (action) VALUES ('placement_arranged'), ('placement_hours_agreed'), ('placement_hours_asked')
ON CONFLICT DO NOTHING;

CREATE TABLE placement (
    id              $id NOT NULL CONSTRAINT placement_id_taken PRIMARY KEY,
    organisation_id $id NOT NULL CONSTRAINT placement_by_an_organisation REFERENCES organisation (id),
    person_id       $id NOT NULL CONSTRAINT placement_of_a_person REFERENCES person (id),
    supervisor_id   $id NOT NULL CONSTRAINT placement_with_a_supervisor REFERENCES person (id),
    site_id         $id NOT NULL CONSTRAINT placement_at_a_site REFERENCES site (id),
    cohort_id       $id,
    from_on         $date NOT NULL,
    to_on           $date NOT NULL,
    made_at         $int NOT NULL,
    CONSTRAINT placement_known_by_its_person UNIQUE (id, person_id),
    CONSTRAINT placement_with_a_group_of_theirs FOREIGN KEY (cohort_id, person_id) REFERENCES cohort_place (cohort_id, person_id),
    CONSTRAINT placement_looked_after_by_somebody_else CHECK (supervisor_id <> person_id),
    CONSTRAINT placement_ends_after_it_begins CHECK (to_on >= from_on)
) $strict;
CREATE INDEX placement_by_organisation ON placement (organisation_id, id);
CREATE INDEX placement_by_person ON placement (person_id, id);
CREATE INDEX placement_by_supervisor ON placement (supervisor_id, id);

CREATE TABLE placement_hours (
    id           $id NOT NULL CONSTRAINT placement_hours_id_taken PRIMARY KEY,
    placement_id $id NOT NULL,
    person_id    $id NOT NULL,
    activity     TEXT NOT NULL CONSTRAINT placement_hours_activity_known REFERENCES placement_activity (activity),
    day          $date NOT NULL,
    minutes      $int NOT NULL CONSTRAINT placement_hours_fit_a_day CHECK (minutes BETWEEN 0 AND 1440),
    site_id      $id NOT NULL CONSTRAINT placement_hours_at_a_site REFERENCES site (id),
    words        TEXT NOT NULL CONSTRAINT placement_hours_words_fit CHECK (length(words) <= 300),
    state        TEXT NOT NULL CONSTRAINT placement_hours_state_known REFERENCES placement_hours_state (state),
    corrects_id  $id CONSTRAINT placement_hours_instead_of_a_line REFERENCES placement_hours (id),
    question     TEXT NOT NULL CONSTRAINT placement_hours_question_fits CHECK (length(question) <= 300),
    revision     $int NOT NULL CONSTRAINT placement_hours_count_up CHECK (revision >= 1),
    agreed_by    $id CONSTRAINT placement_hours_agreed_by_a_person REFERENCES person (id),
    agreed_at    $int,
    CONSTRAINT placement_hours_of_its_person FOREIGN KEY (placement_id, person_id) REFERENCES placement (id, person_id),
    CONSTRAINT placement_hours_are_some CHECK (minutes >= 1 OR corrects_id IS NOT NULL),
    CONSTRAINT placement_hours_agreed_by_name CHECK ((state = 'agreed') = (agreed_by IS NOT NULL AND agreed_at IS NOT NULL)),
    CONSTRAINT placement_hours_agreed_by_somebody_else CHECK (agreed_by IS NULL OR agreed_by <> person_id),
    CONSTRAINT placement_hours_asked_says_what CHECK (state <> 'asked' OR length(question) >= 1)
) $strict;
CREATE UNIQUE INDEX placement_hours_corrected_once ON placement_hours (corrects_id) WHERE corrects_id IS NOT NULL AND state <> 'taken_back';
CREATE INDEX placement_hours_instead ON placement_hours (corrects_id) WHERE corrects_id IS NOT NULL;
CREATE INDEX placement_hours_by_placement ON placement_hours (placement_id, day, id);
CREATE INDEX placement_hours_by_person ON placement_hours (person_id, day);
CREATE INDEX placement_hours_waits ON placement_hours (placement_id, day, id) WHERE state = 'waiting';
";

const SQLITE_GUARDS: &str = "
CREATE TRIGGER placement_hours_agreed_never_change BEFORE UPDATE ON placement_hours
WHEN OLD.state = 'agreed'
BEGIN SELECT RAISE(ABORT, 'placement_hours_agreed_never_change'); END;

CREATE TRIGGER placement_hours_agreed_never_go BEFORE DELETE ON placement_hours
WHEN OLD.state = 'agreed'
BEGIN SELECT RAISE(ABORT, 'placement_hours_agreed_never_go'); END;
";

const POSTGRES_GUARDS: &str = "
CREATE TRIGGER placement_hours_agreed_never_change BEFORE UPDATE OR DELETE ON placement_hours
FOR EACH ROW WHEN (OLD.state = 'agreed') EXECUTE FUNCTION audit_refuses();
";

const GONE: &str = "
DROP TABLE placement_hours;
DROP TABLE placement;
DROP TABLE placement_hours_state;
DROP TABLE placement_activity;
";
