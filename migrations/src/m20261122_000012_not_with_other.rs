//! Who is not wanted by somebody: asked from their side as well, and when a person goes.

crate::ddl::step!([INDEX], GONE);

/// The key begins with the other side. Without it SQLite would read the whole table whenever it looks whether
/// anybody points at a person.
const INDEX: &str = "CREATE INDEX not_with_by_other ON not_with (other_id);\n";

const GONE: &str = "DROP INDEX not_with_by_other;\n";
