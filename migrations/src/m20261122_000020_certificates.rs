//! Certificates.

crate::ddl::step!([TABLES], GONE);

/// What was signed stands whole in `statement`, so that it can be checked for ever. Of one that was withdrawn only
/// its code is left, and whose it was.
const TABLES: &str = "
CREATE TABLE certificate_name (
    name TEXT NOT NULL CONSTRAINT certificate_name_taken PRIMARY KEY
) $strict;
INSERT INTO certificate_name (name) VALUES ('known_as'), ('full_name');

CREATE TABLE certificate (
    id           $id NOT NULL CONSTRAINT certificate_id_taken PRIMARY KEY,
    person_id    $id NOT NULL,
    course_id    $id NOT NULL,
    code         $exact NOT NULL CONSTRAINT certificate_code_taken UNIQUE,
    shows        TEXT NOT NULL CONSTRAINT certificate_shows_a_name REFERENCES certificate_name (name),
    statement    TEXT CONSTRAINT certificate_statement_fits CHECK (length(statement) <= 8000),
    made_at      $int NOT NULL,
    withdrawn_at $int,
    CONSTRAINT certificate_code_whole CHECK (length(code) = 19),
    CONSTRAINT certificate_withdrawn_says_nothing CHECK ((withdrawn_at IS NULL) = (statement IS NOT NULL)),
    CONSTRAINT certificate_of_a_finished_course FOREIGN KEY (person_id, course_id) REFERENCES course_finished (person_id, course_id)
) $strict;
CREATE UNIQUE INDEX certificate_one_current ON certificate (person_id, course_id) WHERE withdrawn_at IS NULL;

INSERT INTO audit_action (action) VALUES ('certificate_made'), ('certificate_renamed'), ('certificate_withdrawn');
";

const GONE: &str = "
DROP TABLE certificate;
DROP TABLE certificate_name;
";
