//! What somebody has proved in one of their sessions, and what was spent on the way into one.

use chrono::{DateTime, TimeDelta, Utc};
use domain::people::PersonId;
use domain::sign_in::{SessionId, StepUp, TokenHash};
use sea_orm::sea_query::{Expr, OnConflict, Query, SelectStatement};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Set, TryInsertResult};

use crate::entities::{half_way_spent, session, session_proof};
use crate::{Db, Result, Tx, instant};

/// How long spent half-way states are remembered: longer than any is good for.
const SPENT_REMEMBERED: TimeDelta = TimeDelta::hours(2);

/// Whether the second factor was given in a session.
///
/// # Errors
/// When the database does not answer.
pub async fn given_in(tx: &Tx, session: SessionId) -> Result<bool> {
    let row = session_proof::Entity::find_by_id(session.as_uuid()).one(&tx.0).await?;
    Ok(row.is_some_and(|it| it.second_factor_at.is_some()))
}

/// When somebody last showed in this session that it is still them.
///
/// # Errors
/// When the database does not answer.
pub async fn step_up_of(db: &Db, session: SessionId) -> Result<Option<StepUp>> {
    let row = session_proof::Entity::find_by_id(session.as_uuid()).one(&db.read).await?;
    Ok(row.and_then(|it| it.stepped_up_at).map(|at| StepUp { at: instant(at) }))
}

/// Keeps that the second factor was given in a session.
///
/// # Errors
/// When the database does not answer.
pub async fn save_given(tx: &Tx, session: SessionId, now: DateTime<Utc>) -> Result<()> {
    let row = session_proof::ActiveModel {
        session_id: Set(session.as_uuid()),
        second_factor_at: Set(Some(now.timestamp_millis())),
        ..Default::default()
    };
    save(tx, row, session_proof::Column::SecondFactorAt).await
}

/// Keeps that somebody has shown in a session that it is still them.
///
/// # Errors
/// When the database does not answer.
pub async fn save_step_up(tx: &Tx, session: SessionId, step_up: StepUp) -> Result<()> {
    let row = session_proof::ActiveModel {
        session_id: Set(session.as_uuid()),
        stepped_up_at: Set(Some(step_up.at.timestamp_millis())),
        ..Default::default()
    };
    save(tx, row, session_proof::Column::SteppedUpAt).await
}

async fn save(tx: &Tx, row: session_proof::ActiveModel, column: session_proof::Column) -> Result<()> {
    let kept = OnConflict::column(session_proof::Column::SessionId).update_column(column).to_owned();
    session_proof::Entity::insert(row).on_conflict(kept).exec_without_returning(&tx.0).await?;
    Ok(())
}

/// Lets no session of a person be stepped up any more: with a new app, a proof by what came before it does not
/// count.
///
/// # Errors
/// When the database does not answer.
pub async fn forget_step_ups(tx: &Tx, person: PersonId) -> Result<()> {
    session_proof::Entity::update_many()
        .col_expr(session_proof::Column::SteppedUpAt, Expr::value(None::<i64>))
        .filter(session_proof::Column::SessionId.in_subquery(sessions_of(person)))
        .exec(&tx.0)
        .await?;
    Ok(())
}

/// Forgets everything that a person's sessions have proved.
pub(super) async fn forget_all(tx: &Tx, person: PersonId) -> Result<()> {
    session_proof::Entity::delete_many()
        .filter(session_proof::Column::SessionId.in_subquery(sessions_of(person)))
        .exec(&tx.0)
        .await?;
    Ok(())
}

fn sessions_of(person: PersonId) -> SelectStatement {
    Query::select()
        .column(session::Column::Id)
        .from(session::Entity)
        .and_where(session::Column::PersonId.eq(person.as_uuid()))
        .to_owned()
}

/// Uses up a half-way state. `false` when it was used up before.
///
/// # Errors
/// When the database does not answer.
pub async fn spend_half_way(tx: &Tx, hash: TokenHash, now: DateTime<Utc>) -> Result<bool> {
    let long_ago = (now - SPENT_REMEMBERED).timestamp_millis();
    half_way_spent::Entity::delete_many()
        .filter(half_way_spent::Column::SpentAt.lt(long_ago))
        .exec(&tx.0)
        .await?;
    let row = half_way_spent::ActiveModel {
        hash: Set(hash.as_bytes().to_vec()),
        spent_at: Set(now.timestamp_millis()),
    };
    let insert = half_way_spent::Entity::insert(row).on_conflict_do_nothing();
    let kept = insert.exec_without_returning(&tx.0).await?;
    Ok(matches!(kept, TryInsertResult::Inserted(1..)))
}
