//! What is counted of supervision, for those who have to show that it happens. Asked for are the facts and nothing else:
//! no notes, no themes, no actions, no reasons.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::people::{AssuranceReader, EngagementKind};
use domain::supervision::Strand;
use domain::supervision::assurance::{People, SUPERVISED, Sums};
use sea_orm::{ConnectionTrait, FromQueryResult, QueryResult, Statement, Value};

use crate::people::unknown;
use crate::{Db, Result};

/// From which day to which.
pub type Span = (NaiveDate, NaiveDate);

/// What was planned, by what became of it.
const PLANNED: &str = "
SELECT whose.strand AS strand,
    COUNT(*) FILTER (WHERE planned.session_id IS NOT NULL) AS held,
    COUNT(*) FILTER (WHERE planned.off = 'supervisor') AS supervisor,
    COUNT(*) FILTER (WHERE planned.off = 'supervisee') AS supervisee,
    COUNT(*) FILTER (WHERE planned.off = 'service') AS service,
    COUNT(*) FILTER (WHERE planned.off = 'off_shift') AS off_shift,
    COUNT(*) FILTER (WHERE planned.off = 'not_heard') AS not_heard,
    COUNT(*) FILTER (WHERE planned.session_id IS NULL AND planned.off IS NULL) AS unsaid,
    COUNT(*) FILTER (WHERE planned.first_starts <> planned.starts) AS moved
FROM supervision_arrangement AS whose
JOIN supervision_planned AS planned ON planned.arrangement_id = whose.id
WHERE whose.organisation_id = $1 AND planned.day BETWEEN $2 AND $3
GROUP BY whose.strand";

/// What was held, and of it what waits to be agreed: written down at `$4` or after, and not agreed by everybody who is asked
/// (`domain::supervision::stand::asked`: whoever it is about, and in a pair whoever supervises, but not whoever wrote it).
const HELD: &str = "
WITH counted AS (
    SELECT whose.strand AS strand, planned.id AS plan, CASE WHEN fact.at >= $4 AND (
        (whose.supervisee_id IS NOT NULL AND whose.supervisor_id <> fact.by_id AND NOT EXISTS (
            SELECT 1 FROM supervision_stand AS stand WHERE stand.session_id = held.id AND stand.number = held.number
                AND stand.person_id = whose.supervisor_id AND stand.stand = 'agreed'))
        OR EXISTS (SELECT 1 FROM supervision_presence AS there
            WHERE there.session_id = held.id AND there.number = held.number AND there.person_id <> fact.by_id
            AND NOT EXISTS (SELECT 1 FROM supervision_stand AS stand WHERE stand.session_id = held.id
                AND stand.number = held.number AND stand.person_id = there.person_id AND stand.stand = 'agreed'))
    ) THEN 1 ELSE 0 END AS waits
    FROM supervision_arrangement AS whose
    JOIN supervision_session AS held ON held.arrangement_id = whose.id
    JOIN supervision_fact AS fact ON fact.session_id = held.id AND fact.number = held.number
    LEFT JOIN supervision_planned AS planned ON planned.session_id = held.id
    WHERE whose.organisation_id = $1 AND held.day BETWEEN $2 AND $3
)
SELECT strand, COUNT(*) FILTER (WHERE plan IS NULL AND waits = 0) AS unplanned,
    COUNT(*) FILTER (WHERE plan IS NOT NULL AND waits = 1) AS waits
FROM counted GROUP BY strand";

/// How many people were to meet, or met, in each kind.
const BEHIND: &str = "
SELECT whose.strand AS strand, COUNT(DISTINCT spell.person_id) AS met
FROM supervision_arrangement AS whose
JOIN supervision_spell AS spell ON spell.arrangement_id = whose.id
WHERE whose.organisation_id = $1 AND spell.from_on <= $3 AND (spell.to_on IS NULL OR spell.to_on >= $2) AND (
    EXISTS (SELECT 1 FROM supervision_planned AS planned WHERE planned.arrangement_id = whose.id AND planned.day BETWEEN $2 AND $3)
    OR EXISTS (SELECT 1 FROM supervision_session AS held WHERE held.arrangement_id = whose.id AND held.day BETWEEN $2 AND $3)
)
GROUP BY whose.strand";

/// Who is to be supervised on day `$4`; `{kinds}` are what they are.
const STAFF: &str = "staff AS (
    SELECT DISTINCT person_id FROM engagement WHERE organisation_id = $1 AND kind IN ({kinds})
        AND from_on <= $4 AND (to_on IS NULL OR to_on >= $4)
)";

/// Who met somebody, as it is written down.
const MET: &str = "met AS (
    SELECT DISTINCT there.person_id AS person_id, whose.strand AS strand FROM supervision_arrangement AS whose
    JOIN supervision_session AS held ON held.arrangement_id = whose.id
    JOIN supervision_presence AS there ON there.session_id = held.id AND there.number = held.number
    WHERE whose.organisation_id = $1 AND held.day BETWEEN $2 AND $3 AND there.minutes > 0
)";

/// Of those who are to be supervised, who met somebody, and who has somebody all the same.
const PEOPLE: &str = "
WITH {staff}, {met}, has AS (
    SELECT DISTINCT spell.person_id AS person_id FROM supervision_arrangement AS whose
    JOIN supervision_spell AS spell ON spell.arrangement_id = whose.id
    WHERE whose.organisation_id = $1 AND whose.strand <> 'ad_hoc' AND (whose.ended_on IS NULL OR whose.ended_on >= $4)
        AND spell.from_on <= $4 AND (spell.to_on IS NULL OR spell.to_on >= $4)
)
SELECT COUNT(*) AS everybody,
    COUNT(*) FILTER (WHERE person_id IN (SELECT person_id FROM met)) AS met,
    COUNT(*) FILTER (WHERE person_id NOT IN (SELECT person_id FROM met) AND person_id IN (SELECT person_id FROM has)) AS has_somebody
FROM staff";

/// Of those who are to be supervised, how many met somebody in each kind.
const BY_STRAND: &str = "
WITH {staff}, {met}
SELECT met.strand AS strand, COUNT(*) AS met FROM met JOIN staff ON staff.person_id = met.person_id GROUP BY met.strand";

#[derive(FromQueryResult)]
struct Planned {
    strand: String,
    held: i64,
    supervisor: i64,
    supervisee: i64,
    service: i64,
    off_shift: i64,
    not_heard: i64,
    unsaid: i64,
    moved: i64,
}

#[derive(FromQueryResult)]
struct Held {
    strand: String,
    unplanned: i64,
    waits: i64,
}

#[derive(FromQueryResult)]
struct Covered {
    everybody: i64,
    met: i64,
    has_somebody: i64,
}

#[derive(FromQueryResult)]
struct Met {
    strand: String,
    met: i64,
}

/// What became of the sessions of each kind of supervision on some days. What was written down from `since` on counts
/// once everybody has agreed.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn sums(
    db: &Db,
    by: &AssuranceReader,
    span: Span,
    since: DateTime<Utc>,
) -> Result<BTreeMap<Strand, Sums>> {
    let mut all: BTreeMap<Strand, Sums> = BTreeMap::new();
    for row in ask(db, by, PLANNED, (span, None)).await? {
        let it = Planned::from_query_result(&row, "")?;
        let off = [it.supervisor, it.supervisee, it.service, it.off_shift, it.not_heard].map(counted);
        let (held, unsaid, moved) = (counted(it.held), counted(it.unsaid), counted(it.moved));
        all.insert(strand(&it.strand)?, Sums { held, off, unsaid, moved, ..Sums::default() });
    }
    let since = Value::from(since.timestamp_millis());
    for row in ask(db, by, HELD, (span, Some(since))).await? {
        let it = Held::from_query_result(&row, "")?;
        let sums = all.entry(strand(&it.strand)?).or_default();
        // What is held on another day than it was planned for may lie in another quarter.
        sums.waits = counted(it.waits).min(sums.held);
        sums.held -= sums.waits;
        sums.unplanned = counted(it.unplanned);
    }
    for row in ask(db, by, BEHIND, (span, None)).await? {
        let it = Met::from_query_result(&row, "")?;
        all.entry(strand(&it.strand)?).or_default().people = counted(it.met);
    }
    Ok(all)
}

/// How many people are to be supervised at the end of some days, and how many of them were.
///
/// # Errors
/// When the database does not answer.
pub async fn people(db: &Db, by: &AssuranceReader, span: Span) -> Result<People> {
    let rows = ask(db, by, PEOPLE, (span, Some(span.1.into()))).await?;
    let Some(row) = rows.first() else { return Ok(People::default()) };
    let it = Covered::from_query_result(row, "")?;
    let (all, met) = (counted(it.everybody), counted(it.met));
    Ok(People { all, met, has_somebody: counted(it.has_somebody) })
}

/// How many of them met somebody in each kind of supervision.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn met_by_strand(db: &Db, by: &AssuranceReader, span: Span) -> Result<BTreeMap<Strand, u32>> {
    let rows = ask(db, by, BY_STRAND, (span, Some(span.1.into()))).await?;
    let read = |row: &QueryResult| {
        let it = Met::from_query_result(row, "")?;
        Ok((strand(&it.strand)?, counted(it.met)))
    };
    rows.iter().map(read).collect()
}

/// Both engines read these statements as they stand, with their numbered places.
async fn ask(
    db: &Db,
    by: &AssuranceReader,
    sql: &str,
    ((from, to), more): (Span, Option<Value>),
) -> Result<Vec<QueryResult>> {
    let kinds: Vec<_> =
        SUPERVISED.into_iter().map(EngagementKind::as_str).map(|it| format!("'{it}'")).collect();
    let sql = sql.replace("{staff}", STAFF).replace("{met}", MET).replace("{kinds}", &kinds.join(", "));
    let values = [by.organisation().as_uuid().into(), from.into(), to.into()].into_iter().chain(more);
    let statement = Statement::from_sql_and_values(db.read.get_database_backend(), sql, values);
    Ok(db.read.query_all_raw(statement).await?)
}

fn counted(it: i64) -> u32 {
    u32::try_from(it).unwrap_or(u32::MAX)
}

fn strand(it: &str) -> Result<Strand> {
    Strand::parse(it).ok_or_else(|| unknown("strand", it))
}
