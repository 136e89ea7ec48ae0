//! How far a whole group is, and judgements of many at once. Each question is asked once, however many people there are.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use domain::people::{OrganisationId, PersonId};
use domain::training::cohort::CohortId;
use domain::training::framework::{Code, FrameworkId};
use domain::training::judgement::NewStep;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Query};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::{KeptStep, Place, Standing, standing, standing_row, step, step_row};
use crate::entities::{
    cohort, cohort_place, competence_standing, competence_step, competence_taken, evidence_for,
};
use crate::{Db, Result, Tx};

/// How far each of some people is with each competence of a framework.
pub type Standings = BTreeMap<(PersonId, String), Standing>;

/// What was done about each of some people and competences, the earliest first.
pub type Histories = BTreeMap<(PersonId, String), Vec<KeptStep>>;

/// The groups in which any of these people has a place, with what they are called, for one organisation each.
///
/// # Errors
/// When the database does not answer.
pub async fn groups_of(
    db: &Db,
    people: &[(PersonId, OrganisationId)],
) -> Result<Vec<(CohortId, String, OrganisationId)>> {
    if people.is_empty() {
        return Ok(Vec::new());
    }
    let theirs: Vec<Uuid> = cohort_place::Entity::find()
        .select_only()
        .column(cohort_place::Column::CohortId)
        .distinct()
        .filter(cohort_place::Column::PersonId.is_in(people.iter().map(|it| it.0.as_uuid())))
        .into_tuple()
        .all(&db.read)
        .await?;
    if theirs.is_empty() {
        return Ok(Vec::new());
    }
    let organisations: BTreeSet<Uuid> = people.iter().map(|it| it.1.as_uuid()).collect();
    let found = cohort::Entity::find()
        .filter(cohort::Column::Id.is_in(theirs))
        .filter(cohort::Column::OrganisationId.is_in(organisations))
        .order_by_asc(cohort::Column::Name);
    let group = |it: cohort::Model| {
        (CohortId::from_uuid(it.id), it.name, OrganisationId::from_uuid(it.organisation_id))
    };
    Ok(found.all(&db.read).await?.into_iter().map(group).collect())
}

/// Those of some people who work with a framework.
///
/// # Errors
/// When the database does not answer.
pub async fn takers(db: &Db, people: &[PersonId], framework: FrameworkId) -> Result<Vec<PersonId>> {
    let ids: Vec<Uuid> = competence_taken::Entity::find()
        .select_only()
        .column(competence_taken::Column::PersonId)
        .filter(competence_taken::Column::PersonId.is_in(people.iter().map(|it| it.as_uuid())))
        .filter(competence_taken::Column::FrameworkId.eq(framework.as_uuid()))
        .into_tuple()
        .all(&db.read)
        .await?;
    Ok(ids.into_iter().map(PersonId::from_uuid).collect())
}

/// How far some people are with a framework. What is not there has not been started.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn standings_of(db: &Db, people: &[PersonId], framework: FrameworkId) -> Result<Standings> {
    let found = competence_standing::Entity::find()
        .filter(competence_standing::Column::PersonId.is_in(people.iter().map(|it| it.as_uuid())))
        .filter(competence_standing::Column::FrameworkId.eq(framework.as_uuid()));
    let read = |it: competence_standing::Model| {
        let at = (PersonId::from_uuid(it.person_id), it.code.clone());
        Ok((at, standing(&it)?))
    };
    found.all(&db.read).await?.into_iter().map(read).collect()
}

/// What was done about some people and competences.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn histories(
    db: &Db,
    (people, codes): (&[PersonId], &[Code]),
    framework: FrameworkId,
) -> Result<Histories> {
    grouped(found(people, codes, framework).all(&db.read).await?)
}

/// The same inside the transaction that judges. It has taken the turns of all these people, in one order for everybody.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn histories_now(
    tx: &Tx,
    (people, codes): (&[PersonId], &[Code]),
    framework: FrameworkId,
) -> Result<Histories> {
    let turns = competence_taken::Entity::find()
        .filter(competence_taken::Column::PersonId.is_in(people.iter().map(|it| it.as_uuid())))
        .filter(competence_taken::Column::FrameworkId.eq(framework.as_uuid()))
        .order_by_asc(competence_taken::Column::PersonId)
        .lock_exclusive();
    turns.all(&tx.0).await?;
    grouped(found(people, codes, framework).all(&tx.0).await?)
}

fn found(
    people: &[PersonId],
    codes: &[Code],
    framework: FrameworkId,
) -> sea_orm::Select<competence_step::Entity> {
    competence_step::Entity::find()
        .filter(competence_step::Column::PersonId.is_in(people.iter().map(|it| it.as_uuid())))
        .filter(competence_step::Column::FrameworkId.eq(framework.as_uuid()))
        .filter(competence_step::Column::Code.is_in(codes.iter().map(Code::as_str)))
        .order_by_asc(competence_step::Column::Number)
}

fn grouped(rows: Vec<competence_step::Model>) -> Result<Histories> {
    let mut histories = Histories::new();
    for row in rows {
        let at = (PersonId::from_uuid(row.person_id), row.code.clone());
        histories.entry(at).or_default().push(step(row)?);
    }
    Ok(histories)
}

/// Keeps judgements under a version, and marks the evidence that they went by. The transaction has taken its turns
/// ([`histories_now`]).
///
/// # Errors
/// When the database does not answer, or refuses a step that no rule would make.
pub async fn save_steps(
    tx: &Tx,
    version: i64,
    judged: &[(Place<'_>, &NewStep)],
    now: DateTime<Utc>,
) -> Result<()> {
    use competence_standing::Column;
    if judged.is_empty() {
        return Ok(());
    }
    let rows = judged.iter().map(|(place, new)| step_row(*place, (version, new), now));
    competence_step::Entity::insert_many(rows).exec_without_returning(&tx.0).await?;
    let rows = judged.iter().map(|(place, new)| standing_row(*place, new, now));
    let again = OnConflict::columns([Column::PersonId, Column::FrameworkId, Column::Code])
        .update_columns([Column::Number, Column::State, Column::Since])
        .to_owned();
    competence_standing::Entity::insert_many(rows).on_conflict(again).exec_without_returning(&tx.0).await?;
    mark(tx, judged).await
}

/// Marks with the number of each judgement what it went by, which is the number that stands now.
async fn mark(tx: &Tx, judged: &[(Place<'_>, &NewStep)]) -> Result<()> {
    use evidence_for::Column as Its;
    let of_its = |standing: competence_standing::Column, its: Its| {
        Expr::col((competence_standing::Entity, standing)).equals((evidence_for::Entity, its))
    };
    let number = Query::select()
        .column((competence_standing::Entity, competence_standing::Column::Number))
        .from(competence_standing::Entity)
        .and_where(of_its(competence_standing::Column::PersonId, Its::PersonId))
        .and_where(of_its(competence_standing::Column::FrameworkId, Its::FrameworkId))
        .and_where(of_its(competence_standing::Column::Code, Its::Code))
        .to_owned();
    let of = |(place, _): &(Place<'_>, &NewStep)| {
        Condition::all()
            .add(Its::PersonId.eq(place.person.as_uuid()))
            .add(Its::FrameworkId.eq(place.framework.as_uuid()))
            .add(Its::Code.eq(place.code))
    };
    let any = judged.iter().fold(Condition::any(), |any, it| any.add(of(it)));
    evidence_for::Entity::update_many()
        .col_expr(Its::JudgedIn, number.into())
        .filter(any)
        .filter(Its::JudgedIn.is_null())
        .exec(&tx.0)
        .await?;
    Ok(())
}
