//! How people like to be reached, as they say it themselves.

crate::ddl::step!([TABLES], GONE);

const TABLES: &str = "
CREATE TABLE reach_way (way TEXT NOT NULL CONSTRAINT reach_way_taken PRIMARY KEY) $strict;
INSERT INTO reach_way (way) VALUES ('email'), ('phone'), ('text');

CREATE TABLE reach (
    person_id $id NOT NULL CONSTRAINT reach_of_a_person_taken PRIMARY KEY CONSTRAINT reach_of_a_person REFERENCES person (id),
    way       TEXT NOT NULL CONSTRAINT reach_way_known REFERENCES reach_way (way),
    phone     TEXT NOT NULL CONSTRAINT reach_phone_fits CHECK (length(phone) <= 30),
    note      TEXT NOT NULL CONSTRAINT reach_note_fits CHECK (length(note) <= 200)
) $strict;

INSERT INTO audit_action (action) VALUES ('about_me_changed'), ('away_changed'), ('not_with_changed')
ON CONFLICT DO NOTHING;
";

const GONE: &str = "
DROP TABLE reach;
DROP TABLE reach_way;
";
