//! Checks that somebody has tried, and what it takes to have finished a lesson.

crate::ddl::step!([TABLES], GONE);

/// Until now a lesson was finished by reading it: what is in the table stays finished, under a truer name. A lesson
/// that is read while there are checks left to try is under way.
const TABLES: &str = "
ALTER TABLE lesson_read RENAME TO lesson_finished;
ALTER TABLE lesson_finished RENAME COLUMN read_at TO finished_at;

CREATE TABLE lesson_under_way (
    person_id $id NOT NULL,
    course_id $id NOT NULL,
    lesson    TEXT NOT NULL,
    read_at   $int NOT NULL,
    CONSTRAINT lesson_under_way_taken PRIMARY KEY (person_id, course_id, lesson),
    CONSTRAINT lesson_under_way_by_somebody_enrolled FOREIGN KEY (person_id, course_id) REFERENCES enrolment (person_id, course_id)
) $strict;

CREATE TABLE check_try (
    person_id  $id NOT NULL,
    course_id  $id NOT NULL,
    lesson     TEXT NOT NULL,
    question   TEXT NOT NULL,
    first      TEXT NOT NULL CONSTRAINT check_try_first_is_a_choice CHECK (length(first) BETWEEN 1 AND 40),
    latest     TEXT NOT NULL CONSTRAINT check_try_latest_is_a_choice CHECK (length(latest) BETWEEN 1 AND 40),
    first_at   $int NOT NULL,
    CONSTRAINT check_try_taken PRIMARY KEY (person_id, course_id, lesson, question),
    CONSTRAINT check_tried_by_somebody_enrolled FOREIGN KEY (person_id, course_id) REFERENCES enrolment (person_id, course_id)
) $strict;
";

const GONE: &str = "
DROP TABLE check_try;
DROP TABLE lesson_under_way;
ALTER TABLE lesson_finished RENAME COLUMN finished_at TO read_at;
ALTER TABLE lesson_finished RENAME TO lesson_read;
";
