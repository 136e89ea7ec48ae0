//! That somebody who has an account began to learn is written down.

crate::ddl::step!([BEGUN], GONE);

const BEGUN: &str = "INSERT INTO audit_action (action) VALUES ('learning_begun') ON CONFLICT DO NOTHING;";

/// What was written down stays, and so does its word.
const GONE: &str = "";
