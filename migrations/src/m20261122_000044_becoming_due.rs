//! What people were told of what becomes due; the gate before what they have accepted to be begins; and placements that end
//! early.

crate::ddl::step!([TOLD, GATE, PLACEMENTS] guarded by (SQLITE_GUARDS, POSTGRES_GUARDS) loosened by (SQLITE_GONE, POSTGRES_GONE), GONE);

/// One row for each thing that somebody was told; of what is past it moves on when they are told again.
const TOLD: &str = "
INSERT INTO job_kind (kind) VALUES ('remind_of_due');

CREATE TABLE requirement_reminder (reminder TEXT NOT NULL CONSTRAINT requirement_reminder_taken PRIMARY KEY) $strict;
INSERT INTO requirement_reminder (reminder) VALUES ('soon'), ('overdue'), ('missing');

CREATE TABLE requirement_told (
    person_id      $id NOT NULL CONSTRAINT requirement_told_to_a_person REFERENCES person (id),
    requirement_id $id NOT NULL CONSTRAINT requirement_told_of_one REFERENCES requirement (id),
    reminder       TEXT NOT NULL CONSTRAINT requirement_told_known REFERENCES requirement_reminder (reminder),
    due_on         $date NOT NULL,
    told_on        $date NOT NULL,
    CONSTRAINT requirement_told_once PRIMARY KEY (person_id, requirement_id, reminder, due_on)
) $strict;
";

/// What waits is no engagement: whoever looks for what somebody is does not come upon it.
const GATE: &str = "
ALTER TABLE requirement_version ADD COLUMN before_start $bool NOT NULL DEFAULT $false;

CREATE TABLE engagement_waiting (
    id              $id NOT NULL CONSTRAINT engagement_waiting_id_taken PRIMARY KEY,
    organisation_id $id NOT NULL CONSTRAINT engagement_waiting_at_an_organisation REFERENCES organisation (id),
    person_id       $id NOT NULL CONSTRAINT engagement_waiting_of_a_person REFERENCES person (id),
    kind            TEXT NOT NULL CONSTRAINT engagement_waiting_kind_known REFERENCES engagement_kind (kind),
    basis           TEXT CONSTRAINT engagement_waiting_basis_known REFERENCES engagement_basis (basis),
    from_on         $date NOT NULL,
    since_on        $date NOT NULL,
    CONSTRAINT engagement_waiting_once UNIQUE (organisation_id, person_id, kind)
) $strict;
CREATE INDEX engagement_waiting_by_person ON engagement_waiting (person_id);
CREATE INDEX engagement_waiting_there ON engagement_waiting (organisation_id, id);

INSERT INTO audit_action (action) VALUES ('engagement_waits'), ('engagement_begun'), ('engagement_let_go') ON CONFLICT DO NOTHING;
";

const PLACEMENTS: &str = "
CREATE TABLE placement_ended (
    placement_id $id NOT NULL CONSTRAINT placement_ended_once PRIMARY KEY,
    person_id    $id NOT NULL,
    ended_on     $date NOT NULL,
    was_to       $date NOT NULL,
    why          TEXT NOT NULL CONSTRAINT placement_ended_why_fits CHECK (length(why) BETWEEN 1 AND 60),
    by_id        $id NOT NULL CONSTRAINT placement_ended_by_a_person REFERENCES person (id),
    made_at      $int NOT NULL,
    CONSTRAINT placement_ended_of_its_person FOREIGN KEY (placement_id, person_id) REFERENCES placement (id, person_id),
    CONSTRAINT placement_ended_earlier CHECK (ended_on < was_to),
    CONSTRAINT placement_ended_by_somebody_else CHECK (by_id <> person_id)
) $strict;

INSERT INTO audit_action (action) VALUES ('placement_ended') ON CONFLICT DO NOTHING;
";

const SQLITE_GUARDS: &str = "
CREATE TRIGGER placement_ended_never_changes BEFORE UPDATE ON placement_ended
BEGIN SELECT RAISE(ABORT, 'placement_ended_never_changes'); END;

CREATE TRIGGER engagement_begins_after_its_check BEFORE INSERT ON engagement
WHEN NEW.kind NOT IN ('learner', 'applicant', 'vetting', 'administrator')
    AND EXISTS (SELECT 1 FROM vetting_role AS asks
        WHERE asks.organisation_id = NEW.organisation_id AND asks.kind = NEW.kind AND asks.level IS NOT NULL)
    AND NOT EXISTS (SELECT 1 FROM vetting_check AS noted
        WHERE noted.organisation_id = NEW.organisation_id AND noted.person_id = NEW.person_id AND noted.outcome <> 'may_not')
    AND NOT EXISTS (SELECT 1 FROM vetting_exception AS named
        WHERE named.organisation_id = NEW.organisation_id AND named.person_id = NEW.person_id AND named.kind = NEW.kind
        AND NEW.from_on BETWEEN named.from_on AND named.until_on)
BEGIN SELECT RAISE(ABORT, 'engagement_begins_after_its_check'); END;

CREATE TRIGGER requirement_told_again_after_weeks BEFORE UPDATE ON requirement_told
WHEN NEW.reminder = 'soon' OR julianday(NEW.told_on) < julianday(OLD.told_on) + 28
BEGIN SELECT RAISE(ABORT, 'requirement_told_again_after_weeks'); END;
";

const POSTGRES_GUARDS: &str = "
CREATE TRIGGER placement_ended_never_changes BEFORE UPDATE ON placement_ended
FOR EACH ROW EXECUTE FUNCTION audit_refuses();
CREATE FUNCTION engagement_begins_after_its_check() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
    IF NEW.kind NOT IN ('learner', 'applicant', 'vetting', 'administrator')
        AND EXISTS (SELECT 1 FROM vetting_role AS asks
            WHERE asks.organisation_id = NEW.organisation_id AND asks.kind = NEW.kind AND asks.level IS NOT NULL)
        AND NOT EXISTS (SELECT 1 FROM vetting_check AS noted
            WHERE noted.organisation_id = NEW.organisation_id AND noted.person_id = NEW.person_id AND noted.outcome <> 'may_not')
        AND NOT EXISTS (SELECT 1 FROM vetting_exception AS named
            WHERE named.organisation_id = NEW.organisation_id AND named.person_id = NEW.person_id AND named.kind = NEW.kind
            AND NEW.from_on BETWEEN named.from_on AND named.until_on)
    THEN RAISE EXCEPTION '%', TG_NAME USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$;
CREATE TRIGGER engagement_begins_after_its_check BEFORE INSERT ON engagement
FOR EACH ROW EXECUTE FUNCTION engagement_begins_after_its_check();
CREATE TRIGGER requirement_told_again_after_weeks BEFORE UPDATE ON requirement_told
FOR EACH ROW WHEN (NEW.reminder = 'soon' OR NEW.told_on < OLD.told_on + 28) EXECUTE FUNCTION audit_refuses();
";

const SQLITE_GONE: &str = "DROP TRIGGER engagement_begins_after_its_check;";

const POSTGRES_GONE: &str = "DROP FUNCTION engagement_begins_after_its_check CASCADE;";

const GONE: &str = "
DROP TABLE placement_ended;
DROP TABLE engagement_waiting;
ALTER TABLE requirement_version DROP COLUMN before_start;
DROP TABLE requirement_told;
DROP TABLE requirement_reminder;
DELETE FROM job_kind WHERE kind = 'remind_of_due';
";
