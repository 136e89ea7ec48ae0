//! Concerns: who covers them, whom each reached, and who took it on. What happened is in none of these.

crate::ddl::step!([WORDS, COVER, CONCERN] guarded by (SQLITE_GUARDS, POSTGRES_GUARDS) loosened by ("", POSTGRES_GONE), GONE);

const WORDS: &str = "
INSERT INTO engagement_kind (kind) VALUES ('freedom_to_speak_up_guardian');

CREATE TABLE concern_route (route TEXT NOT NULL CONSTRAINT concern_route_taken PRIMARY KEY) $strict;
INSERT INTO concern_route (route) VALUES ('adult'), ('child'), ('allegation'), ('speak_up');

CREATE TABLE concern_knows (knows TEXT NOT NULL CONSTRAINT concern_knows_taken PRIMARY KEY) $strict;
INSERT INTO concern_knows (knows) VALUES ('yes'), ('no'), ('unsafe');

INSERT INTO job_kind (kind) VALUES ('pass_on_concern');
INSERT INTO audit_action (action) VALUES
    ('concern_cover_changed'), ('concern_raised'), ('concern_opened'), ('concern_taken_on'), ('concern_written_down')
    ON CONFLICT DO NOTHING;
";

const COVER: &str = "
CREATE TABLE concern_cover (
    organisation_id $id NOT NULL CONSTRAINT concern_cover_in_an_organisation REFERENCES organisation (id),
    route           TEXT NOT NULL CONSTRAINT concern_cover_route_known REFERENCES concern_route (route),
    number          $int NOT NULL CONSTRAINT concern_cover_counts_up CHECK (number >= 1),
    answer_within   $int NOT NULL CONSTRAINT concern_cover_within_days CHECK (answer_within BETWEEN 1 AND 72),
    there           TEXT NOT NULL CONSTRAINT concern_cover_there_fits CHECK (length(there) BETWEEN 1 AND 200),
    out_of_hours    TEXT NOT NULL CONSTRAINT concern_cover_out_of_hours_fits CHECK (length(out_of_hours) BETWEEN 1 AND 200),
    outside         TEXT NOT NULL CONSTRAINT concern_cover_outside_fits CHECK (length(outside) BETWEEN 1 AND 200),
    by_id           $id NOT NULL CONSTRAINT concern_cover_by_a_person REFERENCES person (id),
    at              $int NOT NULL,
    CONSTRAINT concern_cover_number_taken PRIMARY KEY (organisation_id, route, number)
) $strict;

CREATE TABLE concern_holder (
    organisation_id $id NOT NULL,
    route           TEXT NOT NULL,
    number          $int NOT NULL,
    rank            $int NOT NULL CONSTRAINT concern_holder_of_a_few CHECK (rank BETWEEN 1 AND 4),
    person_id       $id NOT NULL CONSTRAINT concern_holder_is_a_person REFERENCES person (id),
    CONSTRAINT concern_holder_rank_taken PRIMARY KEY (organisation_id, route, number, rank),
    CONSTRAINT concern_holder_once UNIQUE (organisation_id, route, number, person_id),
    CONSTRAINT concern_holder_of_a_cover FOREIGN KEY (organisation_id, route, number)
        REFERENCES concern_cover (organisation_id, route, number)
) $strict;
CREATE INDEX concern_holder_by_person ON concern_holder (person_id);
";

const CONCERN: &str = "
CREATE TABLE concern (
    id              $id NOT NULL CONSTRAINT concern_id_taken PRIMARY KEY,
    organisation_id $id NOT NULL CONSTRAINT concern_in_an_organisation REFERENCES organisation (id),
    route           TEXT NOT NULL CONSTRAINT concern_route_known REFERENCES concern_route (route),
    by_id           $id NOT NULL CONSTRAINT concern_by_a_person REFERENCES person (id),
    at              $int NOT NULL,
    knows           TEXT CONSTRAINT concern_knows_known REFERENCES concern_knows (knows),
    due_at          $int,
    CONSTRAINT concern_asks_who_knows CHECK ((knows IS NULL) = (route NOT IN ('adult', 'child')))
) $strict;
CREATE INDEX concern_by_whom ON concern (by_id, id);
CREATE INDEX concern_of_a_route ON concern (organisation_id, route, id);

CREATE TABLE concern_about (
    concern_id $id NOT NULL CONSTRAINT concern_about_a_concern REFERENCES concern (id),
    person_id  $id NOT NULL CONSTRAINT concern_about_a_person REFERENCES person (id),
    CONSTRAINT concern_about_once PRIMARY KEY (concern_id, person_id)
) $strict;

CREATE TABLE concern_told (
    concern_id $id NOT NULL CONSTRAINT concern_told_of_a_concern REFERENCES concern (id),
    person_id  $id NOT NULL CONSTRAINT concern_told_to_a_person REFERENCES person (id),
    number     $int NOT NULL CONSTRAINT concern_told_counts_up CHECK (number >= 1),
    at         $int NOT NULL,
    CONSTRAINT concern_told_once PRIMARY KEY (concern_id, person_id),
    CONSTRAINT concern_told_one_by_one UNIQUE (concern_id, number)
) $strict;

CREATE TABLE concern_taken_on (
    concern_id $id NOT NULL CONSTRAINT concern_taken_on_once PRIMARY KEY,
    person_id  $id NOT NULL,
    at         $int NOT NULL,
    CONSTRAINT concern_taken_on_by_somebody_told FOREIGN KEY (concern_id, person_id) REFERENCES concern_told (concern_id, person_id)
) $strict;

CREATE TABLE concern_unanswered (
    concern_id $id NOT NULL CONSTRAINT concern_unanswered_once PRIMARY KEY CONSTRAINT concern_unanswered_is_there REFERENCES concern (id),
    at         $int NOT NULL
) $strict;

CREATE TABLE concern_written (
    concern_id $id NOT NULL CONSTRAINT concern_written_once PRIMARY KEY CONSTRAINT concern_written_is_there REFERENCES concern (id),
    system     TEXT NOT NULL CONSTRAINT concern_written_system_fits CHECK (length(system) BETWEEN 1 AND 80),
    reference  TEXT NOT NULL CONSTRAINT concern_written_reference_fits CHECK (length(reference) <= 40),
    by_id      $id NOT NULL CONSTRAINT concern_written_by_a_person REFERENCES person (id),
    at         $int NOT NULL
) $strict;
";

const SQLITE_GUARDS: &str = "
CREATE TRIGGER concern_reaches_nobody_it_is_about BEFORE INSERT ON concern_told
WHEN EXISTS (SELECT 1 FROM concern_about WHERE concern_id = NEW.concern_id AND person_id = NEW.person_id)
BEGIN SELECT RAISE(ABORT, 'concern_reaches_nobody_it_is_about'); END;

CREATE TRIGGER concern_is_told_to_somebody_else BEFORE INSERT ON concern_told
WHEN EXISTS (SELECT 1 FROM concern WHERE id = NEW.concern_id AND by_id = NEW.person_id)
BEGIN SELECT RAISE(ABORT, 'concern_is_told_to_somebody_else'); END;

CREATE TRIGGER concern_about_is_said_first BEFORE INSERT ON concern_about
WHEN EXISTS (SELECT 1 FROM concern_told WHERE concern_id = NEW.concern_id)
BEGIN SELECT RAISE(ABORT, 'concern_about_is_said_first'); END;

CREATE TRIGGER concern_never_changes BEFORE UPDATE OF id, organisation_id, route, by_id, at, knows ON concern
BEGIN SELECT RAISE(ABORT, 'concern_never_changes'); END;
CREATE TRIGGER concern_never_goes BEFORE DELETE ON concern
BEGIN SELECT RAISE(ABORT, 'concern_never_goes'); END;
CREATE TRIGGER concern_about_never_changes BEFORE UPDATE ON concern_about
BEGIN SELECT RAISE(ABORT, 'concern_about_never_changes'); END;
CREATE TRIGGER concern_about_never_goes BEFORE DELETE ON concern_about
BEGIN SELECT RAISE(ABORT, 'concern_about_never_goes'); END;
CREATE TRIGGER concern_told_never_changes BEFORE UPDATE ON concern_told
BEGIN SELECT RAISE(ABORT, 'concern_told_never_changes'); END;
CREATE TRIGGER concern_told_never_goes BEFORE DELETE ON concern_told
BEGIN SELECT RAISE(ABORT, 'concern_told_never_goes'); END;
CREATE TRIGGER concern_taken_on_never_changes BEFORE UPDATE ON concern_taken_on
BEGIN SELECT RAISE(ABORT, 'concern_taken_on_never_changes'); END;
CREATE TRIGGER concern_taken_on_never_goes BEFORE DELETE ON concern_taken_on
BEGIN SELECT RAISE(ABORT, 'concern_taken_on_never_goes'); END;
CREATE TRIGGER concern_written_never_changes BEFORE UPDATE ON concern_written
BEGIN SELECT RAISE(ABORT, 'concern_written_never_changes'); END;
";

const POSTGRES_GUARDS: &str = "
CREATE FUNCTION concern_reaches_nobody_it_is_about() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
    IF EXISTS (SELECT 1 FROM concern_about AS about WHERE about.concern_id = NEW.concern_id AND about.person_id = NEW.person_id)
    THEN RAISE EXCEPTION '%', TG_NAME USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$;
CREATE TRIGGER concern_reaches_nobody_it_is_about BEFORE INSERT ON concern_told
FOR EACH ROW EXECUTE FUNCTION concern_reaches_nobody_it_is_about();

CREATE FUNCTION concern_is_told_to_somebody_else() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
    IF EXISTS (SELECT 1 FROM concern WHERE concern.id = NEW.concern_id AND concern.by_id = NEW.person_id)
    THEN RAISE EXCEPTION '%', TG_NAME USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$;
CREATE TRIGGER concern_is_told_to_somebody_else BEFORE INSERT ON concern_told
FOR EACH ROW EXECUTE FUNCTION concern_is_told_to_somebody_else();

CREATE FUNCTION concern_about_is_said_first() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
    IF EXISTS (SELECT 1 FROM concern_told AS told WHERE told.concern_id = NEW.concern_id)
    THEN RAISE EXCEPTION '%', TG_NAME USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$;
CREATE TRIGGER concern_about_is_said_first BEFORE INSERT ON concern_about
FOR EACH ROW EXECUTE FUNCTION concern_about_is_said_first();

CREATE TRIGGER concern_never_changes BEFORE UPDATE OF id, organisation_id, route, by_id, at, knows ON concern
FOR EACH ROW EXECUTE FUNCTION audit_refuses();
CREATE TRIGGER concern_never_goes BEFORE DELETE ON concern FOR EACH ROW EXECUTE FUNCTION audit_refuses();
CREATE TRIGGER concern_is_never_emptied BEFORE TRUNCATE ON concern
FOR EACH STATEMENT EXECUTE FUNCTION audit_refuses();
CREATE TRIGGER concern_about_never_changes BEFORE UPDATE ON concern_about
FOR EACH ROW EXECUTE FUNCTION audit_refuses();
CREATE TRIGGER concern_about_never_goes BEFORE DELETE ON concern_about
FOR EACH ROW EXECUTE FUNCTION audit_refuses();
CREATE TRIGGER concern_about_is_never_emptied BEFORE TRUNCATE ON concern_about
FOR EACH STATEMENT EXECUTE FUNCTION audit_refuses();
CREATE TRIGGER concern_told_never_changes BEFORE UPDATE ON concern_told
FOR EACH ROW EXECUTE FUNCTION audit_refuses();
CREATE TRIGGER concern_told_never_goes BEFORE DELETE ON concern_told
FOR EACH ROW EXECUTE FUNCTION audit_refuses();
CREATE TRIGGER concern_told_is_never_emptied BEFORE TRUNCATE ON concern_told
FOR EACH STATEMENT EXECUTE FUNCTION audit_refuses();
CREATE TRIGGER concern_taken_on_never_changes BEFORE UPDATE ON concern_taken_on
FOR EACH ROW EXECUTE FUNCTION audit_refuses();
CREATE TRIGGER concern_taken_on_never_goes BEFORE DELETE ON concern_taken_on
FOR EACH ROW EXECUTE FUNCTION audit_refuses();
CREATE TRIGGER concern_taken_on_is_never_emptied BEFORE TRUNCATE ON concern_taken_on
FOR EACH STATEMENT EXECUTE FUNCTION audit_refuses();
CREATE TRIGGER concern_written_never_changes BEFORE UPDATE ON concern_written
FOR EACH ROW EXECUTE FUNCTION audit_refuses();
";

const POSTGRES_GONE: &str = "
DROP FUNCTION concern_reaches_nobody_it_is_about CASCADE;
DROP FUNCTION concern_is_told_to_somebody_else CASCADE;
DROP FUNCTION concern_about_is_said_first CASCADE;
";

const GONE: &str = "
DROP TABLE concern_written;
DROP TABLE concern_unanswered;
DROP TABLE concern_taken_on;
DROP TABLE concern_told;
DROP TABLE concern_about;
DROP TABLE concern;
DROP TABLE concern_holder;
DROP TABLE concern_cover;
DELETE FROM job WHERE kind = 'pass_on_concern';
DELETE FROM job_kind WHERE kind = 'pass_on_concern';
DROP TABLE concern_knows;
DROP TABLE concern_route;
DELETE FROM engagement_kind WHERE kind = 'freedom_to_speak_up_guardian';
";
