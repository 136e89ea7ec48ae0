//! The informal conversation, and what somebody asked for so that it goes well. What was asked for lies in a table of
//! its own, which no question joins to answers.

use chrono::{DateTime, Utc};
use domain::own_words::{Next, Revised};
use domain::people::PersonId;
use domain::training::{ApplicationId, Arranging, Conversation};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, ConnectionTrait, EntityTrait, Set};

use crate::audit::Action;
use crate::entities::{training_adjustment, training_application, training_conversation};
use crate::{Db, Result, Tx};

/// A coordinator took on arranging a conversation.
pub const ADJUSTMENTS_TAKEN_ON: Action = Action::named("adjustments_taken_on");
/// A coordinator read what somebody asked for.
pub const ADJUSTMENTS_READ: Action = Action::named("adjustments_read");

/// What somebody asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    pub words: Revised<String>,
    /// Whether it has been arranged, if whoever arranges has said so.
    pub is_arranged: Option<bool>,
}

/// What somebody asked for, for whoever arranges and for themself.
///
/// # Errors
/// When the database does not answer.
pub async fn asked(db: &Db, id: ApplicationId) -> Result<Option<Asked>> {
    asked_in(&db.read, id).await
}

/// The same inside a transaction that has taken the application's turn.
///
/// # Errors
/// When the database does not answer.
pub async fn asked_now(tx: &Tx, id: ApplicationId) -> Result<Option<Asked>> {
    asked_in(&tx.0, id).await
}

async fn asked_in(db: &impl ConnectionTrait, id: ApplicationId) -> Result<Option<Asked>> {
    let row = training_adjustment::Entity::find_by_id(id.as_uuid()).one(db).await?;
    Ok(row.map(|it| Asked {
        words: Revised { value: it.words, revision: it.revision },
        is_arranged: it.is_arranged,
    }))
}

/// Keeps what somebody asks for. Whether it is arranged is open again.
///
/// # Errors
/// When the database does not answer.
pub async fn save_asked(tx: &Tx, id: ApplicationId, next: &Next<String>, now: DateTime<Utc>) -> Result<()> {
    use training_adjustment::Column;
    let row = training_adjustment::ActiveModel {
        application_id: Set(id.as_uuid()),
        words: Set(next.value().clone()),
        is_arranged: Set(None),
        revision: Set(next.revision()),
        changed_at: Set(now.timestamp_millis()),
    };
    let again = OnConflict::column(Column::ApplicationId)
        .update_columns([Column::Words, Column::IsArranged, Column::Revision, Column::ChangedAt])
        .to_owned();
    training_adjustment::Entity::insert(row).on_conflict(again).exec_without_returning(&tx.0).await?;
    let row = training_application::ActiveModel {
        id: Set(id.as_uuid()),
        asks: Set(!next.value().is_empty()),
        ..Default::default()
    };
    row.update(&tx.0).await?;
    Ok(())
}

/// Keeps who arranges the conversation.
///
/// # Errors
/// When the database does not answer.
pub async fn save_arranger(tx: &Tx, id: ApplicationId, by: &Arranging) -> Result<()> {
    let row = training_application::ActiveModel {
        id: Set(id.as_uuid()),
        arranger_id: Set(Some(by.person().as_uuid())),
        ..Default::default()
    };
    row.update(&tx.0).await?;
    Ok(())
}

/// Keeps whether what was asked for has been arranged.
///
/// # Errors
/// When the database does not answer.
pub async fn save_arranged(tx: &Tx, id: ApplicationId, _by: &Arranging, is_arranged: bool) -> Result<()> {
    let row = training_adjustment::ActiveModel {
        application_id: Set(id.as_uuid()),
        is_arranged: Set(Some(is_arranged)),
        ..Default::default()
    };
    row.update(&tx.0).await?;
    Ok(())
}

/// The conversation, if it was held.
///
/// # Errors
/// When the database does not answer.
pub async fn conversation(db: &Db, id: ApplicationId) -> Result<Option<Conversation>> {
    let row = training_conversation::Entity::find_by_id(id.as_uuid()).one(&db.read).await?;
    Ok(row.map(|it| Conversation { held_on: it.held_on, held_by: PersonId::from_uuid(it.held_by) }))
}

/// Keeps that the conversation was held, in the place of what was said of it before.
///
/// # Errors
/// When the database does not answer.
pub async fn save_conversation(tx: &Tx, id: ApplicationId, held: Conversation) -> Result<()> {
    use training_conversation::Column;
    let row = training_conversation::ActiveModel {
        application_id: Set(id.as_uuid()),
        held_on: Set(held.held_on),
        held_by: Set(held.held_by.as_uuid()),
    };
    let again =
        OnConflict::column(Column::ApplicationId).update_columns([Column::HeldOn, Column::HeldBy]).to_owned();
    training_conversation::Entity::insert(row).on_conflict(again).exec_without_returning(&tx.0).await?;
    Ok(())
}
