//! What organisations require, version by version.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::people::{EngagementKind, OrganisationId};
use domain::training::requirement::{NewVersion, Requirement, RequirementId, Rule, RuleKind, Version};
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use sea_orm::{QuerySelect, Select, Set};
use uuid::Uuid;

use super::policies;
use crate::audit::Action;
use crate::entities::{
    organisation, policy_asked, requirement, requirement_asked_of, requirement_part, requirement_version,
};
use crate::people::{small, unknown};
use crate::{Db, Result, Tx};

/// Something new is required.
pub const MADE: Action = Action::named("requirement_made");
/// What is required was changed, from a day on.
pub const CHANGED: Action = Action::named("requirement_changed");

/// The most that one organisation requires. Our choice: nobody keeps more in view, and a page shows all of them.
pub const MOST: usize = 60;

/// What an organisation requires, in order of code.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn of(db: &Db, organisation: OrganisationId) -> Result<Vec<Requirement>> {
    let theirs = requirement::Column::OrganisationId.eq(organisation.as_uuid());
    whole(&db.read, requirement::Entity::find().filter(theirs)).await
}

/// What several organisations require.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn of_all(db: &Db, organisations: &[OrganisationId]) -> Result<Vec<Requirement>> {
    let theirs = requirement::Column::OrganisationId.is_in(organisations.iter().map(|it| it.as_uuid()));
    whole(&db.read, requirement::Entity::find().filter(theirs)).await
}

/// One of them.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn requirement(db: &Db, id: RequirementId) -> Result<Option<Requirement>> {
    Ok(whole(&db.read, requirement::Entity::find_by_id(id.as_uuid())).await?.pop())
}

/// One of them, inside the transaction that changes it. Two tabs take turns.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn requirement_now(tx: &Tx, id: RequirementId) -> Result<Option<Requirement>> {
    Ok(whole(&tx.0, requirement::Entity::find_by_id(id.as_uuid()).lock_exclusive()).await?.pop())
}

/// The codes under which an organisation requires something, inside the transaction that adds another.
///
/// # Errors
/// When the database does not answer.
pub async fn codes_now(tx: &Tx, organisation: OrganisationId) -> Result<Vec<String>> {
    organisation::Entity::find_by_id(organisation.as_uuid()).lock_exclusive().one(&tx.0).await?;
    let theirs = requirement::Column::OrganisationId.eq(organisation.as_uuid());
    let rows = requirement::Entity::find().filter(theirs).all(&tx.0).await?;
    Ok(rows.into_iter().map(|it| it.code).collect())
}

/// Whether it has been kept already: then a form was sent twice.
///
/// # Errors
/// When the database does not answer.
pub async fn is_kept(tx: &Tx, id: RequirementId) -> Result<bool> {
    Ok(requirement::Entity::find_by_id(id.as_uuid()).one(&tx.0).await?.is_some())
}

/// Keeps something new.
///
/// # Errors
/// When the database does not answer, or the code is taken (`requirement_code_taken`).
pub async fn save_new(
    tx: &Tx,
    (organisation, id): (OrganisationId, RequirementId),
    new: &NewVersion,
    now: DateTime<Utc>,
) -> Result<()> {
    let row = requirement::ActiveModel {
        id: Set(id.as_uuid()),
        organisation_id: Set(organisation.as_uuid()),
        code: Set(new.code().to_owned()),
    };
    row.insert(&tx.0).await?;
    save_version(tx, id, new, now).await
}

/// Keeps what is required from a day on.
///
/// # Errors
/// When the database does not answer, or there is such a version (`requirement_version_taken`).
pub async fn save_version(tx: &Tx, id: RequirementId, new: &NewVersion, now: DateTime<Utc>) -> Result<()> {
    let version = new.version();
    let (months, minutes) = match &version.rule {
        Rule::Once => (None, None),
        Rule::Every { months } => (Some(i64::from(*months)), None),
        Rule::Hours { minutes, months } => (Some(i64::from(*months)), Some(i64::from(*minutes))),
        Rule::Parts { months, .. } => (months.map(i64::from), None),
        Rule::Read { .. } => (None, None),
    };
    let row = requirement_version::ActiveModel {
        requirement_id: Set(id.as_uuid()),
        number: Set(version.number),
        from_on: Set(version.from),
        title: Set(version.title.clone()),
        level: Set(version.level.into()),
        rule: Set(version.rule.kind().as_str().to_owned()),
        months: Set(months),
        minutes: Set(minutes),
        weeks: Set(version.weeks.into()),
        accepts_others: Set(version.accepts_others),
        made_at: Set(now.timestamp_millis()),
        before_start: Set(version.before_start),
    };
    row.insert(&tx.0).await?;
    policies::save_asked(tx, id, new, now).await?;
    let parts = (1..).zip(version.rule.parts()).map(|(position, name)| requirement_part::ActiveModel {
        requirement_id: Set(id.as_uuid()),
        number: Set(version.number),
        position: Set(position),
        name: Set(name.clone()),
    });
    let parts: Vec<_> = parts.collect();
    if !parts.is_empty() {
        requirement_part::Entity::insert_many(parts).exec_without_returning(&tx.0).await?;
    }
    let kinds = version.asked_of.iter().map(|it| requirement_asked_of::ActiveModel {
        requirement_id: Set(id.as_uuid()),
        number: Set(version.number),
        kind: Set(it.as_str().to_owned()),
    });
    let kinds: Vec<_> = kinds.collect();
    if !kinds.is_empty() {
        requirement_asked_of::Entity::insert_many(kinds).exec_without_returning(&tx.0).await?;
    }
    Ok(())
}

/// Five questions, however many there are.
async fn whole(db: &impl ConnectionTrait, found: Select<requirement::Entity>) -> Result<Vec<Requirement>> {
    let rows = found.order_by_asc(requirement::Column::Code).all(db).await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<Uuid> = rows.iter().map(|it| it.id).collect();
    let versions = requirement_version::Entity::find()
        .filter(requirement_version::Column::RequirementId.is_in(ids.iter().copied()))
        .order_by_asc(requirement_version::Column::Number)
        .all(db)
        .await?;
    let parts = requirement_part::Entity::find()
        .filter(requirement_part::Column::RequirementId.is_in(ids.iter().copied()))
        .order_by_asc(requirement_part::Column::Position)
        .all(db)
        .await?;
    let kinds = requirement_asked_of::Entity::find()
        .filter(requirement_asked_of::Column::RequirementId.is_in(ids))
        .all(db)
        .await?;
    let asked = policy_asked::Entity::find()
        .filter(policy_asked::Column::RequirementId.is_in(rows.iter().map(|it| it.id)))
        .all(db)
        .await?;
    let mut edition_of: BTreeMap<(Uuid, i64), u32> = BTreeMap::new();
    for it in asked {
        edition_of.insert((it.requirement_id, it.number), small("edition", it.edition)?);
    }
    let mut parts_of: BTreeMap<(Uuid, i64), Vec<String>> = BTreeMap::new();
    for it in parts {
        parts_of.entry((it.requirement_id, it.number)).or_default().push(it.name);
    }
    let mut kinds_of: BTreeMap<(Uuid, i64), Vec<EngagementKind>> = BTreeMap::new();
    for it in kinds {
        let kind = EngagementKind::parse(&it.kind).ok_or_else(|| unknown("engagement kind", &it.kind))?;
        kinds_of.entry((it.requirement_id, it.number)).or_default().push(kind);
    }
    let mut versions_of: BTreeMap<Uuid, Vec<Version>> = BTreeMap::new();
    for it in versions {
        let key = (it.requirement_id, it.number);
        let mut asked_of = kinds_of.remove(&key).unwrap_or_default();
        asked_of.sort_unstable();
        let parts = parts_of.remove(&key).unwrap_or_default();
        let edition = edition_of.remove(&key);
        versions_of.entry(it.requirement_id).or_default().push(version(it, (parts, edition), asked_of)?);
    }
    let whole = |row: requirement::Model| Requirement {
        id: RequirementId::from_uuid(row.id),
        organisation: OrganisationId::from_uuid(row.organisation_id),
        code: row.code,
        versions: versions_of.remove(&row.id).unwrap_or_default(),
    };
    Ok(rows.into_iter().map(whole).collect())
}

fn version(
    row: requirement_version::Model,
    (parts, edition): (Vec<String>, Option<u32>),
    asked_of: Vec<EngagementKind>,
) -> Result<Version> {
    let months = row.months.map(|it| small::<u16>("number of months", it)).transpose()?;
    let minutes = row.minutes.map(|it| small::<u32>("number of minutes", it)).transpose()?;
    let kind = RuleKind::parse(&row.rule).ok_or_else(|| unknown("rule", &row.rule))?;
    let rule = match (kind, months, minutes) {
        (RuleKind::Read, ..) => Rule::Read { edition: edition.ok_or_else(|| unknown("rule", &row.rule))? },
        (RuleKind::Once, ..) => Rule::Once,
        (RuleKind::Every, Some(months), _) => Rule::Every { months },
        (RuleKind::Hours, Some(months), Some(minutes)) => Rule::Hours { minutes, months },
        (RuleKind::Parts, months, _) => Rule::Parts { parts, months },
        _ => return Err(unknown("rule", &row.rule)),
    };
    Ok(Version {
        number: row.number,
        from: row.from_on,
        title: row.title,
        level: small("level", row.level)?,
        rule,
        asked_of,
        weeks: small("number of weeks", row.weeks)?,
        accepts_others: row.accepts_others,
        before_start: row.before_start,
    })
}
