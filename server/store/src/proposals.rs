//! Newer texts that came with the program of courses that a college has adopted: they wait to be taken or left.

use chrono::{DateTime, Utc};
use domain::course::Slug;
use domain::course::publishing::TextHash;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};
use uuid::Uuid;

use crate::content::{CourseSource, LessonSource};
use crate::courses::{kept_hash, kept_slug};
use crate::entities::{course_proposal, proposal_lesson};
use crate::{Db, Result, Tx};

/// Keeps what is newer, in the place of what waited before.
pub(crate) async fn save(tx: &Tx, course: Uuid, source: &CourseSource, now: DateTime<Utc>) -> Result<()> {
    forget(tx, course, |_| true).await?;
    let row = course_proposal::ActiveModel {
        course_id: Set(course),
        hash: Set(source.hash().0.to_vec()),
        outline: Set(source.outline.clone()),
        came_at: Set(now.timestamp_millis()),
    };
    row.insert(&tx.0).await?;
    let lesson = |(position, it): (i64, &LessonSource)| proposal_lesson::ActiveModel {
        course_id: Set(course),
        slug: Set(it.slug.to_string()),
        position: Set(position),
        source: Set(it.text.clone()),
    };
    let rows = (1..).zip(&source.lessons).map(lesson);
    proposal_lesson::Entity::insert_many(rows).exec_without_returning(&tx.0).await?;
    Ok(())
}

/// Forgets what waits for a course, if that is settled. It does not come back with the next start: what came with the
/// program has been seen.
///
/// # Errors
/// When the database does not answer.
pub async fn forget(tx: &Tx, course: Uuid, is_settled: impl Fn(TextHash) -> bool + Send) -> Result<()> {
    let Some(waiting) = course_proposal::Entity::find_by_id(course).one(&tx.0).await? else { return Ok(()) };
    if !is_settled(kept_hash(waiting.hash)?) {
        return Ok(());
    }
    let of_course = proposal_lesson::Column::CourseId.eq(course);
    proposal_lesson::Entity::delete_many().filter(of_course).exec(&tx.0).await?;
    course_proposal::Entity::delete_by_id(course).exec(&tx.0).await?;
    Ok(())
}

/// The courses for which something waits.
///
/// # Errors
/// When the database does not answer.
pub async fn waiting(db: &Db) -> Result<Vec<Uuid>> {
    let ids = course_proposal::Entity::find().select_only().column(course_proposal::Column::CourseId);
    Ok(ids.into_tuple().all(&db.read).await?)
}

/// The text that waits for a course, by its hash.
///
/// # Errors
/// When the database does not answer.
pub async fn waits(db: &Db, course: Uuid) -> Result<Option<TextHash>> {
    let found =
        course_proposal::Entity::find_by_id(course).select_only().column(course_proposal::Column::Hash);
    found.into_tuple().one(&db.read).await?.map(kept_hash).transpose()
}

/// What waits for a course.
///
/// # Errors
/// When the database does not answer.
pub async fn of(db: &Db, course: Uuid, slug: &Slug) -> Result<Option<CourseSource>> {
    let Some(row) = course_proposal::Entity::find_by_id(course).one(&db.read).await? else { return Ok(None) };
    let lessons = proposal_lesson::Entity::find()
        .filter(proposal_lesson::Column::CourseId.eq(course))
        .order_by_asc(proposal_lesson::Column::Position)
        .all(&db.read)
        .await?;
    let lesson = |it: proposal_lesson::Model| Ok(LessonSource { slug: kept_slug(it.slug)?, text: it.source });
    let lessons = lessons.into_iter().map(lesson).collect::<Result<_>>()?;
    Ok(Some(CourseSource { slug: slug.clone(), outline: row.outline, lessons }))
}
