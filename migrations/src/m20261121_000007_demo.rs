//! Whether this is the demo: a database that holds invented people with a password that everybody knows.

crate::ddl::step!([TABLE], "DROP TABLE demo;\n");

const TABLE: &str = "
CREATE TABLE demo (
    one       $int NOT NULL CONSTRAINT demo_is_one_row PRIMARY KEY CHECK (one = 1),
    loaded_at $int NOT NULL
) $strict;
";
