//! Which version of a course somebody has last been told about.

crate::ddl::step!([COLUMN], GONE);

/// Those who enrolled before it was kept are told of the next change.
const COLUMN: &str = "
ALTER TABLE enrolment ADD COLUMN version_seen $int;
UPDATE enrolment SET version_seen = (SELECT course.current FROM course WHERE course.id = enrolment.course_id);
";

const GONE: &str = "
ALTER TABLE enrolment DROP COLUMN version_seen;
";
