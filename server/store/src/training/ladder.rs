//! Steps towards leading a group, as they were recorded.

use chrono::{DateTime, Utc};
use domain::people::PersonId;
use domain::training::ladder::{Climbed, NewRung, Rung};
use domain::training::placement::{Placement, PlacementId};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Set};

use crate::audit::Action;
use crate::entities::placement_rung;
use crate::people::unknown;
use crate::{Db, Result, Tx};

/// Whoever looks after a placement recorded a step towards leading a group.
pub const RUNG_RECORDED: Action = Action::named("placement_rung_recorded");

/// The steps that were taken on a placement, the earliest first.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn climbed(db: &Db, placement: PlacementId) -> Result<Vec<Climbed>> {
    climbed_in(&db.read, placement).await
}

/// The same inside a transaction that has taken its turn with the placement.
///
/// # Errors
/// As [`climbed`].
pub async fn climbed_now(tx: &Tx, placement: PlacementId) -> Result<Vec<Climbed>> {
    climbed_in(&tx.0, placement).await
}

async fn climbed_in(db: &impl ConnectionTrait, placement: PlacementId) -> Result<Vec<Climbed>> {
    let found = placement_rung::Entity::find()
        .filter(placement_rung::Column::PlacementId.eq(placement.as_uuid()))
        .order_by_asc(placement_rung::Column::Day)
        .order_by_asc(placement_rung::Column::At);
    let read = |row: placement_rung::Model| {
        let rung = Rung::parse(&row.rung).ok_or_else(|| unknown("step", &row.rung))?;
        Ok(Climbed { rung, day: row.day, guide: PersonId::from_uuid(row.guide_id), why: row.why })
    };
    found.all(db).await?.into_iter().map(read).collect()
}

/// Keeps a step. The transaction has taken its turn with the placement.
///
/// # Errors
/// When the database does not answer, or refuses what no rule would make.
pub async fn save(tx: &Tx, placement: &Placement, new: &NewRung, now: DateTime<Utc>) -> Result<()> {
    let climbed = new.climbed();
    let row = placement_rung::ActiveModel {
        placement_id: Set(placement.id.as_uuid()),
        rung: Set(climbed.rung.as_str().to_owned()),
        person_id: Set(placement.person.as_uuid()),
        day: Set(climbed.day),
        guide_id: Set(climbed.guide.as_uuid()),
        by_id: Set(new.by().as_uuid()),
        why: Set(climbed.why.clone()),
        at: Set(now.timestamp_millis()),
    };
    placement_rung::Entity::insert(row).exec_without_returning(&tx.0).await?;
    Ok(())
}
