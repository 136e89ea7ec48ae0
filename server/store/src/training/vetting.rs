//! Checks before somebody starts: what roles ask for, and what followed from each check.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::people::{EngagementKind, OrganisationId, PersonId};
use domain::training::vetting::{
    Check, Exception, ExceptionId, Level, MayStart, NewCheck, NewException, NewRoleCheck, Outcome, RoleCheck,
    Unmet, VettingId, Workforce, may_start_as_all,
};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};

use crate::audit::Action;
use crate::entities::{vetting_check, vetting_exception, vetting_role};
use crate::people::{small, unknown};
use crate::{Db, Failure, Result, Tx, instant};

/// Which check a role asks for was settled.
pub const ROLE_SETTLED: Action = Action::named("vetting_role_settled");
/// Somebody read what followed from a check.
pub const READ: Action = Action::named("vetting_read");
/// What followed from a check was noted.
pub const NOTED: Action = Action::named("vetting_noted");
/// Somebody may start before their check is there.
pub const EXCEPTED: Action = Action::named("vetting_excepted");

/// What followed from a check, with whoever noted it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Noted {
    pub check: Check,
    pub by: PersonId,
    pub at: DateTime<Utc>,
}

/// What roles ask for in an organisation; those that ask for nothing are left out.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn roles(db: &Db, organisation: OrganisationId) -> Result<Vec<RoleCheck>> {
    let here = vetting_role::Column::OrganisationId.eq(organisation.as_uuid());
    let rows = vetting_role::Entity::find().filter(here).all(&db.read).await?;
    rows.into_iter().filter_map(|it| role_check(it).transpose()).collect()
}

/// What one role asks for, if it asks for anything, and how often that was kept.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn role(
    db: &Db,
    organisation: OrganisationId,
    kind: EngagementKind,
) -> Result<(Option<RoleCheck>, i64)> {
    let key = (organisation.as_uuid(), kind.as_str().to_owned());
    let Some(row) = vetting_role::Entity::find_by_id(key).one(&db.read).await? else { return Ok((None, 0)) };
    let revision = row.revision;
    Ok((role_check(row)?, revision))
}

/// How often it was kept, inside the transaction that keeps it next.
///
/// # Errors
/// When the database does not answer.
pub async fn revision_now(tx: &Tx, organisation: OrganisationId, kind: EngagementKind) -> Result<i64> {
    crate::organisations::lock(tx, organisation).await?;
    let key = (organisation.as_uuid(), kind.as_str().to_owned());
    Ok(vetting_role::Entity::find_by_id(key).one(&tx.0).await?.map_or(0, |it| it.revision))
}

/// Keeps what a role asks for.
///
/// # Errors
/// When the database does not answer.
pub async fn save_role(tx: &Tx, organisation: OrganisationId, new: &NewRoleCheck) -> Result<()> {
    use vetting_role::Column;
    let check = new.check();
    let row = vetting_role::ActiveModel {
        organisation_id: Set(organisation.as_uuid()),
        kind: Set(new.kind().as_str().to_owned()),
        revision: Set(new.revision()),
        level: Set(check.map(|it| it.level.as_str().to_owned())),
        workforce: Set(check.and_then(|it| it.workforce).map(|it| it.as_str().to_owned())),
        barred_list: Set(check.is_some_and(|it| it.barred_list)),
        reason: Set(check.map_or(String::new(), |it| it.reason.clone())),
        repeat_months: Set(check.and_then(|it| it.repeat_months).map(i64::from)),
    };
    let again = OnConflict::columns([Column::OrganisationId, Column::Kind])
        .update_columns([
            Column::Revision,
            Column::Level,
            Column::Workforce,
            Column::BarredList,
            Column::Reason,
            Column::RepeatMonths,
        ])
        .to_owned();
    vetting_role::Entity::insert(row).on_conflict(again).exec_without_returning(&tx.0).await?;
    Ok(())
}

/// What followed from the checks of somebody, the latest first.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn checks(db: &Db, organisation: OrganisationId, of: PersonId) -> Result<Vec<Noted>> {
    use vetting_check::Column;
    let found = vetting_check::Entity::find()
        .filter(Column::OrganisationId.eq(organisation.as_uuid()))
        .filter(Column::PersonId.eq(of.as_uuid()))
        .order_by_desc(Column::MadeAt)
        .order_by_desc(Column::Id)
        .limit(MOST_SHOWN);
    found.all(&db.read).await?.into_iter().map(Noted::try_from).collect()
}

/// More than anybody has in a working life.
const MOST_SHOWN: u64 = 50;

/// The latest check of each of these people.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn latest(
    db: &Db,
    organisation: OrganisationId,
    people: &[PersonId],
) -> Result<HashMap<PersonId, Check>> {
    use vetting_check::Column;
    if people.is_empty() {
        return Ok(HashMap::new());
    }
    let found = vetting_check::Entity::find()
        .filter(Column::OrganisationId.eq(organisation.as_uuid()))
        .filter(Column::PersonId.is_in(people.iter().map(|it| it.as_uuid())))
        .order_by_asc(Column::MadeAt)
        .order_by_asc(Column::Id);
    let rows = found.all(&db.read).await?;
    // A later one takes the place of an earlier one.
    rows.into_iter().map(|it| Ok((PersonId::from_uuid(it.person_id), Noted::try_from(it)?.check))).collect()
}

/// Keeps what followed from a check, unless it has been kept: then a form was sent twice.
///
/// # Errors
/// When the database does not answer.
pub async fn save_check(
    tx: &Tx,
    (organisation, id): (OrganisationId, VettingId),
    new: &NewCheck,
    now: DateTime<Utc>,
) -> Result<bool> {
    if vetting_check::Entity::find_by_id(id.as_uuid()).one(&tx.0).await?.is_some() {
        return Ok(false);
    }
    let check = new.check();
    let row = vetting_check::ActiveModel {
        id: Set(id.as_uuid()),
        organisation_id: Set(organisation.as_uuid()),
        person_id: Set(new.of().as_uuid()),
        level: Set(check.level.as_str().to_owned()),
        workforce: Set(check.workforce.map(|it| it.as_str().to_owned())),
        barred_list: Set(check.barred_list),
        issued_on: Set(check.issued_on),
        updated_on: Set(check.updated_on),
        outcome: Set(check.outcome.as_str().to_owned()),
        by_person: Set(new.by().as_uuid()),
        made_at: Set(now.timestamp_millis()),
    };
    row.insert(&tx.0).await?;
    Ok(true)
}

/// What was decided about somebody who may start before their check is there, the latest first.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn exceptions(db: &Db, organisation: OrganisationId, of: PersonId) -> Result<Vec<Exception>> {
    use vetting_exception::Column;
    let found = vetting_exception::Entity::find()
        .filter(Column::OrganisationId.eq(organisation.as_uuid()))
        .filter(Column::PersonId.eq(of.as_uuid()))
        .order_by_desc(Column::MadeAt)
        .order_by_desc(Column::Id)
        .limit(MOST_SHOWN);
    found.all(&db.read).await?.into_iter().map(Exception::try_from).collect()
}

/// The same of several people.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn exceptions_of(
    db: &Db,
    organisation: OrganisationId,
    people: &[PersonId],
) -> Result<HashMap<PersonId, Vec<Exception>>> {
    use vetting_exception::Column;
    let mut exceptions: HashMap<_, Vec<_>> = HashMap::new();
    if people.is_empty() {
        return Ok(exceptions);
    }
    let found = vetting_exception::Entity::find()
        .filter(Column::OrganisationId.eq(organisation.as_uuid()))
        .filter(Column::PersonId.is_in(people.iter().map(|it| it.as_uuid())));
    for it in found.all(&db.read).await? {
        let person = PersonId::from_uuid(it.person_id);
        exceptions.entry(person).or_default().push(Exception::try_from(it)?);
    }
    Ok(exceptions)
}

/// Whether somebody may start there on a day as all that they are then.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn may_start(
    db: &Db,
    (organisation, of): (OrganisationId, PersonId),
    on: NaiveDate,
) -> Result<std::result::Result<Vec<MayStart>, Unmet>> {
    let known = crate::people::known(db, of).await?;
    let there = known.iter().flat_map(|it| &it.engagements);
    let there = there.filter(|it| it.organisation == organisation && it.is_current(on));
    let kinds: Vec<_> = there.map(|it| it.kind).collect();
    let roles = roles(db, organisation).await?;
    let latest = latest(db, organisation, &[of]).await?.remove(&of);
    let exceptions = exceptions(db, organisation, of).await?;
    Ok(may_start_as_all(&kinds, (&roles, latest.as_ref()), &exceptions, on))
}

/// Keeps that somebody may, unless it has been kept.
///
/// # Errors
/// When the database does not answer.
pub async fn save_exception(
    tx: &Tx,
    (organisation, id): (OrganisationId, ExceptionId),
    new: &NewException,
    now: DateTime<Utc>,
) -> Result<bool> {
    if vetting_exception::Entity::find_by_id(id.as_uuid()).one(&tx.0).await?.is_some() {
        return Ok(false);
    }
    let it = new.exception();
    let row = vetting_exception::ActiveModel {
        id: Set(id.as_uuid()),
        organisation_id: Set(organisation.as_uuid()),
        person_id: Set(new.of().as_uuid()),
        kind: Set(it.kind.as_str().to_owned()),
        guide_id: Set(it.guide.as_uuid()),
        duties: Set(it.duties.clone()),
        from_on: Set(it.from),
        until_on: Set(it.until),
        by_person: Set(it.by.as_uuid()),
        made_at: Set(now.timestamp_millis()),
    };
    row.insert(&tx.0).await?;
    Ok(true)
}

fn kind_of(word: &str) -> Result<EngagementKind> {
    EngagementKind::parse(word).ok_or_else(|| unknown("engagement kind", word))
}

fn level_of(word: &str) -> Result<Level> {
    Level::parse(word).ok_or_else(|| unknown("level", word))
}

fn workforce_of(word: Option<&str>) -> Result<Option<Workforce>> {
    word.map(|it| Workforce::parse(it).ok_or_else(|| unknown("workforce", it))).transpose()
}

fn role_check(row: vetting_role::Model) -> Result<Option<RoleCheck>> {
    let Some(level) = row.level else { return Ok(None) };
    Ok(Some(RoleCheck {
        kind: kind_of(&row.kind)?,
        level: level_of(&level)?,
        workforce: workforce_of(row.workforce.as_deref())?,
        barred_list: row.barred_list,
        reason: row.reason,
        repeat_months: row.repeat_months.map(|it| small("number of months", it)).transpose()?,
    }))
}

impl TryFrom<vetting_check::Model> for Noted {
    type Error = Failure;

    fn try_from(row: vetting_check::Model) -> Result<Self> {
        let outcome = Outcome::parse(&row.outcome).ok_or_else(|| unknown("outcome", &row.outcome))?;
        Ok(Self {
            check: Check {
                level: level_of(&row.level)?,
                workforce: workforce_of(row.workforce.as_deref())?,
                barred_list: row.barred_list,
                issued_on: row.issued_on,
                updated_on: row.updated_on,
                outcome,
            },
            by: PersonId::from_uuid(row.by_person),
            at: instant(row.made_at),
        })
    }
}

impl TryFrom<vetting_exception::Model> for Exception {
    type Error = Failure;

    fn try_from(row: vetting_exception::Model) -> Result<Self> {
        Ok(Self {
            kind: kind_of(&row.kind)?,
            by: PersonId::from_uuid(row.by_person),
            guide: PersonId::from_uuid(row.guide_id),
            duties: row.duties,
            from: row.from_on,
            until: row.until_on,
        })
    }
}
