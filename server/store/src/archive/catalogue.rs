//! Which tables there are, as the database itself says.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement};

use crate::{Failure, Result};

/// A table with its columns in alphabetical order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    pub name: String,
    pub columns: Vec<Column>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    pub name: String,
    pub(super) kind: Kind,
    /// Its place in the table's key, from one.
    pub(super) key: Option<i64>,
}

/// What a column holds, in the words of its engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Id,
    SmallInt,
    Int,
    BigInt,
    Bool,
    Bytes,
    Date,
    Text,
}

/// The table of migrations is the migrations' own.
const SQLITE_COLUMNS: &str = r#"
SELECT t.name, c.name, lower(c.type), c.pk
FROM pragma_table_list AS t, pragma_table_info(t.name) AS c
WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite!_%' ESCAPE '!' AND t.name <> 'seaql_migrations'
ORDER BY t.name, c.name"#;

const SQLITE_POINTERS: &str = r#"
SELECT t.name, f."table", ''
FROM pragma_table_list AS t, pragma_foreign_key_list(t.name) AS f
WHERE t.schema = 'main' AND t.type = 'table'"#;

const POSTGRES_COLUMNS: &str = r#"
SELECT t.relname::text, c.attname::text, format_type(c.atttypid, NULL), coalesce(array_position(k.conkey, c.attnum), 0)::bigint
FROM pg_class t
JOIN pg_attribute c ON c.attrelid = t.oid AND c.attnum > 0 AND NOT c.attisdropped AND c.attgenerated = ''
LEFT JOIN pg_constraint k ON k.conrelid = t.oid AND k.contype = 'p'
WHERE t.relnamespace = current_schema()::regnamespace AND t.relkind IN ('r', 'p') AND t.relname <> 'seaql_migrations'
ORDER BY t.relname COLLATE "C", c.attname COLLATE "C""#;

const POSTGRES_POINTERS: &str = r#"
SELECT t.relname::text, at.relname::text, f.conname::text
FROM pg_constraint f JOIN pg_class t ON t.oid = f.conrelid JOIN pg_class at ON at.oid = f.confrelid
WHERE f.contype = 'f' AND f.connamespace = current_schema()::regnamespace
ORDER BY f.conname"#;

/// A foreign key: from a table, to a table, called so.
type Pointer = (String, String, String);

/// All tables, each after those that it points at, as far as they do not point in a circle.
pub(super) async fn tables(db: &impl ConnectionTrait) -> Result<Vec<Table>> {
    let rows = ask(db, SQLITE_COLUMNS, POSTGRES_COLUMNS).await?;
    let mut tables: BTreeMap<String, Table> = BTreeMap::new();
    for row in rows {
        let (name, column): (String, String) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        let kind: String = row.try_get_by_index(2)?;
        let kind = known(db.get_database_backend(), &kind).ok_or_else(|| {
            Failure::Archive(format!("{name}.{column} is of the type {kind}, which no backup knows"))
        })?;
        let key = Some(row.try_get_by_index(3)?).filter(|it| *it > 0);
        let table = tables.entry(name.clone()).or_insert_with(|| Table { name, columns: Vec::new() });
        table.columns.push(Column { name: column, kind, key });
    }
    Ok(in_order(tables, &pointers(db).await?))
}

/// The foreign keys that point at their own table or at a later one. Only PostgreSQL calls them by name.
pub(super) async fn pointing_ahead(
    db: &impl ConnectionTrait,
    tables: &[Table],
) -> Result<Vec<(String, String)>> {
    let place = |name: &str| tables.iter().position(|it| it.name == name);
    let mut ahead = pointers(db).await?;
    ahead.retain(|(from, to, _)| place(from) <= place(to));
    Ok(ahead.into_iter().map(|(from, _, name)| (from, name)).collect())
}

fn known(engine: DbBackend, kind: &str) -> Option<Kind> {
    Some(match (engine, kind) {
        (DbBackend::Sqlite, "integer") | (_, "bigint") => Kind::BigInt,
        (DbBackend::Sqlite, "blob") | (_, "bytea") => Kind::Bytes,
        (_, "text" | "character varying") => Kind::Text,
        (_, "uuid") => Kind::Id,
        (_, "smallint") => Kind::SmallInt,
        (_, "integer") => Kind::Int,
        (_, "boolean") => Kind::Bool,
        (_, "date") => Kind::Date,
        _ => return None,
    })
}

fn in_order(mut tables: BTreeMap<String, Table>, pointers: &[Pointer]) -> Vec<Table> {
    let mut ordered = Vec::with_capacity(tables.len());
    while !tables.is_empty() {
        let waits: BTreeSet<&str> = pointers
            .iter()
            .filter(|(from, to, _)| from != to && tables.contains_key(to))
            .map(|(from, _, _)| from.as_str())
            .collect();
        // In a circle somebody has to be first.
        let next = tables.keys().find(|it| !waits.contains(it.as_str())).or_else(|| tables.keys().next());
        let Some(next) = next.cloned() else { break };
        ordered.extend(tables.remove(&next));
    }
    ordered
}

async fn pointers(db: &impl ConnectionTrait) -> Result<Vec<Pointer>> {
    let rows = ask(db, SQLITE_POINTERS, POSTGRES_POINTERS).await?;
    let pointer = |row: &QueryResult| {
        Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?, row.try_get_by_index(2)?))
    };
    rows.iter().map(pointer).collect()
}

async fn ask(db: &impl ConnectionTrait, sqlite: &str, postgres: &str) -> Result<Vec<QueryResult>> {
    let engine = db.get_database_backend();
    let query = if engine == DbBackend::Sqlite { sqlite } else { postgres };
    Ok(db.query_all_raw(Statement::from_string(engine, query)).await?)
}
