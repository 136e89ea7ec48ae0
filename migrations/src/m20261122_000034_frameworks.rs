//! Frameworks of competences in versions that never change, and each organisation's own scale.

crate::ddl::step!([TABLES] guarded by (SQLITE_GUARDS, POSTGRES_GUARDS), GONE);

/// Indicators and courses stand one on a line.
const TABLES: &str = "
CREATE TABLE competence_need (need TEXT NOT NULL CONSTRAINT competence_need_taken PRIMARY KEY) $strict;
INSERT INTO competence_need (need) VALUES ('essential'), ('desirable');

INSERT INTO audit_action (action) VALUES ('framework_added'), ('framework_changed'), ('levels_changed') ON CONFLICT DO NOTHING;

CREATE TABLE framework (
    id              $id NOT NULL CONSTRAINT framework_id_taken PRIMARY KEY,
    organisation_id $id NOT NULL CONSTRAINT framework_of_an_organisation REFERENCES organisation (id),
    title           TEXT NOT NULL CONSTRAINT framework_is_called_something CHECK (length(title) BETWEEN 1 AND 120),
    version         $int NOT NULL CONSTRAINT framework_counts_up CHECK (version >= 1),
    made_at         $int NOT NULL,
    CONSTRAINT framework_title_taken UNIQUE (organisation_id, title)
) $strict;

CREATE TABLE framework_version (
    framework_id $id NOT NULL CONSTRAINT framework_version_of_a_framework REFERENCES framework (id),
    number       $int NOT NULL CONSTRAINT framework_version_counts_from_one CHECK (number >= 1),
    licence      TEXT NOT NULL CONSTRAINT framework_version_licence_is_there CHECK (length(licence) BETWEEN 1 AND 1000),
    source       TEXT NOT NULL CONSTRAINT framework_version_source_fits CHECK (length(source) <= 300),
    made_at      $int NOT NULL,
    CONSTRAINT framework_version_taken PRIMARY KEY (framework_id, number)
) $strict;

CREATE TABLE competence (
    framework_id     $id NOT NULL,
    version          $int NOT NULL,
    code             $exact NOT NULL CONSTRAINT competence_code_fits CHECK (length(code) BETWEEN 1 AND 20),
    position         $int NOT NULL CONSTRAINT competence_counts_from_one CHECK (position >= 1),
    title            TEXT NOT NULL CONSTRAINT competence_title_is_there CHECK (length(title) BETWEEN 1 AND 200),
    domain           TEXT NOT NULL CONSTRAINT competence_domain_fits CHECK (length(domain) <= 200),
    need             TEXT NOT NULL CONSTRAINT competence_need_known REFERENCES competence_need (need),
    optional         $bool NOT NULL,
    lived_experience $bool NOT NULL,
    parent           $exact,
    indicators       TEXT NOT NULL,
    courses          TEXT NOT NULL,
    CONSTRAINT competence_code_taken PRIMARY KEY (framework_id, version, code),
    CONSTRAINT competence_position_taken UNIQUE (framework_id, version, position),
    CONSTRAINT competence_in_a_version FOREIGN KEY (framework_id, version) REFERENCES framework_version (framework_id, number),
    CONSTRAINT competence_is_not_under_itself CHECK (parent IS NULL OR parent <> code)
) $strict;

CREATE TABLE training_level (
    organisation_id $id NOT NULL CONSTRAINT training_level_of_an_organisation REFERENCES organisation (id),
    position        $int NOT NULL CONSTRAINT training_level_counts_from_one CHECK (position >= 1),
    title           TEXT NOT NULL CONSTRAINT training_level_fits CHECK (length(title) BETWEEN 1 AND 60),
    CONSTRAINT training_level_position_taken PRIMARY KEY (organisation_id, position),
    CONSTRAINT training_level_tells_apart UNIQUE (organisation_id, title)
) $strict;
";

const SQLITE_GUARDS: &str = "
CREATE TRIGGER framework_version_never_changes BEFORE UPDATE ON framework_version
BEGIN SELECT RAISE(ABORT, 'framework_version_never_changes'); END;

CREATE TRIGGER framework_version_never_goes BEFORE DELETE ON framework_version
BEGIN SELECT RAISE(ABORT, 'framework_version_never_goes'); END;

CREATE TRIGGER framework_version_is_not_replaced BEFORE INSERT ON framework_version
WHEN EXISTS (SELECT 1 FROM framework_version WHERE framework_id = NEW.framework_id AND number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'framework_version_is_not_replaced'); END;

CREATE TRIGGER competence_never_changes BEFORE UPDATE ON competence
BEGIN SELECT RAISE(ABORT, 'competence_never_changes'); END;

CREATE TRIGGER competence_never_goes BEFORE DELETE ON competence
BEGIN SELECT RAISE(ABORT, 'competence_never_goes'); END;

CREATE TRIGGER competence_is_not_replaced BEFORE INSERT ON competence
WHEN EXISTS (SELECT 1 FROM competence WHERE framework_id = NEW.framework_id AND version = NEW.version AND code = NEW.code)
BEGIN SELECT RAISE(ABORT, 'competence_is_not_replaced'); END;
";

/// `audit_refuses` came with the log and names the guard that refuses.
const POSTGRES_GUARDS: &str = "
CREATE TRIGGER framework_version_never_changes BEFORE UPDATE OR DELETE ON framework_version
FOR EACH ROW EXECUTE FUNCTION audit_refuses();
CREATE TRIGGER framework_version_is_never_emptied BEFORE TRUNCATE ON framework_version
FOR EACH STATEMENT EXECUTE FUNCTION audit_refuses();
CREATE TRIGGER competence_never_changes BEFORE UPDATE OR DELETE ON competence
FOR EACH ROW EXECUTE FUNCTION audit_refuses();
CREATE TRIGGER competence_is_never_emptied BEFORE TRUNCATE ON competence
FOR EACH STATEMENT EXECUTE FUNCTION audit_refuses();
";

const GONE: &str = "
DROP TABLE training_level;
DROP TABLE competence;
DROP TABLE framework_version;
DROP TABLE framework;
DROP TABLE competence_need;
";
