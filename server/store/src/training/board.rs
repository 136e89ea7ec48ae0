//! The applications to a round, as its coordinators see them: nothing that was not sent.

use chrono::NaiveDate;
use domain::people::OrganisationId;
use domain::training::{ApplicationId, ApplicationState, RoundId};
use sea_orm::{ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::applications::Application;
use crate::entities::{training_application, training_round};
use crate::{Db, Result, Tx};

/// One column of the board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    pub state: ApplicationState,
    pub applications: Vec<Application>,
    /// There are more than are shown.
    pub there_is_more: bool,
}

/// The board of a round: what was sent, by where it is, the earliest first, as far as `limit` in each column.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn board(db: &Db, round: RoundId, limit: usize) -> Result<Vec<Column>> {
    let mut board = Vec::new();
    for state in ApplicationState::ALL.into_iter().filter(|it| *it != ApplicationState::Draft) {
        let rows = training_application::Entity::find()
            .filter(training_application::Column::RoundId.eq(round.as_uuid()))
            .filter(training_application::Column::State.eq(state.as_str()))
            .filter(training_application::Column::IsSent.eq(true))
            .order_by_asc(training_application::Column::Id)
            .limit(limit as u64 + 1)
            .all(&db.read)
            .await?;
        let there_is_more = rows.len() > limit;
        let read = rows.into_iter().take(limit).map(Application::try_from);
        board.push(Column { state, applications: read.collect::<Result<_>>()?, there_is_more });
    }
    Ok(board)
}

/// What was sent to a round, after one, the earliest first.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn table(
    db: &Db,
    round: RoundId,
    after: Option<ApplicationId>,
    limit: u64,
) -> Result<Vec<Application>> {
    let mut found = training_application::Entity::find()
        .filter(training_application::Column::RoundId.eq(round.as_uuid()))
        .filter(training_application::Column::IsSent.eq(true))
        .order_by_asc(training_application::Column::Id)
        .limit(limit);
    if let Some(after) = after {
        found = found.filter(training_application::Column::Id.gt(after.as_uuid()));
    }
    found.all(&db.read).await?.into_iter().map(Application::try_from).collect()
}

/// Applications that wait for somebody here, by round: which, whose, what it is called, and how many. Only of rounds
/// that were opened and that close on this day or later.
///
/// # Errors
/// When the database does not answer.
pub async fn waiting(
    db: &Db,
    organisations: &[OrganisationId],
    closing: NaiveDate,
) -> Result<Vec<(RoundId, OrganisationId, String, i64)>> {
    use training_round::Column as Of;
    if organisations.is_empty() {
        return Ok(Vec::new());
    }
    let waits = [ApplicationState::Sent, ApplicationState::Talked].map(ApplicationState::as_str);
    let rounds = training_round::Entity::find()
        .filter(Of::ClosesOn.gte(closing))
        .filter(Of::OpenedAt.is_not_null())
        .filter(Of::OrganisationId.is_in(organisations.iter().map(|it| it.as_uuid())))
        .order_by_asc(Of::ClosesOn);
    let rounds = rounds.all(&db.read).await?;
    if rounds.is_empty() {
        return Ok(Vec::new());
    }
    let counts: Vec<(Uuid, i64)> = training_application::Entity::find()
        .select_only()
        .column(training_application::Column::RoundId)
        .column_as(training_application::Column::Id.count(), "applications")
        .filter(training_application::Column::RoundId.is_in(rounds.iter().map(|it| it.id)))
        .filter(training_application::Column::State.is_in(waits))
        .filter(training_application::Column::IsSent.eq(true))
        .group_by(training_application::Column::RoundId)
        .into_tuple()
        .all(&db.read)
        .await?;
    let waiting = |it: training_round::Model| {
        let many = counts.iter().find(|of| of.0 == it.id)?.1;
        Some((RoundId::from_uuid(it.id), OrganisationId::from_uuid(it.organisation_id), it.name, many))
    };
    Ok(rounds.into_iter().filter_map(waiting).collect())
}

/// How many places of a round are offered or taken, by somebody who has paused too. The transaction has taken the
/// round's turn.
///
/// # Errors
/// When the database does not answer.
pub async fn places_held(tx: &Tx, round: RoundId) -> Result<u32> {
    use training_application::Column as Col;
    let held =
        ApplicationState::ALL.into_iter().filter(|it| it.holds_a_place()).map(ApplicationState::as_str);
    let held: Vec<&str> = held.collect();
    let paused = Condition::all()
        .add(Col::State.eq(ApplicationState::Paused.as_str()))
        .add(Col::Was.is_in(held.clone()));
    let found = training_application::Entity::find()
        .filter(Col::RoundId.eq(round.as_uuid()))
        .filter(Condition::any().add(Col::State.is_in(held)).add(paused));
    Ok(u32::try_from(found.count(&tx.0).await?).unwrap_or(u32::MAX))
}
