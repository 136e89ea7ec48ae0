//! How far people are with competences: each step kept for good, and the evidence that it goes by.

crate::ddl::step!([WORDS, STEPS, EVIDENCE] guarded by (SQLITE_GUARDS, POSTGRES_GUARDS), GONE);

const WORDS: &str = "
CREATE TABLE competence_state (state TEXT NOT NULL CONSTRAINT competence_state_taken PRIMARY KEY) $strict;
INSERT INTO competence_state (state) VALUES
    ('working_towards'), ('prior_learning'), ('willing'), ('ready'), ('appealed'), ('achieved'), ('needs_more'), ('revisit');

CREATE TABLE evidence_kind (kind TEXT NOT NULL CONSTRAINT evidence_kind_taken PRIMARY KEY) $strict;
INSERT INTO evidence_kind (kind) VALUES
    ('reflection'), ('certificate'), ('prior_learning'), ('informal'), ('lived_experience'), ('observation'), ('witness'),
    ('assessment');

INSERT INTO audit_action (action) VALUES
    ('competence_judged'), ('competence_appealed'), ('judged_oneself'), ('evidence_noted')
ON CONFLICT DO NOTHING;
";

/// `competence_taken` is the row whose lock lets the steps of one person in one framework take turns.
/// `competence_standing` is the latest step of each, so that a desk need not read histories.
const STEPS: &str = "
CREATE TABLE competence_taken (
    person_id    $id NOT NULL CONSTRAINT competence_taken_by_a_person REFERENCES person (id),
    framework_id $id NOT NULL CONSTRAINT competence_taken_in_a_framework REFERENCES framework (id),
    taken_at     $int NOT NULL,
    CONSTRAINT competence_taken_once PRIMARY KEY (person_id, framework_id)
) $strict;
CREATE INDEX competence_taken_by_framework ON competence_taken (framework_id, person_id);

CREATE TABLE competence_step (
    person_id    $id NOT NULL,
    framework_id $id NOT NULL,
    code         $exact NOT NULL,
    number       $int NOT NULL CONSTRAINT competence_step_counts_from_one CHECK (number >= 1),
    version      $int NOT NULL,
    state        TEXT NOT NULL CONSTRAINT competence_step_known REFERENCES competence_state (state),
    by_id        $id NOT NULL CONSTRAINT competence_step_by_a_person REFERENCES person (id),
    comment      TEXT NOT NULL CONSTRAINT competence_step_comment_fits CHECK (length(comment) <= 2000),
    day          $date,
    level        TEXT CONSTRAINT competence_step_level_fits CHECK (length(level) BETWEEN 1 AND 60),
    at           $int NOT NULL,
    CONSTRAINT competence_step_taken PRIMARY KEY (person_id, framework_id, code, number),
    CONSTRAINT competence_step_by_somebody_who_took_it_up FOREIGN KEY (person_id, framework_id) REFERENCES competence_taken (person_id, framework_id),
    CONSTRAINT competence_step_under_a_version FOREIGN KEY (framework_id, version, code) REFERENCES competence (framework_id, version, code),
    CONSTRAINT competence_judged_by_somebody_else CHECK ((state IN ('achieved', 'needs_more', 'revisit')) = (by_id <> person_id)),
    CONSTRAINT competence_needs_more_says_what CHECK (state <> 'needs_more' OR length(comment) >= 1),
    CONSTRAINT competence_step_has_its_day CHECK ((state IN ('willing', 'revisit')) = (day IS NOT NULL))
) $strict;

CREATE TABLE competence_standing (
    person_id    $id NOT NULL,
    framework_id $id NOT NULL,
    code         $exact NOT NULL,
    number       $int NOT NULL,
    state        TEXT NOT NULL CONSTRAINT competence_standing_known REFERENCES competence_state (state),
    since        $int NOT NULL,
    CONSTRAINT competence_standing_taken PRIMARY KEY (person_id, framework_id, code),
    CONSTRAINT competence_standing_of_a_step FOREIGN KEY (person_id, framework_id, code, number) REFERENCES competence_step (person_id, framework_id, code, number)
) $strict;
CREATE INDEX competence_standing_waits ON competence_standing (person_id, since, framework_id, code) WHERE state IN ('ready', 'appealed');
";

/// What was judged by is marked with the number of the step.
const EVIDENCE: &str = "
CREATE TABLE evidence (
    id           $id NOT NULL CONSTRAINT evidence_id_taken PRIMARY KEY,
    person_id    $id NOT NULL CONSTRAINT evidence_of_a_person REFERENCES person (id),
    by_id        $id NOT NULL CONSTRAINT evidence_by_a_person REFERENCES person (id),
    kind         TEXT NOT NULL CONSTRAINT evidence_kind_known REFERENCES evidence_kind (kind),
    title        TEXT NOT NULL CONSTRAINT evidence_title_fits CHECK (length(title) <= 120),
    words        TEXT NOT NULL CONSTRAINT evidence_words_fit CHECK (length(words) <= 6000),
    made_at      $int NOT NULL,
    withdrawn_at $int,
    CONSTRAINT evidence_is_noted_by_somebody_else CHECK ((kind IN ('observation', 'witness', 'assessment')) = (by_id <> person_id)),
    CONSTRAINT evidence_lived_experience_is_a_plain_yes CHECK (kind <> 'lived_experience' OR (title = '' AND words = ''))
) $strict;
CREATE INDEX evidence_by_person ON evidence (person_id);

CREATE TABLE evidence_for (
    evidence_id  $id NOT NULL CONSTRAINT evidence_for_a_piece REFERENCES evidence (id),
    person_id    $id NOT NULL,
    framework_id $id NOT NULL,
    code         $exact NOT NULL,
    judged_in    $int,
    CONSTRAINT evidence_for_taken PRIMARY KEY (person_id, framework_id, code, evidence_id),
    CONSTRAINT evidence_for_what_was_taken_up FOREIGN KEY (person_id, framework_id) REFERENCES competence_taken (person_id, framework_id),
    CONSTRAINT evidence_judged_in_a_step FOREIGN KEY (person_id, framework_id, code, judged_in) REFERENCES competence_step (person_id, framework_id, code, number)
) $strict;
CREATE INDEX evidence_for_by_evidence ON evidence_for (evidence_id);
";

const SQLITE_GUARDS: &str = "
CREATE TRIGGER competence_step_never_changes BEFORE UPDATE ON competence_step
BEGIN SELECT RAISE(ABORT, 'competence_step_never_changes'); END;

CREATE TRIGGER competence_step_never_goes BEFORE DELETE ON competence_step
BEGIN SELECT RAISE(ABORT, 'competence_step_never_goes'); END;

CREATE TRIGGER competence_step_follows_the_last BEFORE INSERT ON competence_step
WHEN NEW.number <> 1 + (SELECT count(*) FROM competence_step WHERE person_id = NEW.person_id AND framework_id = NEW.framework_id AND code = NEW.code)
BEGIN SELECT RAISE(ABORT, 'competence_step_follows_the_last'); END;

CREATE TRIGGER evidence_words_never_change BEFORE UPDATE OF person_id, by_id, kind, title, words, made_at ON evidence
BEGIN SELECT RAISE(ABORT, 'evidence_words_never_change'); END;

CREATE TRIGGER evidence_that_was_judged_stays BEFORE DELETE ON evidence_for
WHEN OLD.judged_in IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'evidence_that_was_judged_stays'); END;
";

const POSTGRES_GUARDS: &str = "
CREATE TRIGGER competence_step_never_changes BEFORE UPDATE OR DELETE ON competence_step
FOR EACH ROW EXECUTE FUNCTION audit_refuses();
CREATE TRIGGER competence_step_is_never_emptied BEFORE TRUNCATE ON competence_step
FOR EACH STATEMENT EXECUTE FUNCTION audit_refuses();
CREATE TRIGGER evidence_words_never_change BEFORE UPDATE OF person_id, by_id, kind, title, words, made_at ON evidence
FOR EACH ROW EXECUTE FUNCTION audit_refuses();
CREATE TRIGGER evidence_that_was_judged_stays BEFORE DELETE ON evidence_for
FOR EACH ROW WHEN (OLD.judged_in IS NOT NULL) EXECUTE FUNCTION audit_refuses();
";

const GONE: &str = "
DROP TABLE evidence_for;
DROP TABLE evidence;
DROP TABLE competence_standing;
DROP TABLE competence_step;
DROP TABLE competence_taken;
DROP TABLE evidence_kind;
DROP TABLE competence_state;
";
