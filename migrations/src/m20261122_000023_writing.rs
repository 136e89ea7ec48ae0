//! Courses in writing: drafts, who signed their exact text, and how a version was adopted.

crate::ddl::step!([WORDS, DRAFTS, SIGNATURES, ADOPTIONS], GONE);

const WORDS: &str = "
INSERT INTO engagement_kind (kind) VALUES ('course_editor');

CREATE TABLE signature_side (side TEXT NOT NULL CONSTRAINT signature_side_taken PRIMARY KEY) $strict;
INSERT INTO signature_side (side) VALUES ('lived_experience'), ('profession'), ('safety');

INSERT INTO audit_action (action) VALUES
    ('course_draft_begun'), ('course_draft_left'), ('course_draft_replaced'), ('course_signed'),
    ('course_signature_taken_back'), ('course_proposal_left')
ON CONFLICT DO NOTHING;
";

/// A draft is known by the lasting name that its course has or will have: there is one at a time.
const DRAFTS: &str = "
CREATE TABLE course_draft (
    slug             TEXT NOT NULL CONSTRAINT course_draft_taken PRIMARY KEY,
    course_id        $id CONSTRAINT course_draft_of_a_course REFERENCES course (id),
    based_on         $int NOT NULL CONSTRAINT course_draft_based_on_a_version CHECK (based_on >= 0),
    hash             $bytes NOT NULL CONSTRAINT course_draft_hash_is_one CHECK (length(hash) = 32),
    outline          TEXT NOT NULL CONSTRAINT course_draft_outline_fits CHECK (length(outline) <= 40000),
    outline_revision $int NOT NULL CONSTRAINT course_draft_outline_counts_up CHECK (outline_revision >= 1),
    changed_at       $int NOT NULL,
    CONSTRAINT course_draft_text UNIQUE (slug, hash),
    CONSTRAINT course_draft_once UNIQUE (course_id)
) $strict;

CREATE TABLE draft_lesson (
    draft    TEXT NOT NULL CONSTRAINT draft_lesson_of_a_draft REFERENCES course_draft (slug),
    slug     TEXT NOT NULL,
    position $int NOT NULL CONSTRAINT draft_lesson_counts_from_one CHECK (position >= 1),
    source   TEXT NOT NULL CONSTRAINT draft_lesson_fits CHECK (length(source) <= 40000),
    revision $int NOT NULL CONSTRAINT draft_lesson_counts_up CHECK (revision >= 1),
    CONSTRAINT draft_lesson_taken PRIMARY KEY (draft, slug)
) $strict;
";

/// While a signature stands the text it is for cannot change: its hash is pointed at.
const SIGNATURES: &str = "
CREATE TABLE course_signature (
    draft      TEXT NOT NULL,
    side       TEXT NOT NULL CONSTRAINT course_signature_side_known REFERENCES signature_side (side),
    person_id  $id NOT NULL CONSTRAINT course_signature_by_a_person REFERENCES person (id),
    hash       $bytes NOT NULL,
    shows_name $bool NOT NULL,
    review_by  $date,
    signed_at  $int NOT NULL,
    CONSTRAINT course_signature_one_for_each_side PRIMARY KEY (draft, side),
    CONSTRAINT course_signature_of_this_text FOREIGN KEY (draft, hash) REFERENCES course_draft (slug, hash),
    CONSTRAINT course_signature_safety_has_a_day CHECK ((side = 'safety') = (review_by IS NOT NULL))
) $strict;
CREATE UNIQUE INDEX course_signature_by_two_people ON course_signature (draft, person_id) WHERE side <> 'safety';
CREATE INDEX course_signature_by_person ON course_signature (person_id);
";

/// A version is adopted when it has a row here, and there is none without two different people.
const ADOPTIONS: &str = "
CREATE TABLE course_adoption (
    course_id     $id NOT NULL,
    number        $int NOT NULL,
    adopted_on    $date NOT NULL,
    lived_by      $id NOT NULL CONSTRAINT course_adoption_out_of_lived_experience REFERENCES person (id),
    lived_as      TEXT,
    profession_by $id NOT NULL CONSTRAINT course_adoption_by_profession REFERENCES person (id),
    profession_as TEXT,
    safety_by     $id CONSTRAINT course_adoption_looked_at_for_safety REFERENCES person (id),
    safety_as     TEXT,
    review_by     $date,
    CONSTRAINT course_adoption_once PRIMARY KEY (course_id, number),
    CONSTRAINT course_adoption_of_a_version FOREIGN KEY (course_id, number) REFERENCES course_version (course_id, number),
    CONSTRAINT course_adoption_by_two_people CHECK (lived_by <> profession_by),
    CONSTRAINT course_adoption_safety_whole CHECK ((safety_by IS NULL) = (review_by IS NULL))
) $strict;
CREATE INDEX course_adoption_by_lived ON course_adoption (lived_by);
CREATE INDEX course_adoption_by_professional ON course_adoption (profession_by);
CREATE INDEX course_adoption_by_safety ON course_adoption (safety_by);
UPDATE course_version SET co_production = 'draft' WHERE co_production = 'adopted';
";

const GONE: &str = "
DROP TABLE course_adoption;
DROP TABLE course_signature;
DROP TABLE draft_lesson;
DROP TABLE course_draft;
DROP TABLE signature_side;
DELETE FROM engagement_kind WHERE kind = 'course_editor';
";
