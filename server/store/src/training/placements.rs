//! Placements: who practises where, from when to when, and who looks after it.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::people::{OrganisationId, PersonId, PlaceId};
use domain::training::cohort::CohortId;
use domain::training::placement::{Ended, NewPlacement, Placement, PlacementId};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select, Set,
};

use crate::audit::Action;
use crate::entities::{placement, placement_ended};
use crate::{Db, Result, Tx};

/// A coordinator arranged a placement.
pub const PLACEMENT_ARRANGED: Action = Action::named("placement_arranged");
/// A coordinator ended one early.
pub const PLACEMENT_ENDED: Action = Action::named("placement_ended");

/// One placement.
///
/// # Errors
/// When the database does not answer.
pub async fn placement(db: &Db, id: PlacementId) -> Result<Option<Placement>> {
    Ok(placement::Entity::find_by_id(id.as_uuid()).one(&db.read).await?.map(Placement::from_row))
}

/// The same inside a transaction that does something with its hours. They take turns.
///
/// # Errors
/// When the database does not answer.
pub async fn placement_now(tx: &Tx, id: PlacementId) -> Result<Option<Placement>> {
    let found = placement::Entity::find_by_id(id.as_uuid()).lock_exclusive();
    Ok(found.one(&tx.0).await?.map(Placement::from_row))
}

/// Which placements are meant.
#[derive(Clone, Copy, Debug)]
pub enum Whose {
    /// Those of one person.
    Of(PersonId),
    /// Those that somebody looks after.
    With(PersonId),
    /// Those of one organisation.
    At(OrganisationId),
}

/// A page of placements, the latest first.
///
/// # Errors
/// When the database does not answer.
pub async fn placements(
    db: &Db,
    whose: Whose,
    (before, limit): (Option<PlacementId>, u64),
) -> Result<Vec<Placement>> {
    use placement::Column;
    let of_it = match whose {
        Whose::Of(person) => Column::PersonId.eq(person.as_uuid()),
        Whose::With(supervisor) => Column::SupervisorId.eq(supervisor.as_uuid()),
        Whose::At(organisation) => Column::OrganisationId.eq(organisation.as_uuid()),
    };
    // Whose comes first in the order as well, so that PostgreSQL takes the index that begins with it, and does not go
    // through everybody's by id.
    let by = match whose {
        Whose::Of(_) => Column::PersonId,
        Whose::With(_) => Column::SupervisorId,
        Whose::At(_) => Column::OrganisationId,
    };
    let mut found: Select<placement::Entity> =
        placement::Entity::find().filter(of_it).order_by_desc(by).order_by_desc(Column::Id).limit(limit);
    if let Some(before) = before {
        found = found.filter(Column::Id.lt(before.as_uuid()));
    }
    Ok(found.all(&db.read).await?.into_iter().map(Placement::from_row).collect())
}

/// Keeps a placement; nothing is done when it is there already, as after a second tap.
///
/// # Errors
/// When the database does not answer.
pub async fn save(tx: &Tx, new: &NewPlacement, now: DateTime<Utc>) -> Result<bool> {
    let it = new.placement();
    if placement::Entity::find_by_id(it.id.as_uuid()).one(&tx.0).await?.is_some() {
        return Ok(false);
    }
    let row = placement::ActiveModel {
        id: Set(it.id.as_uuid()),
        organisation_id: Set(it.organisation.as_uuid()),
        person_id: Set(it.person.as_uuid()),
        supervisor_id: Set(it.supervisor.as_uuid()),
        site_id: Set(it.site.as_uuid()),
        cohort_id: Set(it.cohort.map(CohortId::as_uuid)),
        from_on: Set(it.from),
        to_on: Set(it.to),
        made_at: Set(now.timestamp_millis()),
    };
    placement::Entity::insert(row).exec_without_returning(&tx.0).await?;
    Ok(true)
}

/// That a placement ended early.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Early {
    pub on: NaiveDate,
    pub was_to: NaiveDate,
    pub why: String,
}

/// Which of these placements ended early.
///
/// # Errors
/// When the database does not answer.
pub async fn ended(db: &Db, ids: &[PlacementId]) -> Result<HashMap<PlacementId, Early>> {
    use placement_ended::{Column, Entity};
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let found = Entity::find().filter(Column::PlacementId.is_in(ids.iter().map(|it| it.as_uuid())));
    let rows = found.all(&db.read).await?.into_iter();
    let early = |it: placement_ended::Model| Early { on: it.ended_on, was_to: it.was_to, why: it.why };
    Ok(rows.map(|it| (PlacementId::from_uuid(it.placement_id), early(it))).collect())
}

/// Whether one did, inside the transaction that would end it.
///
/// # Errors
/// When the database does not answer.
pub async fn is_ended_now(tx: &Tx, id: PlacementId) -> Result<bool> {
    Ok(placement_ended::Entity::find_by_id(id.as_uuid()).one(&tx.0).await?.is_some())
}

/// Keeps that a placement ends early, and its new last day. The transaction has taken its turn.
///
/// # Errors
/// When the database does not answer, or it was ended before (`placement_ended_once`).
pub async fn save_ended(tx: &Tx, ended: &Ended, now: DateTime<Utc>) -> Result<()> {
    let row = placement_ended::ActiveModel {
        placement_id: Set(ended.placement().as_uuid()),
        person_id: Set(ended.person().as_uuid()),
        ended_on: Set(ended.on()),
        was_to: Set(ended.was_to()),
        why: Set(ended.why().to_owned()),
        by_id: Set(ended.by().as_uuid()),
        made_at: Set(now.timestamp_millis()),
    };
    placement_ended::Entity::insert(row).exec_without_returning(&tx.0).await?;
    let row = placement::ActiveModel {
        id: Set(ended.placement().as_uuid()),
        to_on: Set(ended.on()),
        ..Default::default()
    };
    row.update(&tx.0).await?;
    Ok(())
}

/// Reads a row as the rules know it.
trait FromRow {
    fn from_row(row: placement::Model) -> Self;
}

impl FromRow for Placement {
    fn from_row(row: placement::Model) -> Self {
        Self {
            id: PlacementId::from_uuid(row.id),
            person: PersonId::from_uuid(row.person_id),
            organisation: OrganisationId::from_uuid(row.organisation_id),
            supervisor: PersonId::from_uuid(row.supervisor_id),
            site: PlaceId::from_uuid(row.site_id),
            cohort: row.cohort_id.map(CohortId::from_uuid),
            from: row.from_on,
            to: row.to_on,
        }
    }
}
