//! What a learner has taken up, tried and finished.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use domain::course::Slug;
use domain::course::check::Choice;
use domain::course::progress::{CourseFinished, Finished};
use domain::people::PersonId;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    Select, Set, TryInsertResult,
};
use uuid::Uuid;

use crate::entities::{check_try, course_finished, enrolment, lesson_finished, lesson_under_way};
use crate::figures::{self, Happened};
use crate::people::unknown;
use crate::{Db, Result, Tx};

/// A course that somebody has taken up, and how far they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enrolled {
    pub course_id: Uuid,
    pub enrolled_at: DateTime<Utc>,
    /// The version of the course that they have last been told about, if it was kept.
    pub version_seen: Option<i64>,
    /// The lessons that they have finished, by lasting name.
    pub finished: Vec<String>,
}

/// How far somebody is in a lesson that they have not finished, or what they tried in one that they have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InLesson {
    /// They have said that they read it.
    pub is_read: bool,
    /// By the name of the question.
    pub tried: BTreeMap<String, Tried>,
}

/// What somebody chose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tried {
    pub first: Choice,
    pub latest: Choice,
}

/// A lesson of a course, and whose progress in it is meant.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    pub person: PersonId,
    pub course: Uuid,
    pub lesson: &'a Slug,
}

/// Enrols somebody in a course of which this is the version, and counts the place: the last statement of its
/// transaction. Once is enough: a second tap changes nothing.
///
/// # Errors
/// When the database does not answer.
pub async fn save_enrolment(
    tx: &Tx,
    person: PersonId,
    (course, version): (Uuid, i64),
    (now, today): (DateTime<Utc>, NaiveDate),
) -> Result<()> {
    let row = enrolment::ActiveModel {
        person_id: Set(person.as_uuid()),
        course_id: Set(course),
        enrolled_at: Set(now.timestamp_millis()),
        version_seen: Set(Some(version)),
    };
    let entered = enrolment::Entity::insert(row).on_conflict_do_nothing();
    if let TryInsertResult::Inserted(1) = entered.exec_without_returning(&tx.0).await? {
        figures::count(tx, course, Happened::Taken, today).await?;
    }
    Ok(())
}

/// Keeps that somebody has been told of the changes up to a version.
///
/// # Errors
/// When the database does not answer.
pub async fn save_version_seen(tx: &Tx, person: PersonId, course: Uuid, version: i64) -> Result<()> {
    let row = enrolment::ActiveModel {
        person_id: Set(person.as_uuid()),
        course_id: Set(course),
        version_seen: Set(Some(version)),
        ..Default::default()
    };
    row.update(&tx.0).await?;
    Ok(())
}

/// How far somebody is with a course, if they have taken it up.
///
/// # Errors
/// When the database does not answer.
pub async fn enrolled_on(db: &Db, person: PersonId, course: Uuid) -> Result<Option<Enrolled>> {
    let Some(row) = enrolment::Entity::find_by_id((person.as_uuid(), course)).one(&db.read).await? else {
        return Ok(None);
    };
    let of_course = lesson_finished::Column::CourseId.eq(course);
    let done = finished_by(person).filter(of_course).into_tuple::<(Uuid, String)>().all(&db.read).await?;
    Ok(Some(enrolled(row, done.into_iter().map(|it| it.1).collect())))
}

/// Everything that somebody has taken up, the newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn enrolments_of(db: &Db, person: PersonId) -> Result<Vec<Enrolled>> {
    let rows = enrolment::Entity::find()
        .filter(enrolment::Column::PersonId.eq(person.as_uuid()))
        .order_by_desc(enrolment::Column::EnrolledAt)
        .all(&db.read)
        .await?;
    let done = finished_by(person).into_tuple::<(Uuid, String)>().all(&db.read).await?;
    let of = |course: Uuid| done.iter().filter(|it| it.0 == course).map(|it| it.1.clone()).collect();
    Ok(rows.into_iter().map(|row| enrolled(row.clone(), of(row.course_id))).collect())
}

/// How far somebody is in a lesson.
///
/// # Errors
/// When the database does not answer, or holds a choice that the rules do not know.
pub async fn in_lesson(db: &Db, place: Place<'_>) -> Result<InLesson> {
    progress(&db.read, place).await
}

/// The same inside the transaction that takes a step. Steps of one person in one course take turns, so that of two
/// that finish a lesson together the second sees the first.
///
/// # Errors
/// When the database does not answer, or holds a choice that the rules do not know.
pub async fn in_lesson_now(tx: &Tx, place: Place<'_>) -> Result<InLesson> {
    take_turns(tx, place.person, place.course).await?;
    progress(&tx.0, place).await
}

/// Lets one transaction at a time do something for a person in a course. On SQLite every writer is alone anyway.
///
/// # Errors
/// When the database does not answer.
pub async fn take_turns(tx: &Tx, person: PersonId, course: Uuid) -> Result<()> {
    let enrolment = enrolment::Entity::find_by_id((person.as_uuid(), course));
    enrolment.lock_exclusive().one(&tx.0).await?;
    Ok(())
}

async fn progress(db: &impl ConnectionTrait, place: Place<'_>) -> Result<InLesson> {
    let (person, lesson) = (place.person.as_uuid(), place.lesson.as_str());
    let key = (person, place.course, lesson.to_owned());
    let is_read = lesson_under_way::Entity::find_by_id(key).one(db).await?.is_some();
    let rows = check_try::Entity::find()
        .filter(check_try::Column::PersonId.eq(person))
        .filter(check_try::Column::CourseId.eq(place.course))
        .filter(check_try::Column::Lesson.eq(lesson))
        .all(db)
        .await?;
    let tried = rows.into_iter().map(|it| {
        let read = |kept: &str| Choice::kept(kept).ok_or_else(|| unknown("choice", kept));
        Ok((it.question, Tried { first: read(&it.first)?, latest: read(&it.latest)? }))
    });
    Ok(InLesson { is_read, tried: tried.collect::<Result<_>>()? })
}

/// Keeps that somebody has read a lesson in which there are checks left to try. The first time stands.
///
/// # Errors
/// When the database does not answer, or the person is not enrolled (`lesson_under_way_by_somebody_enrolled`).
pub async fn save_read(tx: &Tx, place: Place<'_>, now: DateTime<Utc>) -> Result<()> {
    let row = lesson_under_way::ActiveModel {
        person_id: Set(place.person.as_uuid()),
        course_id: Set(place.course),
        lesson: Set(place.lesson.to_string()),
        read_at: Set(now.timestamp_millis()),
    };
    lesson_under_way::Entity::insert(row).on_conflict_do_nothing().exec_without_returning(&tx.0).await?;
    Ok(())
}

/// Keeps what somebody chose. What they chose first stands beside it.
///
/// # Errors
/// When the database does not answer, or the person is not enrolled (`check_tried_by_somebody_enrolled`).
pub async fn save_try(
    tx: &Tx,
    place: Place<'_>,
    (question, choice): (&str, &Choice),
    now: DateTime<Utc>,
) -> Result<()> {
    use check_try::Column;
    let chosen = choice.to_kept();
    let row = check_try::ActiveModel {
        person_id: Set(place.person.as_uuid()),
        course_id: Set(place.course),
        lesson: Set(place.lesson.to_string()),
        question: Set(question.to_owned()),
        first: Set(chosen.clone()),
        latest: Set(chosen),
        first_at: Set(now.timestamp_millis()),
    };
    let again = OnConflict::columns([Column::PersonId, Column::CourseId, Column::Lesson, Column::Question])
        .update_column(Column::Latest)
        .to_owned();
    check_try::Entity::insert(row).on_conflict(again).exec_without_returning(&tx.0).await?;
    Ok(())
}

/// Keeps that a lesson is finished. Once is enough: the first time stands.
///
/// # Errors
/// When the database does not answer, or the person is not enrolled (`lesson_read_by_somebody_enrolled`).
pub async fn save_finished(tx: &Tx, place: Place<'_>, _: Finished, now: DateTime<Utc>) -> Result<()> {
    let (person, lesson) = (place.person.as_uuid(), place.lesson.to_string());
    let row = lesson_finished::ActiveModel {
        person_id: Set(person),
        course_id: Set(place.course),
        lesson: Set(lesson.clone()),
        finished_at: Set(now.timestamp_millis()),
    };
    lesson_finished::Entity::insert(row).on_conflict_do_nothing().exec_without_returning(&tx.0).await?;
    lesson_under_way::Entity::delete_by_id((person, place.course, lesson)).exec(&tx.0).await?;
    Ok(())
}

/// The lessons of a course that somebody has finished, by lasting name, with what this transaction has added. Whoever
/// asks has taken their turn ([`take_turns`]), so that of two last lessons the second sees the first.
///
/// # Errors
/// When the database does not answer.
pub async fn finished_now(tx: &Tx, person: PersonId, course: Uuid) -> Result<BTreeSet<String>> {
    let of_course = lesson_finished::Column::CourseId.eq(course);
    let done = finished_by(person).filter(of_course).into_tuple::<(Uuid, String)>().all(&tx.0).await?;
    Ok(done.into_iter().map(|it| it.1).collect())
}

/// Keeps that a course is finished in one of its versions, and counts it: the last statement of its transaction. Once
/// is enough: the first time stands.
///
/// # Errors
/// When the database does not answer, or the person is not enrolled (`course_finished_by_somebody_enrolled`).
pub async fn save_course_finished(
    tx: &Tx,
    person: PersonId,
    (course, version): (Uuid, i64),
    _: CourseFinished,
    (now, today): (DateTime<Utc>, NaiveDate),
) -> Result<()> {
    let row = course_finished::ActiveModel {
        person_id: Set(person.as_uuid()),
        course_id: Set(course),
        version: Set(version),
        finished_at: Set(now.timestamp_millis()),
    };
    let entered = course_finished::Entity::insert(row).on_conflict_do_nothing();
    if let TryInsertResult::Inserted(1) = entered.exec_without_returning(&tx.0).await? {
        figures::count(tx, course, Happened::Finished, today).await?;
    }
    Ok(())
}

/// The courses that somebody has finished, in whichever version.
///
/// # Errors
/// When the database does not answer.
pub async fn courses_finished(db: &Db, person: PersonId) -> Result<BTreeSet<Uuid>> {
    let rows = course_finished::Entity::find()
        .select_only()
        .column(course_finished::Column::CourseId)
        .filter(course_finished::Column::PersonId.eq(person.as_uuid()));
    Ok(rows.into_tuple::<Uuid>().all(&db.read).await?.into_iter().collect())
}

/// The version in which somebody finished a course, and when, if they have.
///
/// # Errors
/// When the database does not answer.
pub async fn course_finished(
    db: &Db,
    person: PersonId,
    course: Uuid,
) -> Result<Option<(i64, DateTime<Utc>)>> {
    finished_in(&db.read, person, course).await
}

/// The same with what this transaction has added.
///
/// # Errors
/// When the database does not answer.
pub async fn course_finished_now(
    tx: &Tx,
    person: PersonId,
    course: Uuid,
) -> Result<Option<(i64, DateTime<Utc>)>> {
    finished_in(&tx.0, person, course).await
}

async fn finished_in(
    db: &impl ConnectionTrait,
    person: PersonId,
    course: Uuid,
) -> Result<Option<(i64, DateTime<Utc>)>> {
    let found = course_finished::Entity::find_by_id((person.as_uuid(), course)).one(db).await?;
    Ok(found.map(|it| (it.version, crate::instant(it.finished_at))))
}

/// The course and the name of each lesson that somebody has finished: all of it stands in the index, so that the
/// rows, which lie scattered, need not be fetched.
fn finished_by(person: PersonId) -> Select<lesson_finished::Entity> {
    lesson_finished::Entity::find()
        .select_only()
        .column(lesson_finished::Column::CourseId)
        .column(lesson_finished::Column::Lesson)
        .filter(lesson_finished::Column::PersonId.eq(person.as_uuid()))
}

fn enrolled(row: enrolment::Model, finished: Vec<String>) -> Enrolled {
    let (course_id, version_seen) = (row.course_id, row.version_seen);
    Enrolled { course_id, enrolled_at: crate::instant(row.enrolled_at), version_seen, finished }
}
