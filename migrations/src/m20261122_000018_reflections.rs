//! What people write for themselves after a lesson.

crate::ddl::step!([TABLE], GONE);

/// A table of its own, which no question joins to any other.
const TABLE: &str = "
CREATE TABLE reflection (
    person_id  $id NOT NULL,
    course_id  $id NOT NULL,
    lesson     TEXT NOT NULL,
    text       TEXT NOT NULL CONSTRAINT reflection_fits CHECK (length(text) <= 20000),
    revision   $int NOT NULL CONSTRAINT reflection_counts_up CHECK (revision >= 1),
    changed_at $int NOT NULL,
    CONSTRAINT reflection_taken PRIMARY KEY (person_id, course_id, lesson),
    CONSTRAINT reflection_by_somebody_enrolled FOREIGN KEY (person_id, course_id) REFERENCES enrolment (person_id, course_id)
) $strict;
";

const GONE: &str = "
DROP TABLE reflection;
";
