//! Asking somebody for a talk, because something came up.

crate::ddl::step!([DEBRIEF] guarded by (SQLITE_GUARDS, POSTGRES_GUARDS) loosened by ("", POSTGRES_GONE), GONE);

const DEBRIEF: &str = "
CREATE TABLE debrief_soon (soon TEXT NOT NULL CONSTRAINT debrief_soon_taken PRIMARY KEY) $strict;
INSERT INTO debrief_soon (soon) VALUES ('today'), ('this_week'), ('when_it_suits');

CREATE TABLE debrief_became (became TEXT NOT NULL CONSTRAINT debrief_became_taken PRIMARY KEY) $strict;
INSERT INTO debrief_became (became) VALUES ('talked'), ('arranged'), ('not_needed');

CREATE TABLE debrief (
    id              $id NOT NULL CONSTRAINT debrief_id_taken PRIMARY KEY,
    organisation_id $id NOT NULL CONSTRAINT debrief_in_an_organisation REFERENCES organisation (id),
    person_id       $id NOT NULL CONSTRAINT debrief_by_a_person REFERENCES person (id),
    of_id           $id NOT NULL CONSTRAINT debrief_of_a_person REFERENCES person (id),
    soon            TEXT NOT NULL CONSTRAINT debrief_soon_known REFERENCES debrief_soon (soon),
    at              $int NOT NULL,
    became          TEXT CONSTRAINT debrief_became_known REFERENCES debrief_became (became),
    answered_by     $id CONSTRAINT debrief_answered_by_a_person REFERENCES person (id),
    answered_at     $int,
    CONSTRAINT debrief_of_somebody_else CHECK (person_id <> of_id),
    CONSTRAINT debrief_answered_by_one_of_the_two CHECK (answered_by IS NULL OR answered_by IN (person_id, of_id)),
    CONSTRAINT debrief_answered_whole CHECK ((became IS NULL) = (answered_by IS NULL) AND (became IS NULL) = (answered_at IS NULL))
) $strict;
CREATE UNIQUE INDEX debrief_once_at_a_time ON debrief (person_id, of_id, organisation_id) WHERE became IS NULL;
CREATE INDEX debrief_waiting ON debrief (of_id) WHERE became IS NULL;

INSERT INTO audit_action (action) VALUES ('debrief_asked'), ('debrief_answered') ON CONFLICT DO NOTHING;
";

const SQLITE_GUARDS: &str = "
CREATE TRIGGER debrief_is_answered_once BEFORE UPDATE ON debrief WHEN OLD.became IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'debrief_is_answered_once'); END;
";

const POSTGRES_GUARDS: &str = "
CREATE FUNCTION debrief_is_answered_once() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
    IF OLD.became IS NOT NULL
    THEN RAISE EXCEPTION '%', TG_NAME USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$;
CREATE TRIGGER debrief_is_answered_once BEFORE UPDATE ON debrief
FOR EACH ROW EXECUTE FUNCTION debrief_is_answered_once();
";

const POSTGRES_GONE: &str = "
DROP FUNCTION debrief_is_answered_once CASCADE;
";

const GONE: &str = "
DROP TABLE debrief;
DROP TABLE debrief_became;
DROP TABLE debrief_soon;
";
