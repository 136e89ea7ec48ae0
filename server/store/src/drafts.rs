//! Courses in writing: drafts with the signatures under their exact text.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::course::Slug;
use domain::course::publishing::{Side, Signature, Signed, TextHash};
use domain::course::writing::Written;
use domain::people::PersonId;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set,
};
use uuid::Uuid;

use crate::audit::Action;
use crate::content::{CourseSource, LessonSource};
use crate::courses::{kept_hash, kept_slug};
use crate::entities::{course_draft, course_signature, draft_lesson};
use crate::people::unknown;
use crate::{Db, Failure, Result, Tx};

pub const DRAFT_BEGUN: Action = Action::named("course_draft_begun");
pub const DRAFT_LEFT: Action = Action::named("course_draft_left");
/// A ZIP or the text that came with the program took the place of a draft's.
pub const DRAFT_REPLACED: Action = Action::named("course_draft_replaced");
/// Out of what somebody signed is not written down here: it may be taken back, and this may not.
pub const SIGNED: Action = Action::named("course_signed");
pub const SIGNATURE_TAKEN_BACK: Action = Action::named("course_signature_taken_back");
pub const PROPOSAL_LEFT: Action = Action::named("course_proposal_left");

/// A course in writing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    pub slug: Slug,
    /// The course that it is to become a version of, if there is one.
    pub course: Option<Uuid>,
    /// The version that it began from; 0 for none.
    pub based_on: i64,
    /// The text of `course.toml`.
    pub outline: Written,
    /// In reading order.
    pub lessons: Vec<(Slug, Written)>,
    pub changed_at: DateTime<Utc>,
    /// The newer text that came with the program and was taken into it last, if one was.
    pub took: Option<TextHash>,
}

impl Draft {
    /// A draft that begins from what is written.
    #[must_use]
    pub fn of(source: CourseSource, course: Option<Uuid>, based_on: i64, now: DateTime<Utc>) -> Self {
        let written = |text| begun(text, now);
        Self {
            slug: source.slug,
            course,
            based_on,
            outline: written(source.outline),
            lessons: source.lessons.into_iter().map(|it| (it.slug, written(it.text))).collect(),
            changed_at: now,
            took: None,
        }
    }

    /// Takes another text in the place of this one. Each file counts on, so that whoever has it open hears of it.
    #[must_use]
    pub fn with(self, source: CourseSource, now: DateTime<Utc>) -> Self {
        let next = |old: Option<&Written>, text: String| match old {
            Some(old) if old.text == text => old.clone(),
            Some(old) => Written { text, revision: old.revision + 1 },
            None => begun(text, now),
        };
        let lessons = source.lessons.into_iter().map(|it| {
            let old = self.lessons.iter().find(|(slug, _)| *slug == it.slug).map(|it| &it.1);
            (it.slug, next(old, it.text))
        });
        let lessons = lessons.collect();
        let outline = next(Some(&self.outline), source.outline);
        Self { outline, lessons, ..self }
    }

    /// The text alone.
    #[must_use]
    pub fn source(&self) -> CourseSource {
        let lesson =
            |(slug, it): &(Slug, Written)| LessonSource { slug: slug.clone(), text: it.text.clone() };
        CourseSource {
            slug: self.slug.clone(),
            outline: self.outline.text.clone(),
            lessons: self.lessons.iter().map(lesson).collect(),
        }
    }

    /// Whether it began from what is published now: the course of its name, if there is one, and its version.
    #[must_use]
    pub fn is_up_to_date(&self, current: Option<(Uuid, i64)>) -> bool {
        current == self.course.map(|it| (it, self.based_on))
    }

    /// The lesson of that name.
    #[must_use]
    pub fn lesson(&self, slug: &Slug) -> Option<&Written> {
        self.lessons.iter().find(|it| it.0 == *slug).map(|it| &it.1)
    }
}

/// A text that was not there before. Its number begins with the time, which none has twice.
#[must_use]
pub const fn begun(text: String, now: DateTime<Utc>) -> Written {
    Written { text, revision: now.timestamp_millis() }
}

/// The drafts that there are: which version each began from, and how many have signed it.
///
/// # Errors
/// When the database does not answer.
pub async fn all(db: &Db) -> Result<BTreeMap<Slug, usize>> {
    let drafts: Vec<String> = course_draft::Entity::find()
        .select_only()
        .column(course_draft::Column::Slug)
        .into_tuple()
        .all(&db.read)
        .await?;
    let mut all = BTreeMap::new();
    if !drafts.is_empty() {
        let under = course_signature::Column::Draft.is_in(drafts.iter().map(String::as_str));
        let signed: Vec<String> = course_signature::Entity::find()
            .select_only()
            .column(course_signature::Column::Draft)
            .filter(under)
            .into_tuple()
            .all(&db.read)
            .await?;
        for slug in drafts {
            let many = signed.iter().filter(|it| **it == slug).count();
            all.insert(kept_slug(slug)?, many);
        }
    }
    Ok(all)
}

/// The draft of that name.
///
/// # Errors
/// When the database does not answer.
pub async fn of(db: &Db, slug: &Slug) -> Result<Option<Draft>> {
    let row = course_draft::Entity::find_by_id(slug.to_string()).one(&db.read).await?;
    whole(&db.read, row).await
}

/// The same inside the transaction that changes it. Those who write in one draft take turns.
///
/// # Errors
/// When the database does not answer.
pub async fn of_now(tx: &Tx, slug: &Slug) -> Result<Option<Draft>> {
    let row = course_draft::Entity::find_by_id(slug.to_string()).lock_exclusive().one(&tx.0).await?;
    whole(&tx.0, row).await
}

async fn whole(db: &impl ConnectionTrait, row: Option<course_draft::Model>) -> Result<Option<Draft>> {
    let Some(row) = row else { return Ok(None) };
    let lessons = draft_lesson::Entity::find()
        .filter(draft_lesson::Column::Draft.eq(row.slug.as_str()))
        .order_by_asc(draft_lesson::Column::Position)
        .all(db)
        .await?;
    let lesson = |it: draft_lesson::Model| {
        Ok((kept_slug(it.slug)?, Written { text: it.source, revision: it.revision }))
    };
    Ok(Some(Draft {
        slug: kept_slug(row.slug)?,
        course: row.course_id,
        based_on: row.based_on,
        outline: Written { text: row.outline, revision: row.outline_revision },
        lessons: lessons.into_iter().map(lesson).collect::<Result<_>>()?,
        changed_at: crate::instant(row.changed_at),
        took: row.took.map(kept_hash).transpose()?,
    }))
}

/// Keeps a new draft, unless there is one of that name.
///
/// # Errors
/// When the database does not answer.
pub async fn begin(tx: &Tx, draft: &Draft) -> Result<bool> {
    let row = row(draft);
    let begun =
        course_draft::Entity::insert(row).on_conflict_do_nothing().exec_without_returning(&tx.0).await?;
    let is_new = match begun {
        sea_orm::TryInsertResult::Inserted(rows) => rows > 0,
        _ => false,
    };
    if is_new {
        insert_lessons(tx, draft, &draft.lessons.iter().map(|it| &it.0).collect::<Vec<_>>()).await?;
    }
    Ok(is_new)
}

/// Keeps what a draft has become since it was `before`. Whoever signed another text has not signed this one.
///
/// # Errors
/// When the database does not answer.
pub async fn save(tx: &Tx, before: &Draft, draft: &Draft, now: DateTime<Utc>) -> Result<()> {
    let slug = draft.slug.as_str();
    if before.source().hash() != draft.source().hash() {
        let under = course_signature::Column::Draft.eq(slug);
        course_signature::Entity::delete_many().filter(under).exec(&tx.0).await?;
    }
    let row = course_draft::ActiveModel { changed_at: Set(now.timestamp_millis()), ..row(draft) };
    row.update(&tx.0).await?;
    // The place of a lesson is part of its row.
    let places = |of: &Draft| {
        (1_i64..).zip(of.lessons.clone()).map(|(at, (slug, it))| (slug, (at, it))).collect::<BTreeMap<_, _>>()
    };
    let (old, new) = (places(before), places(draft));
    let gone: Vec<_> =
        old.iter().filter(|(slug, it)| new.get(*slug) != Some(*it)).map(|it| it.0.as_str()).collect();
    if !gone.is_empty() {
        draft_lesson::Entity::delete_many()
            .filter(draft_lesson::Column::Draft.eq(slug))
            .filter(draft_lesson::Column::Slug.is_in(gone))
            .exec(&tx.0)
            .await?;
    }
    let come: Vec<_> = new.iter().filter(|(slug, it)| old.get(*slug) != Some(*it)).map(|it| it.0).collect();
    insert_lessons(tx, draft, &come).await
}

fn row(draft: &Draft) -> course_draft::ActiveModel {
    course_draft::ActiveModel {
        slug: Set(draft.slug.to_string()),
        course_id: Set(draft.course),
        based_on: Set(draft.based_on),
        hash: Set(draft.source().hash().0.to_vec()),
        outline: Set(draft.outline.text.clone()),
        outline_revision: Set(draft.outline.revision),
        changed_at: Set(draft.changed_at.timestamp_millis()),
        took: Set(draft.took.map(|it| it.0.to_vec())),
    }
}

async fn insert_lessons(tx: &Tx, draft: &Draft, these: &[&Slug]) -> Result<()> {
    let rows: Vec<_> = (1..)
        .zip(&draft.lessons)
        .filter(|(_, (slug, _))| these.contains(&slug))
        .map(|(position, (slug, it))| draft_lesson::ActiveModel {
            draft: Set(draft.slug.to_string()),
            slug: Set(slug.to_string()),
            position: Set(position),
            source: Set(it.text.clone()),
            revision: Set(it.revision),
        })
        .collect();
    if !rows.is_empty() {
        draft_lesson::Entity::insert_many(rows).exec_without_returning(&tx.0).await?;
    }
    Ok(())
}

/// Leaves a draft: it and its signatures are gone.
///
/// # Errors
/// When the database does not answer.
pub async fn leave(tx: &Tx, slug: &Slug) -> Result<()> {
    let slug = slug.as_str();
    course_signature::Entity::delete_many()
        .filter(course_signature::Column::Draft.eq(slug))
        .exec(&tx.0)
        .await?;
    draft_lesson::Entity::delete_many().filter(draft_lesson::Column::Draft.eq(slug)).exec(&tx.0).await?;
    course_draft::Entity::delete_by_id(slug.to_owned()).exec(&tx.0).await?;
    Ok(())
}

/// Who has signed a draft.
///
/// # Errors
/// When the database does not answer, or holds a side that the rules do not know.
pub async fn signatures(db: &Db, slug: &Slug) -> Result<Vec<Signature>> {
    signatures_of(&db.read, slug).await
}

/// The same inside the transaction that signs or publishes.
///
/// # Errors
/// When the database does not answer, or holds a side that the rules do not know.
pub async fn signatures_now(tx: &Tx, slug: &Slug) -> Result<Vec<Signature>> {
    signatures_of(&tx.0, slug).await
}

async fn signatures_of(db: &impl ConnectionTrait, slug: &Slug) -> Result<Vec<Signature>> {
    let under = course_signature::Entity::find().filter(course_signature::Column::Draft.eq(slug.as_str()));
    under.all(db).await?.into_iter().map(Signature::try_from).collect()
}

/// Keeps a signature. Whoever signs the same side again changes theirs.
///
/// # Errors
/// When the database does not answer, or the text is another by now (`course_signature_of_this_text`).
pub async fn sign(tx: &Tx, slug: &Slug, signed: &Signed, now: DateTime<Utc>) -> Result<()> {
    use course_signature::Column;
    let it = signed.signature();
    let row = course_signature::ActiveModel {
        draft: Set(slug.to_string()),
        side: Set(it.side.as_str().to_owned()),
        person_id: Set(it.person.as_uuid()),
        hash: Set(it.text.0.to_vec()),
        shows_name: Set(it.shows_name),
        review_by: Set(it.review_by),
        signed_at: Set(now.timestamp_millis()),
    };
    let again = OnConflict::columns([Column::Draft, Column::Side])
        .update_columns([Column::ShowsName, Column::ReviewBy, Column::SignedAt])
        .to_owned();
    course_signature::Entity::insert(row).on_conflict(again).exec_without_returning(&tx.0).await?;
    Ok(())
}

/// Takes back everything that somebody signed under a draft; whether there was anything.
///
/// # Errors
/// When the database does not answer.
pub async fn take_back(tx: &Tx, slug: &Slug, person: PersonId) -> Result<bool> {
    let theirs = course_signature::Entity::delete_many()
        .filter(course_signature::Column::Draft.eq(slug.as_str()))
        .filter(course_signature::Column::PersonId.eq(person.as_uuid()));
    Ok(theirs.exec(&tx.0).await?.rows_affected > 0)
}

impl TryFrom<course_signature::Model> for Signature {
    type Error = Failure;

    fn try_from(row: course_signature::Model) -> Result<Self> {
        Ok(Self {
            person: PersonId::from_uuid(row.person_id),
            side: Side::parse(&row.side).ok_or_else(|| unknown("side", &row.side))?,
            text: kept_hash(row.hash)?,
            shows_name: row.shows_name,
            review_by: row.review_by,
        })
    }
}
