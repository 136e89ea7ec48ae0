//! What a learner has taken up and read.

use chrono::{DateTime, Utc};
use domain::course::Slug;
use domain::people::PersonId;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select, Set};
use uuid::Uuid;

use crate::entities::{enrolment, lesson_read};
use crate::{Db, Result, Tx};

/// A course that somebody has taken up, and how far they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enrolled {
    pub course_id: Uuid,
    pub enrolled_at: DateTime<Utc>,
    /// The lessons that they have read, by lasting name.
    pub read: Vec<String>,
}

/// Enrols somebody. Once is enough: a second tap changes nothing.
///
/// # Errors
/// When the database does not answer.
pub async fn save_enrolment(tx: &Tx, person: PersonId, course: Uuid, now: DateTime<Utc>) -> Result<()> {
    let row = enrolment::ActiveModel {
        person_id: Set(person.as_uuid()),
        course_id: Set(course),
        enrolled_at: Set(now.timestamp_millis()),
    };
    enrolment::Entity::insert(row).on_conflict_do_nothing().exec_without_returning(&tx.0).await?;
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
    let of_course = lesson_read::Column::CourseId.eq(course);
    let read = read_by(person).filter(of_course).into_tuple::<(Uuid, String)>().all(&db.read).await?;
    Ok(Some(enrolled(row, read.into_iter().map(|it| it.1).collect())))
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
    let read = read_by(person).into_tuple::<(Uuid, String)>().all(&db.read).await?;
    let of = |course: Uuid| read.iter().filter(|it| it.0 == course).map(|it| it.1.clone()).collect();
    Ok(rows.into_iter().map(|row| enrolled(row.clone(), of(row.course_id))).collect())
}

/// Marks a lesson as read by somebody who is enrolled. Once is enough: the first time stands.
///
/// # Errors
/// When the database does not answer, or the person is not enrolled (`lesson_read_by_somebody_enrolled`).
pub async fn save_read(
    tx: &Tx,
    person: PersonId,
    course: Uuid,
    lesson: &Slug,
    now: DateTime<Utc>,
) -> Result<()> {
    let row = lesson_read::ActiveModel {
        person_id: Set(person.as_uuid()),
        course_id: Set(course),
        lesson: Set(lesson.to_string()),
        read_at: Set(now.timestamp_millis()),
    };
    lesson_read::Entity::insert(row).on_conflict_do_nothing().exec_without_returning(&tx.0).await?;
    Ok(())
}

/// The course and the name of each lesson that somebody has read: all of it stands in the index, so that the rows,
/// which lie scattered, need not be fetched.
fn read_by(person: PersonId) -> Select<lesson_read::Entity> {
    lesson_read::Entity::find()
        .select_only()
        .column(lesson_read::Column::CourseId)
        .column(lesson_read::Column::Lesson)
        .filter(lesson_read::Column::PersonId.eq(person.as_uuid()))
}

fn enrolled(row: enrolment::Model, read: Vec<String>) -> Enrolled {
    Enrolled { course_id: row.course_id, enrolled_at: crate::instant(row.enrolled_at), read }
}
