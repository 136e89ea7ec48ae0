//! Sessions that lie ahead: planned, moved, called off, and in the end written down.

crate::ddl::step!([PLAN] guarded by (SQLITE_GUARDS, POSTGRES_GUARDS) loosened by (SQLITE_GONE, POSTGRES_GONE), GONE);

const PLAN: &str = "
CREATE TABLE supervision_off (off TEXT NOT NULL CONSTRAINT supervision_off_taken PRIMARY KEY) $strict;
INSERT INTO supervision_off (off) VALUES ('supervisor'), ('supervisee'), ('service'), ('off_shift'), ('not_heard');

CREATE TABLE supervision_why (why TEXT NOT NULL CONSTRAINT supervision_why_taken PRIMARY KEY) $strict;
INSERT INTO supervision_why (why) VALUES ('unable'), ('clash'), ('place'), ('not_needed');

CREATE TABLE supervision_planned (
    id             $id NOT NULL CONSTRAINT supervision_planned_id_taken PRIMARY KEY,
    arrangement_id $id NOT NULL CONSTRAINT supervision_planned_in_an_arrangement REFERENCES supervision_arrangement (id),
    plan_id        $id NOT NULL,
    number         $int NOT NULL CONSTRAINT supervision_planned_counts_up CHECK (number >= 1),
    day            $date NOT NULL,
    time           $int NOT NULL CONSTRAINT supervision_planned_on_the_clock CHECK (time BETWEEN 0 AND 1439),
    starts         $int NOT NULL,
    first_starts   $int NOT NULL,
    minutes        $int NOT NULL CONSTRAINT supervision_planned_minutes_fit CHECK (minutes BETWEEN 5 AND 720),
    place          TEXT NOT NULL CONSTRAINT supervision_planned_place_fits CHECK (length(place) <= 200),
    made_by        $id NOT NULL CONSTRAINT supervision_planned_by_a_person REFERENCES person (id),
    made_at        $int NOT NULL,
    changed_at     $int NOT NULL,
    off            TEXT CONSTRAINT supervision_planned_off_known REFERENCES supervision_off (off),
    why            TEXT CONSTRAINT supervision_planned_why_known REFERENCES supervision_why (why),
    off_by         $id CONSTRAINT supervision_planned_off_by_a_person REFERENCES person (id),
    session_id     $id CONSTRAINT supervision_planned_held_once UNIQUE,
    CONSTRAINT supervision_planned_held_there FOREIGN KEY (session_id, arrangement_id) REFERENCES supervision_session (id, arrangement_id),
    CONSTRAINT supervision_planned_held_or_off CHECK (session_id IS NULL OR off IS NULL),
    CONSTRAINT supervision_planned_off_by_somebody CHECK ((off IS NULL) = (off_by IS NULL)),
    CONSTRAINT supervision_planned_why_in_a_word CHECK (why IS NULL OR off IN ('supervisor', 'supervisee', 'service'))
) $strict;
CREATE UNIQUE INDEX supervision_planned_once ON supervision_planned (arrangement_id, starts)
    WHERE off IS NULL AND session_id IS NULL;
CREATE INDEX supervision_planned_by_day ON supervision_planned (arrangement_id, day);
CREATE INDEX supervision_planned_by_plan ON supervision_planned (plan_id);

INSERT INTO audit_action (action) VALUES
    ('supervision_planned'), ('supervision_moved'), ('supervision_called_off') ON CONFLICT DO NOTHING;
";

const SQLITE_GUARDS: &str = "
CREATE TRIGGER supervision_planned_is_settled_once BEFORE UPDATE ON supervision_planned
WHEN OLD.off IS NOT NULL OR OLD.session_id IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'supervision_planned_is_settled_once'); END;

CREATE TRIGGER supervision_planned_only_moves
BEFORE UPDATE OF id, arrangement_id, plan_id, first_starts, made_by, made_at ON supervision_planned
BEGIN SELECT RAISE(ABORT, 'supervision_planned_only_moves'); END;

CREATE TRIGGER supervision_arrangement_leaves_nothing_planned BEFORE UPDATE OF ended_on ON supervision_arrangement
WHEN NEW.ended_on IS NOT NULL AND EXISTS (
    SELECT 1 FROM supervision_planned WHERE arrangement_id = NEW.id AND day > NEW.ended_on AND off IS NULL AND session_id IS NULL
)
BEGIN SELECT RAISE(ABORT, 'supervision_arrangement_leaves_nothing_planned'); END;

CREATE TRIGGER supervision_planned_never_goes BEFORE DELETE ON supervision_planned
BEGIN SELECT RAISE(ABORT, 'supervision_planned_never_goes'); END;
";

const POSTGRES_GUARDS: &str = "
CREATE FUNCTION supervision_planned_is_settled_once() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
    IF OLD.off IS NOT NULL OR OLD.session_id IS NOT NULL
    THEN RAISE EXCEPTION '%', TG_NAME USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$;
CREATE TRIGGER supervision_planned_is_settled_once BEFORE UPDATE ON supervision_planned
FOR EACH ROW EXECUTE FUNCTION supervision_planned_is_settled_once();

CREATE FUNCTION supervision_arrangement_leaves_nothing_planned() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
    IF NEW.ended_on IS NOT NULL AND EXISTS (SELECT 1 FROM supervision_planned AS planned
        WHERE planned.arrangement_id = NEW.id AND planned.day > NEW.ended_on AND planned.off IS NULL AND planned.session_id IS NULL)
    THEN RAISE EXCEPTION '%', TG_NAME USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$;
CREATE TRIGGER supervision_arrangement_leaves_nothing_planned BEFORE UPDATE OF ended_on ON supervision_arrangement
FOR EACH ROW EXECUTE FUNCTION supervision_arrangement_leaves_nothing_planned();

CREATE TRIGGER supervision_planned_only_moves
BEFORE UPDATE OF id, arrangement_id, plan_id, first_starts, made_by, made_at ON supervision_planned
FOR EACH ROW EXECUTE FUNCTION audit_refuses();
CREATE TRIGGER supervision_planned_never_goes BEFORE DELETE ON supervision_planned
FOR EACH ROW EXECUTE FUNCTION audit_refuses();
CREATE TRIGGER supervision_planned_is_never_emptied BEFORE TRUNCATE ON supervision_planned
FOR EACH STATEMENT EXECUTE FUNCTION audit_refuses();
";

const SQLITE_GONE: &str = "
DROP TRIGGER supervision_arrangement_leaves_nothing_planned;
";

const POSTGRES_GONE: &str = "
DROP FUNCTION supervision_planned_is_settled_once CASCADE;
DROP FUNCTION supervision_arrangement_leaves_nothing_planned CASCADE;
";

const GONE: &str = "
DROP TABLE supervision_planned;
DROP TABLE supervision_why;
DROP TABLE supervision_off;
";
