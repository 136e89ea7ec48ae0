//! Placements, and what was done on them: hours that count once they were agreed, and never change after that.

crate::ddl::step!([TABLES, PAPERS] guarded by (SQLITE_GUARDS, POSTGRES_GUARDS), GONE);

const TABLES: &str = "
CREATE TABLE placement_activity (activity TEXT NOT NULL CONSTRAINT placement_activity_taken PRIMARY KEY) $strict;
INSERT INTO placement_activity (activity) VALUES ('one_to_one'), ('group'), ('co_facilitation'), ('training'), ('travel');

CREATE TABLE placement_hours_state (state TEXT NOT NULL CONSTRAINT placement_hours_state_taken PRIMARY KEY) $strict;
INSERT INTO placement_hours_state (state) VALUES ('waiting'), ('asked'), ('agreed'), ('taken_back');

CREATE TABLE placement_rung_kind (rung TEXT NOT NULL CONSTRAINT placement_rung_kind_taken PRIMARY KEY) $strict;
INSERT INTO placement_rung_kind (rung) VALUES ('co_facilitated'), ('led_with_guide'), ('leads');

INSERT INTO audit_action (action) VALUES
    ('placement_arranged'), ('placement_hours_agreed'), ('placement_hours_asked'), ('placement_rung_recorded'),
    ('placement_texts_changed'), ('placement_signed'), ('placement_items_ticked')
ON CONFLICT DO NOTHING;

CREATE TABLE placement (
    id              $id NOT NULL CONSTRAINT placement_id_taken PRIMARY KEY,
    organisation_id $id NOT NULL CONSTRAINT placement_by_an_organisation REFERENCES organisation (id),
    person_id       $id NOT NULL CONSTRAINT placement_of_a_person REFERENCES person (id),
    supervisor_id   $id NOT NULL CONSTRAINT placement_with_a_supervisor REFERENCES person (id),
    site_id         $id NOT NULL CONSTRAINT placement_at_a_site REFERENCES site (id),
    cohort_id       $id,
    from_on         $date NOT NULL,
    to_on           $date NOT NULL,
    made_at         $int NOT NULL,
    CONSTRAINT placement_known_by_its_person UNIQUE (id, person_id),
    CONSTRAINT placement_with_a_group_of_theirs FOREIGN KEY (cohort_id, person_id) REFERENCES cohort_place (cohort_id, person_id),
    CONSTRAINT placement_looked_after_by_somebody_else CHECK (supervisor_id <> person_id),
    CONSTRAINT placement_ends_after_it_begins CHECK (to_on >= from_on)
) $strict;
CREATE INDEX placement_by_organisation ON placement (organisation_id, id);
CREATE INDEX placement_by_person ON placement (person_id, id);
CREATE INDEX placement_by_supervisor ON placement (supervisor_id, id);

CREATE TABLE placement_hours (
    id           $id NOT NULL CONSTRAINT placement_hours_id_taken PRIMARY KEY,
    placement_id $id NOT NULL,
    person_id    $id NOT NULL,
    activity     TEXT NOT NULL CONSTRAINT placement_hours_activity_known REFERENCES placement_activity (activity),
    day          $date NOT NULL,
    minutes      $int NOT NULL CONSTRAINT placement_hours_fit_a_day CHECK (minutes BETWEEN 0 AND 1440),
    site_id      $id NOT NULL CONSTRAINT placement_hours_at_a_site REFERENCES site (id),
    words        TEXT NOT NULL CONSTRAINT placement_hours_words_fit CHECK (length(words) <= 300),
    state        TEXT NOT NULL CONSTRAINT placement_hours_state_known REFERENCES placement_hours_state (state),
    corrects_id  $id CONSTRAINT placement_hours_instead_of_a_line REFERENCES placement_hours (id),
    question     TEXT NOT NULL CONSTRAINT placement_hours_question_fits CHECK (length(question) <= 300),
    revision     $int NOT NULL CONSTRAINT placement_hours_count_up CHECK (revision >= 1),
    agreed_by    $id CONSTRAINT placement_hours_agreed_by_a_person REFERENCES person (id),
    agreed_at    $int,
    CONSTRAINT placement_hours_of_its_person FOREIGN KEY (placement_id, person_id) REFERENCES placement (id, person_id),
    CONSTRAINT placement_hours_are_some CHECK (minutes >= 1 OR corrects_id IS NOT NULL),
    CONSTRAINT placement_hours_agreed_by_name CHECK ((state = 'agreed') = (agreed_by IS NOT NULL AND agreed_at IS NOT NULL)),
    CONSTRAINT placement_hours_agreed_by_somebody_else CHECK (agreed_by IS NULL OR agreed_by <> person_id),
    CONSTRAINT placement_hours_asked_says_what CHECK (state <> 'asked' OR length(question) >= 1)
) $strict;
CREATE UNIQUE INDEX placement_hours_corrected_once ON placement_hours (corrects_id) WHERE corrects_id IS NOT NULL AND state <> 'taken_back';
CREATE INDEX placement_hours_instead ON placement_hours (corrects_id) WHERE corrects_id IS NOT NULL;
CREATE INDEX placement_hours_by_placement ON placement_hours (placement_id, day, id);
CREATE INDEX placement_hours_by_person ON placement_hours (person_id, day);
CREATE INDEX placement_hours_waits ON placement_hours (placement_id, day, id) WHERE state = 'waiting';

CREATE TABLE placement_rung (
    placement_id $id NOT NULL,
    rung         TEXT NOT NULL CONSTRAINT placement_rung_known REFERENCES placement_rung_kind (rung),
    person_id    $id NOT NULL,
    day          $date NOT NULL,
    guide_id     $id NOT NULL CONSTRAINT placement_rung_guided_by_a_person REFERENCES person (id),
    by_id        $id NOT NULL CONSTRAINT placement_rung_recorded_by_a_person REFERENCES person (id),
    why          TEXT NOT NULL CONSTRAINT placement_rung_why_fits CHECK (length(why) <= 300),
    at           $int NOT NULL,
    CONSTRAINT placement_rung_once PRIMARY KEY (placement_id, rung),
    CONSTRAINT placement_rung_of_its_person FOREIGN KEY (placement_id, person_id) REFERENCES placement (id, person_id),
    CONSTRAINT placement_rung_recorded_by_somebody_else CHECK (by_id <> person_id),
    CONSTRAINT placement_rung_guided_by_somebody_else CHECK (guide_id <> person_id)
) $strict;
";

/// A paper is there once its text stands: the agreement from the beginning, the induction when its last item is ticked.
const PAPERS: &str = "
CREATE TABLE placement_paper_kind (paper TEXT NOT NULL CONSTRAINT placement_paper_kind_taken PRIMARY KEY) $strict;
INSERT INTO placement_paper_kind (paper) VALUES ('agreement'), ('induction');

CREATE TABLE placement_side (side TEXT NOT NULL CONSTRAINT placement_side_taken PRIMARY KEY) $strict;
INSERT INTO placement_side (side) VALUES ('person'), ('supervisor');

CREATE TABLE placement_text (
    organisation_id $id NOT NULL CONSTRAINT placement_text_taken PRIMARY KEY CONSTRAINT placement_text_of_an_organisation REFERENCES organisation (id),
    agreement       TEXT NOT NULL CONSTRAINT placement_text_agreement_fits CHECK (length(agreement) <= 10000),
    items           TEXT NOT NULL,
    revision        $int NOT NULL CONSTRAINT placement_text_counts_up CHECK (revision >= 1)
) $strict;

CREATE TABLE placement_item (
    placement_id $id NOT NULL,
    number       $int NOT NULL CONSTRAINT placement_item_counts_from_one CHECK (number >= 1),
    person_id    $id NOT NULL,
    words        TEXT NOT NULL CONSTRAINT placement_item_fits CHECK (length(words) BETWEEN 1 AND 200),
    day          $date,
    by_id        $id CONSTRAINT placement_item_by_a_person REFERENCES person (id),
    CONSTRAINT placement_item_taken PRIMARY KEY (placement_id, number),
    CONSTRAINT placement_item_of_its_person FOREIGN KEY (placement_id, person_id) REFERENCES placement (id, person_id),
    CONSTRAINT placement_item_done_whole CHECK ((day IS NULL) = (by_id IS NULL)),
    CONSTRAINT placement_item_ticked_by_somebody_else CHECK (by_id IS NULL OR by_id <> person_id)
) $strict;

CREATE TABLE placement_paper (
    placement_id $id NOT NULL CONSTRAINT placement_paper_of_a_placement REFERENCES placement (id),
    paper        TEXT NOT NULL CONSTRAINT placement_paper_known REFERENCES placement_paper_kind (paper),
    words        TEXT NOT NULL,
    text         TEXT NOT NULL,
    hash         TEXT NOT NULL CONSTRAINT placement_paper_hash_is_one CHECK (length(hash) = 64),
    made_at      $int NOT NULL,
    CONSTRAINT placement_paper_taken PRIMARY KEY (placement_id, paper),
    CONSTRAINT placement_paper_known_by_its_text UNIQUE (placement_id, paper, hash)
) $strict;

CREATE TABLE placement_signature (
    placement_id $id NOT NULL,
    paper        TEXT NOT NULL,
    side         TEXT NOT NULL CONSTRAINT placement_side_known REFERENCES placement_side (side),
    person_id    $id NOT NULL,
    hash         TEXT NOT NULL,
    by_id        $id NOT NULL CONSTRAINT placement_signed_by_a_person REFERENCES person (id),
    name         TEXT NOT NULL CONSTRAINT placement_signature_has_a_name CHECK (length(name) BETWEEN 1 AND 120),
    at           $int NOT NULL,
    CONSTRAINT placement_signed_once PRIMARY KEY (placement_id, paper, side),
    CONSTRAINT placement_signed_this_text FOREIGN KEY (placement_id, paper, hash) REFERENCES placement_paper (placement_id, paper, hash),
    CONSTRAINT placement_signature_about_its_person FOREIGN KEY (placement_id, person_id) REFERENCES placement (id, person_id),
    CONSTRAINT placement_signed_for_oneself CHECK ((side = 'person') = (by_id = person_id))
) $strict;
";

const SQLITE_GUARDS: &str = "
CREATE TRIGGER placement_hours_agreed_never_change BEFORE UPDATE ON placement_hours
WHEN OLD.state = 'agreed'
BEGIN SELECT RAISE(ABORT, 'placement_hours_agreed_never_change'); END;

CREATE TRIGGER placement_hours_agreed_never_go BEFORE DELETE ON placement_hours
WHEN OLD.state = 'agreed'
BEGIN SELECT RAISE(ABORT, 'placement_hours_agreed_never_go'); END;

CREATE TRIGGER placement_rung_never_changes BEFORE UPDATE ON placement_rung
BEGIN SELECT RAISE(ABORT, 'placement_rung_never_changes'); END;

CREATE TRIGGER placement_rung_never_goes BEFORE DELETE ON placement_rung
BEGIN SELECT RAISE(ABORT, 'placement_rung_never_goes'); END;

CREATE TRIGGER placement_paper_never_changes BEFORE UPDATE ON placement_paper
BEGIN SELECT RAISE(ABORT, 'placement_paper_never_changes'); END;

CREATE TRIGGER placement_paper_never_goes BEFORE DELETE ON placement_paper
BEGIN SELECT RAISE(ABORT, 'placement_paper_never_goes'); END;

CREATE TRIGGER placement_signature_never_changes BEFORE UPDATE ON placement_signature
BEGIN SELECT RAISE(ABORT, 'placement_signature_never_changes'); END;

CREATE TRIGGER placement_signature_never_goes BEFORE DELETE ON placement_signature
BEGIN SELECT RAISE(ABORT, 'placement_signature_never_goes'); END;

CREATE TRIGGER placement_item_that_is_done_never_changes BEFORE UPDATE ON placement_item
WHEN OLD.day IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'placement_item_that_is_done_never_changes'); END;
";

const POSTGRES_GUARDS: &str = "
CREATE TRIGGER placement_hours_agreed_never_change BEFORE UPDATE OR DELETE ON placement_hours
FOR EACH ROW WHEN (OLD.state = 'agreed') EXECUTE FUNCTION audit_refuses();
CREATE TRIGGER placement_rung_never_changes BEFORE UPDATE OR DELETE ON placement_rung
FOR EACH ROW EXECUTE FUNCTION audit_refuses();
CREATE TRIGGER placement_rung_is_never_emptied BEFORE TRUNCATE ON placement_rung
FOR EACH STATEMENT EXECUTE FUNCTION audit_refuses();
CREATE TRIGGER placement_paper_never_changes BEFORE UPDATE OR DELETE ON placement_paper
FOR EACH ROW EXECUTE FUNCTION audit_refuses();
CREATE TRIGGER placement_paper_is_never_emptied BEFORE TRUNCATE ON placement_paper
FOR EACH STATEMENT EXECUTE FUNCTION audit_refuses();
CREATE TRIGGER placement_signature_never_changes BEFORE UPDATE OR DELETE ON placement_signature
FOR EACH ROW EXECUTE FUNCTION audit_refuses();
CREATE TRIGGER placement_signature_is_never_emptied BEFORE TRUNCATE ON placement_signature
FOR EACH STATEMENT EXECUTE FUNCTION audit_refuses();
CREATE TRIGGER placement_item_that_is_done_never_changes BEFORE UPDATE ON placement_item
FOR EACH ROW WHEN (OLD.day IS NOT NULL) EXECUTE FUNCTION audit_refuses();
";

const GONE: &str = "
DROP TABLE placement_signature;
DROP TABLE placement_paper;
DROP TABLE placement_item;
DROP TABLE placement_text;
DROP TABLE placement_side;
DROP TABLE placement_paper_kind;
DROP TABLE placement_rung;
DROP TABLE placement_rung_kind;
DROP TABLE placement_hours;
DROP TABLE placement;
DROP TABLE placement_hours_state;
DROP TABLE placement_activity;
";
