//! Organisations, and the people who are something to one of them. What those people are to any other
//! organisation is not asked for here.

mod people;
mod settings;

use std::cmp::Reverse;

use chrono::NaiveDate;
use domain::people::{Engagement, EngagementKind, OrganisationId, PersonId};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use uuid::Uuid;

pub use people::{Among, PeoplePage, people};
pub use settings::{
    Kept, ORGANISATION_ADDED, ORGANISATION_CHANGED, SECOND_FACTOR_ASKED, SECOND_FACTOR_NOT_ASKED,
    administered, all, kept, labels, names, save_labels, save_organisation, save_second_factor,
    save_settings,
};

use crate::entities::{engagement, organisation, person};
use crate::{Db, Result, Tx};

/// An organisation as its own pages name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organisation {
    pub id: OrganisationId,
    pub name: String,
}

/// A person as one organisation sees them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Colleague {
    pub id: PersonId,
    pub known_as: String,
    pub pronouns: String,
    /// What they are to this organisation alone, or will be later.
    pub engagements: Vec<Engagement>,
    /// What they were to it, the latest first.
    pub former: Vec<Engagement>,
}

/// One organisation.
///
/// # Errors
/// When the database does not answer.
pub async fn organisation(db: &Db, id: OrganisationId) -> Result<Option<Organisation>> {
    let row = organisation::Entity::find_by_id(id.as_uuid()).one(&db.read).await?;
    Ok(row.map(|it| Organisation { id, name: it.name }))
}

/// Several organisations, in order of name.
///
/// # Errors
/// When the database does not answer.
pub async fn organisations(db: &Db, ids: &[OrganisationId]) -> Result<Vec<Organisation>> {
    let rows = organisation::Entity::find()
        .filter(organisation::Column::Id.is_in(ids.iter().map(|it| it.as_uuid())))
        .order_by_asc(organisation::Column::Name)
        .all(&db.read)
        .await?;
    let named =
        |it: organisation::Model| Organisation { id: OrganisationId::from_uuid(it.id), name: it.name };
    Ok(rows.into_iter().map(named).collect())
}

/// Lets one transaction at a time arrange things in an organisation. On SQLite every writer is alone anyway.
///
/// # Errors
/// When the database does not answer.
pub async fn lock(tx: &Tx, id: OrganisationId) -> Result<()> {
    organisation::Entity::find_by_id(id.as_uuid()).lock_exclusive().one(&tx.0).await?;
    Ok(())
}

/// How many administrators an organisation has today.
///
/// # Errors
/// When the database does not answer.
pub async fn administrators(tx: &Tx, id: OrganisationId, today: NaiveDate) -> Result<u64> {
    let found = going_on(id, today)
        .filter(engagement::Column::Kind.eq(EngagementKind::Administrator.as_str()))
        .filter(engagement::Column::FromOn.lte(today));
    Ok(found.count(&tx.0).await?)
}

/// One person as an organisation sees them, if they are something to it on a day or later.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn colleague(
    db: &Db,
    id: OrganisationId,
    person: PersonId,
    today: NaiveDate,
) -> Result<Option<Colleague>> {
    let found = acquaintance(db, id, person, today).await?;
    Ok(found.filter(|it| !it.engagements.is_empty()))
}

/// One person as an organisation sees them, if they are or ever were something to it.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn acquaintance(
    db: &Db,
    id: OrganisationId,
    person: PersonId,
    today: NaiveDate,
) -> Result<Option<Colleague>> {
    let found = colleagues(db, id, &[person.as_uuid()], today).await?;
    Ok(found.into_iter().find(|it| !it.engagements.is_empty() || !it.former.is_empty()))
}

/// Those who act for an organisation on a day or later, in order of name.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn acting(db: &Db, id: OrganisationId, today: NaiveDate) -> Result<Vec<Colleague>> {
    let kinds = EngagementKind::ALL.into_iter().filter(|it| it.acts_for_the_organisation());
    let ids: Vec<Uuid> = going_on(id, today)
        .filter(engagement::Column::Kind.is_in(kinds.map(EngagementKind::as_str)))
        .select_only()
        .column(engagement::Column::PersonId)
        .distinct()
        .into_tuple()
        .all(&db.read)
        .await?;
    let mut acting = colleagues(db, id, &ids, today).await?;
    acting.sort_by(|a, b| (&a.known_as, a.id).cmp(&(&b.known_as, b.id)));
    Ok(acting)
}

/// These people as one organisation sees them, in this order.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn colleagues(
    db: &Db,
    id: OrganisationId,
    people: &[Uuid],
    today: NaiveDate,
) -> Result<Vec<Colleague>> {
    if people.is_empty() {
        return Ok(Vec::new());
    }
    let persons =
        person::Entity::find().filter(person::Column::Id.is_in(people.iter().copied())).all(&db.read).await?;
    let rows = engagement::Entity::find()
        .filter(engagement::Column::OrganisationId.eq(id.as_uuid()))
        .filter(engagement::Column::PersonId.is_in(people.iter().copied()))
        .order_by_asc(engagement::Column::FromOn)
        .order_by_asc(engagement::Column::Id)
        .all(&db.read)
        .await?;
    let engagements = rows.into_iter().map(Engagement::try_from).collect::<Result<Vec<_>>>()?;
    let seen = |it: &person::Model| {
        let id = PersonId::from_uuid(it.id);
        let own = engagements.iter().filter(|it| it.person == id).cloned();
        let (mut former, going_on): (Vec<_>, _) = own.partition(|it| it.to.is_some_and(|to| to < today));
        former.sort_by_key(|it| Reverse(it.to));
        let (known_as, pronouns) = (it.known_as.clone(), it.pronouns.clone());
        Colleague { id, known_as, pronouns, engagements: going_on, former }
    };
    let ordered = people.iter().filter_map(|id| persons.iter().find(|it| it.id == *id));
    Ok(ordered.map(seen).collect())
}

/// What people are to an organisation on a day or will be later.
fn going_on(id: OrganisationId, today: NaiveDate) -> Select<engagement::Entity> {
    let here = engagement::Column::OrganisationId.eq(id.as_uuid());
    engagement::Entity::find().filter(here).filter(crate::people::not_over(today))
}
