//! Reflections. Every question here asks for those of one person, and names them; [`written_by`] gives none of the
//! words.

use chrono::{DateTime, Utc};
use domain::course::Slug;
use domain::course::reflection::{Kept, Reflection};
use domain::people::PersonId;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, Set};
use uuid::Uuid;

use crate::courses::kept_slug;
use crate::entities::reflection::{ActiveModel, Column, Entity, Model};
use crate::learning::{Place, take_turns};
use crate::{Db, Result, Tx};

/// What somebody has written after a lesson; nothing when they took it back.
///
/// # Errors
/// When the database does not answer.
pub async fn of(db: &Db, place: Place<'_>) -> Result<Option<Reflection>> {
    Ok(Entity::find_by_id(key(place)).one(&db.read).await?.map(Reflection::from))
}

/// The same inside the transaction that keeps something newer. Two tabs take turns.
///
/// # Errors
/// When the database does not answer.
pub async fn of_now(tx: &Tx, place: Place<'_>) -> Result<Option<Reflection>> {
    take_turns(tx, place.person, place.course).await?;
    Ok(Entity::find_by_id(key(place)).one(&tx.0).await?.map(Reflection::from))
}

/// After which lessons somebody has written something that they have not taken back: each course with the lasting name
/// of the lesson.
///
/// # Errors
/// When the database does not answer.
pub async fn written_by(db: &Db, person: PersonId) -> Result<Vec<(Uuid, Slug)>> {
    let found: Vec<(Uuid, String)> = Entity::find()
        .select_only()
        .columns([Column::CourseId, Column::Lesson])
        .filter(Column::PersonId.eq(person.as_uuid()))
        .filter(Column::Text.ne(""))
        .into_tuple()
        .all(&db.read)
        .await?;
    found.into_iter().map(|(course, lesson)| Ok((course, kept_slug(lesson)?))).collect()
}

/// Keeps what somebody has written. What they took back leaves its number behind, so that an old tab does not bring
/// back what is gone.
///
/// # Errors
/// When the database does not answer, or the person is not enrolled (`reflection_by_somebody_enrolled`).
pub async fn save(tx: &Tx, place: Place<'_>, kept: &Kept, now: DateTime<Utc>) -> Result<()> {
    let (person_id, course_id, lesson) = key(place);
    let row = ActiveModel {
        person_id: Set(person_id),
        course_id: Set(course_id),
        lesson: Set(lesson),
        text: Set(kept.text().to_owned()),
        revision: Set(kept.revision()),
        changed_at: Set(now.timestamp_millis()),
    };
    let again = OnConflict::columns([Column::PersonId, Column::CourseId, Column::Lesson])
        .update_columns([Column::Text, Column::Revision, Column::ChangedAt])
        .to_owned();
    Entity::insert(row).on_conflict(again).exec_without_returning(&tx.0).await?;
    Ok(())
}

fn key(place: Place<'_>) -> (Uuid, Uuid, String) {
    (place.person.as_uuid(), place.course, place.lesson.to_string())
}

impl From<Model> for Reflection {
    fn from(row: Model) -> Self {
        Self { text: row.text, revision: row.revision }
    }
}
