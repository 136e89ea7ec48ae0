//! What the college learns of its courses: places taken and finished by the month, and feedback, counted.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Europe::London;
use domain::course::term::first_of;
use sea_orm_migration::sea_orm::Statement;
use sea_orm_migration::sea_orm::prelude::Uuid;

crate::ddl::step!([MONTHS, FEEDBACK] then count_what_is_there, GONE);

/// Counted where they happen, so that a report reads a row a course and month, however many learners there are.
const MONTHS: &str = "
CREATE TABLE course_month (
    month     $date NOT NULL,
    course_id $id NOT NULL CONSTRAINT course_month_of_a_course REFERENCES course (id),
    places    $int NOT NULL CONSTRAINT course_month_places_count_up CHECK (places >= 0),
    finished  $int NOT NULL CONSTRAINT course_month_finished_count_up CHECK (finished >= 0),
    CONSTRAINT course_month_taken PRIMARY KEY (month, course_id)
) $strict;
";

/// An answer waits, with nothing but its term for a time, until it is counted; then what was ticked is forgotten, and
/// what is left says that somebody has answered, so that nobody answers twice. `through` is the last term of the count.
///
/// Words stand in an order of chance (`place`), for an order of time would tell whose they are.
///
/// Of a count only what may be published is kept. What is kept back stands nowhere.
const FEEDBACK: &str = "
CREATE TABLE feedback_round (
    through   $date NOT NULL,
    course_id $id NOT NULL CONSTRAINT feedback_round_of_a_course REFERENCES course (id),
    since     $date,
    answers   $int NOT NULL CONSTRAINT feedback_round_of_five CHECK (answers >= 5),
    CONSTRAINT feedback_round_taken PRIMARY KEY (through, course_id),
    CONSTRAINT feedback_round_has_one_sum UNIQUE (course_id, through, answers)
) $strict;

CREATE TABLE feedback_spread (
    through     $date NOT NULL,
    course_id   $id NOT NULL,
    question    TEXT NOT NULL CONSTRAINT feedback_spread_question_known CHECK (question IN ('good', 'tell', 'welcome')),
    answers     $int NOT NULL,
    said_yes    $int,
    said_partly $int,
    said_no     $int,
    left_open   $int,
    most        TEXT CONSTRAINT feedback_spread_most_known CHECK (most IN ('yes', 'partly', 'no')),
    CONSTRAINT feedback_spread_taken PRIMARY KEY (through, course_id, question),
    CONSTRAINT feedback_spread_of_a_round FOREIGN KEY (course_id, through, answers) REFERENCES feedback_round (course_id, through, answers),
    CONSTRAINT feedback_spread_of_five CHECK (
        coalesce(said_yes, 5) >= 5 AND coalesce(said_partly, 5) >= 5 AND coalesce(said_no, 5) >= 5 AND coalesce(left_open, 5) >= 5
    ),
    CONSTRAINT feedback_spread_leaves_no_few CHECK (
        answers - coalesce(said_yes, 0) - coalesce(said_partly, 0) - coalesce(said_no, 0) - coalesce(left_open, 0) = 0
        OR answers - coalesce(said_yes, 0) - coalesce(said_partly, 0) - coalesce(said_no, 0) - coalesce(left_open, 0) >= 5
    )
) $strict;

CREATE TABLE feedback (
    person_id $id NOT NULL,
    course_id $id NOT NULL,
    term      $date NOT NULL,
    good      TEXT CONSTRAINT feedback_good_known CHECK (good IN ('yes', 'partly', 'no')),
    tell      TEXT CONSTRAINT feedback_tell_known CHECK (tell IN ('yes', 'partly', 'no')),
    welcome   TEXT CONSTRAINT feedback_welcome_known CHECK (welcome IN ('yes', 'partly', 'no')),
    through   $date,
    CONSTRAINT feedback_taken PRIMARY KEY (person_id, course_id),
    CONSTRAINT feedback_by_somebody_enrolled FOREIGN KEY (person_id, course_id) REFERENCES enrolment (person_id, course_id),
    CONSTRAINT feedback_counted_in_a_round FOREIGN KEY (through, course_id) REFERENCES feedback_round (through, course_id),
    CONSTRAINT feedback_counted_is_forgotten CHECK (through IS NULL OR (good IS NULL AND tell IS NULL AND welcome IS NULL))
) $strict;
CREATE INDEX feedback_of_a_course ON feedback (course_id, through, term);

CREATE TABLE feedback_comment (
    person_id $id NOT NULL,
    course_id $id NOT NULL,
    asked     TEXT NOT NULL CONSTRAINT feedback_comment_asked_known CHECK (asked IN ('helped', 'change')),
    text      TEXT NOT NULL CONSTRAINT feedback_comment_fits CHECK (length(text) BETWEEN 1 AND 1000),
    place     $int NOT NULL,
    through   $date,
    CONSTRAINT feedback_comment_taken PRIMARY KEY (person_id, course_id, asked),
    CONSTRAINT feedback_comment_of_an_answer FOREIGN KEY (person_id, course_id) REFERENCES feedback (person_id, course_id),
    CONSTRAINT feedback_comment_shown_with_a_round FOREIGN KEY (through, course_id) REFERENCES feedback_round (through, course_id)
) $strict;
CREATE INDEX feedback_comment_shown ON feedback_comment (course_id, through, asked, place);

INSERT INTO job_kind (kind) VALUES ('count_feedback');
";

const GONE: &str = "
DELETE FROM job WHERE kind = 'count_feedback';
DELETE FROM job_kind WHERE kind = 'count_feedback';
DROP TABLE feedback_comment;
DROP TABLE feedback;
DROP TABLE feedback_spread;
DROP TABLE feedback_round;
DROP TABLE course_month;
";

/// What was taken and finished before there were counts. Months are those of the clock on the wall, which neither
/// engine knows alike; they change on the hour, so hours are counted there and put into months here.
async fn count_what_is_there(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let db = manager.get_connection();
    let engine = manager.get_database_backend();
    let mut months: BTreeMap<(NaiveDate, Uuid), [i64; 2]> = BTreeMap::new();
    for (at, (table, instant)) in
        [("enrolment", "enrolled_at"), ("course_finished", "finished_at")].into_iter().enumerate()
    {
        let hours = format!("SELECT course_id, {instant} / 3600000, count(*) FROM {table} GROUP BY 1, 2");
        for row in db.query_all_raw(Statement::from_string(engine, hours)).await? {
            let (course, hour): (Uuid, i64) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
            let instant: DateTime<Utc> = DateTime::from_timestamp(hour * 3600, 0).unwrap_or_default();
            let month = first_of(instant.with_timezone(&London).date_naive());
            let count: i64 = row.try_get_by_index(2)?;
            months.entry((month, course)).or_default()[at] += count;
        }
    }
    for ((month, course), [places, finished]) in months {
        let insert = "INSERT INTO course_month (month, course_id, places, finished) VALUES ($1, $2, $3, $4)";
        let values = [month.into(), course.into(), places.into(), finished.into()];
        db.execute_raw(Statement::from_sql_and_values(engine, insert, values)).await?;
    }
    Ok(())
}
