//! Courses as they were published: each change is a new version that never changes again.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use domain::course::publishing::{Adoption, Publishable, SafetyReview, Signature, TextHash, settles};
use domain::course::{CoProduction, Slug};
use sea_orm::sea_query::{Expr, Query};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, Set};
use uuid::Uuid;

use crate::content::{Course, CourseSource, LessonSource, read_course};
use crate::drafts::{self, Draft};
use crate::entities::{course, course_adoption, course_version, lesson};
use crate::{Db, Failure, Result, Tx, proposals, public};

/// A course in its current version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    pub id: Uuid,
    /// Counted from one.
    pub number: i64,
    /// How it was adopted here, if it was.
    pub adopted: Option<Adoption>,
    /// Shared, because every page about it holds it for a moment.
    pub course: Arc<Course>,
}

impl Published {
    /// How far it has been made together with people who have lived experience.
    #[must_use]
    pub const fn co_production(&self) -> CoProduction {
        if self.adopted.is_some() { CoProduction::Adopted } else { CoProduction::Draft }
    }
}

/// Publishes what came with the program, and says which courses have a new version. A course that this college has
/// adopted stays as it is: what is newer waits to be looked at. Courses that are no longer in the folder stay, too:
/// somebody may be half-way through.
///
/// # Errors
/// When the database does not answer.
pub async fn publish(tx: &Tx, sources: &[CourseSource], now: DateTime<Utc>) -> Result<Vec<Uuid>> {
    // Nodes that start together publish one after the other.
    public::lock_generation(tx).await?;
    let mut changed = Vec::new();
    for source in sources {
        read_course(source).map_err(|faults| unreadable(&source.slug, &faults))?;
        let hash = source.hash();
        let current =
            course::Entity::find().filter(course::Column::Slug.eq(source.slug.as_str())).one(&tx.0).await?;
        let shipped = |id| course::ActiveModel {
            id: Set(id),
            shipped: Set(Some(hash.0.to_vec())),
            ..Default::default()
        };
        let Some(course) = current else {
            let id = Uuid::now_v7();
            shipped_first(tx, id, source, now).await?;
            changed.push(id);
            continue;
        };
        // It has been seen, whatever became of it.
        if course.shipped.as_deref() == Some(&hash.0) {
            continue;
        }
        shipped(course.id).update(&tx.0).await?;
        let key = (course.id, course.current);
        let version = course_version::Entity::find_by_id(key).one(&tx.0).await?;
        if version.is_some_and(|it| it.digest == hash.0) {
            continue;
        }
        if course_adoption::Entity::find_by_id(key).one(&tx.0).await?.is_some() {
            proposals::save(tx, course.id, source, now).await?;
        } else {
            save_version(tx, (course.id, course.current + 1), source, CoProduction::Draft, now).await?;
            changed.push(course.id);
        }
    }
    if !changed.is_empty() {
        public::turn_generation(tx).await?;
    }
    Ok(changed)
}

async fn shipped_first(tx: &Tx, id: Uuid, source: &CourseSource, now: DateTime<Utc>) -> Result<()> {
    let shipped = Set(Some(source.hash().0.to_vec()));
    let row =
        course::ActiveModel { id: Set(id), slug: Set(source.slug.to_string()), current: Set(1), shipped };
    row.insert(&tx.0).await?;
    save_version(tx, (id, 1), source, CoProduction::Draft, now).await
}

/// Keeps a version, which is the current one from now on. Lessons go in with one statement.
async fn save_version(
    tx: &Tx,
    (id, number): (Uuid, i64),
    source: &CourseSource,
    state: CoProduction,
    now: DateTime<Utc>,
) -> Result<()> {
    let row = course_version::ActiveModel {
        course_id: Set(id),
        number: Set(number),
        digest: Set(source.hash().0.to_vec()),
        co_production: Set(state.as_str().into()),
        outline: Set(source.outline.clone()),
        published_at: Set(now.timestamp_millis()),
    };
    row.insert(&tx.0).await?;
    lesson::Entity::insert_many(rows(id, number, &source.lessons)).exec(&tx.0).await?;
    course::ActiveModel { id: Set(id), current: Set(number), ..Default::default() }.update(&tx.0).await?;
    Ok(())
}

/// Publishes a draft that two people have signed, under the `names` of those who wished it; the draft is gone then.
/// Whoever calls it has locked the draft, and with it what it is to become.
///
/// # Errors
/// When the database does not answer, or the two are one (`course_adoption_by_two_people`).
pub async fn adopt(
    tx: &Tx,
    draft: &Draft,
    publishable: &Publishable,
    names: &BTreeMap<Uuid, String>,
    (now, today): (DateTime<Utc>, NaiveDate),
) -> Result<Uuid> {
    let source = draft.source();
    let row = match draft.course {
        Some(id) => course::Entity::find_by_id(id).one(&tx.0).await?,
        None => None,
    };
    let (id, number) = match row {
        Some(course) => (course.id, course.current + 1),
        None => {
            let id = Uuid::now_v7();
            let slug = Set(draft.slug.to_string());
            course::ActiveModel { id: Set(id), slug, current: Set(1), shipped: Set(None) }
                .insert(&tx.0)
                .await?;
            (id, 1)
        }
    };
    save_version(tx, (id, number), &source, CoProduction::Adopted, now).await?;
    let shown = |it: &Signature| names.get(&it.person.as_uuid()).filter(|_| it.shows_name).cloned();
    let (lived, profession) = (publishable.lived_experience(), publishable.profession());
    let safety = publishable.safety();
    let row = course_adoption::ActiveModel {
        course_id: Set(id),
        number: Set(number),
        adopted_on: Set(today),
        lived_by: Set(lived.person.as_uuid()),
        lived_as: Set(shown(lived)),
        profession_by: Set(profession.person.as_uuid()),
        profession_as: Set(shown(profession)),
        safety_by: Set(safety.map(|it| it.0.person.as_uuid())),
        safety_as: Set(safety.and_then(|it| shown(&it.0))),
        review_by: Set(safety.map(|it| it.1)),
    };
    row.insert(&tx.0).await?;
    proposals::forget(tx, id, |waits| settles(source.hash(), draft.took, waits)).await?;
    drafts::leave(tx, &draft.slug).await?;
    public::turn_generation(tx).await?;
    Ok(id)
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

/// The text of a course as it is published now.
///
/// # Errors
/// When the database does not answer.
pub async fn source(db: &Db, published: &Published) -> Result<Option<CourseSource>> {
    let key = (published.id, published.number);
    let Some(version) = course_version::Entity::find_by_id(key).one(&db.read).await? else { return Ok(None) };
    let lessons = lesson::Entity::find()
        .filter(lesson::Column::CourseId.eq(published.id))
        .filter(lesson::Column::Number.eq(published.number))
        .order_by_asc(lesson::Column::Position)
        .all(&db.read)
        .await?;
    let lesson = |it: lesson::Model| Ok(LessonSource { slug: kept_slug(it.slug)?, text: it.source });
    let lessons = lessons.into_iter().map(lesson).collect::<Result<_>>()?;
    Ok(Some(CourseSource { slug: published.course.slug.clone(), outline: version.outline, lessons }))
}

/// The course of that name and the number of its current version, inside the transaction that makes the next one.
///
/// # Errors
/// When the database does not answer.
pub async fn current_now(tx: &Tx, slug: &Slug) -> Result<Option<(Uuid, i64)>> {
    let found = course::Entity::find().filter(course::Column::Slug.eq(slug.as_str())).one(&tx.0).await?;
    Ok(found.map(|it| (it.id, it.current)))
}

/// All courses in their current versions, in order of title, read and ready to be shown.
///
/// # Errors
/// When the database does not answer, or holds a course that can no longer be read.
pub async fn current(db: &Db) -> Result<Vec<Published>> {
    let courses = course::Entity::find().all(&db.read).await?;
    let is_current = |key: [Expr; 2]| {
        let current = Query::select()
            .columns([course::Column::Id, course::Column::Current])
            .from(course::Entity)
            .to_owned();
        Expr::tuple(key).in_subquery(current)
    };
    let key = [course_version::Column::CourseId, course_version::Column::Number];
    let versions =
        course_version::Entity::find().filter(is_current(key.map(Expr::col))).all(&db.read).await?;
    let key = [lesson::Column::CourseId, lesson::Column::Number];
    let lessons = lesson::Entity::find()
        .filter(is_current(key.map(Expr::col)))
        .order_by_asc(lesson::Column::CourseId)
        .order_by_asc(lesson::Column::Position)
        .all(&db.read)
        .await?;
    let key = [course_adoption::Column::CourseId, course_adoption::Column::Number];
    let adoptions =
        course_adoption::Entity::find().filter(is_current(key.map(Expr::col))).all(&db.read).await?;
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
        let adopted = adoptions.iter().find(|it| it.course_id == row.id).map(told);
        let course = Arc::new(course);
        published.push(Published { id: row.id, number: version.number, adopted, course });
    }
    published.sort_by(|a, b| a.course.outline.title.cmp(&b.course.outline.title));
    Ok(published)
}

fn told(row: &course_adoption::Model) -> Adoption {
    let safety = row.review_by.map(|again_by| SafetyReview { by: row.safety_as.clone(), again_by });
    let (lived_experience, profession) = (row.lived_as.clone(), row.profession_as.clone());
    Adoption { on: row.adopted_on, lived_experience, profession, safety }
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

pub(crate) fn kept_slug(text: String) -> Result<Slug> {
    Slug::try_from(text).map_err(|error| Failure::Content(error.to_string()))
}

pub(crate) fn kept_hash(bytes: Vec<u8>) -> Result<TextHash> {
    let hash = bytes.try_into().map_err(|_| Failure::Content("a hash of another length".into()))?;
    Ok(TextHash(hash))
}

fn unreadable(slug: &Slug, faults: &[crate::content::Fault]) -> Failure {
    let first = faults.first().map(ToString::to_string).unwrap_or_default();
    Failure::Content(format!("{slug}: {first}"))
}
