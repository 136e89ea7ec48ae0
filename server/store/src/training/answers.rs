//! What somebody answers in an application.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::own_words::{Next, Revised};
use domain::training::{Answer, ApplicationId, CriterionId, Qualification};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};

use crate::entities::training_answer;
use crate::{Db, Result, Tx};

/// What was answered, by criterion.
///
/// # Errors
/// When the database does not answer.
pub async fn answers(db: &Db, id: ApplicationId) -> Result<BTreeMap<CriterionId, Revised<Answer>>> {
    answers_in(&db.read, id).await
}

/// The same inside a transaction that has taken the application's turn.
///
/// # Errors
/// When the database does not answer.
pub async fn answers_now(tx: &Tx, id: ApplicationId) -> Result<BTreeMap<CriterionId, Revised<Answer>>> {
    answers_in(&tx.0, id).await
}

async fn answers_in(
    db: &impl ConnectionTrait,
    id: ApplicationId,
) -> Result<BTreeMap<CriterionId, Revised<Answer>>> {
    let rows = training_answer::Entity::find()
        .filter(training_answer::Column::ApplicationId.eq(id.as_uuid()))
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| (CriterionId::from_uuid(row.criterion_id), row.into())).collect())
}

/// Keeps an answer. The transaction has taken the application's turn.
///
/// # Errors
/// When the database does not answer, or the criterion does not accept lived experience
/// (`training_answer_lived_where_accepted`).
pub async fn save_answer(
    tx: &Tx,
    (id, criterion): (ApplicationId, CriterionId),
    next: &Next<Answer>,
    now: DateTime<Utc>,
) -> Result<()> {
    use training_answer::Column as Col;
    let Answer { evidence, qualification, equivalence, lived, willing_by } = next.value().clone();
    let Qualification { title, body, year, valid_until, seen_by } = qualification;
    let row = training_answer::ActiveModel {
        application_id: Set(id.as_uuid()),
        criterion_id: Set(criterion.as_uuid()),
        evidence: Set(evidence),
        title: Set(title),
        body: Set(body),
        year: Set(year.map(i64::from)),
        valid_until: Set(valid_until),
        seen_by: Set(seen_by),
        equivalence: Set(equivalence),
        lived: Set(lived.then_some(true)),
        willing_by: Set(willing_by),
        revision: Set(next.revision()),
        changed_at: Set(now.timestamp_millis()),
    };
    let again = OnConflict::columns([Col::ApplicationId, Col::CriterionId])
        .update_columns([
            Col::Evidence,
            Col::Title,
            Col::Body,
            Col::Year,
            Col::ValidUntil,
            Col::SeenBy,
            Col::Equivalence,
            Col::Lived,
            Col::WillingBy,
            Col::Revision,
            Col::ChangedAt,
        ])
        .to_owned();
    training_answer::Entity::insert(row).on_conflict(again).exec_without_returning(&tx.0).await?;
    Ok(())
}

impl From<training_answer::Model> for Revised<Answer> {
    fn from(row: training_answer::Model) -> Self {
        let qualification = Qualification {
            title: row.title,
            body: row.body,
            year: row.year.and_then(|it| i32::try_from(it).ok()),
            valid_until: row.valid_until,
            seen_by: row.seen_by,
        };
        let value = Answer {
            evidence: row.evidence,
            qualification,
            equivalence: row.equivalence,
            lived: row.lived == Some(true),
            willing_by: row.willing_by,
        };
        Self { value, revision: row.revision }
    }
}
