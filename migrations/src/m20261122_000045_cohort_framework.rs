//! The framework of competences that a group works with.

crate::ddl::step!([FRAMEWORK], GONE);

/// Both are of one organisation: it stands beside them, and both point at it.
const FRAMEWORK: &str = "
CREATE UNIQUE INDEX framework_in_organisation ON framework (id, organisation_id);

CREATE TABLE cohort_framework (
    cohort_id       $id NOT NULL CONSTRAINT cohort_framework_taken PRIMARY KEY,
    framework_id    $id NOT NULL,
    organisation_id $id NOT NULL,
    CONSTRAINT cohort_framework_of_a_cohort FOREIGN KEY (cohort_id, organisation_id) REFERENCES cohort (id, organisation_id),
    CONSTRAINT cohort_framework_within_one_organisation FOREIGN KEY (framework_id, organisation_id) REFERENCES framework (id, organisation_id)
) $strict;
CREATE INDEX cohort_framework_by_framework ON cohort_framework (framework_id);

INSERT INTO audit_action (action) VALUES ('cohort_framework_chosen') ON CONFLICT DO NOTHING;
";

const GONE: &str = "
DROP TABLE cohort_framework;
DROP INDEX framework_in_organisation;
";
