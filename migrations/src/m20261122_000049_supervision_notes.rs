//! What is written about sessions: private to its author, or shared with those who were there.

crate::ddl::step!([NOTES] guarded by (SQLITE_GUARDS, POSTGRES_GUARDS) loosened by ("", POSTGRES_GONE), GONE);

/// Private words stand in a table of their own, which no question joins to any other.
const NOTES: &str = "
CREATE TABLE supervision_private (kind TEXT NOT NULL CONSTRAINT supervision_private_taken PRIMARY KEY) $strict;
INSERT INTO supervision_private (kind) VALUES ('own'), ('draft');

CREATE TABLE supervision_note (
    author_id  $id NOT NULL CONSTRAINT supervision_note_by_a_person REFERENCES person (id),
    session_id $id NOT NULL CONSTRAINT supervision_note_of_a_session REFERENCES supervision_session (id),
    kind       TEXT NOT NULL CONSTRAINT supervision_note_kind_known REFERENCES supervision_private (kind),
    text       TEXT NOT NULL CONSTRAINT supervision_note_fits CHECK (length(text) <= 20000),
    revision   $int NOT NULL CONSTRAINT supervision_note_counts_up CHECK (revision >= 1),
    changed_at $int NOT NULL,
    CONSTRAINT supervision_note_taken PRIMARY KEY (author_id, session_id, kind)
) $strict;

CREATE TABLE supervision_shared (
    session_id $id NOT NULL CONSTRAINT supervision_shared_of_a_session REFERENCES supervision_session (id),
    author_id  $id NOT NULL CONSTRAINT supervision_shared_by_a_person REFERENCES person (id),
    number     $int NOT NULL CONSTRAINT supervision_shared_counts_from_one CHECK (number >= 1),
    text       TEXT NOT NULL CONSTRAINT supervision_shared_fits CHECK (length(text) <= 4000),
    at         $int NOT NULL,
    CONSTRAINT supervision_shared_taken PRIMARY KEY (session_id, author_id, number)
) $strict;

CREATE TABLE supervision_opened (
    session_id $id NOT NULL,
    author_id  $id NOT NULL,
    number     $int NOT NULL,
    reader_id  $id NOT NULL CONSTRAINT supervision_opened_by_a_person REFERENCES person (id),
    day        $date NOT NULL,
    at         $int NOT NULL,
    CONSTRAINT supervision_opened_once_a_day PRIMARY KEY (session_id, author_id, number, reader_id, day),
    CONSTRAINT supervision_opened_what_is_shared FOREIGN KEY (session_id, author_id, number) REFERENCES supervision_shared (session_id, author_id, number),
    CONSTRAINT supervision_opened_by_somebody_else CHECK (reader_id <> author_id)
) $strict;

INSERT INTO audit_action (action) VALUES ('supervision_shared') ON CONFLICT DO NOTHING;
";

const SQLITE_GUARDS: &str = "
CREATE TRIGGER supervision_shared_by_somebody_there BEFORE INSERT ON supervision_shared
WHEN NOT EXISTS (
    SELECT 1 FROM supervision_session AS held JOIN supervision_arrangement AS at ON at.id = held.arrangement_id
    WHERE held.id = NEW.session_id AND at.supervisor_id = NEW.author_id
) AND NOT EXISTS (
    SELECT 1 FROM supervision_session AS held JOIN supervision_spell AS spell ON spell.arrangement_id = held.arrangement_id
    WHERE held.id = NEW.session_id AND spell.person_id = NEW.author_id
    AND spell.from_on <= held.day AND (spell.to_on IS NULL OR spell.to_on >= held.day)
)
BEGIN SELECT RAISE(ABORT, 'supervision_shared_by_somebody_there'); END;

CREATE TRIGGER supervision_shared_follows_the_last BEFORE INSERT ON supervision_shared
WHEN NEW.number > 1 AND NOT EXISTS (
    SELECT 1 FROM supervision_shared WHERE session_id = NEW.session_id AND author_id = NEW.author_id AND number = NEW.number - 1
)
BEGIN SELECT RAISE(ABORT, 'supervision_shared_follows_the_last'); END;

CREATE TRIGGER supervision_shared_never_changes BEFORE UPDATE ON supervision_shared
BEGIN SELECT RAISE(ABORT, 'supervision_shared_never_changes'); END;

CREATE TRIGGER supervision_shared_never_goes BEFORE DELETE ON supervision_shared
BEGIN SELECT RAISE(ABORT, 'supervision_shared_never_goes'); END;

CREATE TRIGGER supervision_opened_never_changes BEFORE UPDATE ON supervision_opened
BEGIN SELECT RAISE(ABORT, 'supervision_opened_never_changes'); END;

CREATE TRIGGER supervision_opened_never_goes BEFORE DELETE ON supervision_opened
BEGIN SELECT RAISE(ABORT, 'supervision_opened_never_goes'); END;
";

const POSTGRES_GUARDS: &str = "
CREATE FUNCTION supervision_shared_by_somebody_there() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
    IF NOT EXISTS (SELECT 1 FROM supervision_session AS held JOIN supervision_arrangement AS whose ON whose.id = held.arrangement_id
            WHERE held.id = NEW.session_id AND whose.supervisor_id = NEW.author_id)
        AND NOT EXISTS (SELECT 1 FROM supervision_session AS held JOIN supervision_spell AS spell ON spell.arrangement_id = held.arrangement_id
            WHERE held.id = NEW.session_id AND spell.person_id = NEW.author_id
            AND spell.from_on <= held.day AND (spell.to_on IS NULL OR spell.to_on >= held.day))
    THEN RAISE EXCEPTION '%', TG_NAME USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$;
CREATE TRIGGER supervision_shared_by_somebody_there BEFORE INSERT ON supervision_shared
FOR EACH ROW EXECUTE FUNCTION supervision_shared_by_somebody_there();

CREATE FUNCTION supervision_shared_follows_the_last() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
    IF NEW.number > 1 AND NOT EXISTS (SELECT 1 FROM supervision_shared AS before
        WHERE before.session_id = NEW.session_id AND before.author_id = NEW.author_id AND before.number = NEW.number - 1)
    THEN RAISE EXCEPTION '%', TG_NAME USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$;
CREATE TRIGGER supervision_shared_follows_the_last BEFORE INSERT ON supervision_shared
FOR EACH ROW EXECUTE FUNCTION supervision_shared_follows_the_last();

CREATE TRIGGER supervision_shared_never_changes BEFORE UPDATE OR DELETE ON supervision_shared
FOR EACH ROW EXECUTE FUNCTION audit_refuses();
CREATE TRIGGER supervision_shared_is_never_emptied BEFORE TRUNCATE ON supervision_shared
FOR EACH STATEMENT EXECUTE FUNCTION audit_refuses();
CREATE TRIGGER supervision_opened_never_changes BEFORE UPDATE OR DELETE ON supervision_opened
FOR EACH ROW EXECUTE FUNCTION audit_refuses();
CREATE TRIGGER supervision_opened_is_never_emptied BEFORE TRUNCATE ON supervision_opened
FOR EACH STATEMENT EXECUTE FUNCTION audit_refuses();
";

const POSTGRES_GONE: &str = "
DROP FUNCTION supervision_shared_by_somebody_there CASCADE;
DROP FUNCTION supervision_shared_follows_the_last CASCADE;
";

const GONE: &str = "
DROP TABLE supervision_opened;
DROP TABLE supervision_shared;
DROP TABLE supervision_note;
DROP TABLE supervision_private;
";
