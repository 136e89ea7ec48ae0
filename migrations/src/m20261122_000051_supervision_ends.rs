//! Pairs and groups end, once, and not before the last session that is written down.

crate::ddl::step!([WORDS] guarded by (SQLITE_GUARDS, POSTGRES_GUARDS) loosened by (SQLITE_GONE, POSTGRES_GONE), GONE);

const WORDS: &str = "
INSERT INTO audit_action (action) VALUES ('supervision_ended') ON CONFLICT DO NOTHING;
";

const SQLITE_GUARDS: &str = "
CREATE TRIGGER supervision_arrangement_only_ends
BEFORE UPDATE OF id, organisation_id, strand, supervisor_id, comes_from_id, supervisee_id, group_name, from_on, made_at ON supervision_arrangement
BEGIN SELECT RAISE(ABORT, 'supervision_arrangement_only_ends'); END;

CREATE TRIGGER supervision_arrangement_ends_once BEFORE UPDATE OF ended_on ON supervision_arrangement
WHEN OLD.ended_on IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'supervision_arrangement_ends_once'); END;

CREATE TRIGGER supervision_arrangement_keeps_its_sessions BEFORE UPDATE OF ended_on ON supervision_arrangement
WHEN NEW.ended_on IS NOT NULL AND EXISTS (SELECT 1 FROM supervision_session WHERE arrangement_id = NEW.id AND day > NEW.ended_on)
BEGIN SELECT RAISE(ABORT, 'supervision_arrangement_keeps_its_sessions'); END;

CREATE TRIGGER supervision_arrangement_never_goes BEFORE DELETE ON supervision_arrangement
BEGIN SELECT RAISE(ABORT, 'supervision_arrangement_never_goes'); END;
";

const POSTGRES_GUARDS: &str = "
CREATE FUNCTION supervision_arrangement_ends_once() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
    IF OLD.ended_on IS NOT NULL
    THEN RAISE EXCEPTION '%', TG_NAME USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$;
CREATE TRIGGER supervision_arrangement_ends_once BEFORE UPDATE OF ended_on ON supervision_arrangement
FOR EACH ROW EXECUTE FUNCTION supervision_arrangement_ends_once();

CREATE FUNCTION supervision_arrangement_keeps_its_sessions() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
    IF NEW.ended_on IS NOT NULL AND EXISTS (SELECT 1 FROM supervision_session AS held
        WHERE held.arrangement_id = NEW.id AND held.day > NEW.ended_on)
    THEN RAISE EXCEPTION '%', TG_NAME USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$;
CREATE TRIGGER supervision_arrangement_keeps_its_sessions BEFORE UPDATE OF ended_on ON supervision_arrangement
FOR EACH ROW EXECUTE FUNCTION supervision_arrangement_keeps_its_sessions();

CREATE TRIGGER supervision_arrangement_only_ends
BEFORE UPDATE OF id, organisation_id, strand, supervisor_id, comes_from_id, supervisee_id, group_name, from_on, made_at ON supervision_arrangement
FOR EACH ROW EXECUTE FUNCTION audit_refuses();
CREATE TRIGGER supervision_arrangement_never_goes BEFORE DELETE ON supervision_arrangement
FOR EACH ROW EXECUTE FUNCTION audit_refuses();
";

const SQLITE_GONE: &str = "
DROP TRIGGER supervision_arrangement_only_ends;
DROP TRIGGER supervision_arrangement_ends_once;
DROP TRIGGER supervision_arrangement_keeps_its_sessions;
DROP TRIGGER supervision_arrangement_never_goes;
";

const POSTGRES_GONE: &str = "
DROP TRIGGER supervision_arrangement_only_ends ON supervision_arrangement;
DROP TRIGGER supervision_arrangement_never_goes ON supervision_arrangement;
DROP FUNCTION supervision_arrangement_ends_once CASCADE;
DROP FUNCTION supervision_arrangement_keeps_its_sessions CASCADE;
";

const GONE: &str = "";
