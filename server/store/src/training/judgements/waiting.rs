//! What waits for an assessor, in one question.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::people::{OrganisationId, PersonId};
use domain::training::framework::FrameworkId;
use domain::training::judgement::State;
use sea_orm::sea_query::{Expr, Query, SelectStatement, SimpleExpr};
use sea_orm::{Condition, ConnectionTrait, ExprTrait, Order, QueryResult};
use uuid::Uuid;

use super::read_state;
use crate::entities::{competence, competence_standing, competence_step, framework, person};
use crate::{Db, Result, instant};

use competence::Column as Words;
use competence_standing::Column;
use competence_step::Column as Step;

/// Something that waits for an assessor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    pub person: PersonId,
    pub known_as: String,
    pub framework: FrameworkId,
    pub code: String,
    pub title: String,
    pub state: State,
    pub since: DateTime<Utc>,
}

/// Where a page of [`waiting`] begins: after this one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct After {
    /// Milliseconds since 1970, as they stand in the row.
    pub since: i64,
    pub person: PersonId,
    pub framework: FrameworkId,
    pub code: String,
}

/// What waits for somebody who assesses these people, each for one organisation: whoever waits longest comes first.
/// What they judged themself and are asked about waits for somebody else.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn waiting(
    db: &Db,
    assessor: PersonId,
    candidates: &[(PersonId, OrganisationId)],
    (after, limit): (Option<&After>, u64),
) -> Result<Vec<Waiting>> {
    if candidates.is_empty() {
        return Ok(Vec::new());
    }
    let query = query(assessor, candidates, after).limit(limit).to_owned();
    let rows = db.read.query_all(&query).await?;
    let row = |row: QueryResult| {
        let state: String = row.try_get_by_index(5)?;
        Ok(Waiting {
            person: PersonId::from_uuid(row.try_get_by_index(0)?),
            known_as: row.try_get_by_index(1)?,
            framework: FrameworkId::from_uuid(row.try_get_by_index(2)?),
            code: row.try_get_by_index(3)?,
            title: row.try_get_by_index(4)?,
            state: read_state(&state)?,
            since: instant(row.try_get_by_index(6)?),
        })
    };
    rows.into_iter().map(row).collect()
}

fn standing(column: Column) -> Expr {
    Expr::col((competence_standing::Entity, column))
}

fn query(
    assessor: PersonId,
    candidates: &[(PersonId, OrganisationId)],
    after: Option<&After>,
) -> SelectStatement {
    let mut found = joined();
    found
        .cond_where(theirs(candidates))
        // Both words stand here as they stand in the index, which is of these alone.
        .and_where(Expr::cust("\"competence_standing\".\"state\" IN ('ready', 'appealed')"))
        .and_where(asks_about(assessor).not());
    let place = [Column::Since, Column::PersonId, Column::FrameworkId, Column::Code];
    if let Some(after) = after {
        let last = Expr::tuple([
            after.since.into(),
            after.person.as_uuid().into(),
            after.framework.as_uuid().into(),
            after.code.clone().into(),
        ]);
        found.and_where(Expr::tuple(place.map(standing)).gt(last));
    }
    for column in place {
        found.order_by((competence_standing::Entity, column), Order::Asc);
    }
    found
}

/// What waits, whose it is, and how it was worded in the version in which they said so.
fn joined() -> SelectStatement {
    let step = |it| Expr::col((competence_step::Entity, it));
    let words = |it| Expr::col((competence::Entity, it));
    let here = |it| (competence_standing::Entity, it);
    let of_framework =
        Expr::col((framework::Entity, framework::Column::Id)).equals(here(Column::FrameworkId));
    let of_person = Expr::col((person::Entity, person::Column::Id)).equals(here(Column::PersonId));
    let of_step = step(Step::PersonId)
        .equals(here(Column::PersonId))
        .and(step(Step::FrameworkId).equals(here(Column::FrameworkId)))
        .and(step(Step::Code).equals(here(Column::Code)))
        .and(step(Step::Number).equals(here(Column::Number)));
    let of_words = words(Words::FrameworkId)
        .equals(here(Column::FrameworkId))
        .and(words(Words::Version).equals((competence_step::Entity, Step::Version)))
        .and(words(Words::Code).equals(here(Column::Code)));
    Query::select()
        .expr(standing(Column::PersonId))
        .expr(Expr::col((person::Entity, person::Column::KnownAs)))
        .expr(standing(Column::FrameworkId))
        .expr(standing(Column::Code))
        .expr(words(Words::Title))
        .expr(standing(Column::State))
        .expr(standing(Column::Since))
        .from(competence_standing::Entity)
        .inner_join(framework::Entity, of_framework)
        .inner_join(person::Entity, of_person)
        .inner_join(competence_step::Entity, of_step)
        .inner_join(competence::Entity, of_words)
        .to_owned()
}

/// Whether it is one of theirs, in a framework of the organisation for which they are assessed.
fn theirs(candidates: &[(PersonId, OrganisationId)]) -> Condition {
    let mut by_organisation: BTreeMap<Uuid, Vec<Uuid>> = BTreeMap::new();
    for (person, organisation) in candidates {
        by_organisation.entry(organisation.as_uuid()).or_default().push(person.as_uuid());
    }
    by_organisation.into_iter().fold(Condition::any(), |any, (organisation, people)| {
        let there = Expr::col((framework::Entity, framework::Column::OrganisationId)).eq(organisation);
        any.add(there.and(standing(Column::PersonId).is_in(people)))
    })
}

/// Whether it is this person's own judgement that somebody asks about: the step before the one that asks.
fn asks_about(assessor: PersonId) -> SimpleExpr {
    let before = |it| Expr::col(("before", it));
    let here = |it| (competence_standing::Entity, it);
    let own = Query::select()
        .expr(Expr::value(1))
        .from_as(competence_step::Entity, "before")
        .and_where(before(Step::PersonId).equals(here(Column::PersonId)))
        .and_where(before(Step::FrameworkId).equals(here(Column::FrameworkId)))
        .and_where(before(Step::Code).equals(here(Column::Code)))
        .and_where(before(Step::Number).eq(standing(Column::Number).sub(1)))
        .and_where(before(Step::ById).eq(assessor.as_uuid()))
        .take();
    standing(Column::State).eq(State::Appealed.as_str()).and(Expr::exists(own))
}
