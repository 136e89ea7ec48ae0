//! Frameworks of competences. A version is written once: the engines refuse to change one.

use chrono::{DateTime, Utc};
use domain::course::Slug;
use domain::people::OrganisationId;
use domain::training::Need;
use domain::training::framework::{
    About, Code, Competence, Competences, FrameworkId, Levels, levels as scale,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set,
};
use uuid::Uuid;

use crate::audit::Action;
use crate::entities::{competence, framework, framework_version, training_level};
use crate::people::unknown;
use crate::{Db, Failure, Result, Tx, instant};

/// An organisation works with another framework.
pub const FRAMEWORK_ADDED: Action = Action::named("framework_added");
/// A framework has another version.
pub const FRAMEWORK_CHANGED: Action = Action::named("framework_changed");
/// An organisation changed the scale by which it tells levels.
pub const LEVELS_CHANGED: Action = Action::named("levels_changed");

/// A framework as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Framework {
    pub id: FrameworkId,
    pub organisation: OrganisationId,
    pub title: String,
    /// The number of its latest version, from one.
    pub version: i64,
}

/// What is said about one version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    pub number: i64,
    pub licence: String,
    /// Where the original can be read; empty where there is none.
    pub source: String,
    pub made_at: DateTime<Utc>,
}

/// The frameworks of some organisations, in order of title.
///
/// # Errors
/// When the database does not answer.
pub async fn of(db: &Db, organisations: &[OrganisationId]) -> Result<Vec<Framework>> {
    if organisations.is_empty() {
        return Ok(Vec::new());
    }
    let theirs = framework::Column::OrganisationId.is_in(organisations.iter().map(|it| it.as_uuid()));
    let found = framework::Entity::find().filter(theirs).order_by_asc(framework::Column::Title);
    Ok(found.all(&db.read).await?.into_iter().map(Framework::from).collect())
}

/// One framework.
///
/// # Errors
/// When the database does not answer.
pub async fn framework(db: &Db, id: FrameworkId) -> Result<Option<Framework>> {
    Ok(framework::Entity::find_by_id(id.as_uuid()).one(&db.read).await?.map(Framework::from))
}

/// The same inside the transaction that changes it; changes take turns.
///
/// # Errors
/// When the database does not answer.
pub async fn framework_now(tx: &Tx, id: FrameworkId) -> Result<Option<Framework>> {
    let found = framework::Entity::find_by_id(id.as_uuid()).lock_exclusive();
    Ok(found.one(&tx.0).await?.map(Framework::from))
}

/// All versions of a framework, the latest first.
///
/// # Errors
/// When the database does not answer.
pub async fn versions(db: &Db, id: FrameworkId) -> Result<Vec<Version>> {
    let found = framework_version::Entity::find()
        .filter(framework_version::Column::FrameworkId.eq(id.as_uuid()))
        .order_by_desc(framework_version::Column::Number);
    let version = |it: framework_version::Model| Version {
        number: it.number,
        licence: it.licence,
        source: it.source,
        made_at: instant(it.made_at),
    };
    Ok(found.all(&db.read).await?.into_iter().map(version).collect())
}

/// The competences of a version, in its order.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn competences(db: &Db, id: FrameworkId, version: i64) -> Result<Vec<Competence>> {
    competences_in(&db.read, id, version).await
}

/// The same inside a transaction.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn competences_now(tx: &Tx, id: FrameworkId, version: i64) -> Result<Vec<Competence>> {
    competences_in(&tx.0, id, version).await
}

async fn competences_in(db: &impl ConnectionTrait, id: FrameworkId, version: i64) -> Result<Vec<Competence>> {
    let found = competence::Entity::find()
        .filter(competence::Column::FrameworkId.eq(id.as_uuid()))
        .filter(competence::Column::Version.eq(version))
        .order_by_asc(competence::Column::Position);
    found.all(db).await?.into_iter().map(read).collect()
}

/// One competence as it stands in a version.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn competence(
    db: &Db,
    (id, code): (FrameworkId, &str),
    version: i64,
) -> Result<Option<Competence>> {
    let key = (id.as_uuid(), version, code.to_owned());
    competence::Entity::find_by_id(key).one(&db.read).await?.map(read).transpose()
}

/// Whether a framework of an organisation is called so. Asked for behind [`crate::organisations::lock`].
///
/// # Errors
/// When the database does not answer.
pub async fn is_taken_now(
    tx: &Tx,
    organisation: OrganisationId,
    title: &str,
    but: Option<FrameworkId>,
) -> Result<bool> {
    let found = framework::Entity::find()
        .filter(framework::Column::OrganisationId.eq(organisation.as_uuid()))
        .filter(framework::Column::Title.eq(title));
    let found = found.one(&tx.0).await?;
    Ok(found.is_some_and(|it| but.is_none_or(|but| but.as_uuid() != it.id)))
}

/// Keeps a new framework with its first version.
///
/// # Errors
/// When the database does not answer.
pub async fn add(
    tx: &Tx,
    organisation: OrganisationId,
    (about, competences): (&About, &Competences),
    now: DateTime<Utc>,
) -> Result<FrameworkId> {
    let id = FrameworkId::from_uuid(Uuid::now_v7());
    let row = framework::ActiveModel {
        id: Set(id.as_uuid()),
        organisation_id: Set(organisation.as_uuid()),
        title: Set(about.title().to_owned()),
        version: Set(1),
        made_at: Set(now.timestamp_millis()),
    };
    framework::Entity::insert(row).exec_without_returning(&tx.0).await?;
    save_version(tx, (id, 1), (about, competences), now).await?;
    Ok(id)
}

/// Keeps the next version of a framework, whose turn the transaction has taken ([`framework_now`]).
///
/// # Errors
/// When the database does not answer.
pub async fn add_version(
    tx: &Tx,
    before: &Framework,
    (about, competences): (&About, &Competences),
    now: DateTime<Utc>,
) -> Result<i64> {
    let number = before.version + 1;
    save_version(tx, (before.id, number), (about, competences), now).await?;
    let row = framework::ActiveModel {
        id: Set(before.id.as_uuid()),
        title: Set(about.title().to_owned()),
        version: Set(number),
        ..Default::default()
    };
    row.update(&tx.0).await?;
    Ok(number)
}

async fn save_version(
    tx: &Tx,
    (id, number): (FrameworkId, i64),
    (about, competences): (&About, &Competences),
    now: DateTime<Utc>,
) -> Result<()> {
    let row = framework_version::ActiveModel {
        framework_id: Set(id.as_uuid()),
        number: Set(number),
        licence: Set(about.licence().to_owned()),
        source: Set(about.source().to_owned()),
        made_at: Set(now.timestamp_millis()),
    };
    framework_version::Entity::insert(row).exec_without_returning(&tx.0).await?;
    let row = |(position, it): (i64, &Competence)| competence::ActiveModel {
        framework_id: Set(id.as_uuid()),
        version: Set(number),
        code: Set(it.code.to_string()),
        position: Set(position),
        title: Set(it.title.clone()),
        domain: Set(it.domain.clone()),
        need: Set(it.need.as_str().to_owned()),
        optional: Set(it.is_optional),
        lived_experience: Set(it.accepts_lived_experience),
        parent: Set(it.parent.as_ref().map(ToString::to_string)),
        indicators: Set(it.indicators.join("\n")),
        courses: Set(it.courses.iter().map(Slug::as_str).collect::<Vec<_>>().join("\n")),
    };
    let rows: Vec<_> = (1..).zip(competences.all()).map(row).collect();
    if !rows.is_empty() {
        competence::Entity::insert_many(rows).exec_without_returning(&tx.0).await?;
    }
    Ok(())
}

/// The scale by which an organisation tells levels; empty where it has none.
///
/// # Errors
/// When the database does not answer.
pub async fn levels(db: &Db, organisation: OrganisationId) -> Result<Levels> {
    let found = training_level::Entity::find()
        .filter(training_level::Column::OrganisationId.eq(organisation.as_uuid()))
        .order_by_asc(training_level::Column::Position);
    let titles: Vec<_> = found.all(&db.read).await?.into_iter().map(|it| it.title).collect();
    scale(&titles.join("\n")).map_err(Failure::Content)
}

/// Keeps a scale in place of the one that was there. Judgements keep the words that they were made in.
///
/// # Errors
/// When the database does not answer.
pub async fn save_levels(tx: &Tx, organisation: OrganisationId, levels: &Levels) -> Result<()> {
    let theirs = training_level::Column::OrganisationId.eq(organisation.as_uuid());
    training_level::Entity::delete_many().filter(theirs).exec(&tx.0).await?;
    let row = |(position, title): (i64, &String)| training_level::ActiveModel {
        organisation_id: Set(organisation.as_uuid()),
        position: Set(position),
        title: Set(title.clone()),
    };
    let rows: Vec<_> = (1..).zip(levels.all()).map(row).collect();
    if !rows.is_empty() {
        training_level::Entity::insert_many(rows).exec_without_returning(&tx.0).await?;
    }
    Ok(())
}

pub(super) fn read(row: competence::Model) -> Result<Competence> {
    let code = |it: &str| Code::parse(it).ok_or_else(|| unknown("code", it));
    Ok(Competence {
        code: code(&row.code)?,
        title: row.title,
        domain: row.domain,
        need: Need::parse(&row.need).ok_or_else(|| unknown("need", &row.need))?,
        is_optional: row.optional,
        accepts_lived_experience: row.lived_experience,
        parent: row.parent.as_deref().map(code).transpose()?,
        indicators: row.indicators.lines().map(ToOwned::to_owned).collect(),
        courses: row.courses.lines().filter_map(|it| Slug::parse(it).ok()).collect(),
    })
}

impl From<framework::Model> for Framework {
    fn from(row: framework::Model) -> Self {
        Self {
            id: FrameworkId::from_uuid(row.id),
            organisation: OrganisationId::from_uuid(row.organisation_id),
            title: row.title,
            version: row.version,
        }
    }
}
