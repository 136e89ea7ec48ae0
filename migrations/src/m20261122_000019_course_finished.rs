//! Courses that somebody has finished.

crate::ddl::step!([TABLE, BEFORE], GONE);

/// A fact of its own, because a course may change afterwards: what is finished stays finished, in its version.
const TABLE: &str = "
CREATE TABLE course_finished (
    person_id   $id NOT NULL,
    course_id   $id NOT NULL,
    version     $int NOT NULL,
    finished_at $int NOT NULL,
    CONSTRAINT course_finished_taken PRIMARY KEY (person_id, course_id),
    CONSTRAINT course_finished_by_somebody_enrolled FOREIGN KEY (person_id, course_id) REFERENCES enrolment (person_id, course_id),
    CONSTRAINT course_finished_in_a_version FOREIGN KEY (course_id, version) REFERENCES course_version (course_id, number)
) $strict;
";

/// Whoever has finished every lesson of a course as it is now.
const BEFORE: &str = "
INSERT INTO course_finished (person_id, course_id, version, finished_at)
SELECT lesson_finished.person_id, lesson_finished.course_id, course.current, max(lesson_finished.finished_at)
FROM lesson_finished
JOIN course ON course.id = lesson_finished.course_id
JOIN lesson ON lesson.course_id = course.id AND lesson.number = course.current AND lesson.slug = lesson_finished.lesson
GROUP BY lesson_finished.person_id, lesson_finished.course_id, course.current
HAVING count(*) = (
    SELECT count(*) FROM lesson AS every WHERE every.course_id = lesson_finished.course_id AND every.number = course.current
);
";

const GONE: &str = "
DROP TABLE course_finished;
";
