//! What others say of somebody's work: witnesses who are asked by a letter, and voices without a name.

crate::ddl::step!([WORDS, WITNESSES, VOICES], GONE);

const WORDS: &str = "
INSERT INTO evidence_kind (kind) VALUES ('testimony'), ('voices');
INSERT INTO job_kind (kind) VALUES ('forget_witnesses'), ('gather_voices');
INSERT INTO audit_action (action) VALUES ('witness_asked'), ('witness_told'), ('codes_printed') ON CONFLICT DO NOTHING;

CREATE TABLE witness_ending (ending TEXT NOT NULL CONSTRAINT witness_ending_taken PRIMARY KEY) $strict;
INSERT INTO witness_ending (ending) VALUES ('answered'), ('declined'), ('withdrawn'), ('late');
";

/// Who was asked is there as long as it is open, and not a moment longer. `serves` are codes, one on each line.
const WITNESSES: &str = "
CREATE TABLE witness_asked (
    id           $id NOT NULL CONSTRAINT witness_asked_id_taken PRIMARY KEY,
    person_id    $id NOT NULL,
    framework_id $id NOT NULL,
    known_as     TEXT CONSTRAINT witness_known_as_fits CHECK (length(known_as) BETWEEN 1 AND 60),
    email        TEXT CONSTRAINT witness_email_fits CHECK (length(email) BETWEEN 3 AND 254),
    hash         $bytes NOT NULL CONSTRAINT witness_asked_hash_taken UNIQUE,
    serves       TEXT NOT NULL CONSTRAINT witness_asked_about_something CHECK (length(serves) >= 1),
    made_at      $int NOT NULL,
    ending       TEXT CONSTRAINT witness_ending_known REFERENCES witness_ending (ending),
    evidence_id  $id CONSTRAINT witness_evidence_taken UNIQUE CONSTRAINT witness_evidence_there REFERENCES evidence (id),
    CONSTRAINT witness_asked_by_somebody_who_took_it_up FOREIGN KEY (person_id, framework_id) REFERENCES competence_taken (person_id, framework_id),
    CONSTRAINT witness_forgotten_at_the_end CHECK ((ending IS NULL) = (known_as IS NOT NULL) AND (ending IS NULL) = (email IS NOT NULL)),
    CONSTRAINT witness_answer_is_evidence CHECK ((coalesce(ending, '') = 'answered') = (evidence_id IS NOT NULL))
) $strict;
CREATE INDEX witness_asked_by_person ON witness_asked (person_id, made_at);
CREATE INDEX witness_asked_open ON witness_asked (made_at) WHERE ending IS NULL;
";

/// Nothing tells which code a voice came by, and nothing when.
const VOICES: &str = "
CREATE TABLE voice_sheet (
    id           $id NOT NULL CONSTRAINT voice_sheet_id_taken PRIMARY KEY,
    person_id    $id NOT NULL,
    framework_id $id NOT NULL,
    serves       TEXT NOT NULL CONSTRAINT voice_sheet_about_something CHECK (length(serves) >= 1),
    made_at      $int NOT NULL,
    CONSTRAINT voice_sheet_one_at_a_time UNIQUE (person_id),
    CONSTRAINT voice_sheet_by_somebody_who_took_it_up FOREIGN KEY (person_id, framework_id) REFERENCES competence_taken (person_id, framework_id)
) $strict;
CREATE INDEX voice_sheet_made ON voice_sheet (made_at);

CREATE TABLE voice_code (
    hash     $bytes NOT NULL CONSTRAINT voice_code_taken PRIMARY KEY,
    sheet_id $id NOT NULL CONSTRAINT voice_code_of_a_sheet REFERENCES voice_sheet (id),
    is_used  $bool NOT NULL
) $strict;
CREATE INDEX voice_code_by_sheet ON voice_code (sheet_id);

CREATE TABLE voice (
    id       $id NOT NULL CONSTRAINT voice_id_taken PRIMARY KEY,
    sheet_id $id NOT NULL CONSTRAINT voice_of_a_sheet REFERENCES voice_sheet (id),
    said     TEXT NOT NULL CONSTRAINT voice_said_fits CHECK (length(said) <= 200),
    words    TEXT NOT NULL CONSTRAINT voice_words_fit CHECK (length(words) <= 300),
    CONSTRAINT voice_says_something CHECK (said <> '' OR words <> '')
) $strict;
CREATE INDEX voice_by_sheet ON voice (sheet_id);
";

const GONE: &str = "
DROP TABLE voice;
DROP TABLE voice_code;
DROP TABLE voice_sheet;
DROP TABLE witness_asked;
DROP TABLE witness_ending;
DELETE FROM job_kind WHERE kind IN ('forget_witnesses', 'gather_voices');
DELETE FROM evidence_kind WHERE kind IN ('testimony', 'voices');
";
