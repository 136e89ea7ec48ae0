//! Rounds of training with their criteria, and the applications to them.

crate::ddl::step!([WORDS, ROUNDS, APPLICATIONS, AROUND], GONE);

const WORDS: &str = "
INSERT INTO job_kind (kind) VALUES ('tell_of_round');

CREATE TABLE round_role (role TEXT NOT NULL CONSTRAINT round_role_taken PRIMARY KEY) $strict;
INSERT INTO round_role (role) VALUES ('volunteer'), ('paid'), ('both');

CREATE TABLE criterion_need (need TEXT NOT NULL CONSTRAINT criterion_need_taken PRIMARY KEY) $strict;
INSERT INTO criterion_need (need) VALUES ('essential'), ('desirable');

CREATE TABLE application_state (state TEXT NOT NULL CONSTRAINT application_state_taken PRIMARY KEY) $strict;
INSERT INTO application_state (state) VALUES
    ('draft'), ('sent'), ('talked'), ('offered'), ('accepted'), ('not_this_time'), ('paused'), ('stepped_back');

CREATE TABLE application_step (step TEXT NOT NULL CONSTRAINT application_step_taken PRIMARY KEY) $strict;
INSERT INTO application_step (step) VALUES
    ('send'), ('step_back'), ('pause'), ('return'), ('accept'), ('talk'), ('offer'), ('not_this_time');

INSERT INTO audit_action (action) VALUES
    ('round_made'), ('round_changed'), ('round_criteria_changed'), ('round_opened'),
    ('application_begun'), ('application_sent'), ('application_stepped_back'), ('application_paused'),
    ('application_returned'), ('application_accepted'), ('application_talked'), ('application_offered'),
    ('application_not_this_time'), ('adjustments_taken_on'), ('adjustments_read')
ON CONFLICT DO NOTHING;
";

/// Criteria count up in their round, and an application points at the number it answers: so nothing about them can
/// change once there is one. Of whoever was told of a round nothing is kept but that.
const ROUNDS: &str = "
CREATE TABLE training_round (
    id              $id NOT NULL CONSTRAINT training_round_id_taken PRIMARY KEY,
    organisation_id $id NOT NULL CONSTRAINT training_round_of_an_organisation REFERENCES organisation (id),
    name            TEXT NOT NULL CONSTRAINT training_round_name_fits CHECK (length(name) BETWEEN 1 AND 80),
    sentence        TEXT NOT NULL CONSTRAINT training_round_sentence_fits CHECK (length(sentence) BETWEEN 1 AND 300),
    opens_on        $date NOT NULL,
    closes_on       $date NOT NULL,
    places          $int NOT NULL CONSTRAINT training_round_has_places CHECK (places BETWEEN 1 AND 500),
    role            TEXT NOT NULL CONSTRAINT training_round_role_known REFERENCES round_role (role),
    revision        $int NOT NULL CONSTRAINT training_round_counts_up CHECK (revision >= 1),
    criteria        $int NOT NULL CONSTRAINT training_round_criteria_count_up CHECK (criteria >= 0),
    opened_at       $int,
    made_at         $int NOT NULL,
    CONSTRAINT training_round_ends_after_it_begins CHECK (opens_on <= closes_on),
    CONSTRAINT training_round_criteria UNIQUE (id, criteria)
) $strict;
CREATE INDEX training_round_paged ON training_round (organisation_id, id);
CREATE INDEX training_round_open ON training_round (closes_on) WHERE opened_at IS NOT NULL;

CREATE TABLE training_criterion (
    id          $id NOT NULL CONSTRAINT training_criterion_id_taken PRIMARY KEY,
    round_id    $id NOT NULL CONSTRAINT training_criterion_of_a_round REFERENCES training_round (id),
    position    $int NOT NULL CONSTRAINT training_criterion_counts_from_one CHECK (position >= 1),
    words       TEXT NOT NULL CONSTRAINT training_criterion_fits CHECK (length(words) BETWEEN 1 AND 300),
    need        TEXT NOT NULL CONSTRAINT training_criterion_need_known REFERENCES criterion_need (need),
    equivalence $bool NOT NULL,
    lived       $bool NOT NULL,
    willing     $bool NOT NULL,
    CONSTRAINT training_criterion_place_taken UNIQUE (round_id, position),
    CONSTRAINT training_criterion_lived UNIQUE (id, lived)
) $strict;

CREATE TABLE training_told (
    interest_id $id NOT NULL CONSTRAINT training_told_somebody_on_the_list REFERENCES training_interest (id) ON DELETE CASCADE,
    round_id    $id NOT NULL CONSTRAINT training_told_of_a_round REFERENCES training_round (id),
    CONSTRAINT training_told_once PRIMARY KEY (interest_id, round_id)
) $strict;
";

/// `arranger_id` has taken on arranging the conversation; `asks` says whether there was anything to read. The first
/// index is the board, the second the table, the third is somebody's own.
const APPLICATIONS: &str = "
CREATE TABLE training_application (
    id          $id NOT NULL CONSTRAINT training_application_id_taken PRIMARY KEY,
    round_id    $id NOT NULL,
    criteria    $int NOT NULL,
    person_id   $id NOT NULL CONSTRAINT training_application_of_a_person REFERENCES person (id),
    state       TEXT NOT NULL CONSTRAINT training_application_state_known REFERENCES application_state (state),
    was         TEXT CONSTRAINT training_application_was_known REFERENCES application_state (state),
    is_sent     $bool NOT NULL,
    has_talked  $bool NOT NULL,
    asks        $bool NOT NULL,
    arranger_id $id CONSTRAINT training_application_arranged_by_a_person REFERENCES person (id),
    decided_by  $id CONSTRAINT training_application_decided_by_a_person REFERENCES person (id),
    steps       $int NOT NULL CONSTRAINT training_application_counts_steps CHECK (steps >= 0),
    made_at     $int NOT NULL,
    changed_at  $int NOT NULL,
    CONSTRAINT training_application_once UNIQUE (person_id, round_id),
    CONSTRAINT training_application_to_these_criteria FOREIGN KEY (round_id, criteria) REFERENCES training_round (id, criteria),
    CONSTRAINT training_application_pause_remembers CHECK ((state = 'paused') = (was IS NOT NULL)),
    CONSTRAINT training_application_selected_unseen CHECK (NOT asks OR decided_by IS NULL OR arranger_id IS NULL OR decided_by <> arranger_id),
    CONSTRAINT training_application_not_about_oneself CHECK (
        (decided_by IS NULL OR decided_by <> person_id) AND (arranger_id IS NULL OR arranger_id <> person_id)
    )
) $strict;
CREATE INDEX training_application_board ON training_application (round_id, state, id);
CREATE INDEX training_application_table ON training_application (round_id, id);

CREATE TABLE training_answer (
    application_id $id NOT NULL CONSTRAINT training_answer_of_an_application REFERENCES training_application (id),
    criterion_id   $id NOT NULL CONSTRAINT training_answer_to_a_criterion REFERENCES training_criterion (id),
    evidence       TEXT NOT NULL CONSTRAINT training_answer_evidence_fits CHECK (length(evidence) <= 4000),
    title          TEXT NOT NULL CONSTRAINT training_answer_title_fits CHECK (length(title) <= 150),
    body           TEXT NOT NULL CONSTRAINT training_answer_body_fits CHECK (length(body) <= 150),
    year           $int,
    valid_until    $date,
    seen_by        TEXT NOT NULL CONSTRAINT training_answer_seen_by_fits CHECK (length(seen_by) <= 150),
    equivalence    TEXT NOT NULL CONSTRAINT training_answer_equivalence_fits CHECK (length(equivalence) <= 2000),
    lived          $bool CONSTRAINT training_answer_lived_is_a_yes CHECK (lived),
    willing_by     $date,
    revision       $int NOT NULL CONSTRAINT training_answer_counts_up CHECK (revision >= 1),
    changed_at     $int NOT NULL,
    CONSTRAINT training_answer_taken PRIMARY KEY (application_id, criterion_id),
    CONSTRAINT training_answer_lived_where_accepted FOREIGN KEY (criterion_id, lived) REFERENCES training_criterion (id, lived)
) $strict;
";

/// What somebody asked for lies apart from their answers. A step is added and never changed.
const AROUND: &str = "
CREATE TABLE training_adjustment (
    application_id $id NOT NULL CONSTRAINT training_adjustment_taken PRIMARY KEY
        CONSTRAINT training_adjustment_of_an_application REFERENCES training_application (id),
    words          TEXT NOT NULL CONSTRAINT training_adjustment_fits CHECK (length(words) <= 2000),
    is_arranged    $bool,
    revision       $int NOT NULL CONSTRAINT training_adjustment_counts_up CHECK (revision >= 1),
    changed_at     $int NOT NULL
) $strict;

CREATE TABLE training_conversation (
    application_id $id NOT NULL CONSTRAINT training_conversation_taken PRIMARY KEY
        CONSTRAINT training_conversation_of_an_application REFERENCES training_application (id),
    held_on        $date NOT NULL,
    held_by        $id NOT NULL CONSTRAINT training_conversation_held_by_a_person REFERENCES person (id)
) $strict;

CREATE TABLE training_step (
    application_id $id NOT NULL CONSTRAINT training_step_of_an_application REFERENCES training_application (id),
    number         $int NOT NULL CONSTRAINT training_step_counts_from_one CHECK (number >= 1),
    step           TEXT NOT NULL CONSTRAINT training_step_known REFERENCES application_step (step),
    person_id      $id NOT NULL CONSTRAINT training_step_by_a_person REFERENCES person (id),
    words          TEXT NOT NULL CONSTRAINT training_step_words_fit CHECK (length(words) <= 2000),
    taken_at       $int NOT NULL,
    CONSTRAINT training_step_taken PRIMARY KEY (application_id, number),
    CONSTRAINT training_step_not_this_time_says_why CHECK (step <> 'not_this_time' OR length(words) >= 1)
) $strict;
";

const GONE: &str = "
DROP TABLE training_step;
DROP TABLE training_conversation;
DROP TABLE training_adjustment;
DROP TABLE training_answer;
DROP TABLE training_application;
DROP TABLE training_told;
DROP TABLE training_criterion;
DROP TABLE training_round;
DROP TABLE application_step;
DROP TABLE application_state;
DROP TABLE criterion_need;
DROP TABLE round_role;
DELETE FROM job WHERE kind = 'tell_of_round';
DELETE FROM job_kind WHERE kind = 'tell_of_round';
";
