//! Which version of a course somebody has last been told about.

crate::ddl::step!([COLUMN], GONE);

/// Empty for those who enrolled before it was kept: they are told of the next change.
const COLUMN: &str = "
ALTER TABLE enrolment ADD COLUMN version_seen $int;
";

const GONE: &str = "
ALTER TABLE enrolment DROP COLUMN version_seen;
";
