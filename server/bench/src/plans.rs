//! Reads plans: does a statement read a table that grows from end to end?

use anyhow::{Context, Result};
use serde::Serialize;
use server::settings::Settings;
use store::heard::{Ran, Scans};
use store::register::register;
use store::{Db, Engine};

use crate::visits;

/// A statement, how the engine answers it, and what is wrong with that.
#[derive(Debug, Serialize)]
pub(crate) struct Judged {
    pub(crate) statement: String,
    pub(crate) doors: Vec<String>,
    pub(crate) plan: Vec<String>,
    /// The table that is read from end to end although it grows.
    pub(crate) scans: Option<String>,
}

/// Below this PostgreSQL may well read a whole table: what it would do with a large one is asked for.
const LARGE: i64 = 10_000;

/// The plan of every statement behind every door.
pub(crate) async fn of_every_door(settings: &Settings, db: Db) -> Result<Vec<Judged>> {
    let beside = db.beside().await?;
    let asked = visits::everything_asked(settings, db).await?;
    let mut judged = Vec::with_capacity(asked.len());
    for it in asked {
        let of = || format!("No plan for: {}", it.ran.sql());
        let (plan, scans) = judge(&beside, &it.ran).await.with_context(of)?;
        judged.push(Judged { statement: it.ran.sql().to_owned(), doors: it.doors, plan, scans });
    }
    beside.close().await?;
    Ok(judged)
}

async fn judge(db: &Db, ran: &Ran) -> Result<(Vec<String>, Option<String>)> {
    let plan = db.plan_of(ran, Scans::AsCheapest).await?;
    let Some(table) = scanned(db.engine(), ran.sql(), &plan) else { return Ok((plan, None)) };
    if db.engine() == Engine::Sqlite || db.rows_of(&table).await? >= LARGE {
        return Ok((plan, Some(table)));
    }
    let plan = db.plan_of(ran, Scans::Avoided).await?;
    let scans = scanned(db.engine(), ran.sql(), &plan);
    Ok((plan, scans))
}

/// The first growing table that the plan reads from end to end.
pub(crate) fn scanned(engine: Engine, sql: &str, plan: &[String]) -> Option<String> {
    if stops_early(sql, plan) {
        return None;
    }
    let scans = match engine {
        // What a plain insert names are tables that refer to this one, for the case that the transaction still
        // owes them a row. Ours never owe any: no constraint of ours is deferred.
        Engine::Sqlite if sql.starts_with("INSERT ") && !sql.contains("SELECT ") => Vec::new(),
        Engine::Sqlite => sqlite_scans(plan),
        Engine::Postgres => postgres_scans(plan),
    };
    scans.into_iter().find(|it| grows(it))
}

/// Unknown names count as growing: better once too often.
fn grows(table: &str) -> bool {
    register().find(|it| it.table == table).is_none_or(store::register::Kept::grows)
}

/// Without a condition and without sorting, a limit reads no more rows than it gives back.
fn stops_early(sql: &str, plan: &[String]) -> bool {
    let sorts = plan.iter().any(|it| it.contains("USE TEMP B-TREE") || it.contains("Sort"));
    sql.contains(" LIMIT ") && !sql.contains(" WHERE ") && !sql.contains(" OFFSET ") && !sorts
}

/// `SCAN person`, `SCAN person USING COVERING INDEX …`; not `SCAN CONSTANT ROW`, `SCAN 7-ROW VALUES CLAUSE`, and
/// not what a subquery made.
fn sqlite_scans(plan: &[String]) -> Vec<String> {
    let made = |line: &String| {
        let name = line.strip_prefix("CO-ROUTINE ").or_else(|| line.strip_prefix("MATERIALIZE "));
        name.map(str::to_owned)
    };
    let made: Vec<String> = plan.iter().filter_map(made).collect();
    let named = |line: &String| {
        let rest = line.strip_prefix("SCAN ")?;
        let name = rest.split(' ').next()?.to_owned();
        let is_list = rest.starts_with("CONSTANT ROW") || rest.ends_with("-ROW VALUES CLAUSE");
        let is_made = name.starts_with('(') || made.contains(&name);
        (!is_list && !is_made && !rest.contains("VIRTUAL TABLE")).then_some(name)
    };
    plan.iter().filter_map(named).collect()
}

/// `Seq Scan on person`; also a way through a whole index, which has no `Index Cond`.
fn postgres_scans(plan: &[String]) -> Vec<String> {
    let mut scans = Vec::new();
    for (at, line) in plan.iter().enumerate() {
        let step = line.trim_start().trim_start_matches("->").trim_start();
        let step = step.trim_start_matches("Parallel ");
        let table = step.split_once(" on ").and_then(|it| it.1.split(' ').next());
        let Some(table) = table.map(|it| it.trim_matches('"').to_owned()) else { continue };
        let is_step = |it: &&String| it.trim_start().starts_with("->");
        let remarks = plan.iter().skip(at + 1).take_while(|it| !is_step(it));
        let mut conditions = remarks.filter(|it| it.trim_start().starts_with("Index Cond:"));
        let is_whole =
            step.starts_with("Seq Scan on ") || step.starts_with("Index") && conditions.next().is_none();
        if is_whole {
            scans.push(table);
        }
    }
    scans
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on_sqlite(sql: &str, plan: &[&str]) -> Option<String> {
        scanned(Engine::Sqlite, sql, &plan.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>())
    }

    fn on_postgres(sql: &str, plan: &[&str]) -> Option<String> {
        scanned(Engine::Postgres, sql, &plan.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn a_scan_of_a_growing_table_is_found() {
        let person = Some("person".to_owned());
        assert_eq!(on_sqlite("SELECT 1 WHERE 1", &["SCAN person"]), person);
        assert_eq!(on_sqlite("SELECT 1", &["SCAN person USING COVERING INDEX x"]), person);
        assert_eq!(on_postgres("SELECT 1", &["Seq Scan on person", "  Filter: (a = b)"]), person);
        let deep = ["Sort", "  ->  Parallel Seq Scan on person p"];
        assert_eq!(on_postgres("SELECT 1", &deep), person);
        let whole_index = ["Index Scan using person_id_taken on person", "  Filter: (known_as = 'a'::text)"];
        assert_eq!(on_postgres("SELECT 1", &whole_index), person);
    }

    #[test]
    fn an_index_passes() {
        assert_eq!(on_sqlite("SELECT 1", &["SEARCH person USING INDEX x (id=?)"]), None);
        let indexed = ["Index Scan using person_id_taken on person", "  Index Cond: (id = $1)"];
        assert_eq!(on_postgres("SELECT 1", &indexed), None);
        let bitmap = [
            "Bitmap Heap Scan on session",
            "  Recheck Cond: (person_id = $1)",
            "  ->  Bitmap Index Scan on session_by_person",
            "        Index Cond: (person_id = $1)",
        ];
        assert_eq!(on_postgres("SELECT 1", &bitmap), None);
    }

    #[test]
    fn a_small_table_may_be_read_whole() {
        assert_eq!(
            on_sqlite("SELECT 1", &["SCAN help_line", "SCAN CONSTANT ROW", "SCAN (subquery-1)"]),
            None
        );
        assert_eq!(on_postgres("SELECT 1", &["Seq Scan on course"]), None);
    }

    #[test]
    fn a_list_of_values_and_what_the_statement_made_itself_are_no_tables() {
        let list = ["SCAN 7-ROW VALUES CLAUSE"];
        assert_eq!(on_sqlite("SELECT 1", &list), None);
        let numbered = [
            "CO-ROUTINE numbered",
            "CO-ROUTINE (subquery-3)",
            "SEARCH plan_rating USING INDEX x (goal_id=?)",
            "SCAN (subquery-3)",
            "SCAN numbered",
        ];
        assert_eq!(on_sqlite("SELECT 1", &numbered), None);
        let from_all = ["MATERIALIZE numbered", "SCAN plan_rating", "SCAN numbered"];
        assert_eq!(on_sqlite("SELECT 1", &from_all), Some("plan_rating".to_owned()));
    }

    #[test]
    fn whoever_refers_to_a_new_row_is_not_read() {
        let children =
            ["SCAN enrolment USING COVERING INDEX x", "SEARCH course_version USING INDEX y (course_id=?)"];
        assert_eq!(on_sqlite("INSERT INTO course (id) VALUES (?)", &children), None);
        let copied = "INSERT INTO course (id) SELECT id FROM enrolment";
        assert_eq!(on_sqlite(copied, &children), Some("enrolment".to_owned()));
    }

    #[test]
    fn a_table_that_nobody_knows_counts_as_growing() {
        assert_eq!(on_sqlite("SELECT 1", &["SCAN x"]), Some("x".into()));
    }

    #[test]
    fn the_last_row_is_not_a_scan_and_the_first_that_fits_is_one() {
        let plan = ["SCAN audit_event"];
        assert_eq!(on_sqlite("SELECT a FROM audit_event ORDER BY sequence DESC LIMIT ?", &plan), None);
        assert!(on_sqlite("SELECT a FROM audit_event WHERE b = ? LIMIT ?", &plan).is_some());
        let sorted = ["SCAN audit_event", "USE TEMP B-TREE FOR ORDER BY"];
        assert!(on_sqlite("SELECT a FROM audit_event ORDER BY at LIMIT ?", &sorted).is_some());
    }
}
