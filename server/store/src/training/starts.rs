//! What waits to begin. It is kept apart from engagements, so nothing that asks what somebody is comes upon it.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::people::{EngagementKind, Offer, OrganisationId, PersonId};
use domain::training::start::{Begins, Gate, Sorted, Waiting, WaitingId};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select, Set};
use uuid::Uuid;

use super::{matrix, requirements, vetting};
use crate::audit::Action;
use crate::entities::engagement_waiting::{ActiveModel, Column, Entity, Model};
use crate::people::{engage, read_basis, unknown};
use crate::{Db, Result, Tx};

/// Somebody accepted something that waits.
pub const WAITS: Action = Action::named("engagement_waits");
/// It has begun.
pub const BEGUN: Action = Action::named("engagement_begun");
/// A coordinator let it go.
pub const LET_GO: Action = Action::named("engagement_let_go");

/// What an organisation asks of these people before they start, and what it knows of each: as many questions for all of
/// them as for one.
///
/// # Errors
/// When the database does not answer, or holds what the rules do not know.
pub async fn gates(
    db: &Db,
    organisation: OrganisationId,
    people: &[PersonId],
) -> Result<HashMap<PersonId, Gate>> {
    let roles = vetting::roles(db, organisation).await?;
    let required = requirements::of(db, organisation).await?;
    let is_asked = required.iter().any(|it| it.versions.iter().any(|it| it.before_start));
    let asked_of = |is_asked: bool| if is_asked { people } else { &[] };
    let mut latest = vetting::latest(db, organisation, asked_of(!roles.is_empty())).await?;
    let mut exceptions = vetting::exceptions_of(db, organisation, asked_of(!roles.is_empty())).await?;
    let known = matrix::known(db, organisation, asked_of(is_asked)).await?;
    let gate = |person: &PersonId| {
        let (done, exempt) = known.of_one(*person);
        let gate = Gate {
            roles: roles.clone(),
            latest: latest.remove(person),
            exceptions: exceptions.remove(person).unwrap_or_default(),
            required: required.clone(),
            done,
            exempt,
        };
        (*person, gate)
    };
    Ok(people.iter().map(gate).collect())
}

/// The same of one person.
///
/// # Errors
/// When the database does not answer, or holds what the rules do not know.
pub async fn gate(db: &Db, (organisation, of): (OrganisationId, PersonId)) -> Result<Gate> {
    Ok(gates(db, organisation, &[of]).await?.remove(&of).unwrap_or_default())
}

/// Whose waiting is asked for.
#[derive(Clone, Copy, Debug)]
pub enum Whose {
    /// Everybody's at an organisation, in the order in which they accepted, after one.
    At(OrganisationId, Option<WaitingId>),
    /// One person's there.
    OneAt(OrganisationId, PersonId),
    /// One person's, wherever.
    Of(PersonId),
}

/// What waits, at most so many.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn waiting(db: &Db, whose: Whose, limit: u64) -> Result<Vec<Waiting>> {
    // As with placements: whose comes first in the order as well.
    let by = match whose {
        Whose::At(..) => Column::OrganisationId,
        Whose::OneAt(..) | Whose::Of(_) => Column::PersonId,
    };
    all(&db.read, found(whose).order_by_asc(by).order_by_asc(Column::Id).limit(limit)).await
}

/// One of them at an organisation.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn one(db: &Db, organisation: OrganisationId, id: WaitingId) -> Result<Option<Waiting>> {
    let here = Column::OrganisationId.eq(organisation.as_uuid());
    Ok(all(&db.read, Entity::find_by_id(id.as_uuid()).filter(here)).await?.pop())
}

fn found(whose: Whose) -> Select<Entity> {
    match whose {
        Whose::At(organisation, after) => {
            let found = Entity::find().filter(Column::OrganisationId.eq(organisation.as_uuid()));
            match after {
                Some(after) => found.filter(Column::Id.gt(after.as_uuid())),
                None => found,
            }
        }
        Whose::OneAt(organisation, person) => Entity::find()
            .filter(Column::OrganisationId.eq(organisation.as_uuid()))
            .filter(Column::PersonId.eq(person.as_uuid())),
        Whose::Of(person) => Entity::find().filter(Column::PersonId.eq(person.as_uuid())),
    }
}

async fn all(db: &impl ConnectionTrait, found: Select<Entity>) -> Result<Vec<Waiting>> {
    found.all(db).await?.into_iter().map(Waiting::try_from).collect()
}

/// Keeps what becomes of what somebody has accepted: what begins and what waits. What waits already goes on waiting.
///
/// # Errors
/// When the database does not answer.
pub async fn save(
    tx: &Tx,
    (person, organisation): (PersonId, OrganisationId),
    sorted: &Sorted,
    today: NaiveDate,
) -> Result<()> {
    let between = (person.as_uuid(), organisation.as_uuid());
    for it in &sorted.begins {
        let Offer { kind, basis, from } = *it.offer();
        engage(tx, between, (kind, basis, from)).await?;
    }
    let rows = sorted.waits.iter().map(|it| ActiveModel {
        id: Set(Uuid::now_v7()),
        organisation_id: Set(between.1),
        person_id: Set(between.0),
        kind: Set(it.kind.as_str().to_owned()),
        basis: Set(it.basis.map(|it| it.as_str().to_owned())),
        from_on: Set(it.from),
        since_on: Set(today),
    });
    let rows: Vec<_> = rows.collect();
    if !rows.is_empty() {
        let insert = Entity::insert_many(rows).on_conflict_do_nothing_on([
            Column::OrganisationId,
            Column::PersonId,
            Column::Kind,
        ]);
        insert.exec_without_returning(&tx.0).await?;
    }
    Ok(())
}

/// Begins what has waited; false if somebody else was quicker.
///
/// # Errors
/// When the database does not answer, or knows of no check although the role asks for one
/// (`engagement_begins_after_its_check`).
pub async fn begin(tx: &Tx, waiting: &Waiting, begins: &Begins) -> Result<bool> {
    if !let_go(tx, waiting).await? {
        return Ok(false);
    }
    let Offer { kind, basis, from } = *begins.offer();
    let between = (waiting.person.as_uuid(), waiting.organisation.as_uuid());
    engage(tx, between, (kind, basis, from)).await?;
    Ok(true)
}

/// Lets go what waits; false if it waits no more.
///
/// # Errors
/// When the database does not answer.
pub async fn let_go(tx: &Tx, waiting: &Waiting) -> Result<bool> {
    Ok(Entity::delete_by_id(waiting.id.as_uuid()).exec(&tx.0).await?.rows_affected > 0)
}

impl TryFrom<Model> for Waiting {
    type Error = crate::Failure;

    fn try_from(row: Model) -> Result<Self> {
        let kind = EngagementKind::parse(&row.kind).ok_or_else(|| unknown("engagement kind", &row.kind))?;
        Ok(Self {
            id: WaitingId::from_uuid(row.id),
            person: PersonId::from_uuid(row.person_id),
            organisation: OrganisationId::from_uuid(row.organisation_id),
            offer: Offer { kind, basis: read_basis(row.basis.as_deref())?, from: row.from_on },
            since: row.since_on,
        })
    }
}
