//! Policies: texts in editions that never change, and who accepted which.

crate::ddl::step!([WORDS, POLICIES] guarded by (SQLITE_GUARDS, POSTGRES_GUARDS), GONE);

const WORDS: &str = "
INSERT INTO requirement_rule (rule) VALUES ('read');
INSERT INTO audit_action (action) VALUES ('policy_written'), ('policy_changed'), ('policy_accepted')
ON CONFLICT DO NOTHING;
";

/// `text` is what was hashed, and what people accept. An edition points at the one before, so that none is left out and
/// none begins before it. A version of a requirement asks for an edition; several may ask for the same.
const POLICIES: &str = "
CREATE TABLE policy_edition (
    requirement_id $id NOT NULL CONSTRAINT policy_edition_of_one REFERENCES requirement (id),
    edition        $int NOT NULL CONSTRAINT policy_edition_counts_from_one CHECK (edition >= 1),
    from_on        $date NOT NULL,
    last_edition   $int,
    last_on        $date,
    title          TEXT NOT NULL CONSTRAINT policy_title_fits CHECK (length(title) BETWEEN 1 AND 80),
    words          TEXT CONSTRAINT policy_words_fit CHECK (length(words) BETWEEN 1 AND 20000),
    link           TEXT CONSTRAINT policy_link_is_one CHECK (link LIKE 'https://%' AND length(link) <= 500),
    changed        TEXT NOT NULL CONSTRAINT policy_changed_fits CHECK (length(changed) <= 300),
    text           TEXT NOT NULL,
    hash           TEXT NOT NULL CONSTRAINT policy_hash_is_one CHECK (length(hash) = 64),
    made_at        $int NOT NULL,
    CONSTRAINT policy_edition_taken PRIMARY KEY (requirement_id, edition),
    CONSTRAINT policy_edition_known_by_its_day UNIQUE (requirement_id, edition, from_on),
    CONSTRAINT policy_edition_known_by_its_text UNIQUE (requirement_id, edition, hash),
    CONSTRAINT policy_is_read_in_one_place CHECK ((words IS NULL) <> (link IS NULL)),
    CONSTRAINT policy_edition_follows_the_last CHECK (
        (edition = 1 AND last_edition IS NULL AND last_on IS NULL)
        OR (last_edition IS NOT NULL AND last_on IS NOT NULL AND last_edition = edition - 1)
    ),
    CONSTRAINT policy_edition_never_goes_back CHECK (last_on IS NULL OR from_on >= last_on),
    CONSTRAINT policy_says_what_changed CHECK (edition = 1 OR length(changed) >= 1),
    CONSTRAINT policy_edition_comes_after_one FOREIGN KEY (requirement_id, last_edition, last_on)
        REFERENCES policy_edition (requirement_id, edition, from_on)
) $strict;

CREATE TABLE policy_asked (
    requirement_id $id NOT NULL,
    number         $int NOT NULL,
    edition        $int NOT NULL,
    CONSTRAINT policy_asked_taken PRIMARY KEY (requirement_id, number),
    CONSTRAINT policy_asked_by_a_version FOREIGN KEY (requirement_id, number)
        REFERENCES requirement_version (requirement_id, number),
    CONSTRAINT policy_asked_of_an_edition FOREIGN KEY (requirement_id, edition)
        REFERENCES policy_edition (requirement_id, edition)
) $strict;

CREATE TABLE policy_acceptance (
    organisation_id $id NOT NULL,
    person_id       $id NOT NULL CONSTRAINT policy_acceptance_by_a_person REFERENCES person (id),
    requirement_id  $id NOT NULL,
    edition         $int NOT NULL,
    hash            TEXT NOT NULL,
    accepted_on     $date NOT NULL,
    accepted_at     $int NOT NULL,
    CONSTRAINT policy_accepted_once PRIMARY KEY (organisation_id, person_id, requirement_id, edition),
    CONSTRAINT policy_accepted_here FOREIGN KEY (requirement_id, organisation_id)
        REFERENCES requirement (id, organisation_id),
    CONSTRAINT policy_accepted_this_text FOREIGN KEY (requirement_id, edition, hash)
        REFERENCES policy_edition (requirement_id, edition, hash)
) $strict;
CREATE INDEX policy_acceptance_by_person ON policy_acceptance (person_id);
";

const SQLITE_GUARDS: &str = "
CREATE TRIGGER policy_edition_never_changes BEFORE UPDATE ON policy_edition
BEGIN SELECT RAISE(ABORT, 'policy_edition_never_changes'); END;

CREATE TRIGGER policy_edition_never_goes BEFORE DELETE ON policy_edition
BEGIN SELECT RAISE(ABORT, 'policy_edition_never_goes'); END;

CREATE TRIGGER policy_edition_is_not_replaced BEFORE INSERT ON policy_edition
WHEN EXISTS (SELECT 1 FROM policy_edition WHERE requirement_id = NEW.requirement_id AND edition = NEW.edition)
BEGIN SELECT RAISE(ABORT, 'policy_edition_is_not_replaced'); END;

CREATE TRIGGER policy_acceptance_never_changes BEFORE UPDATE ON policy_acceptance
BEGIN SELECT RAISE(ABORT, 'policy_acceptance_never_changes'); END;

CREATE TRIGGER policy_acceptance_never_goes BEFORE DELETE ON policy_acceptance
BEGIN SELECT RAISE(ABORT, 'policy_acceptance_never_goes'); END;

CREATE TRIGGER policy_acceptance_is_not_replaced BEFORE INSERT ON policy_acceptance
WHEN EXISTS (SELECT 1 FROM policy_acceptance WHERE organisation_id = NEW.organisation_id AND person_id = NEW.person_id
    AND requirement_id = NEW.requirement_id AND edition = NEW.edition)
BEGIN SELECT RAISE(ABORT, 'policy_accepted_once'); END;
";

/// `audit_refuses` came with the log and names the guard that refuses.
const POSTGRES_GUARDS: &str = "
CREATE TRIGGER policy_edition_never_changes BEFORE UPDATE OR DELETE ON policy_edition
FOR EACH ROW EXECUTE FUNCTION audit_refuses();
CREATE TRIGGER policy_edition_is_never_emptied BEFORE TRUNCATE ON policy_edition
FOR EACH STATEMENT EXECUTE FUNCTION audit_refuses();
CREATE TRIGGER policy_acceptance_never_changes BEFORE UPDATE OR DELETE ON policy_acceptance
FOR EACH ROW EXECUTE FUNCTION audit_refuses();
CREATE TRIGGER policy_acceptance_is_never_emptied BEFORE TRUNCATE ON policy_acceptance
FOR EACH STATEMENT EXECUTE FUNCTION audit_refuses();
";

const GONE: &str = "
DROP TABLE policy_acceptance;
DROP TABLE policy_asked;
DROP TABLE policy_edition;
DELETE FROM requirement_exemption WHERE requirement_id IN (SELECT requirement_id FROM requirement_version WHERE rule = 'read');
DELETE FROM requirement_asked_of WHERE requirement_id IN (SELECT requirement_id FROM requirement_version WHERE rule = 'read');
DELETE FROM requirement_version WHERE rule = 'read';
DELETE FROM requirement WHERE NOT EXISTS (SELECT 1 FROM requirement_version WHERE requirement_id = requirement.id);
DELETE FROM requirement_rule WHERE rule = 'read';
";
