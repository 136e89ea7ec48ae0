//! Which newer text a draft took in, and whether a tutor to whom a plan is shown sees its courses as well.

crate::ddl::step!([TAKEN], GONE);

/// A draft that took a newer text in settles that one when it is published, however it was changed since.
///
/// Whoever showed their plan before its courses were spoken of has not agreed to show them.
const TAKEN: &str = "
ALTER TABLE course_draft ADD COLUMN took $bytes CONSTRAINT course_draft_took_is_one CHECK (length(took) = 32);
ALTER TABLE plan_share ADD COLUMN courses $bool NOT NULL DEFAULT $false;
";

const GONE: &str = "
ALTER TABLE plan_share DROP COLUMN courses;
ALTER TABLE course_draft DROP COLUMN took;
";
