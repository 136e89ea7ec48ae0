//! Programmes as they were published: each change is a new version that never changes again, because a group goes
//! through the version that it began with.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, ExprTrait, QueryFilter, QueryOrder, Set,
};
use uuid::Uuid;

use crate::content::{LessonSource, Programme, ProgrammeSource, read_programme};
use crate::courses::kept_slug;
use crate::entities::{programme, programme_page, programme_version};
use crate::{Db, Failure, Result, Tx, public};

/// A version of a programme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    pub id: Uuid,
    /// Counted from one.
    pub number: i64,
    /// Shared, because every page about it holds it for a moment.
    pub programme: Arc<Programme>,
}

const SESSION: &str = "session";
const HANDOUT: &str = "handout";

/// Publishes what came with the program, and says which programmes have a new version. Programmes that are no longer
/// in the folder stay: a group may be half-way through.
///
/// # Errors
/// When the database does not answer.
pub async fn publish(tx: &Tx, sources: &[ProgrammeSource], now: DateTime<Utc>) -> Result<Vec<Uuid>> {
    // Nodes that start together publish one after the other.
    public::lock_generation(tx).await?;
    let mut changed = Vec::new();
    for source in sources {
        read(source)?;
        let of_name = programme::Column::Slug.eq(source.slug.as_str());
        let current = programme::Entity::find().filter(of_name).one(&tx.0).await?;
        let (id, number) = match current {
            None => {
                let id = Uuid::now_v7();
                let slug = Set(source.slug.to_string());
                programme::ActiveModel { id: Set(id), slug, current: Set(1) }.insert(&tx.0).await?;
                (id, 1)
            }
            Some(row) => {
                let key = (row.id, row.current);
                let version = programme_version::Entity::find_by_id(key).one(&tx.0).await?;
                if version.is_some_and(|it| it.digest == source.hash().0) {
                    continue;
                }
                (row.id, row.current + 1)
            }
        };
        save_version(tx, (id, number), source, now).await?;
        changed.push(id);
    }
    if !changed.is_empty() {
        public::turn_generation(tx).await?;
    }
    Ok(changed)
}

/// Keeps a version, which is the current one from now on. Pages go in with one statement.
async fn save_version(
    tx: &Tx,
    (id, number): (Uuid, i64),
    source: &ProgrammeSource,
    now: DateTime<Utc>,
) -> Result<()> {
    let row = programme_version::ActiveModel {
        programme_id: Set(id),
        number: Set(number),
        digest: Set(source.hash().0.to_vec()),
        outline: Set(source.outline.clone()),
        published_at: Set(now.timestamp_millis()),
    };
    row.insert(&tx.0).await?;
    let row = |kind: &'static str| {
        move |(position, it): (i64, &LessonSource)| programme_page::ActiveModel {
            programme_id: Set(id),
            number: Set(number),
            kind: Set(kind.to_owned()),
            position: Set(position),
            slug: Set(it.slug.to_string()),
            source: Set(it.text.clone()),
        }
    };
    let sessions = (1..).zip(&source.sessions).map(row(SESSION));
    let handouts = (1..).zip(&source.handouts).map(row(HANDOUT));
    programme_page::Entity::insert_many(sessions.chain(handouts)).exec_without_returning(&tx.0).await?;
    let row = programme::ActiveModel { id: Set(id), current: Set(number), ..Default::default() };
    row.update(&tx.0).await?;
    Ok(())
}

/// All programmes in their current versions, in order of title, read and ready to be shown.
///
/// # Errors
/// When the database does not answer, or holds a programme that can no longer be read.
pub async fn current(db: &Db) -> Result<Vec<Published>> {
    let rows = programme::Entity::find().all(&db.read).await?;
    let keys: Vec<_> = rows.iter().map(|it| (it.id, it.current)).collect();
    let mut published = versions(db, &keys).await?;
    published.sort_by(|a, b| a.programme.outline.title.cmp(&b.programme.outline.title));
    Ok(published)
}

/// These versions of programmes, those of them that there are.
///
/// # Errors
/// When the database does not answer, or holds a programme that can no longer be read.
pub async fn versions(db: &Db, keys: &[(Uuid, i64)]) -> Result<Vec<Published>> {
    let keys: BTreeSet<_> = keys.iter().copied().collect();
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let any = keys.iter().fold(Condition::any(), |any, (id, number)| {
        use programme_page::Column;
        any.add(Column::ProgrammeId.eq(*id).and(Column::Number.eq(*number)))
    });
    let pages = programme_page::Entity::find()
        .filter(any)
        .order_by_asc(programme_page::Column::Position)
        .all(&db.read)
        .await?;
    let any = keys.iter().fold(Condition::any(), |any, (id, number)| {
        use programme_version::Column;
        any.add(Column::ProgrammeId.eq(*id).and(Column::Number.eq(*number)))
    });
    let versions = programme_version::Entity::find().filter(any).all(&db.read).await?;
    let theirs = programme::Column::Id.is_in(keys.iter().map(|it| it.0));
    let named = programme::Entity::find().filter(theirs).all(&db.read).await?;
    let mut published = Vec::with_capacity(versions.len());
    for version in versions {
        let Some(row) = named.iter().find(|it| it.id == version.programme_id) else { continue };
        let texts = |kind: &str| {
            let of_it = pages.iter().filter(|it| {
                (it.programme_id, it.number, it.kind.as_str()) == (version.programme_id, version.number, kind)
            });
            of_it
                .map(|it| Ok(LessonSource { slug: kept_slug(it.slug.clone())?, text: it.source.clone() }))
                .collect::<Result<Vec<_>>>()
        };
        let source = ProgrammeSource {
            slug: kept_slug(row.slug.clone())?,
            sessions: texts(SESSION)?,
            handouts: texts(HANDOUT)?,
            outline: version.outline.clone(),
        };
        let programme = Arc::new(read(&source)?);
        published.push(Published { id: row.id, number: version.number, programme });
    }
    Ok(published)
}

/// A programme as it was in one of its versions; as it is now, if the rules of today cannot read that one any more.
///
/// # Errors
/// When the database does not answer.
pub async fn in_version(db: &Db, current: &Published, number: i64) -> Result<Arc<Programme>> {
    if number == current.number {
        return Ok(current.programme.clone());
    }
    match versions(db, &[(current.id, number)]).await {
        Ok(mut found) => Ok(found.pop().map_or_else(|| current.programme.clone(), |it| it.programme)),
        Err(Failure::Content(_)) => Ok(current.programme.clone()),
        Err(failure) => Err(failure),
    }
}

fn read(source: &ProgrammeSource) -> Result<Programme> {
    read_programme(source).map_err(|faults| {
        let first = faults.first().map(ToString::to_string).unwrap_or_default();
        Failure::Content(format!("programme {}: {first}", source.slug))
    })
}
