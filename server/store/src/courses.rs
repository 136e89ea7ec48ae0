//! Courses as they were published: each change is a new version that never changes again.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::course::Slug;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, Set};
use uuid::Uuid;

use crate::content::{Course, CourseSource, LessonSource, read_course};
use crate::entities::{course, course_version, lesson};
use crate::{Db, Failure, Result, Tx, public};

/// A course in its current version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    pub id: Uuid,
    /// Counted from one.
    pub number: i64,
    /// Shared, because every page about it holds it for a moment.
    pub course: Arc<Course>,
}

/// Publishes what differs from the current version, and says which courses did. Courses that are no longer
/// in the folder stay: somebody may be half-way through.
///
/// # Errors
/// When the database does not answer.
pub async fn publish(tx: &Tx, sources: &[CourseSource], now: DateTime<Utc>) -> Result<Vec<Uuid>> {
    // Nodes that start together publish one after the other.
    public::lock_generation(tx).await?;
    let mut changed = Vec::new();
    for source in sources {
        let read = read_course(source).map_err(|faults| unreadable(&source.slug, &faults))?;
        let current =
            course::Entity::find().filter(course::Column::Slug.eq(source.slug.as_str())).one(&tx.0).await?;
        let digest = source.digest();
        let (id, number) = match current {
            None => {
                let id = Uuid::now_v7();
                let row =
                    course::ActiveModel { id: Set(id), slug: Set(source.slug.to_string()), current: Set(1) };
                row.insert(&tx.0).await?;
                (id, 1)
            }
            Some(course) => {
                let version =
                    course_version::Entity::find_by_id((course.id, course.current)).one(&tx.0).await?;
                if version.is_some_and(|it| it.digest == digest) {
                    continue;
                }
                let (id, number) = (course.id, course.current + 1);
                course::ActiveModel { id: Set(id), current: Set(number), ..Default::default() }
                    .update(&tx.0)
                    .await?;
                (id, number)
            }
        };
        let row = course_version::ActiveModel {
            course_id: Set(id),
            number: Set(number),
            digest: Set(digest.to_vec()),
            co_production: Set(read.outline.co_production.as_str().into()),
            outline: Set(source.outline.clone()),
            published_at: Set(now.timestamp_millis()),
        };
        row.insert(&tx.0).await?;
        lesson::Entity::insert_many(rows(id, number, &source.lessons)).exec(&tx.0).await?;
        changed.push(id);
    }
    if !changed.is_empty() {
        public::turn_generation(tx).await?;
    }
    Ok(changed)
}

fn rows(course_id: Uuid, number: i64, lessons: &[LessonSource]) -> impl Iterator<Item = lesson::ActiveModel> {
    (1..).zip(lessons).map(move |(position, it)| lesson::ActiveModel {
        course_id: Set(course_id),
        number: Set(number),
        position: Set(position),
        slug: Set(it.slug.to_string()),
        source: Set(it.text.clone()),
    })
}

/// All courses in their current versions, in order of title, read and ready to be shown.
///
/// # Errors
/// When the database does not answer, or holds a course that can no longer be read.
pub async fn current(db: &Db) -> Result<Vec<Published>> {
    let courses = course::Entity::find().all(&db.read).await?;
    let is_current = || {
        use sea_orm::sea_query::{Expr, Query};
        let key = [course_version::Column::CourseId, course_version::Column::Number].map(Expr::col);
        let current = Query::select()
            .columns([course::Column::Id, course::Column::Current])
            .from(course::Entity)
            .to_owned();
        Expr::tuple(key).in_subquery(current)
    };
    let versions = course_version::Entity::find().filter(is_current()).all(&db.read).await?;
    let lessons = lesson::Entity::find()
        .filter(is_current())
        .order_by_asc(lesson::Column::CourseId)
        .order_by_asc(lesson::Column::Position)
        .all(&db.read)
        .await?;
    let mut published = Vec::with_capacity(courses.len());
    for row in courses {
        let Some(version) = versions.iter().find(|it| it.course_id == row.id) else { continue };
        let slug = kept_slug(row.slug)?;
        let of_course = lessons.iter().filter(|it| it.course_id == row.id);
        let lessons = of_course
            .map(|it| Ok(LessonSource { slug: kept_slug(it.slug.clone())?, text: it.source.clone() }))
            .collect::<Result<_>>()?;
        let source = CourseSource { slug, outline: version.outline.clone(), lessons };
        let course = read_course(&source).map_err(|faults| unreadable(&source.slug, &faults))?;
        published.push(Published { id: row.id, number: version.number, course: Arc::new(course) });
    }
    published.sort_by(|a, b| a.course.outline.title.cmp(&b.course.outline.title));
    Ok(published)
}

/// What became of the lessons of a course from one version to another, by lasting name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    pub new: Vec<Slug>,
    pub changed: Vec<Slug>,
    /// How many there are no more.
    pub gone: usize,
}

/// What has changed in a course since a version of it.
///
/// # Errors
/// When the database does not answer.
pub async fn changes(db: &Db, published: &Published, since: i64) -> Result<Changes> {
    let rows = lesson::Entity::find()
        .filter(lesson::Column::CourseId.eq(published.id))
        .filter(lesson::Column::Number.is_in([since, published.number]))
        .order_by_asc(lesson::Column::Position)
        .all(&db.read)
        .await?;
    let (before, now): (Vec<_>, Vec<_>) = rows.into_iter().partition(|it| it.number == since);
    let mut changes = Changes::default();
    for it in &now {
        match before.iter().find(|old| old.slug == it.slug) {
            None => changes.new.push(kept_slug(it.slug.clone())?),
            Some(old) if old.source != it.source => changes.changed.push(kept_slug(it.slug.clone())?),
            Some(_) => {}
        }
    }
    changes.gone = before.iter().filter(|old| now.iter().all(|it| it.slug != old.slug)).count();
    Ok(changes)
}

/// A course as it was in one of its versions; as it is now, if the rules of today cannot read that one any more.
///
/// # Errors
/// When the database does not answer.
pub async fn in_version(db: &Db, published: &Published, number: i64) -> Result<Arc<Course>> {
    if number == published.number {
        return Ok(published.course.clone());
    }
    let key = (published.id, number);
    let Some(version) = course_version::Entity::find_by_id(key).one(&db.read).await? else {
        return Ok(published.course.clone());
    };
    let rows = lesson::Entity::find()
        .filter(lesson::Column::CourseId.eq(published.id))
        .filter(lesson::Column::Number.eq(number))
        .order_by_asc(lesson::Column::Position)
        .all(&db.read)
        .await?;
    let lessons = rows.into_iter().map(|it| Ok(LessonSource { slug: kept_slug(it.slug)?, text: it.source }));
    let lessons = lessons.collect::<Result<_>>()?;
    let source = CourseSource { slug: published.course.slug.clone(), outline: version.outline, lessons };
    Ok(read_course(&source).map_or_else(|_| published.course.clone(), Arc::new))
}

fn kept_slug(text: String) -> Result<Slug> {
    Slug::try_from(text).map_err(|error| Failure::Content(error.to_string()))
}

fn unreadable(slug: &Slug, faults: &[crate::content::Fault]) -> Failure {
    let first = faults.first().map(ToString::to_string).unwrap_or_default();
    Failure::Content(format!("{slug}: {first}"))
}
