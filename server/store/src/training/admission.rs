//! Admission: the group of a round, and who comes into it.

use chrono::NaiveDate;
use domain::people::{EngagementKind, PersonId};
use domain::training::cohort::CohortId;
use domain::training::{ApplicationState, ChosenGroup, NewTrainee, RoundId};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, Set};
use uuid::Uuid;

use super::places::give_places;
use crate::audit::Action;
use crate::entities::{round_group, training_application};
use crate::people::engage;
use crate::{Db, Result, Tx};

/// A coordinator chose the group of a round.
pub const ROUND_GROUP_CHOSEN: Action = Action::named("round_group_chosen");
/// Somebody is known to an organisation because they took a place in its training.
pub const TRAINING_BEGUN: Action = Action::named("training_begun");

/// The group into which people of a round come, if it has been chosen.
///
/// # Errors
/// When the database does not answer.
pub async fn group_of(db: &Db, round: RoundId) -> Result<Option<CohortId>> {
    group_in(&db.read, round).await
}

/// The same inside a transaction that has taken the round's turn.
///
/// # Errors
/// When the database does not answer.
pub async fn group_now(tx: &Tx, round: RoundId) -> Result<Option<CohortId>> {
    group_in(&tx.0, round).await
}

async fn group_in(db: &impl ConnectionTrait, round: RoundId) -> Result<Option<CohortId>> {
    let row = round_group::Entity::find_by_id(round.as_uuid()).one(db).await?;
    Ok(row.map(|it| CohortId::from_uuid(it.cohort_id)))
}

/// Those who have taken a place in a round, at most `limit`.
///
/// # Errors
/// When the database does not answer.
pub async fn accepted(db: &Db, round: RoundId, limit: u64) -> Result<Vec<PersonId>> {
    accepted_in(&db.read, round, limit).await
}

/// The same inside a transaction that has taken the round's turn.
///
/// # Errors
/// When the database does not answer.
pub async fn accepted_now(tx: &Tx, round: RoundId, limit: u64) -> Result<Vec<PersonId>> {
    accepted_in(&tx.0, round, limit).await
}

async fn accepted_in(db: &impl ConnectionTrait, round: RoundId, limit: u64) -> Result<Vec<PersonId>> {
    use training_application::Column;
    let found: Vec<Uuid> = training_application::Entity::find()
        .select_only()
        .column(Column::PersonId)
        .filter(Column::RoundId.eq(round.as_uuid()))
        .filter(Column::State.eq(ApplicationState::Accepted.as_str()))
        .limit(limit)
        .into_tuple()
        .all(db)
        .await?;
    Ok(found.into_iter().map(PersonId::from_uuid).collect())
}

/// Keeps the group of a round, and the places of those who waited for it.
///
/// # Errors
/// When the database does not answer, or the two are not of one organisation
/// (`round_group_within_one_organisation`), or every place is taken meanwhile.
pub async fn save_group(tx: &Tx, chosen: &ChosenGroup, today: NaiveDate) -> Result<()> {
    use round_group::Column;
    let row = round_group::ActiveModel {
        round_id: Set(chosen.round().as_uuid()),
        cohort_id: Set(chosen.cohort().as_uuid()),
        organisation_id: Set(chosen.organisation().as_uuid()),
    };
    let again = OnConflict::column(Column::RoundId).update_column(Column::CohortId).to_owned();
    round_group::Entity::insert(row).on_conflict(again).exec_without_returning(&tx.0).await?;
    give_places(tx, chosen.cohort(), chosen.given(), today).await
}

/// Keeps that an organisation knows somebody from today on, as whoever has applied for its training.
///
/// # Errors
/// When the database does not answer.
pub async fn save_trainee(tx: &Tx, new: &NewTrainee, today: NaiveDate) -> Result<()> {
    let who = (new.person().as_uuid(), new.organisation().as_uuid());
    engage(tx, who, (EngagementKind::Applicant, None, today)).await
}
