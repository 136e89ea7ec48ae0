//! Whether those who were there agree with what is written down of a session.

crate::ddl::step!([STANDS] guarded by (SQLITE_GUARDS, POSTGRES_GUARDS) loosened by ("", POSTGRES_GONE), GONE);

const STANDS: &str = "
CREATE TABLE supervision_standing (stand TEXT NOT NULL CONSTRAINT supervision_standing_taken PRIMARY KEY) $strict;
INSERT INTO supervision_standing (stand) VALUES ('agreed'), ('disagreed');

CREATE TABLE supervision_stand (
    session_id $id NOT NULL,
    number     $int NOT NULL,
    person_id  $id NOT NULL CONSTRAINT supervision_stand_of_a_person REFERENCES person (id),
    stand      TEXT NOT NULL CONSTRAINT supervision_stand_known REFERENCES supervision_standing (stand),
    comment    TEXT NOT NULL CONSTRAINT supervision_stand_comment_fits CHECK (length(comment) <= 600),
    at         $int NOT NULL,
    CONSTRAINT supervision_stand_once PRIMARY KEY (session_id, number, person_id),
    CONSTRAINT supervision_stand_on_a_version FOREIGN KEY (session_id, number) REFERENCES supervision_fact (session_id, number),
    CONSTRAINT supervision_stand_says_how_it_was CHECK (stand = 'agreed' OR length(comment) >= 1)
) $strict;

INSERT INTO audit_action (action) VALUES ('supervision_stood') ON CONFLICT DO NOTHING;
";

const SQLITE_GUARDS: &str = "
CREATE TRIGGER supervision_stand_by_somebody_else BEFORE INSERT ON supervision_stand
WHEN EXISTS (SELECT 1 FROM supervision_fact WHERE session_id = NEW.session_id AND number = NEW.number AND by_id = NEW.person_id)
BEGIN SELECT RAISE(ABORT, 'supervision_stand_by_somebody_else'); END;

CREATE TRIGGER supervision_stand_by_somebody_there BEFORE INSERT ON supervision_stand
WHEN NOT EXISTS (
    SELECT 1 FROM supervision_presence WHERE session_id = NEW.session_id AND number = NEW.number AND person_id = NEW.person_id
) AND NOT EXISTS (
    SELECT 1 FROM supervision_session AS held JOIN supervision_arrangement AS whose ON whose.id = held.arrangement_id
    WHERE held.id = NEW.session_id AND whose.supervisor_id = NEW.person_id
)
BEGIN SELECT RAISE(ABORT, 'supervision_stand_by_somebody_there'); END;

CREATE TRIGGER supervision_stand_never_changes BEFORE UPDATE ON supervision_stand
BEGIN SELECT RAISE(ABORT, 'supervision_stand_never_changes'); END;

CREATE TRIGGER supervision_stand_never_goes BEFORE DELETE ON supervision_stand
BEGIN SELECT RAISE(ABORT, 'supervision_stand_never_goes'); END;
";

const POSTGRES_GUARDS: &str = "
CREATE FUNCTION supervision_stand_by_somebody_else() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
    IF EXISTS (SELECT 1 FROM supervision_fact AS fact
        WHERE fact.session_id = NEW.session_id AND fact.number = NEW.number AND fact.by_id = NEW.person_id)
    THEN RAISE EXCEPTION '%', TG_NAME USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$;
CREATE TRIGGER supervision_stand_by_somebody_else BEFORE INSERT ON supervision_stand
FOR EACH ROW EXECUTE FUNCTION supervision_stand_by_somebody_else();

CREATE FUNCTION supervision_stand_by_somebody_there() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
    IF NOT EXISTS (SELECT 1 FROM supervision_presence AS presence
            WHERE presence.session_id = NEW.session_id AND presence.number = NEW.number AND presence.person_id = NEW.person_id)
        AND NOT EXISTS (SELECT 1 FROM supervision_session AS held JOIN supervision_arrangement AS whose ON whose.id = held.arrangement_id
            WHERE held.id = NEW.session_id AND whose.supervisor_id = NEW.person_id)
    THEN RAISE EXCEPTION '%', TG_NAME USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$;
CREATE TRIGGER supervision_stand_by_somebody_there BEFORE INSERT ON supervision_stand
FOR EACH ROW EXECUTE FUNCTION supervision_stand_by_somebody_there();

CREATE TRIGGER supervision_stand_never_changes BEFORE UPDATE OR DELETE ON supervision_stand
FOR EACH ROW EXECUTE FUNCTION audit_refuses();
CREATE TRIGGER supervision_stand_is_never_emptied BEFORE TRUNCATE ON supervision_stand
FOR EACH STATEMENT EXECUTE FUNCTION audit_refuses();
";

const POSTGRES_GONE: &str = "
DROP FUNCTION supervision_stand_by_somebody_else CASCADE;
DROP FUNCTION supervision_stand_by_somebody_there CASCADE;
";

const GONE: &str = "
DROP TABLE supervision_stand;
DROP TABLE supervision_standing;
";
