//! Supervision: pairs and groups in their strands, what they agree on, and that sessions took place.

crate::ddl::step!([WORDS, ARRANGEMENTS, AGREEMENTS, SESSIONS] guarded by (SQLITE_GUARDS, POSTGRES_GUARDS) loosened by ("", POSTGRES_GONE), GONE);

const WORDS: &str = "
CREATE TABLE supervision_strand (strand TEXT NOT NULL CONSTRAINT supervision_strand_taken PRIMARY KEY) $strict;
INSERT INTO supervision_strand (strand) VALUES
    ('reflective_practice'), ('line_management'), ('clinical'), ('peer'), ('group'), ('partner'), ('ad_hoc');

CREATE TABLE supervision_unit (unit TEXT NOT NULL CONSTRAINT supervision_unit_taken PRIMARY KEY) $strict;
INSERT INTO supervision_unit (unit) VALUES ('weeks'), ('months');

CREATE TABLE supervision_came (came TEXT NOT NULL CONSTRAINT supervision_came_taken PRIMARY KEY) $strict;
INSERT INTO supervision_came (came) VALUES
    ('came'), ('part'), ('off_shift'), ('told_us'), ('not_heard'), ('we_cancelled');

INSERT INTO audit_action (action) VALUES
    ('supervision_begun'), ('supervision_agreement_written'), ('supervision_agreed'), ('supervision_held')
ON CONFLICT DO NOTHING;
";

const ARRANGEMENTS: &str = "
CREATE TABLE supervision_arrangement (
    id              $id NOT NULL CONSTRAINT supervision_arrangement_id_taken PRIMARY KEY,
    organisation_id $id NOT NULL CONSTRAINT supervision_for_an_organisation REFERENCES organisation (id),
    strand          TEXT NOT NULL CONSTRAINT supervision_strand_known REFERENCES supervision_strand (strand),
    supervisor_id   $id NOT NULL CONSTRAINT supervision_by_a_person REFERENCES person (id),
    comes_from_id   $id NOT NULL CONSTRAINT supervision_comes_from_an_organisation REFERENCES organisation (id),
    supervisee_id   $id CONSTRAINT supervision_of_a_person REFERENCES person (id),
    group_name      TEXT NOT NULL CONSTRAINT supervision_group_name_fits CHECK (length(group_name) <= 80),
    from_on         $date NOT NULL,
    ended_on        $date,
    made_at         $int NOT NULL,
    CONSTRAINT supervision_of_somebody_else CHECK (supervisee_id IS NULL OR supervisee_id <> supervisor_id),
    CONSTRAINT supervision_of_one_or_a_group CHECK ((supervisee_id IS NULL) = (length(group_name) >= 1)),
    CONSTRAINT supervision_ends_after_it_begins CHECK (ended_on IS NULL OR ended_on >= from_on)
) $strict;
CREATE UNIQUE INDEX supervision_pair_taken ON supervision_arrangement (organisation_id, strand, supervisor_id, supervisee_id)
    WHERE supervisee_id IS NOT NULL AND ended_on IS NULL;
CREATE INDEX supervision_arrangement_by_supervisor ON supervision_arrangement (supervisor_id, id);
CREATE INDEX supervision_arrangement_by_organisation ON supervision_arrangement (organisation_id, id);

CREATE TABLE supervision_spell (
    arrangement_id $id NOT NULL CONSTRAINT supervision_spell_in_an_arrangement REFERENCES supervision_arrangement (id),
    person_id      $id NOT NULL CONSTRAINT supervision_spell_of_a_person REFERENCES person (id),
    from_on        $date NOT NULL,
    to_on          $date,
    CONSTRAINT supervision_spell_taken PRIMARY KEY (arrangement_id, person_id, from_on),
    CONSTRAINT supervision_spell_in_order CHECK (to_on IS NULL OR to_on >= from_on)
) $strict;
CREATE INDEX supervision_spell_by_person ON supervision_spell (person_id, arrangement_id);
";

const AGREEMENTS: &str = "
CREATE TABLE supervision_agreement (
    arrangement_id  $id NOT NULL CONSTRAINT supervision_agreement_in_an_arrangement REFERENCES supervision_arrangement (id),
    number          $int NOT NULL CONSTRAINT supervision_agreement_counts_from_one CHECK (number >= 1),
    every           $int NOT NULL CONSTRAINT supervision_rhythm_occurs CHECK (every >= 1),
    unit            TEXT NOT NULL CONSTRAINT supervision_unit_known REFERENCES supervision_unit (unit),
    minutes         $int NOT NULL CONSTRAINT supervision_minutes_fit CHECK (minutes BETWEEN 10 AND 480),
    times_a_year    $int CONSTRAINT supervision_times_are_some CHECK (times_a_year IS NULL OR times_a_year >= 1),
    pro_rata        $bool NOT NULL,
    grace_days      $int NOT NULL CONSTRAINT supervision_grace_fits CHECK (grace_days BETWEEN 0 AND 60),
    from_on         $date NOT NULL,
    place           TEXT NOT NULL CONSTRAINT supervision_place_fits CHECK (length(place) <= 120),
    ground_rules    TEXT NOT NULL CONSTRAINT supervision_ground_rules_fit CHECK (length(ground_rules) <= 1200),
    confidentiality TEXT NOT NULL CONSTRAINT supervision_confidentiality_fits CHECK (length(confidentiality) <= 1200),
    limits          TEXT NOT NULL CONSTRAINT supervision_limits_are_said CHECK (length(limits) BETWEEN 1 AND 1200),
    missed          TEXT NOT NULL CONSTRAINT supervision_missed_fits CHECK (length(missed) <= 1200),
    review_on       $date NOT NULL,
    ends_on         $date,
    text            TEXT NOT NULL,
    hash            TEXT NOT NULL CONSTRAINT supervision_agreement_hash_is_one CHECK (length(hash) = 64),
    by_id           $id NOT NULL CONSTRAINT supervision_agreement_by_a_person REFERENCES person (id),
    made_at         $int NOT NULL,
    CONSTRAINT supervision_agreement_taken PRIMARY KEY (arrangement_id, number),
    CONSTRAINT supervision_agreement_known_by_its_text UNIQUE (arrangement_id, number, hash),
    CONSTRAINT supervision_agreement_is_reviewed CHECK (review_on > from_on),
    CONSTRAINT supervision_agreement_ends_after_it_begins CHECK (ends_on IS NULL OR ends_on >= from_on)
) $strict;

CREATE TABLE supervision_agreed (
    arrangement_id $id NOT NULL,
    number         $int NOT NULL,
    hash           TEXT NOT NULL,
    person_id      $id NOT NULL CONSTRAINT supervision_agreed_by_a_person REFERENCES person (id),
    name           TEXT NOT NULL CONSTRAINT supervision_agreed_with_a_name CHECK (length(name) BETWEEN 1 AND 120),
    at             $int NOT NULL,
    CONSTRAINT supervision_agreed_once PRIMARY KEY (arrangement_id, number, person_id),
    CONSTRAINT supervision_agreed_to_this_text FOREIGN KEY (arrangement_id, number, hash) REFERENCES supervision_agreement (arrangement_id, number, hash)
) $strict;
";

/// What is written down of a session comes in versions: the row of the session says which counts, and holds what lists
/// are ordered by.
const SESSIONS: &str = "
CREATE TABLE supervision_session (
    id             $id NOT NULL CONSTRAINT supervision_session_id_taken PRIMARY KEY,
    arrangement_id $id NOT NULL CONSTRAINT supervision_session_in_an_arrangement REFERENCES supervision_arrangement (id),
    day            $date NOT NULL,
    began          $int NOT NULL,
    minutes        $int NOT NULL CONSTRAINT supervision_session_minutes_fit CHECK (minutes BETWEEN 5 AND 720),
    number         $int NOT NULL CONSTRAINT supervision_session_counts_up CHECK (number >= 1),
    made_at        $int NOT NULL,
    CONSTRAINT supervision_session_known_by_its_arrangement UNIQUE (id, arrangement_id),
    CONSTRAINT supervision_session_once UNIQUE (arrangement_id, began)
) $strict;
CREATE INDEX supervision_session_by_day ON supervision_session (arrangement_id, day, id);

CREATE TABLE supervision_fact (
    session_id     $id NOT NULL,
    number         $int NOT NULL CONSTRAINT supervision_fact_counts_from_one CHECK (number >= 1),
    arrangement_id $id NOT NULL,
    day            $date NOT NULL,
    time           $int NOT NULL CONSTRAINT supervision_fact_time_is_of_a_day CHECK (time BETWEEN 0 AND 1439),
    began          $int NOT NULL,
    minutes        $int NOT NULL CONSTRAINT supervision_fact_minutes_fit CHECK (minutes BETWEEN 5 AND 720),
    place          TEXT NOT NULL CONSTRAINT supervision_fact_place_fits CHECK (length(place) <= 120),
    by_id          $id NOT NULL CONSTRAINT supervision_fact_by_a_person REFERENCES person (id),
    at             $int NOT NULL,
    CONSTRAINT supervision_fact_taken PRIMARY KEY (session_id, number),
    CONSTRAINT supervision_fact_of_its_session FOREIGN KEY (session_id, arrangement_id) REFERENCES supervision_session (id, arrangement_id),
    CONSTRAINT supervision_fact_known_by_its_day UNIQUE (session_id, number, arrangement_id, day)
) $strict;

CREATE TABLE supervision_presence (
    session_id     $id NOT NULL,
    number         $int NOT NULL,
    person_id      $id NOT NULL CONSTRAINT supervision_presence_of_a_person REFERENCES person (id),
    arrangement_id $id NOT NULL,
    day            $date NOT NULL,
    came           TEXT NOT NULL CONSTRAINT supervision_came_known REFERENCES supervision_came (came),
    minutes        $int NOT NULL CONSTRAINT supervision_presence_minutes_fit CHECK (minutes BETWEEN 0 AND 720),
    CONSTRAINT supervision_presence_once PRIMARY KEY (session_id, number, person_id),
    CONSTRAINT supervision_presence_of_its_day FOREIGN KEY (session_id, number, arrangement_id, day) REFERENCES supervision_fact (session_id, number, arrangement_id, day),
    CONSTRAINT supervision_minutes_for_whoever_came CHECK ((came IN ('came', 'part')) = (minutes > 0))
) $strict;
CREATE INDEX supervision_presence_by_person ON supervision_presence (person_id, day);
";

const SQLITE_GUARDS: &str = "
CREATE TRIGGER supervision_spell_of_its_pair BEFORE INSERT ON supervision_spell
WHEN EXISTS (SELECT 1 FROM supervision_arrangement WHERE id = NEW.arrangement_id AND supervisee_id <> NEW.person_id)
  OR EXISTS (SELECT 1 FROM supervision_arrangement WHERE id = NEW.arrangement_id AND supervisor_id = NEW.person_id)
BEGIN SELECT RAISE(ABORT, 'supervision_spell_of_its_pair'); END;

CREATE TRIGGER supervision_agreement_follows_the_last BEFORE INSERT ON supervision_agreement
WHEN NEW.number > 1 AND NOT EXISTS (SELECT 1 FROM supervision_agreement WHERE arrangement_id = NEW.arrangement_id AND number = NEW.number - 1)
BEGIN SELECT RAISE(ABORT, 'supervision_agreement_follows_the_last'); END;

CREATE TRIGGER supervision_agreement_never_changes BEFORE UPDATE ON supervision_agreement
BEGIN SELECT RAISE(ABORT, 'supervision_agreement_never_changes'); END;

CREATE TRIGGER supervision_agreement_never_goes BEFORE DELETE ON supervision_agreement
BEGIN SELECT RAISE(ABORT, 'supervision_agreement_never_goes'); END;

CREATE TRIGGER supervision_agreed_by_one_of_them BEFORE INSERT ON supervision_agreed
WHEN NOT EXISTS (SELECT 1 FROM supervision_arrangement WHERE id = NEW.arrangement_id AND supervisor_id = NEW.person_id)
 AND NOT EXISTS (SELECT 1 FROM supervision_spell WHERE arrangement_id = NEW.arrangement_id AND person_id = NEW.person_id)
BEGIN SELECT RAISE(ABORT, 'supervision_agreed_by_one_of_them'); END;

CREATE TRIGGER supervision_agreed_never_changes BEFORE UPDATE ON supervision_agreed
BEGIN SELECT RAISE(ABORT, 'supervision_agreed_never_changes'); END;

CREATE TRIGGER supervision_agreed_never_goes BEFORE DELETE ON supervision_agreed
BEGIN SELECT RAISE(ABORT, 'supervision_agreed_never_goes'); END;

CREATE TRIGGER supervision_fact_never_changes BEFORE UPDATE ON supervision_fact
BEGIN SELECT RAISE(ABORT, 'supervision_fact_never_changes'); END;

CREATE TRIGGER supervision_fact_never_goes BEFORE DELETE ON supervision_fact
BEGIN SELECT RAISE(ABORT, 'supervision_fact_never_goes'); END;

CREATE TRIGGER supervision_presence_of_a_member BEFORE INSERT ON supervision_presence
WHEN NOT EXISTS (
    SELECT 1 FROM supervision_spell WHERE arrangement_id = NEW.arrangement_id AND person_id = NEW.person_id
    AND from_on <= NEW.day AND (to_on IS NULL OR to_on >= NEW.day)
)
BEGIN SELECT RAISE(ABORT, 'supervision_presence_of_a_member'); END;

CREATE TRIGGER supervision_presence_never_changes BEFORE UPDATE ON supervision_presence
BEGIN SELECT RAISE(ABORT, 'supervision_presence_never_changes'); END;

CREATE TRIGGER supervision_presence_never_goes BEFORE DELETE ON supervision_presence
BEGIN SELECT RAISE(ABORT, 'supervision_presence_never_goes'); END;
";

const POSTGRES_GUARDS: &str = "
CREATE FUNCTION supervision_spell_of_its_pair() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
    IF EXISTS (SELECT 1 FROM supervision_arrangement WHERE id = NEW.arrangement_id
        AND (supervisee_id <> NEW.person_id OR supervisor_id = NEW.person_id))
    THEN RAISE EXCEPTION '%', TG_NAME USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$;
CREATE TRIGGER supervision_spell_of_its_pair BEFORE INSERT ON supervision_spell
FOR EACH ROW EXECUTE FUNCTION supervision_spell_of_its_pair();

CREATE FUNCTION supervision_agreement_follows_the_last() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
    IF NEW.number > 1 AND NOT EXISTS (SELECT 1 FROM supervision_agreement AS before
        WHERE before.arrangement_id = NEW.arrangement_id AND before.number = NEW.number - 1)
    THEN RAISE EXCEPTION '%', TG_NAME USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$;
CREATE TRIGGER supervision_agreement_follows_the_last BEFORE INSERT ON supervision_agreement
FOR EACH ROW EXECUTE FUNCTION supervision_agreement_follows_the_last();

CREATE FUNCTION supervision_agreed_by_one_of_them() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
    IF NOT EXISTS (SELECT 1 FROM supervision_arrangement WHERE id = NEW.arrangement_id AND supervisor_id = NEW.person_id)
        AND NOT EXISTS (SELECT 1 FROM supervision_spell AS spell
            WHERE spell.arrangement_id = NEW.arrangement_id AND spell.person_id = NEW.person_id)
    THEN RAISE EXCEPTION '%', TG_NAME USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$;
CREATE TRIGGER supervision_agreed_by_one_of_them BEFORE INSERT ON supervision_agreed
FOR EACH ROW EXECUTE FUNCTION supervision_agreed_by_one_of_them();

CREATE FUNCTION supervision_presence_of_a_member() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
    IF NOT EXISTS (SELECT 1 FROM supervision_spell AS spell
        WHERE spell.arrangement_id = NEW.arrangement_id AND spell.person_id = NEW.person_id
        AND spell.from_on <= NEW.day AND (spell.to_on IS NULL OR spell.to_on >= NEW.day))
    THEN RAISE EXCEPTION '%', TG_NAME USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$;
CREATE TRIGGER supervision_presence_of_a_member BEFORE INSERT ON supervision_presence
FOR EACH ROW EXECUTE FUNCTION supervision_presence_of_a_member();

CREATE TRIGGER supervision_agreement_never_changes BEFORE UPDATE OR DELETE ON supervision_agreement
FOR EACH ROW EXECUTE FUNCTION audit_refuses();
CREATE TRIGGER supervision_agreement_is_never_emptied BEFORE TRUNCATE ON supervision_agreement
FOR EACH STATEMENT EXECUTE FUNCTION audit_refuses();
CREATE TRIGGER supervision_agreed_never_changes BEFORE UPDATE OR DELETE ON supervision_agreed
FOR EACH ROW EXECUTE FUNCTION audit_refuses();
CREATE TRIGGER supervision_agreed_is_never_emptied BEFORE TRUNCATE ON supervision_agreed
FOR EACH STATEMENT EXECUTE FUNCTION audit_refuses();
CREATE TRIGGER supervision_fact_never_changes BEFORE UPDATE OR DELETE ON supervision_fact
FOR EACH ROW EXECUTE FUNCTION audit_refuses();
CREATE TRIGGER supervision_fact_is_never_emptied BEFORE TRUNCATE ON supervision_fact
FOR EACH STATEMENT EXECUTE FUNCTION audit_refuses();
CREATE TRIGGER supervision_presence_never_changes BEFORE UPDATE OR DELETE ON supervision_presence
FOR EACH ROW EXECUTE FUNCTION audit_refuses();
CREATE TRIGGER supervision_presence_is_never_emptied BEFORE TRUNCATE ON supervision_presence
FOR EACH STATEMENT EXECUTE FUNCTION audit_refuses();
";

const POSTGRES_GONE: &str = "
DROP FUNCTION supervision_spell_of_its_pair CASCADE;
DROP FUNCTION supervision_agreement_follows_the_last CASCADE;
DROP FUNCTION supervision_agreed_by_one_of_them CASCADE;
DROP FUNCTION supervision_presence_of_a_member CASCADE;
";

const GONE: &str = "
DROP TABLE supervision_presence;
DROP TABLE supervision_fact;
DROP TABLE supervision_session;
DROP TABLE supervision_agreed;
DROP TABLE supervision_agreement;
DROP TABLE supervision_spell;
DROP TABLE supervision_arrangement;
DROP TABLE supervision_came;
DROP TABLE supervision_unit;
DROP TABLE supervision_strand;
";
