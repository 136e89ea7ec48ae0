//! Checks before somebody starts: what a role asks for and why it may, and of each check only what follows from it.
//! There is no column for anything that stands in a certificate.

crate::ddl::step!([WORDS, ROLES, CHECKS], GONE);

const WORDS: &str = "
CREATE TABLE vetting_level (level TEXT NOT NULL CONSTRAINT vetting_level_taken PRIMARY KEY) $strict;
INSERT INTO vetting_level (level) VALUES ('basic'), ('standard'), ('enhanced');

CREATE TABLE vetting_workforce (workforce TEXT NOT NULL CONSTRAINT vetting_workforce_taken PRIMARY KEY) $strict;
INSERT INTO vetting_workforce (workforce) VALUES ('adult'), ('child'), ('adult_and_child'), ('other');

CREATE TABLE vetting_outcome (outcome TEXT NOT NULL CONSTRAINT vetting_outcome_taken PRIMARY KEY) $strict;
INSERT INTO vetting_outcome (outcome) VALUES ('may_start'), ('conditions'), ('may_not');

INSERT INTO audit_action (action) VALUES
    ('vetting_role_settled'), ('vetting_read'), ('vetting_noted'), ('vetting_excepted')
ON CONFLICT DO NOTHING;
";

/// A role without a level asks for no check.
const ROLES: &str = "
CREATE TABLE vetting_role (
    organisation_id $id NOT NULL CONSTRAINT vetting_role_of_an_organisation REFERENCES organisation (id),
    kind            TEXT NOT NULL CONSTRAINT vetting_role_known REFERENCES engagement_kind (kind),
    revision        $int NOT NULL CONSTRAINT vetting_role_counts_up CHECK (revision >= 1),
    level           TEXT CONSTRAINT vetting_role_level_known REFERENCES vetting_level (level),
    workforce       TEXT CONSTRAINT vetting_role_workforce_known REFERENCES vetting_workforce (workforce),
    barred_list     $bool NOT NULL,
    reason          TEXT NOT NULL CONSTRAINT vetting_role_reason_fits CHECK (length(reason) <= 200),
    repeat_months   $int CONSTRAINT vetting_role_repeat_is_a_few CHECK (repeat_months BETWEEN 1 AND 120),
    CONSTRAINT vetting_role_taken PRIMARY KEY (organisation_id, kind),
    CONSTRAINT vetting_role_says_why CHECK ((level IS NULL) = (reason = '')),
    CONSTRAINT vetting_role_has_its_workforce CHECK ((level IS NULL OR level = 'basic') = (workforce IS NULL)),
    CONSTRAINT vetting_role_barred_list_is_enhanced CHECK (NOT barred_list OR (level IS NOT NULL AND level = 'enhanced'))
) $strict;
";

const CHECKS: &str = "
CREATE TABLE vetting_check (
    id              $id NOT NULL CONSTRAINT vetting_check_id_taken PRIMARY KEY,
    organisation_id $id NOT NULL CONSTRAINT vetting_check_for_an_organisation REFERENCES organisation (id),
    person_id       $id NOT NULL CONSTRAINT vetting_check_of_a_person REFERENCES person (id),
    level           TEXT NOT NULL CONSTRAINT vetting_check_level_known REFERENCES vetting_level (level),
    workforce       TEXT CONSTRAINT vetting_check_workforce_known REFERENCES vetting_workforce (workforce),
    barred_list     $bool NOT NULL,
    issued_on       $date NOT NULL,
    updated_on      $date,
    outcome         TEXT NOT NULL CONSTRAINT vetting_check_outcome_known REFERENCES vetting_outcome (outcome),
    by_person       $id NOT NULL CONSTRAINT vetting_check_by_a_person REFERENCES person (id),
    made_at         $int NOT NULL,
    CONSTRAINT vetting_check_by_somebody_else CHECK (by_person <> person_id),
    CONSTRAINT vetting_check_has_its_workforce CHECK ((level = 'basic') = (workforce IS NULL)),
    CONSTRAINT vetting_check_barred_list_is_enhanced CHECK (NOT barred_list OR level = 'enhanced'),
    CONSTRAINT vetting_check_updated_after CHECK (updated_on IS NULL OR updated_on >= issued_on)
) $strict;
CREATE INDEX vetting_check_by_person ON vetting_check (organisation_id, person_id, id);

CREATE TABLE vetting_exception (
    id              $id NOT NULL CONSTRAINT vetting_exception_id_taken PRIMARY KEY,
    organisation_id $id NOT NULL CONSTRAINT vetting_exception_at_an_organisation REFERENCES organisation (id),
    person_id       $id NOT NULL CONSTRAINT vetting_exception_for_a_person REFERENCES person (id),
    kind            TEXT NOT NULL CONSTRAINT vetting_exception_kind_known REFERENCES engagement_kind (kind),
    guide_id        $id NOT NULL CONSTRAINT vetting_exception_with_a_person REFERENCES person (id),
    duties          TEXT NOT NULL CONSTRAINT vetting_exception_duties_fit CHECK (length(duties) BETWEEN 1 AND 200),
    from_on         $date NOT NULL,
    until_on        $date NOT NULL,
    by_person       $id NOT NULL CONSTRAINT vetting_exception_by_a_person REFERENCES person (id),
    made_at         $int NOT NULL,
    CONSTRAINT vetting_exception_by_somebody_else CHECK (by_person <> person_id),
    CONSTRAINT vetting_exception_with_somebody_else CHECK (guide_id <> person_id),
    CONSTRAINT vetting_exception_ends CHECK (until_on >= from_on)
) $strict;
CREATE INDEX vetting_exception_by_person ON vetting_exception (organisation_id, person_id, id);
";

const GONE: &str = "
DROP TABLE vetting_exception;
DROP TABLE vetting_check;
DROP TABLE vetting_role;
DROP TABLE vetting_outcome;
DROP TABLE vetting_workforce;
DROP TABLE vetting_level;
";
