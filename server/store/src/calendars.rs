//! Links by which somebody's own calendar reads when they meet. Only a hash of each is kept.

use chrono::{DateTime, Utc};
use domain::people::PersonId;
use domain::sign_in::TokenHash;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Set};

use crate::audit::Action;
use crate::entities::calendar_feed::{ActiveModel, Column, Entity};
use crate::{Db, Result, Tx, instant};

/// Somebody made a link for their calendar, or a new one in the place of the old.
pub const CALENDAR_MADE: Action = Action::named("calendar_made");
/// Somebody stopped the link.
pub const CALENDAR_STOPPED: Action = Action::named("calendar_stopped");

/// Since when somebody has a link.
///
/// # Errors
/// When the database does not answer.
pub async fn since(db: &Db, person: PersonId) -> Result<Option<DateTime<Utc>>> {
    Ok(Entity::find_by_id(person.as_uuid()).one(&db.read).await?.map(|it| instant(it.made_at)))
}

/// Whose link has this hash.
///
/// # Errors
/// When the database does not answer.
pub async fn whose(db: &Db, hash: TokenHash) -> Result<Option<PersonId>> {
    let found = Entity::find().filter(Column::TokenHash.eq(hash.as_bytes().to_vec()));
    Ok(found.one(&db.read).await?.map(|it| PersonId::from_uuid(it.person_id)))
}

/// Keeps a link, in the place of whatever was there: that opens nothing any more.
///
/// # Errors
/// When the database does not answer.
pub async fn save(tx: &Tx, (person, hash): (PersonId, TokenHash), now: DateTime<Utc>) -> Result<()> {
    let row = ActiveModel {
        person_id: Set(person.as_uuid()),
        token_hash: Set(hash.as_bytes().to_vec()),
        made_at: Set(now.timestamp_millis()),
    };
    let again =
        OnConflict::column(Column::PersonId).update_columns([Column::TokenHash, Column::MadeAt]).to_owned();
    Entity::insert(row).on_conflict(again).exec_without_returning(&tx.0).await?;
    Ok(())
}

/// Stops a link, and says whether there was one.
///
/// # Errors
/// When the database does not answer.
pub async fn stop(tx: &Tx, person: PersonId) -> Result<bool> {
    Ok(Entity::delete_by_id(person.as_uuid()).exec(&tx.0).await?.rows_affected > 0)
}
