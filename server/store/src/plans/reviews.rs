//! Reviews: what somebody wrote when they looked back.

use chrono::{DateTime, Utc};
use domain::own_words::{Next, Revised};
use domain::people::PersonId;
use domain::plan::{Review, ReviewId, ReviewedWith};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QueryOrder, Select, Set,
};

use super::KeptReview;
use crate::entities::plan_review::{ActiveModel, Column, Entity, Model};
use crate::people::unknown;
use crate::{Db, Result, Tx};

/// The reviews of somebody, the latest first.
pub(super) async fn of(db: &Db, person: PersonId) -> Result<Vec<KeptReview>> {
    let found = kept(person).order_by_desc(Column::HeldOn).order_by_desc(Column::MadeAt);
    found.all(&db.read).await?.into_iter().map(KeptReview::try_from).collect()
}

/// Those that were not taken back.
fn kept(person: PersonId) -> Select<Entity> {
    let says = Condition::any().add(Column::WentWell.ne("")).add(Column::Changes.ne(""));
    Entity::find().filter(Column::PersonId.eq(person.as_uuid())).filter(says)
}

/// A review of somebody that they have not taken back.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn review_of(db: &Db, person: PersonId, id: ReviewId) -> Result<Option<KeptReview>> {
    let row = kept(person).filter(Column::Id.eq(id.as_uuid())).one(&db.read).await?;
    row.map(KeptReview::try_from).transpose()
}

/// A review, and whose it is, inside the transaction that changes it.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn review_now(tx: &Tx, id: ReviewId) -> Result<Option<(PersonId, KeptReview)>> {
    let Some(row) = Entity::find_by_id(id.as_uuid()).one(&tx.0).await? else { return Ok(None) };
    Ok(Some((PersonId::from_uuid(row.person_id), row.try_into()?)))
}

/// How many reviews somebody keeps, inside the transaction that may keep another.
///
/// # Errors
/// When the database does not answer.
pub async fn how_many_reviews(tx: &Tx, person: PersonId) -> Result<usize> {
    Ok(kept(person).count(&tx.0).await?.try_into().unwrap_or(usize::MAX))
}

/// Keeps a review. The transaction has taken its turn.
///
/// # Errors
/// When the database does not answer, or the review is somebody else's.
pub async fn save_review(
    tx: &Tx,
    (person, id): (PersonId, ReviewId),
    next: &Next<Review>,
    now: DateTime<Utc>,
) -> Result<()> {
    let review = next.value();
    let row = ActiveModel {
        id: Set(id.as_uuid()),
        person_id: Set(person.as_uuid()),
        held_on: Set(review.held_on),
        company: Set(review.with.as_str().into()),
        went_well: Set(review.went_well.clone()),
        changes: Set(review.change.clone()),
        revision: Set(next.revision()),
        made_at: Set(now.timestamp_millis()),
    };
    let mut again = OnConflict::column(Column::Id);
    again.update_columns([
        Column::HeldOn,
        Column::Company,
        Column::WentWell,
        Column::Changes,
        Column::Revision,
    ]);
    again.action_and_where(Expr::col((Entity, Column::PersonId)).eq(person.as_uuid()));
    Entity::insert(row).on_conflict(again).exec_without_returning(&tx.0).await?;
    Ok(())
}

/// Takes back all reviews of somebody.
pub(super) async fn erase(tx: &Tx, person: PersonId) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::WentWell, Expr::value(""))
        .col_expr(Column::Changes, Expr::value(""))
        .col_expr(Column::Revision, Expr::col(Column::Revision).add(1))
        .filter(Column::PersonId.eq(person.as_uuid()))
        .exec(&tx.0)
        .await?;
    Ok(())
}

impl TryFrom<Model> for KeptReview {
    type Error = crate::Failure;

    fn try_from(row: Model) -> Result<Self> {
        let with = ReviewedWith::parse(&row.company).ok_or_else(|| unknown("company", &row.company))?;
        let value = Review { held_on: row.held_on, with, went_well: row.went_well, change: row.changes };
        Ok(Self { id: ReviewId::from_uuid(row.id), review: Revised { value, revision: row.revision } })
    }
}
