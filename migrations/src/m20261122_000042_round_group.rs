//! The group into which people of a round come.

crate::ddl::step!([GROUP], GONE);

/// Both are of one organisation: it stands beside them, and both point at it.
const GROUP: &str = "
CREATE UNIQUE INDEX cohort_in_organisation ON cohort (id, organisation_id);
CREATE UNIQUE INDEX training_round_in_organisation ON training_round (id, organisation_id);

CREATE TABLE round_group (
    round_id        $id NOT NULL CONSTRAINT round_group_taken PRIMARY KEY,
    cohort_id       $id NOT NULL,
    organisation_id $id NOT NULL,
    CONSTRAINT round_group_of_a_round FOREIGN KEY (round_id, organisation_id) REFERENCES training_round (id, organisation_id),
    CONSTRAINT round_group_within_one_organisation FOREIGN KEY (cohort_id, organisation_id) REFERENCES cohort (id, organisation_id)
) $strict;
CREATE INDEX round_group_by_cohort ON round_group (cohort_id);

INSERT INTO audit_action (action) VALUES ('round_group_chosen'), ('training_begun') ON CONFLICT DO NOTHING;
";

const GONE: &str = "
DROP TABLE round_group;
DROP INDEX training_round_in_organisation;
DROP INDEX cohort_in_organisation;
";
