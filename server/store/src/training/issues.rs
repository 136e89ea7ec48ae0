//! Roles as they were issued to people, and what was done with each: acts that only ever follow one another.

use chrono::{DateTime, Utc};
use domain::people::{OrganisationId, PersonId};
use domain::training::role_issue::{Issue, IssueAct, IssueState, NewAct, NewIssue, RoleIssueId};
use domain::training::role_profile::RoleId;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect, Select, Set,
};

use crate::audit::Action;
use crate::entities::{role_act, role_issue, role_version};
use crate::people::unknown;
use crate::{Db, Failure, Result, Tx, instant};

/// A coordinator issued a role to somebody.
pub const ROLE_ISSUED: Action = Action::named("role_issued");
/// Somebody signed a role.
pub const ROLE_SIGNED: Action = Action::named("role_signed");
/// Somebody declined to sign one.
pub const ROLE_DECLINED: Action = Action::named("role_declined");
/// A coordinator took one back.
pub const ROLE_REVOKED: Action = Action::named("role_revoked");

/// A role as it was issued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issued {
    pub issue: Issue,
    pub role: RoleId,
    /// What the version is called that was issued.
    pub title: String,
    pub issued_at: DateTime<Utc>,
}

/// An act as it is kept.
#[derive(Clone, PartialEq, Eq)]
pub struct KeptAct {
    pub act: IssueAct,
    pub by: PersonId,
    pub name: String,
    pub words: String,
    pub at: DateTime<Utc>,
}

impl std::fmt::Debug for KeptAct {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "KeptAct({}, …)", self.act.as_str())
    }
}

/// One issue.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn issued(db: &Db, id: RoleIssueId) -> Result<Option<Issued>> {
    let found = role_issue::Entity::find_by_id(id.as_uuid());
    Ok(with_titles(db, found).await?.into_iter().next())
}

/// One issue inside a transaction that does something with it. They take turns.
///
/// # Errors
/// As [`issued`].
pub async fn issue_now(tx: &Tx, id: RoleIssueId) -> Result<Option<Issue>> {
    let found = role_issue::Entity::find_by_id(id.as_uuid()).lock_exclusive();
    found.one(&tx.0).await?.map(|it| read(&it)).transpose()
}

/// What somebody has of a role that holds, or may still come to. The transaction has taken its turn with the role.
///
/// # Errors
/// As [`issued`].
pub async fn live_now(tx: &Tx, role: RoleId, person: PersonId) -> Result<Option<Issue>> {
    let found = role_issue::Entity::find()
        .filter(role_issue::Column::PersonId.eq(person.as_uuid()))
        .filter(role_issue::Column::RoleId.eq(role.as_uuid()))
        .filter(role_issue::Column::State.is_in([IssueState::Open.as_str(), IssueState::Signed.as_str()]))
        .lock_exclusive();
    found.one(&tx.0).await?.map(|it| read(&it)).transpose()
}

/// What took the place of an issue that was replaced: whatever of the role somebody has now.
///
/// # Errors
/// As [`issued`].
pub async fn instead(db: &Db, role: RoleId, person: PersonId) -> Result<Option<Issued>> {
    let found = role_issue::Entity::find()
        .filter(role_issue::Column::PersonId.eq(person.as_uuid()))
        .filter(role_issue::Column::RoleId.eq(role.as_uuid()))
        .filter(role_issue::Column::State.is_in([IssueState::Open.as_str(), IssueState::Signed.as_str()]));
    Ok(with_titles(db, found).await?.into_iter().next())
}

/// The roles that were issued to somebody, the latest first.
///
/// # Errors
/// As [`issued`].
pub async fn of_person(
    db: &Db,
    person: PersonId,
    (before, limit): (Option<RoleIssueId>, u64),
) -> Result<Vec<Issued>> {
    let found = role_issue::Entity::find().filter(role_issue::Column::PersonId.eq(person.as_uuid()));
    with_titles(db, page(found, before, limit)).await
}

/// To whom a role was issued, the latest first.
///
/// # Errors
/// As [`issued`].
pub async fn of_role(
    db: &Db,
    role: RoleId,
    (before, limit): (Option<RoleIssueId>, u64),
) -> Result<Vec<Issued>> {
    let found = role_issue::Entity::find().filter(role_issue::Column::RoleId.eq(role.as_uuid()));
    with_titles(db, page(found, before, limit)).await
}

/// The roles of the people whom somebody manages, each for one organisation: the latest first.
///
/// # Errors
/// As [`issued`].
pub async fn of_managed(
    db: &Db,
    managed: &[(PersonId, OrganisationId)],
    (before, limit): (Option<RoleIssueId>, u64),
) -> Result<Vec<Issued>> {
    if managed.is_empty() {
        return Ok(Vec::new());
    }
    let theirs = managed.iter().fold(sea_orm::Condition::any(), |any, (person, organisation)| {
        let there = role_issue::Column::OrganisationId.eq(organisation.as_uuid());
        any.add(role_issue::Column::PersonId.eq(person.as_uuid()).and(there))
    });
    with_titles(db, page(role_issue::Entity::find().filter(theirs), before, limit)).await
}

fn page(
    found: Select<role_issue::Entity>,
    before: Option<RoleIssueId>,
    limit: u64,
) -> Select<role_issue::Entity> {
    let found = found.order_by_desc(role_issue::Column::Id).limit(limit);
    match before {
        Some(before) => found.filter(role_issue::Column::Id.lt(before.as_uuid())),
        None => found,
    }
}

async fn with_titles(db: &Db, found: Select<role_issue::Entity>) -> Result<Vec<Issued>> {
    let rows = found.all(&db.read).await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let versions = rows.iter().fold(sea_orm::Condition::any(), |any, it| {
        let number = role_version::Column::Number.eq(it.version);
        any.add(role_version::Column::RoleId.eq(it.role_id).and(number))
    });
    let titles: Vec<(uuid::Uuid, i64, String)> = role_version::Entity::find()
        .select_only()
        .columns([role_version::Column::RoleId, role_version::Column::Number, role_version::Column::Title])
        .filter(versions)
        .into_tuple()
        .all(&db.read)
        .await?;
    let issued = |row: role_issue::Model| {
        let title = titles.iter().find(|it| (it.0, it.1) == (row.role_id, row.version));
        Ok(Issued {
            issue: read(&row)?,
            role: RoleId::from_uuid(row.role_id),
            title: title.map(|it| it.2.clone()).unwrap_or_default(),
            issued_at: instant(row.issued_at),
        })
    };
    rows.into_iter().map(issued).collect()
}

/// Everything that was done with an issue, the earliest first.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn acts(db: &Db, id: RoleIssueId) -> Result<Vec<KeptAct>> {
    let found = role_act::Entity::find()
        .filter(role_act::Column::IssueId.eq(id.as_uuid()))
        .order_by_asc(role_act::Column::Number);
    let act = |row: role_act::Model| {
        let act = IssueAct::parse(&row.act).ok_or_else(|| unknown("act", &row.act))?;
        let by = PersonId::from_uuid(row.by_id);
        Ok(KeptAct { act, by, name: row.name, words: row.words, at: instant(row.at) })
    };
    found.all(&db.read).await?.into_iter().map(act).collect()
}

/// Issues a version of a role; what it takes the place of ends first. The transaction has taken its turn with the role.
///
/// # Errors
/// When the database does not answer, or refuses what no rule would make.
pub async fn save_issue(
    tx: &Tx,
    (id, role, hash): (RoleIssueId, RoleId, &str),
    new: &NewIssue,
    now: DateTime<Utc>,
) -> Result<()> {
    if let Some((replaced, act)) = new.replaces() {
        let row = role_issue::Entity::find_by_id(replaced.as_uuid()).one(&tx.0).await?;
        if let Some(row) = row {
            save_act(tx, &read(&row)?, act, now).await?;
        }
    }
    let row = role_issue::ActiveModel {
        id: Set(id.as_uuid()),
        role_id: Set(role.as_uuid()),
        version: Set(new.version()),
        hash: Set(hash.to_owned()),
        person_id: Set(new.person().as_uuid()),
        organisation_id: Set(new.organisation().as_uuid()),
        by_id: Set(new.by().as_uuid()),
        issued_at: Set(now.timestamp_millis()),
        state: Set(IssueState::Open.as_str().to_owned()),
        by_person: Set(false),
        by_manager: Set(false),
        acts: Set(1),
    };
    role_issue::Entity::insert(row).exec_without_returning(&tx.0).await?;
    let row = role_act::ActiveModel {
        issue_id: Set(id.as_uuid()),
        number: Set(1),
        person_id: Set(new.person().as_uuid()),
        act: Set(IssueAct::Issued.as_str().to_owned()),
        by_id: Set(new.by().as_uuid()),
        hash: Set(None),
        name: Set(String::new()),
        words: Set(String::new()),
        at: Set(now.timestamp_millis()),
    };
    role_act::Entity::insert(row).exec_without_returning(&tx.0).await?;
    Ok(())
}

/// Keeps an act, and where the issue is after it. The transaction has taken its turn ([`issue_now`]).
///
/// # Errors
/// When the database does not answer, or refuses what no rule would make.
pub async fn save_act(tx: &Tx, issue: &Issue, new: &NewAct, now: DateTime<Utc>) -> Result<()> {
    let act = new.act();
    let is_signature = matches!(act, IssueAct::SignedByPerson | IssueAct::SignedByManager);
    let row = role_act::ActiveModel {
        issue_id: Set(issue.id.as_uuid()),
        number: Set(new.number().into()),
        person_id: Set(issue.person.as_uuid()),
        act: Set(act.as_str().to_owned()),
        by_id: Set(new.by().as_uuid()),
        hash: Set(is_signature.then(|| issue.hash.clone())),
        name: Set(new.name().to_owned()),
        words: Set(new.words().to_owned()),
        at: Set(now.timestamp_millis()),
    };
    role_act::Entity::insert(row).exec_without_returning(&tx.0).await?;
    let row = role_issue::ActiveModel {
        id: Set(issue.id.as_uuid()),
        state: Set(new.state().as_str().to_owned()),
        by_person: Set(issue.by_person || act == IssueAct::SignedByPerson),
        by_manager: Set(issue.by_manager || act == IssueAct::SignedByManager),
        acts: Set(new.number().into()),
        ..Default::default()
    };
    row.update(&tx.0).await?;
    Ok(())
}

fn read(row: &role_issue::Model) -> Result<Issue> {
    Ok(Issue {
        id: RoleIssueId::from_uuid(row.id),
        person: PersonId::from_uuid(row.person_id),
        organisation: OrganisationId::from_uuid(row.organisation_id),
        version: row.version,
        hash: row.hash.clone(),
        state: IssueState::parse(&row.state).ok_or_else(|| unknown("state of an issue", &row.state))?,
        by_person: row.by_person,
        by_manager: row.by_manager,
        acts: u32::try_from(row.acts).map_err(|_| Failure::Content("a history that is too long".into()))?,
    })
}
