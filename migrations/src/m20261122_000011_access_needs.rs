//! What people need so that they can take part, and with whom they share it.

crate::ddl::step!([TABLES], GONE);

/// The index serves those who read: everybody who shares with one group at one organisation.
const TABLES: &str = "
CREATE TABLE access_needs_reader (reader TEXT NOT NULL CONSTRAINT access_needs_reader_taken PRIMARY KEY) $strict;
INSERT INTO access_needs_reader (reader) VALUES ('tutors'), ('coordinators'), ('alongside');

CREATE TABLE access_needs (
    person_id  $id NOT NULL CONSTRAINT access_needs_of_a_person_taken PRIMARY KEY
               CONSTRAINT access_needs_of_a_person REFERENCES person (id),
    needs      TEXT NOT NULL CONSTRAINT access_needs_say_something CHECK (length(needs) BETWEEN 1 AND 1000),
    changed_at $int NOT NULL
) $strict;

CREATE TABLE access_needs_share (
    person_id       $id NOT NULL CONSTRAINT access_needs_share_of_needs REFERENCES access_needs (person_id),
    organisation_id $id NOT NULL CONSTRAINT access_needs_share_at_an_organisation REFERENCES organisation (id),
    reader          TEXT NOT NULL CONSTRAINT access_needs_share_reader_known REFERENCES access_needs_reader (reader),
    CONSTRAINT access_needs_share_taken PRIMARY KEY (person_id, organisation_id, reader)
) $strict;
CREATE INDEX access_needs_share_read ON access_needs_share (organisation_id, reader, person_id);

INSERT INTO audit_action (action) VALUES ('access_needs_changed'), ('access_needs_read')
ON CONFLICT DO NOTHING;
";

const GONE: &str = "
DROP TABLE access_needs_share;
DROP TABLE access_needs;
DROP TABLE access_needs_reader;
";
