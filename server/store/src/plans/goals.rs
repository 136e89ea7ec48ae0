//! Goals, and how close they felt.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::chime::Chime;
use domain::own_words::{Next, Revised};
use domain::people::PersonId;
use domain::plan::{Goal, GoalId, GoalMove, GoalState, Rating};
use sea_orm::sea_query::{Expr, OnConflict, Query};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait, Set,
};
use uuid::Uuid;

use super::{KeptGoal, LATEST};
use crate::entities::{plan_goal, plan_rating};
use crate::people::unknown;
use crate::{Db, Result, Tx};

/// What somebody rated a goal on which day.
type Rated = (NaiveDate, u32);

/// The goals of somebody, the oldest first, each with how close it felt lately.
pub(super) async fn of(db: &Db, person: PersonId) -> Result<Vec<KeptGoal>> {
    use plan_goal::Column;
    let rows = plan_goal::Entity::find()
        .filter(Column::PersonId.eq(person.as_uuid()))
        .filter(Column::Words.ne(""))
        .order_by_asc(Column::MadeAt)
        .order_by_asc(Column::Id)
        .all(&db.read)
        .await?;
    let mut ratings = latest(db, rows.iter().map(|it| it.id).collect()).await?;
    let kept = |row: plan_goal::Model| {
        let ratings = ratings.remove(&row.id).unwrap_or_default();
        Ok(KeptGoal { ratings, ..KeptGoal::try_from(row)? })
    };
    rows.into_iter().map(kept).collect()
}

/// The latest ratings of each of these goals, the earliest of those first.
async fn latest(db: &Db, goals: Vec<Uuid>) -> Result<BTreeMap<Uuid, Vec<Rated>>> {
    use plan_rating::Column;
    let mut ratings: BTreeMap<Uuid, Vec<Rated>> = BTreeMap::new();
    if goals.is_empty() {
        return Ok(ratings);
    }
    let columns = [Column::GoalId, Column::RatedOn, Column::Rating];
    let place = "ROW_NUMBER() OVER (PARTITION BY goal_id ORDER BY rated_on DESC)";
    let numbered = Query::select()
        .columns(columns)
        .expr_as(Expr::cust(place), "place")
        .from(plan_rating::Entity)
        .and_where(Expr::col(Column::GoalId).is_in(goals))
        .take();
    let latest = Query::select()
        .columns(columns)
        .from_subquery(numbered, "numbered")
        .and_where(Expr::col("place").lte(LATEST))
        .order_by(Column::RatedOn, sea_orm::Order::Asc)
        .take();
    for row in db.read.query_all(&latest).await? {
        let (goal, day, rating): (Uuid, NaiveDate, i64) =
            (row.try_get_by_index(0)?, row.try_get_by_index(1)?, row.try_get_by_index(2)?);
        ratings.entry(goal).or_default().push((day, rating.try_into().unwrap_or_default()));
    }
    Ok(ratings)
}

/// The latest ratings of a goal, those before a day if one is named, the earliest of them first; and whether there
/// are earlier ones.
///
/// # Errors
/// When the database does not answer.
pub async fn ratings(db: &Db, goal: GoalId, before: Option<NaiveDate>) -> Result<(Vec<Rated>, bool)> {
    use plan_rating::Column;
    let mut found = plan_rating::Entity::find().filter(Column::GoalId.eq(goal.as_uuid()));
    if let Some(before) = before {
        found = found.filter(Column::RatedOn.lt(before));
    }
    let rows = found.order_by_desc(Column::RatedOn).limit(LATEST + 1).all(&db.read).await?;
    let mut ratings: Vec<_> =
        rows.into_iter().map(|it| (it.rated_on, it.rating.try_into().unwrap_or_default())).collect();
    let there_are_earlier = ratings.len() as u64 > LATEST;
    ratings.truncate(LATEST as usize);
    ratings.reverse();
    Ok((ratings, there_are_earlier))
}

/// A goal of somebody that they have not taken back, without its ratings.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn goal_of(db: &Db, person: PersonId, id: GoalId) -> Result<Option<KeptGoal>> {
    let row = plan_goal::Entity::find_by_id(id.as_uuid())
        .filter(plan_goal::Column::PersonId.eq(person.as_uuid()))
        .filter(plan_goal::Column::Words.ne(""))
        .one(&db.read)
        .await?;
    row.map(KeptGoal::try_from).transpose()
}

/// A goal, and whose it is, without its ratings; inside the transaction that changes it.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn goal_now(tx: &Tx, id: GoalId) -> Result<Option<(PersonId, KeptGoal)>> {
    let Some(row) = plan_goal::Entity::find_by_id(id.as_uuid()).one(&tx.0).await? else { return Ok(None) };
    Ok(Some((PersonId::from_uuid(row.person_id), row.try_into()?)))
}

/// How many goals of somebody are under way, inside the transaction that may begin another.
///
/// # Errors
/// When the database does not answer.
pub async fn under_way(tx: &Tx, person: PersonId) -> Result<usize> {
    use plan_goal::Column;
    let found = plan_goal::Entity::find()
        .filter(Column::PersonId.eq(person.as_uuid()))
        .filter(Column::State.eq(GoalState::UnderWay.as_str()))
        .filter(Column::Words.ne(""));
    Ok(found.count(&tx.0).await?.try_into().unwrap_or(usize::MAX))
}

/// Keeps a goal. One that is new is under way from today; one that is taken back loses its ratings. The transaction
/// has taken its turn.
///
/// # Errors
/// When the database does not answer, or the goal is somebody else's.
pub async fn save_goal(
    tx: &Tx,
    (person, id): (PersonId, GoalId),
    next: &Next<Goal>,
    (now, today): (DateTime<Utc>, NaiveDate),
) -> Result<()> {
    use plan_goal::Column;
    let goal = next.value();
    let row = plan_goal::ActiveModel {
        id: Set(id.as_uuid()),
        person_id: Set(person.as_uuid()),
        words: Set(goal.words.clone()),
        notice: Set(goal.notice.clone()),
        heading: Set(goal.heading.map(|it| it.as_str().to_owned())),
        state: Set(GoalState::UnderWay.as_str().into()),
        state_since: Set(today),
        revision: Set(next.revision()),
        made_at: Set(now.timestamp_millis()),
    };
    let mut again = OnConflict::column(Column::Id);
    again.update_columns([Column::Words, Column::Notice, Column::Heading, Column::Revision]);
    again.action_and_where(Expr::col((plan_goal::Entity, Column::PersonId)).eq(person.as_uuid()));
    plan_goal::Entity::insert(row).on_conflict(again).exec_without_returning(&tx.0).await?;
    if goal.is_taken_back() {
        let of_goal = plan_rating::Column::GoalId.eq(id.as_uuid());
        plan_rating::Entity::delete_many().filter(of_goal).exec(&tx.0).await?;
    }
    Ok(())
}

/// Takes back all goals of somebody, with how close they felt.
pub(super) async fn erase(tx: &Tx, person: PersonId) -> Result<()> {
    use plan_goal::Column;
    let theirs = Column::PersonId.eq(person.as_uuid());
    let goals =
        plan_goal::Entity::find().select_only().column(Column::Id).filter(theirs.clone()).into_query();
    let of_goals = plan_rating::Column::GoalId.in_subquery(goals);
    plan_rating::Entity::delete_many().filter(of_goals).exec(&tx.0).await?;
    plan_goal::Entity::update_many()
        .col_expr(Column::Words, Expr::value(""))
        .col_expr(Column::Notice, Expr::value(""))
        .col_expr(Column::Heading, Expr::value(None::<String>))
        .col_expr(Column::Revision, Expr::col(Column::Revision).add(1))
        .filter(theirs)
        .exec(&tx.0)
        .await?;
    Ok(())
}

/// Keeps what its owner has made of a goal.
///
/// # Errors
/// When the database does not answer.
pub async fn save_move(tx: &Tx, id: GoalId, to: GoalMove, today: NaiveDate) -> Result<()> {
    let row = plan_goal::ActiveModel {
        id: Set(id.as_uuid()),
        state: Set(to.to().as_str().into()),
        state_since: Set(today),
        ..Default::default()
    };
    row.update(&tx.0).await?;
    Ok(())
}

/// Keeps how close a goal feels on a day. The latest of the day stands.
///
/// # Errors
/// When the database does not answer.
pub async fn save_rating(tx: &Tx, id: GoalId, rating: Rating, today: NaiveDate) -> Result<()> {
    use plan_rating::Column;
    let row = plan_rating::ActiveModel {
        goal_id: Set(id.as_uuid()),
        rated_on: Set(today),
        rating: Set(rating.value().into()),
    };
    let again =
        OnConflict::columns([Column::GoalId, Column::RatedOn]).update_column(Column::Rating).to_owned();
    plan_rating::Entity::insert(row).on_conflict(again).exec_without_returning(&tx.0).await?;
    Ok(())
}

impl TryFrom<plan_goal::Model> for KeptGoal {
    type Error = crate::Failure;

    fn try_from(row: plan_goal::Model) -> Result<Self> {
        let heading = |it: String| Chime::parse(&it).ok_or_else(|| unknown("heading", &it));
        let heading = row.heading.map(heading).transpose()?;
        let value = Goal { words: row.words, notice: row.notice, heading };
        let state = GoalState::parse(&row.state).ok_or_else(|| unknown("goal state", &row.state))?;
        Ok(Self {
            id: GoalId::from_uuid(row.id),
            goal: Revised { value, revision: row.revision },
            state,
            since: row.state_since,
            ratings: Vec::new(),
        })
    }
}
