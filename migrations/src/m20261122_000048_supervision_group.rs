//! Groups: who joins and leaves them, what a session was about in a few words, and what was agreed on in it.

crate::ddl::step!([SHARED] guarded by (SQLITE_GUARDS, POSTGRES_GUARDS) loosened by (SQLITE_GONE, POSTGRES_GONE), GONE);

/// What a session was about belongs to a version of its facts, and is kept apart from them: whoever counts sessions
/// asks the facts only.
const SHARED: &str = "
CREATE TABLE supervision_theme (
    session_id $id NOT NULL,
    number     $int NOT NULL,
    text       TEXT NOT NULL CONSTRAINT supervision_theme_fits CHECK (length(text) BETWEEN 1 AND 600),
    CONSTRAINT supervision_theme_once PRIMARY KEY (session_id, number),
    CONSTRAINT supervision_theme_of_its_version FOREIGN KEY (session_id, number) REFERENCES supervision_fact (session_id, number)
) $strict;

CREATE TABLE supervision_action (
    id             $id NOT NULL CONSTRAINT supervision_action_id_taken PRIMARY KEY,
    arrangement_id $id NOT NULL,
    session_id     $id NOT NULL,
    what           TEXT NOT NULL CONSTRAINT supervision_action_says_something CHECK (length(what) BETWEEN 1 AND 200),
    owner_id       $id NOT NULL CONSTRAINT supervision_action_of_a_person REFERENCES person (id),
    due_on         $date NOT NULL,
    is_shareable   $bool NOT NULL,
    made_at        $int NOT NULL,
    done_at        $int,
    done_by        $id CONSTRAINT supervision_action_done_by_a_person REFERENCES person (id),
    CONSTRAINT supervision_action_of_its_session FOREIGN KEY (session_id, arrangement_id) REFERENCES supervision_session (id, arrangement_id),
    CONSTRAINT supervision_action_done_by_somebody CHECK ((done_at IS NULL) = (done_by IS NULL))
) $strict;
CREATE INDEX supervision_action_open_of_a_person ON supervision_action (owner_id, due_on, id) WHERE done_at IS NULL;
CREATE INDEX supervision_action_open_in_an_arrangement ON supervision_action (arrangement_id, due_on, id) WHERE done_at IS NULL;
CREATE INDEX supervision_action_by_session ON supervision_action (session_id);

INSERT INTO audit_action (action) VALUES
    ('supervision_joined'), ('supervision_left'), ('supervision_action_settled')
ON CONFLICT DO NOTHING;
";

const SQLITE_GUARDS: &str = "
CREATE TRIGGER supervision_theme_never_changes BEFORE UPDATE ON supervision_theme
BEGIN SELECT RAISE(ABORT, 'supervision_theme_never_changes'); END;

CREATE TRIGGER supervision_theme_never_goes BEFORE DELETE ON supervision_theme
BEGIN SELECT RAISE(ABORT, 'supervision_theme_never_goes'); END;

CREATE TRIGGER supervision_action_of_somebody_there BEFORE INSERT ON supervision_action
WHEN NOT EXISTS (SELECT 1 FROM supervision_arrangement WHERE id = NEW.arrangement_id AND supervisor_id = NEW.owner_id)
 AND NOT EXISTS (
    SELECT 1 FROM supervision_spell AS spell JOIN supervision_session AS held ON held.id = NEW.session_id
    WHERE spell.arrangement_id = NEW.arrangement_id AND spell.person_id = NEW.owner_id
    AND spell.from_on <= held.day AND (spell.to_on IS NULL OR spell.to_on >= held.day)
)
BEGIN SELECT RAISE(ABORT, 'supervision_action_of_somebody_there'); END;

CREATE TRIGGER supervision_action_is_only_settled
BEFORE UPDATE OF id, arrangement_id, session_id, what, owner_id, due_on, is_shareable, made_at ON supervision_action
BEGIN SELECT RAISE(ABORT, 'supervision_action_is_only_settled'); END;

CREATE TRIGGER supervision_action_never_goes BEFORE DELETE ON supervision_action
BEGIN SELECT RAISE(ABORT, 'supervision_action_never_goes'); END;

CREATE TRIGGER supervision_spells_are_apart BEFORE INSERT ON supervision_spell
WHEN EXISTS (
    SELECT 1 FROM supervision_spell WHERE arrangement_id = NEW.arrangement_id AND person_id = NEW.person_id
    AND (to_on IS NULL OR to_on >= NEW.from_on) AND (NEW.to_on IS NULL OR from_on <= NEW.to_on)
)
BEGIN SELECT RAISE(ABORT, 'supervision_spells_are_apart'); END;

CREATE TRIGGER supervision_spell_only_ends BEFORE UPDATE OF arrangement_id, person_id, from_on ON supervision_spell
BEGIN SELECT RAISE(ABORT, 'supervision_spell_only_ends'); END;

CREATE TRIGGER supervision_spell_keeps_who_came BEFORE UPDATE OF to_on ON supervision_spell
WHEN NEW.to_on IS NOT NULL AND EXISTS (
    SELECT 1 FROM supervision_presence AS presence
    JOIN supervision_session AS held ON held.id = presence.session_id AND held.number = presence.number
    WHERE presence.arrangement_id = NEW.arrangement_id AND presence.person_id = NEW.person_id
    AND presence.day > NEW.to_on AND presence.day >= OLD.from_on AND (OLD.to_on IS NULL OR presence.day <= OLD.to_on)
)
BEGIN SELECT RAISE(ABORT, 'supervision_spell_keeps_who_came'); END;

CREATE TRIGGER supervision_spell_never_goes BEFORE DELETE ON supervision_spell
BEGIN SELECT RAISE(ABORT, 'supervision_spell_never_goes'); END;
";

const POSTGRES_GUARDS: &str = "
CREATE FUNCTION supervision_action_of_somebody_there() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
    IF NOT EXISTS (SELECT 1 FROM supervision_arrangement WHERE id = NEW.arrangement_id AND supervisor_id = NEW.owner_id)
        AND NOT EXISTS (SELECT 1 FROM supervision_spell AS spell JOIN supervision_session AS held ON held.id = NEW.session_id
            WHERE spell.arrangement_id = NEW.arrangement_id AND spell.person_id = NEW.owner_id
            AND spell.from_on <= held.day AND (spell.to_on IS NULL OR spell.to_on >= held.day))
    THEN RAISE EXCEPTION '%', TG_NAME USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$;
CREATE TRIGGER supervision_action_of_somebody_there BEFORE INSERT ON supervision_action
FOR EACH ROW EXECUTE FUNCTION supervision_action_of_somebody_there();

CREATE FUNCTION supervision_spells_are_apart() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
    IF EXISTS (SELECT 1 FROM supervision_spell AS spell
        WHERE spell.arrangement_id = NEW.arrangement_id AND spell.person_id = NEW.person_id
        AND (spell.to_on IS NULL OR spell.to_on >= NEW.from_on) AND (NEW.to_on IS NULL OR spell.from_on <= NEW.to_on))
    THEN RAISE EXCEPTION '%', TG_NAME USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$;
CREATE TRIGGER supervision_spells_are_apart BEFORE INSERT ON supervision_spell
FOR EACH ROW EXECUTE FUNCTION supervision_spells_are_apart();

CREATE FUNCTION supervision_spell_keeps_who_came() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
    IF NEW.to_on IS NOT NULL AND EXISTS (SELECT 1 FROM supervision_presence AS presence
        JOIN supervision_session AS held ON held.id = presence.session_id AND held.number = presence.number
        WHERE presence.arrangement_id = NEW.arrangement_id AND presence.person_id = NEW.person_id
        AND presence.day > NEW.to_on AND presence.day >= OLD.from_on AND (OLD.to_on IS NULL OR presence.day <= OLD.to_on))
    THEN RAISE EXCEPTION '%', TG_NAME USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$;
CREATE TRIGGER supervision_spell_keeps_who_came BEFORE UPDATE OF to_on ON supervision_spell
FOR EACH ROW EXECUTE FUNCTION supervision_spell_keeps_who_came();

CREATE TRIGGER supervision_theme_never_changes BEFORE UPDATE OR DELETE ON supervision_theme
FOR EACH ROW EXECUTE FUNCTION audit_refuses();
CREATE TRIGGER supervision_theme_is_never_emptied BEFORE TRUNCATE ON supervision_theme
FOR EACH STATEMENT EXECUTE FUNCTION audit_refuses();
CREATE TRIGGER supervision_action_is_only_settled
BEFORE UPDATE OF id, arrangement_id, session_id, what, owner_id, due_on, is_shareable, made_at ON supervision_action
FOR EACH ROW EXECUTE FUNCTION audit_refuses();
CREATE TRIGGER supervision_action_never_goes BEFORE DELETE ON supervision_action
FOR EACH ROW EXECUTE FUNCTION audit_refuses();
CREATE TRIGGER supervision_spell_only_ends BEFORE UPDATE OF arrangement_id, person_id, from_on ON supervision_spell
FOR EACH ROW EXECUTE FUNCTION audit_refuses();
CREATE TRIGGER supervision_spell_never_goes BEFORE DELETE ON supervision_spell
FOR EACH ROW EXECUTE FUNCTION audit_refuses();
";

const SQLITE_GONE: &str = "
DROP TRIGGER supervision_spells_are_apart;
DROP TRIGGER supervision_spell_only_ends;
DROP TRIGGER supervision_spell_keeps_who_came;
DROP TRIGGER supervision_spell_never_goes;
";

const POSTGRES_GONE: &str = "
DROP TRIGGER supervision_spell_only_ends ON supervision_spell;
DROP TRIGGER supervision_spell_never_goes ON supervision_spell;
DROP FUNCTION supervision_action_of_somebody_there CASCADE;
DROP FUNCTION supervision_spells_are_apart CASCADE;
DROP FUNCTION supervision_spell_keeps_who_came CASCADE;
";

const GONE: &str = "
DROP TABLE supervision_action;
DROP TABLE supervision_theme;
";
