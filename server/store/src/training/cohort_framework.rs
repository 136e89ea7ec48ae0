//! The framework of competences that a group works with. Whoever has a place works with it too: what they reach is
//! theirs, and stays theirs whatever the group works with later.

use chrono::{NaiveDate, NaiveTime};
use domain::people::PersonId;
use domain::training::cohort::{ChosenFramework, CohortId};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ConnectionTrait, EntityTrait, Set};
use uuid::Uuid;

use super::frameworks::Framework;
use crate::audit::Action;
use crate::entities::{cohort_framework, competence_taken, framework};
use crate::{Db, Result, Tx};

/// A coordinator chose what competences a group works with.
pub const COHORT_FRAMEWORK_CHOSEN: Action = Action::named("cohort_framework_chosen");

/// The framework of a group, if it works with one.
///
/// # Errors
/// When the database does not answer.
pub async fn framework_of(db: &Db, cohort: CohortId) -> Result<Option<Framework>> {
    let found = cohort_framework::Entity::find_by_id(cohort.as_uuid());
    let Some(row) = found.one(&db.read).await? else { return Ok(None) };
    Ok(framework::Entity::find_by_id(row.framework_id).one(&db.read).await?.map(Framework::from))
}

/// Keeps what a group works with, and that everybody with a place does.
///
/// # Errors
/// When the database does not answer, or the two are not of one organisation
/// (`cohort_framework_within_one_organisation`).
pub async fn choose(tx: &Tx, chosen: &ChosenFramework, today: NaiveDate) -> Result<()> {
    use cohort_framework::{Column, Entity};
    let cohort = chosen.cohort().as_uuid();
    let Some(framework) = chosen.framework() else {
        Entity::delete_by_id(cohort).exec(&tx.0).await?;
        return Ok(());
    };
    let row = cohort_framework::ActiveModel {
        cohort_id: Set(cohort),
        framework_id: Set(framework.as_uuid()),
        organisation_id: Set(chosen.organisation().as_uuid()),
    };
    let again = OnConflict::column(Column::CohortId).update_column(Column::FrameworkId).to_owned();
    Entity::insert(row).on_conflict(again).exec_without_returning(&tx.0).await?;
    take(&tx.0, framework.as_uuid(), chosen.takers(), today).await
}

/// Lets people who get a place work with what their group works with.
pub(super) async fn follow(tx: &Tx, cohort: CohortId, people: &[PersonId], today: NaiveDate) -> Result<()> {
    match cohort_framework::Entity::find_by_id(cohort.as_uuid()).one(&tx.0).await? {
        Some(row) => take(&tx.0, row.framework_id, people, today).await,
        None => Ok(()),
    }
}

/// Keeps that people work with a framework, since the beginning of a day. Once is enough.
async fn take(
    db: &impl ConnectionTrait,
    framework: Uuid,
    people: &[PersonId],
    today: NaiveDate,
) -> Result<()> {
    if people.is_empty() {
        return Ok(());
    }
    let since = today.and_time(NaiveTime::MIN).and_utc().timestamp_millis();
    let rows = people.iter().map(|it| competence_taken::ActiveModel {
        person_id: Set(it.as_uuid()),
        framework_id: Set(framework),
        taken_at: Set(since),
    });
    competence_taken::Entity::insert_many(rows).on_conflict_do_nothing().exec_without_returning(db).await?;
    Ok(())
}
