//! Whom an invitation was made and accepted by: asked when a person goes.

crate::ddl::step!([INDEX], GONE);

/// Without them SQLite would read the whole table whenever it looks whether anything points at a person.
const INDEX: &str = "
CREATE INDEX invitation_by_maker ON invitation (made_by);
CREATE INDEX invitation_by_whoever_accepted ON invitation (accepted_by);
";

const GONE: &str = "
DROP INDEX invitation_by_whoever_accepted;
DROP INDEX invitation_by_maker;
";
