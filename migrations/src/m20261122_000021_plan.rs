//! Learning plans: what learners hope for, their goals and how close these feel, their reviews, and whom they show it.

crate::ddl::step!([WORDS, TABLES], GONE);

const WORDS: &str = "
CREATE TABLE plan_heading (heading TEXT NOT NULL CONSTRAINT plan_heading_taken PRIMARY KEY) $strict;
INSERT INTO plan_heading (heading) VALUES ('connectedness'), ('hope'), ('identity'), ('meaning'), ('empowerment');

CREATE TABLE plan_goal_state (state TEXT NOT NULL CONSTRAINT plan_goal_state_taken PRIMARY KEY) $strict;
INSERT INTO plan_goal_state (state) VALUES ('under_way'), ('reached'), ('set_aside');

CREATE TABLE plan_reviewed_with (company TEXT NOT NULL CONSTRAINT plan_reviewed_with_taken PRIMARY KEY) $strict;
INSERT INTO plan_reviewed_with (company) VALUES ('alone'), ('tutor');

INSERT INTO audit_action (action) VALUES ('plan_shared'), ('plan_taken_back'), ('plan_read') ON CONFLICT DO NOTHING;
";

/// What its owner takes back leaves its number behind, without words, so that an old tab does not bring it back. The
/// index of the shares serves those who read: everybody who shares with one tutor.
const TABLES: &str = "
CREATE TABLE plan (
    person_id  $id NOT NULL CONSTRAINT plan_of_a_person_taken PRIMARY KEY CONSTRAINT plan_of_a_person REFERENCES person (id),
    hopes      TEXT NOT NULL CONSTRAINT plan_hopes_fit CHECK (length(hopes) <= 2000),
    helps      TEXT NOT NULL CONSTRAINT plan_helps_fit CHECK (length(helps) <= 2000),
    hinders    TEXT NOT NULL CONSTRAINT plan_hinders_fit CHECK (length(hinders) <= 2000),
    revision   $int NOT NULL CONSTRAINT plan_counts_up CHECK (revision >= 0),
    changed_at $int NOT NULL
) $strict;

CREATE TABLE plan_goal (
    id          $id NOT NULL CONSTRAINT plan_goal_id_taken PRIMARY KEY,
    person_id   $id NOT NULL CONSTRAINT plan_goal_of_a_plan REFERENCES plan (person_id),
    words       TEXT NOT NULL CONSTRAINT plan_goal_words_fit CHECK (length(words) <= 300),
    notice      TEXT NOT NULL CONSTRAINT plan_goal_notice_fits CHECK (length(notice) <= 1000),
    heading     TEXT CONSTRAINT plan_goal_heading_known REFERENCES plan_heading (heading),
    state       TEXT NOT NULL CONSTRAINT plan_goal_state_known REFERENCES plan_goal_state (state),
    state_since $date NOT NULL,
    revision    $int NOT NULL CONSTRAINT plan_goal_counts_up CHECK (revision >= 1),
    made_at     $int NOT NULL
) $strict;
CREATE INDEX plan_goal_by_person ON plan_goal (person_id);

CREATE TABLE plan_rating (
    goal_id  $id NOT NULL CONSTRAINT plan_rating_of_a_goal REFERENCES plan_goal (id),
    rated_on $date NOT NULL,
    rating   $int NOT NULL CONSTRAINT plan_rating_is_0_to_10 CHECK (rating BETWEEN 0 AND 10),
    CONSTRAINT plan_rating_of_the_day_taken PRIMARY KEY (goal_id, rated_on)
) $strict;

CREATE TABLE plan_review (
    id        $id NOT NULL CONSTRAINT plan_review_id_taken PRIMARY KEY,
    person_id $id NOT NULL CONSTRAINT plan_review_of_a_plan REFERENCES plan (person_id),
    held_on   $date NOT NULL,
    company   TEXT NOT NULL CONSTRAINT plan_review_with_known REFERENCES plan_reviewed_with (company),
    went_well TEXT NOT NULL CONSTRAINT plan_review_went_well_fits CHECK (length(went_well) <= 2000),
    changes   TEXT NOT NULL CONSTRAINT plan_review_changes_fit CHECK (length(changes) <= 2000),
    revision  $int NOT NULL CONSTRAINT plan_review_counts_up CHECK (revision >= 1),
    made_at   $int NOT NULL
) $strict;
CREATE INDEX plan_review_by_person ON plan_review (person_id);

CREATE TABLE plan_share (
    person_id       $id NOT NULL CONSTRAINT plan_share_of_a_plan REFERENCES plan (person_id),
    tutor_id        $id NOT NULL CONSTRAINT plan_share_with_a_person REFERENCES person (id),
    organisation_id $id NOT NULL CONSTRAINT plan_share_at_an_organisation REFERENCES organisation (id),
    from_on         $date NOT NULL,
    CONSTRAINT plan_share_taken PRIMARY KEY (person_id, tutor_id),
    CONSTRAINT plan_share_is_with_somebody_else CHECK (person_id <> tutor_id)
) $strict;
CREATE INDEX plan_share_read ON plan_share (tutor_id, person_id);
";

const GONE: &str = "
DROP TABLE plan_share;
DROP TABLE plan_review;
DROP TABLE plan_rating;
DROP TABLE plan_goal;
DROP TABLE plan;
DROP TABLE plan_reviewed_with;
DROP TABLE plan_goal_state;
DROP TABLE plan_heading;
";
