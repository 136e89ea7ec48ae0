//! How far people are with competences: steps that only ever follow one another, and what they come to.

pub mod together;
mod waiting;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::people::{OrganisationId, PersonId};
use domain::training::framework::{Code, FrameworkId};
use domain::training::judgement::{NewStep, State, Step};
use domain::training::role_issue::SeesAsked;
use sea_orm::sea_query::{OnConflict, Query};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};

pub use self::waiting::{After, Waiting, waiting};
use super::frameworks::Framework;
use crate::audit::Action;
use crate::entities::{competence_standing, competence_step, competence_taken, framework};
use crate::people::unknown;
use crate::{Db, Result, Tx, instant};

/// Somebody judged a candidate's competence.
pub const JUDGED: Action = Action::named("competence_judged");
/// Somebody asked for another assessor to look.
pub const APPEALED: Action = Action::named("competence_appealed");
/// Somebody tried to judge themself, and was refused.
pub const JUDGED_ONESELF: Action = Action::named("judged_oneself");

/// A competence of a framework, and whose is meant.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    pub person: PersonId,
    pub framework: FrameworkId,
    pub code: &'a str,
}

/// A step as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptStep {
    pub step: Step,
    /// Under which version of the framework.
    pub version: i64,
    pub at: DateTime<Utc>,
}

/// How far somebody is with one competence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    pub state: State,
    pub since: DateTime<Utc>,
    /// How many steps led there.
    pub number: usize,
}

/// The frameworks that somebody works with, in order of title.
///
/// # Errors
/// When the database does not answer.
pub async fn taken_by(db: &Db, person: PersonId) -> Result<Vec<Framework>> {
    let found = framework::Entity::find()
        .filter(
            framework::Column::Id.in_subquery(
                Query::select()
                    .column(competence_taken::Column::FrameworkId)
                    .from(competence_taken::Entity)
                    .and_where(competence_taken::Column::PersonId.eq(person.as_uuid()))
                    .to_owned(),
            ),
        )
        .order_by_asc(framework::Column::Title);
    Ok(found.all(&db.read).await?.into_iter().map(Framework::from).collect())
}

/// The frameworks that these people work with, each for the organisation for which they are asked: whose, which, and
/// what it is called.
///
/// # Errors
/// When the database does not answer.
pub async fn taken_by_all(
    db: &Db,
    people: &[(PersonId, OrganisationId)],
) -> Result<Vec<(PersonId, FrameworkId, String)>> {
    if people.is_empty() {
        return Ok(Vec::new());
    }
    let ids = people.iter().map(|it| it.0.as_uuid());
    let taken = competence_taken::Entity::find().filter(competence_taken::Column::PersonId.is_in(ids));
    let taken = taken.all(&db.read).await?;
    let frameworks = framework::Entity::find()
        .filter(framework::Column::OrganisationId.is_in(people.iter().map(|it| it.1.as_uuid())))
        .all(&db.read)
        .await?;
    let named = |row: competence_taken::Model| {
        let person = PersonId::from_uuid(row.person_id);
        let it = Framework::from(frameworks.iter().find(|it| it.id == row.framework_id)?.clone());
        let is_asked = people.contains(&(person, it.organisation));
        is_asked.then_some((person, it.id, it.title))
    };
    Ok(taken.into_iter().filter_map(named).collect())
}

/// Whether somebody works with a framework.
///
/// # Errors
/// When the database does not answer.
pub async fn has_taken(db: &Db, person: PersonId, framework: FrameworkId) -> Result<bool> {
    let key = (person.as_uuid(), framework.as_uuid());
    Ok(competence_taken::Entity::find_by_id(key).one(&db.read).await?.is_some())
}

/// Keeps that somebody works with a framework from now on. Once is enough.
///
/// # Errors
/// When the database does not answer.
pub async fn take(tx: &Tx, person: PersonId, framework: FrameworkId, now: DateTime<Utc>) -> Result<()> {
    let row = competence_taken::ActiveModel {
        person_id: Set(person.as_uuid()),
        framework_id: Set(framework.as_uuid()),
        taken_at: Set(now.timestamp_millis()),
    };
    competence_taken::Entity::insert(row).on_conflict_do_nothing().exec_without_returning(&tx.0).await?;
    Ok(())
}

/// How far somebody is with the competences of a framework, by code. What is not there has not been started.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn standings(
    db: &Db,
    person: PersonId,
    framework: FrameworkId,
) -> Result<BTreeMap<String, Standing>> {
    let found = competence_standing::Entity::find()
        .filter(competence_standing::Column::PersonId.eq(person.as_uuid()))
        .filter(competence_standing::Column::FrameworkId.eq(framework.as_uuid()));
    let standing = |it: competence_standing::Model| Ok((it.code.clone(), standing(&it)?));
    found.all(&db.read).await?.into_iter().map(standing).collect()
}

/// The same of those competences alone that a role names, for whoever may see how far its person is with them.
///
/// # Errors
/// As [`standings`].
pub async fn standings_asked(
    db: &Db,
    sees: SeesAsked,
    (framework, named): (FrameworkId, &[&Code]),
) -> Result<BTreeMap<String, Standing>> {
    if named.is_empty() {
        return Ok(BTreeMap::new());
    }
    let found = competence_standing::Entity::find()
        .filter(competence_standing::Column::PersonId.eq(sees.of().as_uuid()))
        .filter(competence_standing::Column::FrameworkId.eq(framework.as_uuid()))
        .filter(competence_standing::Column::Code.is_in(named.iter().map(|it| it.as_str())));
    let standing = |it: competence_standing::Model| Ok((it.code.clone(), standing(&it)?));
    found.all(&db.read).await?.into_iter().map(standing).collect()
}

fn standing(row: &competence_standing::Model) -> Result<Standing> {
    let number = usize::try_from(row.number).unwrap_or_default();
    Ok(Standing { state: read_state(&row.state)?, since: instant(row.since), number })
}

/// Everything that was done about one competence of somebody, the earliest first.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn history(db: &Db, place: Place<'_>) -> Result<Vec<KeptStep>> {
    history_in(&db.read, place).await
}

/// The same inside the transaction that adds to it. Steps of one person in one framework take turns.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn history_now(tx: &Tx, place: Place<'_>) -> Result<Vec<KeptStep>> {
    take_turns(tx, place.person, place.framework).await?;
    history_in(&tx.0, place).await
}

/// Lets one transaction at a time do something about a person in a framework.
///
/// # Errors
/// When the database does not answer.
pub async fn take_turns(tx: &Tx, person: PersonId, framework: FrameworkId) -> Result<()> {
    let taken = competence_taken::Entity::find_by_id((person.as_uuid(), framework.as_uuid()));
    taken.lock_exclusive().one(&tx.0).await?;
    Ok(())
}

async fn history_in(db: &impl ConnectionTrait, place: Place<'_>) -> Result<Vec<KeptStep>> {
    let found = competence_step::Entity::find()
        .filter(competence_step::Column::PersonId.eq(place.person.as_uuid()))
        .filter(competence_step::Column::FrameworkId.eq(place.framework.as_uuid()))
        .filter(competence_step::Column::Code.eq(place.code))
        .order_by_asc(competence_step::Column::Number);
    found.all(db).await?.into_iter().map(step).collect()
}

fn step(row: competence_step::Model) -> Result<KeptStep> {
    let step = Step {
        state: read_state(&row.state)?,
        by: PersonId::from_uuid(row.by_id),
        comment: row.comment,
        day: row.day,
        level: row.level,
    };
    Ok(KeptStep { step, version: row.version, at: instant(row.at) })
}

/// Keeps a step under a version. The transaction has taken its turn ([`history_now`]).
///
/// # Errors
/// When the database does not answer, or refuses a step that no rule would make.
pub async fn save_step(
    tx: &Tx,
    place: Place<'_>,
    (version, new): (i64, &NewStep),
    now: DateTime<Utc>,
) -> Result<()> {
    use competence_standing::Column;
    let row = step_row(place, (version, new), now);
    competence_step::Entity::insert(row).exec_without_returning(&tx.0).await?;
    let again = OnConflict::columns([Column::PersonId, Column::FrameworkId, Column::Code])
        .update_columns([Column::Number, Column::State, Column::Since])
        .to_owned();
    let row = standing_row(place, new, now);
    competence_standing::Entity::insert(row).on_conflict(again).exec_without_returning(&tx.0).await?;
    Ok(())
}

fn step_row(
    place: Place<'_>,
    (version, new): (i64, &NewStep),
    now: DateTime<Utc>,
) -> competence_step::ActiveModel {
    let step = new.step();
    competence_step::ActiveModel {
        person_id: Set(place.person.as_uuid()),
        framework_id: Set(place.framework.as_uuid()),
        code: Set(place.code.to_owned()),
        number: Set(i64::try_from(new.number()).unwrap_or(i64::MAX)),
        version: Set(version),
        state: Set(step.state.as_str().to_owned()),
        by_id: Set(step.by.as_uuid()),
        comment: Set(step.comment.clone()),
        day: Set(step.day),
        level: Set(step.level.clone()),
        at: Set(now.timestamp_millis()),
    }
}

/// What a step comes to.
fn standing_row(place: Place<'_>, new: &NewStep, now: DateTime<Utc>) -> competence_standing::ActiveModel {
    competence_standing::ActiveModel {
        person_id: Set(place.person.as_uuid()),
        framework_id: Set(place.framework.as_uuid()),
        code: Set(place.code.to_owned()),
        number: Set(i64::try_from(new.number()).unwrap_or(i64::MAX)),
        state: Set(new.step().state.as_str().to_owned()),
        since: Set(now.timestamp_millis()),
    }
}

fn read_state(word: &str) -> Result<State> {
    State::parse(word).ok_or_else(|| unknown("state", word))
}
