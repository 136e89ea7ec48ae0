//! Learners by the thousand, written straight into the tables: as many as a region has, in a minute.
//!
//! Everything is written in the order of time and not of people, so that what belongs to one person lies as far
//! apart as it would after years.

use std::path::Path;

use anyhow::{Context, Result, anyhow};
use app::{Clock, SystemClock};
use domain::course::Slug;
use server::open;
use store::content::{CourseSource, LessonSource};
use store::{Db, Engine};

use crate::learners::{EVERYTHING, person, spelled};
use crate::training;

/// The course that everybody is still reading: two of its lessons are read.
pub(crate) const COURSE: &str = "how-this-place-works";
/// Further courses, read to their ends.
const FURTHER: usize = 3;
const LESSONS_EACH: usize = 16;

/// Fills an empty database.
pub(crate) async fn seed(db: &Db, content: &Path, (learners, to_be_found): (u32, usize)) -> Result<()> {
    open::migrate(db).await?;
    let content = open::read_content(content).map_err(|faults| anyhow!(open::told(&faults)))?;
    let courses = content.courses;
    let first = courses.iter().find(|it| it.slug.as_str() == COURSE);
    let first = first.with_context(|| format!("The content has no course {COURSE}."))?;
    let mut sources = vec![first.clone()];
    for number in 1..=FURTHER {
        sources.push(further(first, number)?);
    }
    for (number, it) in (1..=to_be_found).zip(courses.iter().cycle()) {
        sources.push(named(it, &format!("found-{number}"), &format!("Found {number}: "))?);
    }
    let now = SystemClock.now();
    let tx = db.begin().await?;
    store::courses::publish(&tx, &sources, now).await?;
    store::training::programmes::publish(&tx, &content.programmes, now).await?;
    tx.commit().await?;
    for statement in statements(db.engine(), learners, now.timestamp_millis()) {
        let first_line = statement.trim().lines().next().unwrap_or_default().to_owned();
        db.execute(&statement).await.with_context(|| format!("In the seed: {first_line}"))?;
    }
    make_everything(db).await
}

/// Makes one person everything to the organisation that takes learners.
async fn make_everything(db: &Db) -> Result<()> {
    let (who, no) =
        (spelled(db, person(EVERYTHING)), if db.engine() == Engine::Sqlite { "1" } else { "true" });
    let id = match db.engine() {
        Engine::Sqlite => "randomblob(16)",
        Engine::Postgres => "gen_random_uuid()",
    };
    let statement = format!(
        "INSERT INTO engagement (id, person_id, organisation_id, kind, from_on) \
         SELECT {id}, {who}, organisation.id, engagement_kind.kind, '2026-01-01' \
         FROM organisation CROSS JOIN engagement_kind WHERE organisation.takes_learners = {no}"
    );
    Ok(db.execute(&statement).await?)
}

/// A course of our own lessons under other names.
fn further(first: &CourseSource, number: usize) -> Result<CourseSource> {
    let slug = |text: String| Slug::try_from(text).map_err(|error| anyhow!("{error}"));
    let lessons = (1..=LESSONS_EACH).zip(first.lessons.iter().cycle()).map(|(at, it)| {
        Ok(LessonSource { slug: slug(format!("further-lesson-number-{at}"))?, text: it.text.clone() })
    });
    let course = named(first, &format!("bench-course-{number}"), &format!("Further {number}: "))?;
    Ok(CourseSource { lessons: lessons.collect::<Result<_>>()?, ..course })
}

/// A course under another name.
fn named(course: &CourseSource, slug: &str, before_title: &str) -> Result<CourseSource> {
    let outline = course.outline.replacen("title = \"", &format!("title = \"{before_title}"), 1);
    let slug = Slug::parse(slug).map_err(|error| anyhow!("{error}"))?;
    Ok(CourseSource { slug, outline, lessons: course.lessons.clone() })
}

/// `{n}` is a table of numbers from one, as `n(i)`; `{person}` and its like are the ids of number `i`.
const ROWS: &str = "
INSERT INTO person (id, known_as, pronouns, made_at) {n} SELECT {person}, 'Sam', '', {now} FROM n;
INSERT INTO sign_in (person_id, email, password, confirmed_at)
    {n} SELECT {person}, 'learner' || i || '@bench.example', 'nobody signs in with this', {now} FROM n;
INSERT INTO engagement (id, person_id, organisation_id, kind, from_on)
    {n} SELECT {engagement}, {person}, (SELECT id FROM organisation WHERE takes_learners = {true}), 'learner', '2026-01-01' FROM n;
INSERT INTO directory (organisation_id, filed_under, person_id, leads)
    {n} SELECT (SELECT id FROM organisation WHERE takes_learners = {true}), 'sam', {person}, {true} FROM n;
INSERT INTO session (id, person_id, kind, device, began_at, last_used_at)
    {n} SELECT {session}, {person}, 'own_device', 'A browser', {now}, {now} FROM n;
INSERT INTO refresh_token (hash, session_id, generation, made_at)
    {n} SELECT {hash}, {session}, 1, {now} FROM n;
INSERT INTO link (id, hash, person_id, purpose, made_at, used_at)
    {n} SELECT {session}, {hash}, {person}, 'confirm', {now}, {now} FROM n;
INSERT INTO audit_event (sequence, at, action, about, previous, hash)
    {n} SELECT i, {now}, 'signed_in', {person}, {hash_before}, {hash} FROM n ORDER BY i;
INSERT INTO enrolment (person_id, course_id, enrolled_at)
    {n} SELECT {person}, course.id, {now} FROM course CROSS JOIN n WHERE course.slug NOT LIKE 'found-%';
INSERT INTO lesson_finished (person_id, course_id, lesson, finished_at)
    {n} SELECT {person}, read.course_id, read.slug, {now} - 1000 * read.position FROM (
        SELECT lesson.course_id, lesson.slug, lesson.position FROM lesson
        JOIN course ON course.id = lesson.course_id AND course.current = lesson.number
        WHERE course.slug LIKE 'bench-course-%' OR lesson.position < 3
        ORDER BY lesson.position
    ) AS read CROSS JOIN n;
INSERT INTO check_try (person_id, course_id, lesson, question, first, latest, first_at)
    {n} SELECT {person}, course.id, 'at-your-own-pace', 'question-' || question.number, '1', '1', {now}
    FROM (SELECT 1 AS number UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4) AS question
    CROSS JOIN course CROSS JOIN n WHERE course.slug = '{course}';
INSERT INTO lesson_under_way (person_id, course_id, lesson, read_at)
    {n} SELECT {person}, course.id, 'not-finished-yet', {now} FROM course CROSS JOIN n WHERE course.slug = 'bench-course-1';
INSERT INTO reflection (person_id, course_id, lesson, text, revision, changed_at)
    {n} SELECT {person}, course.id, lesson.slug, 'I walked by the river before reading this, and wrote down what came to me on the way home.', 1, {now}
    FROM course JOIN lesson ON lesson.course_id = course.id AND lesson.number = course.current CROSS JOIN n
    WHERE course.slug = 'bench-course-1' AND lesson.position < 5;
INSERT INTO course_finished (person_id, course_id, version, finished_at)
    {n} SELECT {person}, course.id, course.current, {now} FROM course CROSS JOIN n WHERE course.slug LIKE 'bench-course-%';
INSERT INTO certificate (id, person_id, course_id, code, shows, made_at, withdrawn_at)
    {n} SELECT {certificate}, {person}, course.id, {code}, 'known_as', {now}, {now}
    FROM course CROSS JOIN n WHERE course.slug = 'bench-course-1';
INSERT INTO plan (person_id, hopes, helps, hinders, revision, changed_at)
    {n} SELECT {person}, 'A garden of my own, and to help others along.', 'Company', 'Mornings', 1, {now} FROM n;
INSERT INTO plan_goal (id, person_id, words, notice, state, state_since, revision, made_at)
    {n} SELECT {goal}, {person}, 'Take the bus to town', 'I go without thinking', 'under_way', '2026-01-01', 1, {now} FROM n;
INSERT INTO plan_rating (goal_id, rated_on, rating) {n} SELECT {goal}, '2026-01-01', 2 FROM n;
INSERT INTO plan_rating (goal_id, rated_on, rating) {n} SELECT {goal}, '2026-02-01', 4 FROM n;
INSERT INTO plan_rating (goal_id, rated_on, rating) {n} SELECT {goal}, '2026-03-01', 5 FROM n;
INSERT INTO plan_review (id, person_id, held_on, company, went_well, changes, revision, made_at)
    {n} SELECT {review}, {person}, '2026-03-01', 'alone', 'Small things count.', 'Less at once.', 1, {now} FROM n;
INSERT INTO course_month (month, course_id, places, finished)
    SELECT '2026-01-01', course.id, 40, 20 FROM course;
INSERT INTO course_month (month, course_id, places, finished)
    SELECT '2026-05-01', course.id, 40, 20 FROM course;
INSERT INTO feedback_round (through, course_id, answers) SELECT '2026-05-01', course.id, {learners} FROM course;
INSERT INTO feedback_spread (through, course_id, question, answers, said_yes)
    SELECT '2026-05-01', course.id, question.asks, {learners}, {learners}
    FROM course CROSS JOIN (SELECT 'good' AS asks UNION ALL SELECT 'tell' UNION ALL SELECT 'welcome') AS question;
INSERT INTO feedback (person_id, course_id, term, through)
    {n} SELECT {person}, course.id, '2026-05-01', '2026-05-01' FROM course CROSS JOIN n WHERE course.slug = 'bench-course-1';
INSERT INTO feedback (person_id, course_id, term, good)
    {n} SELECT {person}, course.id, '2026-09-01', 'yes' FROM course CROSS JOIN n WHERE course.slug = 'bench-course-2';
INSERT INTO feedback_comment (person_id, course_id, asked, text, place, through)
    {n} SELECT {person}, course.id, 'helped', 'Going at my own pace.', i, '2026-05-01'
    FROM course CROSS JOIN n WHERE course.slug = 'bench-course-1';
INSERT INTO person (id, known_as, pronouns, made_at) {zero} SELECT {person}, 'Robin', '', {now} FROM n;
INSERT INTO sign_in (person_id, email, password, confirmed_at)
    {zero} SELECT {person}, 'robin@bench.example', 'nobody signs in with this', {now} FROM n;
INSERT INTO engagement (id, person_id, organisation_id, kind, from_on)
    {zero} SELECT {engagement}, {person}, (SELECT id FROM organisation WHERE takes_learners = {true}), 'learner', '2026-01-01' FROM n;
INSERT INTO directory (organisation_id, filed_under, person_id, leads)
    {zero} SELECT (SELECT id FROM organisation WHERE takes_learners = {true}), 'robin', {person}, {true} FROM n;
INSERT INTO enrolment (person_id, course_id, enrolled_at)
    {zero} SELECT {person}, course.id, {now} FROM course CROSS JOIN n;
INSERT INTO plan_share (person_id, tutor_id, organisation_id, from_on)
    {n} SELECT {person}, {next_person}, (SELECT id FROM organisation WHERE takes_learners = {true}), '2026-01-01' FROM n;
";

const SQLITE_FIRST: &str = "
PRAGMA foreign_keys = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -1500000;
";
const SQLITE_LAST: &str = "
PRAGMA wal_checkpoint(TRUNCATE);
";
/// An index is made far quicker in one go than row by row. Foreign keys of what is invented need no check.
const POSTGRES_FIRST: &str = "
ALTER TABLE lesson_finished DROP CONSTRAINT lesson_read_taken;
ALTER TABLE lesson_finished DROP CONSTRAINT lesson_read_by_somebody_enrolled;
";
const POSTGRES_LAST: &str = "
SET maintenance_work_mem = '512MB';
ALTER TABLE lesson_finished ADD CONSTRAINT lesson_read_taken PRIMARY KEY (person_id, course_id, lesson);
ALTER TABLE lesson_finished ADD CONSTRAINT lesson_read_by_somebody_enrolled FOREIGN KEY (person_id, course_id) REFERENCES enrolment (person_id, course_id);
VACUUM ANALYZE;
CHECKPOINT;
";

fn statements(engine: Engine, learners: u32, now: i64) -> Vec<String> {
    let (first, last) = match engine {
        Engine::Sqlite => (SQLITE_FIRST, SQLITE_LAST),
        Engine::Postgres => (POSTGRES_FIRST, POSTGRES_LAST),
    };
    let words = words(engine, learners, now);
    let spelled = |it: &str| words.iter().fold(it.to_owned(), |text, (word, is)| text.replace(word, is));
    let all = [first, ROWS, training::ROWS, last].into_iter().flat_map(|it| it.split(";\n"));
    all.filter(|it| !it.trim().is_empty()).map(spelled).collect()
}

fn words(engine: Engine, learners: u32, now: i64) -> Vec<(&'static str, String)> {
    let id_of = |kind: u32, number: &str| match engine {
        Engine::Sqlite => format!("unhex(printf('00000000%04x70008000%012x', {kind}, {number}))"),
        Engine::Postgres => {
            format!("('00000000-{kind:04x}-7000-8000-' || lpad(to_hex({number}), 12, '0'))::uuid")
        }
    };
    let id = |kind| id_of(kind, "i");
    // As long as a code is, and another for each. Nobody can type it: these are withdrawn.
    let code = match engine {
        Engine::Sqlite => "printf('bench-code-%08x', i)",
        Engine::Postgres => "'bench-code-' || lpad(to_hex(i), 8, '0')",
    };
    let hash = |number: &str| match engine {
        Engine::Sqlite => format!("unhex(printf('%064x', {number}))"),
        Engine::Postgres => format!("decode(lpad(to_hex({number}), 64, '0'), 'hex')"),
    };
    let numbers = |from: u32, to: u32| match engine {
        Engine::Sqlite => {
            format!("WITH RECURSIVE n (i) AS (SELECT {from} UNION ALL SELECT i + 1 FROM n WHERE i < {to})")
        }
        Engine::Postgres => format!("WITH n (i) AS (SELECT generate_series({from}, {to}))"),
    };
    let yes = if engine == Engine::Sqlite { "1" } else { "true" };
    let mut words = training::words(engine, learners, &id_of, &numbers);
    words.extend([
        ("{course}", COURSE.to_owned()),
        ("{n}", numbers(1, learners)),
        ("{zero}", numbers(0, 0)),
        ("{person}", id(1)),
        ("{engagement}", id(2)),
        ("{session}", id(3)),
        ("{goal}", id(4)),
        ("{review}", id(5)),
        ("{certificate}", id(6)),
        // Thirty show it to the one who is everything, the others to each other.
        ("{next_person}", id_of(1, "CASE WHEN i <= 30 THEN 0 ELSE i - 1 END")),
        ("{code}", code.to_owned()),
        ("{learners}", learners.to_string()),
        ("{hash}", hash("i")),
        ("{hash_before}", hash("i - 1")),
        ("{now}", now.to_string()),
        ("{true}", yes.to_owned()),
    ]);
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_is_left_to_be_spelled() {
        for engine in [Engine::Sqlite, Engine::Postgres] {
            let all = statements(engine, 100, 0).join("\n");
            assert!(!all.contains('{') && !all.contains('}'), "{all}");
        }
    }
}
