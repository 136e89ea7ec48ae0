//! What organisations call what people are to them, and what is written down about organisations.

crate::ddl::step!([TABLES], GONE);

const TABLES: &str = "
CREATE TABLE engagement_label (
    organisation_id $id NOT NULL CONSTRAINT engagement_label_of_an_organisation REFERENCES organisation (id),
    kind            TEXT NOT NULL CONSTRAINT engagement_label_kind_known REFERENCES engagement_kind (kind),
    label           TEXT NOT NULL CONSTRAINT engagement_label_fits CHECK (length(label) BETWEEN 1 AND 40),
    CONSTRAINT engagement_label_taken PRIMARY KEY (organisation_id, kind),
    CONSTRAINT engagement_label_tells_apart UNIQUE (organisation_id, label)
) $strict;
CREATE UNIQUE INDEX organisation_name_taken ON organisation (lower(name));

INSERT INTO audit_action (action) VALUES
    ('organisation_added'), ('organisation_changed'), ('second_factor_asked'), ('second_factor_not_asked'),
    ('job_retried'), ('job_dropped')
ON CONFLICT DO NOTHING;
";

const GONE: &str = "
DROP INDEX organisation_name_taken;
DROP TABLE engagement_label;
";
