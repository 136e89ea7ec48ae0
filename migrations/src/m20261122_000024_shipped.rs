//! What came with the program: remembered, so that it never takes the place of what a college adopted.

crate::ddl::step!([TABLES], GONE);

/// Until now every version came with the program.
const TABLES: &str = "
ALTER TABLE course ADD COLUMN shipped $bytes;
UPDATE course SET shipped = (SELECT v.digest FROM course_version v WHERE v.course_id = course.id AND v.number = course.current);

CREATE TABLE course_proposal (
    course_id $id NOT NULL CONSTRAINT course_proposal_once PRIMARY KEY
              CONSTRAINT course_proposal_of_a_course REFERENCES course (id),
    hash      $bytes NOT NULL CONSTRAINT course_proposal_hash_is_one CHECK (length(hash) = 32),
    outline   TEXT NOT NULL,
    came_at   $int NOT NULL
) $strict;

CREATE TABLE proposal_lesson (
    course_id $id NOT NULL CONSTRAINT proposal_lesson_of_a_proposal REFERENCES course_proposal (course_id),
    slug      TEXT NOT NULL,
    position  $int NOT NULL CONSTRAINT proposal_lesson_counts_from_one CHECK (position >= 1),
    source    TEXT NOT NULL,
    CONSTRAINT proposal_lesson_taken PRIMARY KEY (course_id, slug)
) $strict;
";

const GONE: &str = "
DROP TABLE proposal_lesson;
DROP TABLE course_proposal;
ALTER TABLE course DROP COLUMN shipped;
";
