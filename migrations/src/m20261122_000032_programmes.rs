//! Programmes, each in versions that never change.

crate::ddl::step!([TABLES], GONE);

const TABLES: &str = "
CREATE TABLE programme (
    id      $id NOT NULL CONSTRAINT programme_id_taken PRIMARY KEY,
    slug    TEXT NOT NULL CONSTRAINT programme_slug_taken UNIQUE,
    current $int NOT NULL
) $strict;

CREATE TABLE programme_version (
    programme_id $id NOT NULL CONSTRAINT programme_version_of_a_programme REFERENCES programme (id),
    number       $int NOT NULL CONSTRAINT programme_version_counts_from_one CHECK (number >= 1),
    digest       $bytes NOT NULL CONSTRAINT programme_version_digest_is_one CHECK (length(digest) = 32),
    outline      TEXT NOT NULL,
    published_at $int NOT NULL,
    CONSTRAINT programme_version_taken PRIMARY KEY (programme_id, number)
) $strict;

CREATE TABLE programme_page_kind (kind TEXT NOT NULL CONSTRAINT programme_page_kind_taken PRIMARY KEY) $strict;
INSERT INTO programme_page_kind (kind) VALUES ('session'), ('handout');

CREATE TABLE programme_page (
    programme_id $id NOT NULL,
    number       $int NOT NULL,
    kind         TEXT NOT NULL CONSTRAINT programme_page_kind_known REFERENCES programme_page_kind (kind),
    position     $int NOT NULL CONSTRAINT programme_page_counts_from_one CHECK (position >= 1),
    slug         TEXT NOT NULL,
    source       TEXT NOT NULL CONSTRAINT programme_page_fits CHECK (length(source) <= 40000),
    CONSTRAINT programme_page_slug_taken PRIMARY KEY (programme_id, number, kind, slug),
    CONSTRAINT programme_page_position_taken UNIQUE (programme_id, number, kind, position),
    CONSTRAINT programme_page_of_a_version FOREIGN KEY (programme_id, number)
        REFERENCES programme_version (programme_id, number)
) $strict;

INSERT INTO audit_action (action) VALUES ('programme_published') ON CONFLICT DO NOTHING;
";

const GONE: &str = "
DROP TABLE programme_page;
DROP TABLE programme_page_kind;
DROP TABLE programme_version;
DROP TABLE programme;
";
