//! Role profiles: drafts, and the versions that were made of them, which never change.

use chrono::{DateTime, Utc};
use domain::own_words::{Next, Revised};
use domain::people::{OrganisationId, PersonId};
use domain::training::Need;
use domain::training::framework::FrameworkId;
use domain::training::role_profile::{NeedWords, NewVersion, RoleId, RoleText, criteria, need_words};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};

use crate::audit::Action;
use crate::entities::{role_need_word, role_profile, role_version};
use crate::people::unknown;
use crate::{Db, Failure, Result, Tx, hash_of, instant};

/// A coordinator began or changed a role profile.
pub const ROLE_CHANGED: Action = Action::named("role_changed");
/// A coordinator changed the words for what is essential and desirable.
pub const ROLE_WORDS_CHANGED: Action = Action::named("role_words_changed");
/// A coordinator made a version of one.
pub const ROLE_PUBLISHED: Action = Action::named("role_published");

/// A role profile with its draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    pub id: RoleId,
    pub organisation: OrganisationId,
    pub draft: Revised<RoleText>,
}

/// A version as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleVersion {
    pub role: RoleId,
    pub number: i64,
    pub text: RoleText,
    /// What was called essential and desirable.
    pub words: NeedWords,
    /// Title and version of the framework.
    pub framework: Option<(String, i64)>,
    /// What is signed.
    pub canonical: String,
    /// SHA-256 over it, in hexadecimal figures.
    pub hash: String,
    pub made_at: DateTime<Utc>,
}

/// A version in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Numbered {
    pub number: i64,
    pub made_at: DateTime<Utc>,
}

/// What an organisation calls what is essential and what is desirable.
///
/// # Errors
/// When the database does not answer, or holds words that no rule would make.
pub async fn words(db: &Db, organisation: OrganisationId) -> Result<NeedWords> {
    let found = role_need_word::Entity::find_by_id(organisation.as_uuid()).one(&db.read).await?;
    found.map_or_else(|| Ok(NeedWords::default()), |it| read_words(&it.essential, &it.desirable))
}

/// Keeps them.
///
/// # Errors
/// When the database does not answer.
pub async fn save_words(tx: &Tx, organisation: OrganisationId, words: &NeedWords) -> Result<()> {
    use role_need_word::Column;
    let row = role_need_word::ActiveModel {
        organisation_id: Set(organisation.as_uuid()),
        essential: Set(words.of(Need::Essential).to_owned()),
        desirable: Set(words.of(Need::Desirable).to_owned()),
    };
    let again = OnConflict::column(Column::OrganisationId)
        .update_columns([Column::Essential, Column::Desirable])
        .to_owned();
    role_need_word::Entity::insert(row).on_conflict(again).exec_without_returning(&tx.0).await?;
    Ok(())
}

/// A page of the role profiles of an organisation, the latest first: with id and title.
///
/// # Errors
/// When the database does not answer.
pub async fn of(
    db: &Db,
    organisation: OrganisationId,
    (before, limit): (Option<RoleId>, u64),
) -> Result<Vec<(RoleId, String)>> {
    let mut found = role_profile::Entity::find()
        .select_only()
        .columns([role_profile::Column::Id, role_profile::Column::Title])
        .filter(role_profile::Column::OrganisationId.eq(organisation.as_uuid()))
        .order_by_desc(role_profile::Column::Id)
        .limit(limit);
    if let Some(before) = before {
        found = found.filter(role_profile::Column::Id.lt(before.as_uuid()));
    }
    let found: Vec<(uuid::Uuid, String)> = found.into_tuple().all(&db.read).await?;
    Ok(found.into_iter().map(|it| (RoleId::from_uuid(it.0), it.1)).collect())
}

/// One role profile.
///
/// # Errors
/// When the database does not answer, or holds a text that no rule would make.
pub async fn role(db: &Db, id: RoleId) -> Result<Option<Role>> {
    role_profile::Entity::find_by_id(id.as_uuid()).one(&db.read).await?.map(Role::try_from).transpose()
}

/// The same inside a transaction that changes something about it. They take turns.
///
/// # Errors
/// As [`role`].
pub async fn role_now(tx: &Tx, id: RoleId) -> Result<Option<Role>> {
    let found = role_profile::Entity::find_by_id(id.as_uuid()).lock_exclusive();
    found.one(&tx.0).await?.map(Role::try_from).transpose()
}

/// Keeps a draft, of a new role profile or of one that there is.
///
/// # Errors
/// When the database does not answer.
pub async fn save(
    tx: &Tx,
    (organisation, id): (OrganisationId, RoleId),
    next: &Next<RoleText>,
) -> Result<()> {
    use role_profile::Column;
    let text = next.value();
    let row = role_profile::ActiveModel {
        id: Set(id.as_uuid()),
        organisation_id: Set(organisation.as_uuid()),
        title: Set(text.title.clone()),
        description: Set(text.description.clone()),
        essential: Set(text.typed(Need::Essential)),
        desirable: Set(text.typed(Need::Desirable)),
        framework_id: Set(text.framework.map(FrameworkId::as_uuid)),
        band: Set(text.band.clone()),
        minutes: Set(text.minutes.map(i64::from)),
        checks: Set(text.checks.join("\n")),
        training: Set(text.training.join("\n")),
        revision: Set(next.revision()),
    };
    let again = OnConflict::column(Column::Id)
        .update_columns([
            Column::Title,
            Column::Description,
            Column::Essential,
            Column::Desirable,
            Column::FrameworkId,
            Column::Band,
            Column::Minutes,
            Column::Checks,
            Column::Training,
            Column::Revision,
        ])
        .to_owned();
    role_profile::Entity::insert(row).on_conflict(again).exec_without_returning(&tx.0).await?;
    Ok(())
}

/// All versions of a role profile, the latest first.
///
/// # Errors
/// When the database does not answer.
pub async fn versions(db: &Db, role: RoleId) -> Result<Vec<Numbered>> {
    let found: Vec<(i64, i64)> = role_version::Entity::find()
        .select_only()
        .columns([role_version::Column::Number, role_version::Column::MadeAt])
        .filter(role_version::Column::RoleId.eq(role.as_uuid()))
        .order_by_desc(role_version::Column::Number)
        .into_tuple()
        .all(&db.read)
        .await?;
    Ok(found.into_iter().map(|(number, at)| Numbered { number, made_at: instant(at) }).collect())
}

/// One version.
///
/// # Errors
/// When the database does not answer, or holds a text that no rule would make.
pub async fn version(db: &Db, role: RoleId, number: i64) -> Result<Option<RoleVersion>> {
    let found = role_version::Entity::find_by_id((role.as_uuid(), number));
    found.one(&db.read).await?.map(RoleVersion::try_from).transpose()
}

/// The latest version inside a transaction that has taken its turn ([`role_now`]).
///
/// # Errors
/// As [`version`].
pub async fn latest_now(tx: &Tx, role: RoleId) -> Result<Option<RoleVersion>> {
    let found = role_version::Entity::find()
        .filter(role_version::Column::RoleId.eq(role.as_uuid()))
        .order_by_desc(role_version::Column::Number)
        .limit(1);
    found.one(&tx.0).await?.map(RoleVersion::try_from).transpose()
}

/// Keeps a version. The transaction has taken its turn ([`role_now`]).
///
/// # Errors
/// When the database does not answer, or there is a version with that number.
pub async fn save_version(
    tx: &Tx,
    (role, by): (RoleId, PersonId),
    new: &NewVersion,
    now: DateTime<Utc>,
) -> Result<()> {
    let (text, around, canonical) = (new.text(), new.around(), new.canonical());
    let row = role_version::ActiveModel {
        role_id: Set(role.as_uuid()),
        number: Set(new.number()),
        title: Set(text.title.clone()),
        description: Set(text.description.clone()),
        essential: Set(text.typed(Need::Essential)),
        desirable: Set(text.typed(Need::Desirable)),
        essential_word: Set(around.words.of(Need::Essential).to_owned()),
        desirable_word: Set(around.words.of(Need::Desirable).to_owned()),
        framework_id: Set(text.framework.map(FrameworkId::as_uuid)),
        framework_version: Set(around.framework.as_ref().map(|it| it.1)),
        framework_title: Set(around.framework.as_ref().map(|it| it.0.clone()).unwrap_or_default()),
        band: Set(text.band.clone()),
        minutes: Set(text.minutes.map(i64::from)),
        checks: Set(text.checks.join("\n")),
        training: Set(text.training.join("\n")),
        hash: Set(hash_of(&canonical)),
        text: Set(canonical),
        by_id: Set(by.as_uuid()),
        made_at: Set(now.timestamp_millis()),
    };
    role_version::Entity::insert(row).exec_without_returning(&tx.0).await?;
    Ok(())
}

fn read_words(essential: &str, desirable: &str) -> Result<NeedWords> {
    need_words(essential, desirable).map_err(|_| unknown("word", essential))
}

fn read_criteria(
    essential: &str,
    desirable: &str,
) -> Result<Vec<domain::training::role_profile::RoleCriterion>> {
    let read =
        |need, lines: &str| criteria(need, lines).ok_or_else(|| unknown("code of a competence", lines));
    let mut all = read(Need::Essential, essential)?;
    all.extend(read(Need::Desirable, desirable)?);
    Ok(all)
}

fn read_minutes(minutes: Option<i64>) -> Result<Option<u16>> {
    let read = |it: i64| u16::try_from(it).map_err(|_| unknown("number of minutes", &it.to_string()));
    minutes.map(read).transpose()
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(ToOwned::to_owned).collect()
}

/// What a row of either table says of a role: their columns are called alike.
macro_rules! text_of {
    ($row:ident) => {
        RoleText {
            criteria: read_criteria(&$row.essential, &$row.desirable)?,
            title: $row.title,
            description: $row.description,
            framework: $row.framework_id.map(FrameworkId::from_uuid),
            band: $row.band,
            minutes: read_minutes($row.minutes)?,
            checks: lines(&$row.checks),
            training: lines(&$row.training),
        }
    };
}

impl TryFrom<role_profile::Model> for Role {
    type Error = Failure;

    fn try_from(row: role_profile::Model) -> Result<Self> {
        let text = text_of!(row);
        Ok(Self {
            id: RoleId::from_uuid(row.id),
            organisation: OrganisationId::from_uuid(row.organisation_id),
            draft: Revised { value: text, revision: row.revision },
        })
    }
}

impl TryFrom<role_version::Model> for RoleVersion {
    type Error = Failure;

    fn try_from(row: role_version::Model) -> Result<Self> {
        let text = text_of!(row);
        Ok(Self {
            role: RoleId::from_uuid(row.role_id),
            number: row.number,
            text,
            words: read_words(&row.essential_word, &row.desirable_word)?,
            framework: row.framework_version.map(|it| (row.framework_title, it)),
            canonical: row.text,
            hash: row.hash,
            made_at: instant(row.made_at),
        })
    }
}
