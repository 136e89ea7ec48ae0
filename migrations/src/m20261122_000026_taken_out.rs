//! What somebody wrote about a course can be taken out for good: why stays, so that its author is told; the words do not.

crate::ddl::step!([ACTION, ASIDE, TABLE, BACK], GONE);

const ACTION: &str = "
INSERT INTO audit_action (action) VALUES ('feedback_taken_out') ON CONFLICT DO NOTHING;
";

/// SQLite changes no column that is there, so the table is made anew.
const ASIDE: &str = "
CREATE TABLE feedback_comment_aside AS SELECT * FROM feedback_comment;
DROP TABLE feedback_comment;
";

/// Only what the college reads is taken out; until then it is for its author alone to change.
const TABLE: &str = "
CREATE TABLE feedback_comment (
    person_id $id NOT NULL,
    course_id $id NOT NULL,
    asked     TEXT NOT NULL CONSTRAINT feedback_comment_asked_known CHECK (asked IN ('helped', 'change')),
    text      TEXT CONSTRAINT feedback_comment_fits CHECK (length(text) BETWEEN 1 AND 1000),
    place     $int NOT NULL,
    through   $date,
    taken_out TEXT CONSTRAINT feedback_comment_taken_out_known CHECK (taken_out IN ('names_somebody', 'tells_who', 'something_else')),
    CONSTRAINT feedback_comment_taken PRIMARY KEY (person_id, course_id, asked),
    CONSTRAINT feedback_comment_of_an_answer FOREIGN KEY (person_id, course_id) REFERENCES feedback (person_id, course_id),
    CONSTRAINT feedback_comment_shown_with_a_round FOREIGN KEY (through, course_id) REFERENCES feedback_round (through, course_id),
    CONSTRAINT feedback_comment_taken_out_says_nothing CHECK ((taken_out IS NULL) = (text IS NOT NULL)),
    CONSTRAINT feedback_comment_taken_out_was_shown CHECK (taken_out IS NULL OR through IS NOT NULL)
) $strict;
CREATE INDEX feedback_comment_shown ON feedback_comment (course_id, through, asked, place);
";

const BACK: &str = "
INSERT INTO feedback_comment (person_id, course_id, asked, text, place, through)
SELECT person_id, course_id, asked, text, place, through FROM feedback_comment_aside;
DROP TABLE feedback_comment_aside;
";

const GONE: &str = "
CREATE TABLE feedback_comment_aside AS SELECT * FROM feedback_comment WHERE text IS NOT NULL;
DROP TABLE feedback_comment;
CREATE TABLE feedback_comment (
    person_id $id NOT NULL,
    course_id $id NOT NULL,
    asked     TEXT NOT NULL CONSTRAINT feedback_comment_asked_known CHECK (asked IN ('helped', 'change')),
    text      TEXT NOT NULL CONSTRAINT feedback_comment_fits CHECK (length(text) BETWEEN 1 AND 1000),
    place     $int NOT NULL,
    through   $date,
    CONSTRAINT feedback_comment_taken PRIMARY KEY (person_id, course_id, asked),
    CONSTRAINT feedback_comment_of_an_answer FOREIGN KEY (person_id, course_id) REFERENCES feedback (person_id, course_id),
    CONSTRAINT feedback_comment_shown_with_a_round FOREIGN KEY (through, course_id) REFERENCES feedback_round (through, course_id)
) $strict;
CREATE INDEX feedback_comment_shown ON feedback_comment (course_id, through, asked, place);
INSERT INTO feedback_comment (person_id, course_id, asked, text, place, through)
SELECT person_id, course_id, asked, text, place, through FROM feedback_comment_aside;
DROP TABLE feedback_comment_aside;
";
