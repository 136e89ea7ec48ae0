//! Learning plans. Every question here asks for one of one person's, but [`shared_with`], which gives names alone.

mod goals;
mod reviews;
mod sharing;

use chrono::{DateTime, NaiveDate, Utc};
use domain::own_words::{Next, Revised};
use domain::people::PersonId;
use domain::plan::{Goal, GoalId, GoalState, PlanWords, Review, ReviewId};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QuerySelect, Set};

pub use self::goals::{goal_now, goal_of, ratings, save_goal, save_move, save_rating, under_way};
pub use self::reviews::{how_many_reviews, review_now, review_of, save_review};
pub use self::sharing::{
    PLAN_READ, PLAN_SHARED, PLAN_TAKEN_BACK, Tutor, engagements_of, save_share, share_with, shared_with,
    shares_of, take_back, tutors_at,
};
use crate::entities::plan;
use crate::{Db, Result, Tx, instant};

/// A plan as it is kept, without what was taken back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    pub words: Revised<PlanWords>,
    /// When the words were kept last, if they ever were.
    pub changed_at: Option<DateTime<Utc>>,
    /// The oldest first.
    pub goals: Vec<KeptGoal>,
    /// Whoever looked back last comes first.
    pub reviews: Vec<KeptReview>,
}

/// A goal as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptGoal {
    pub id: GoalId,
    pub goal: Revised<Goal>,
    pub state: GoalState,
    pub since: NaiveDate,
    /// The latest [`LATEST`] of them, the earliest of those first.
    pub ratings: Vec<(NaiveDate, u32)>,
}

/// A look back as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptReview {
    pub id: ReviewId,
    pub review: Revised<Review>,
}

/// How many ratings stand on a page: as many as a small chart can tell apart.
pub const LATEST: u64 = 30;

/// Somebody's plan; an empty one where there is none yet.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn of(db: &Db, person: PersonId) -> Result<Plan> {
    let Some(row) = plan::Entity::find_by_id(person.as_uuid()).one(&db.read).await? else {
        return Ok(Plan::default());
    };
    let changed_at = (row.revision > 0).then(|| instant(row.changed_at));
    let goals = goals::of(db, person).await?;
    let reviews = reviews::of(db, person).await?;
    Ok(Plan { words: row.into(), changed_at, goals, reviews })
}

/// Whether somebody has a plan, or had one that they have erased.
///
/// # Errors
/// When the database does not answer.
pub async fn is_there(db: &Db, person: PersonId) -> Result<bool> {
    let found = plan::Entity::find_by_id(person.as_uuid()).select_only().column(plan::Column::Revision);
    Ok(found.into_tuple::<i64>().one(&db.read).await?.is_some())
}

/// Erases everything in somebody's plan. What is left are numbers that count on, so that no old tab brings anything
/// back. The transaction has taken its turn.
///
/// # Errors
/// When the database does not answer.
pub async fn erase(tx: &Tx, person: PersonId, now: DateTime<Utc>) -> Result<()> {
    use plan::Column;
    plan::Entity::update_many()
        .col_expr(Column::Hopes, Expr::value(""))
        .col_expr(Column::Helps, Expr::value(""))
        .col_expr(Column::Hinders, Expr::value(""))
        .col_expr(Column::Revision, Expr::col(Column::Revision).add(1))
        .col_expr(Column::ChangedAt, Expr::value(now.timestamp_millis()))
        .filter(Column::PersonId.eq(person.as_uuid()))
        .exec(&tx.0)
        .await?;
    goals::erase(tx, person).await?;
    reviews::erase(tx, person).await
}

/// What somebody hopes for, what helps and what gets in the way.
///
/// # Errors
/// When the database does not answer.
pub async fn words_of(db: &Db, person: PersonId) -> Result<Revised<PlanWords>> {
    let row = plan::Entity::find_by_id(person.as_uuid()).one(&db.read).await?;
    Ok(row.map_or_else(Revised::default, Revised::from))
}

/// Lets one transaction at a time change a person's plan, and begins it if there is none; its words are given back.
///
/// # Errors
/// When the database does not answer.
pub async fn take_turns(tx: &Tx, person: PersonId, now: DateTime<Utc>) -> Result<Revised<PlanWords>> {
    let id = person.as_uuid();
    let nothing = plan::ActiveModel {
        person_id: Set(id),
        hopes: Set(String::new()),
        helps: Set(String::new()),
        hinders: Set(String::new()),
        revision: Set(0),
        changed_at: Set(now.timestamp_millis()),
    };
    plan::Entity::insert(nothing).on_conflict_do_nothing().exec_without_returning(&tx.0).await?;
    let row = plan::Entity::find_by_id(id).lock_exclusive().one(&tx.0).await?;
    Ok(row.map_or_else(Revised::default, Revised::from))
}

/// Keeps what somebody hopes for, what helps and what gets in the way. The transaction has taken its turn.
///
/// # Errors
/// When the database does not answer.
pub async fn save_words(tx: &Tx, person: PersonId, next: &Next<PlanWords>, now: DateTime<Utc>) -> Result<()> {
    let words = next.value();
    let row = plan::ActiveModel {
        person_id: Set(person.as_uuid()),
        hopes: Set(words.hopes.clone()),
        helps: Set(words.helps.clone()),
        hinders: Set(words.hinders.clone()),
        revision: Set(next.revision()),
        changed_at: Set(now.timestamp_millis()),
    };
    row.update(&tx.0).await?;
    Ok(())
}

impl From<plan::Model> for Revised<PlanWords> {
    fn from(row: plan::Model) -> Self {
        let value = PlanWords { hopes: row.hopes, helps: row.helps, hinders: row.hinders };
        Self { value, revision: row.revision }
    }
}
