//! With whom people share their plans.

use chrono::NaiveDate;
use domain::people::{Engagement, EngagementKind, OrganisationId, PersonId};
use domain::plan::{NewPlanShare, PlanShare};
use sea_orm::sea_query::{Expr, OnConflict, SelectStatement};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Set,
};
use uuid::Uuid;

use crate::audit::Action;
use crate::entities::{engagement, plan_share};
use crate::me::Named;
use crate::people::holds_on;
use crate::shown::page_of;
use crate::{Db, Result, Tx};

/// Somebody shared their plan with a tutor.
pub const PLAN_SHARED: Action = Action::named("plan_shared");
/// Somebody took their plan back from a tutor.
pub const PLAN_TAKEN_BACK: Action = Action::named("plan_taken_back");
/// A tutor read somebody's plan: written before it is shown.
pub const PLAN_READ: Action = Action::named("plan_read");

/// A tutor whom somebody could choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tutor {
    pub named: Named,
    pub organisation: OrganisationId,
}

/// Those who give courses at these organisations on this day, in no order: an organisation has not more of them than
/// fit in a hand or two.
///
/// # Errors
/// When the database does not answer.
pub async fn tutors_at(db: &Db, organisations: &[OrganisationId], today: NaiveDate) -> Result<Vec<Tutor>> {
    use engagement::Column;
    if organisations.is_empty() {
        return Ok(Vec::new());
    }
    let found: Vec<(Uuid, Uuid)> = engagement::Entity::find()
        .select_only()
        .columns([Column::PersonId, Column::OrganisationId])
        .filter(Column::OrganisationId.is_in(organisations.iter().map(|it| it.as_uuid())))
        .filter(Column::Kind.eq(EngagementKind::Tutor.as_str()))
        .filter(holds_on(today))
        .into_tuple()
        .all(&db.read)
        .await?;
    let people: Vec<_> = found.iter().map(|it| it.0).collect();
    let names = crate::people::names(db, &people).await?;
    let tutor = |(id, organisation): (Uuid, Uuid)| {
        let named = Named { id: PersonId::from_uuid(id), known_as: names.get(&id)?.clone() };
        Some(Tutor { named, organisation: OrganisationId::from_uuid(organisation) })
    };
    Ok(found.into_iter().filter_map(tutor).collect())
}

/// What these people are or were to organisations.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn engagements_of(db: &Db, people: &[PersonId]) -> Result<Vec<Engagement>> {
    if people.is_empty() {
        return Ok(Vec::new());
    }
    let theirs = engagement::Column::PersonId.is_in(people.iter().map(|it| it.as_uuid()));
    let rows = engagement::Entity::find().filter(theirs).all(&db.read).await?;
    rows.into_iter().map(Engagement::try_from).collect()
}

/// With whom somebody shares their plan, open or closed, the latest first.
///
/// # Errors
/// When the database does not answer.
pub async fn shares_of(db: &Db, person: PersonId) -> Result<Vec<PlanShare>> {
    let found = plan_share::Entity::find()
        .filter(plan_share::Column::PersonId.eq(person.as_uuid()))
        .order_by_desc(plan_share::Column::FromOn)
        .order_by_asc(plan_share::Column::TutorId);
    Ok(found.all(&db.read).await?.into_iter().map(PlanShare::from).collect())
}

/// How somebody shares their plan with one tutor, if they do.
///
/// # Errors
/// When the database does not answer.
pub async fn share_with(db: &Db, person: PersonId, tutor: PersonId) -> Result<Option<PlanShare>> {
    let found = plan_share::Entity::find_by_id((person.as_uuid(), tutor.as_uuid()));
    Ok(found.one(&db.read).await?.map(PlanShare::from))
}

/// Keeps with whom somebody shares their plan, anew if they did before. The transaction has taken its turn.
///
/// # Errors
/// When the database does not answer.
pub async fn save_share(tx: &Tx, new: &NewPlanShare) -> Result<()> {
    use plan_share::Column;
    let share = new.share();
    let row = plan_share::ActiveModel {
        person_id: Set(share.person.as_uuid()),
        tutor_id: Set(share.tutor.as_uuid()),
        organisation_id: Set(share.organisation.as_uuid()),
        from_on: Set(share.from),
        courses: Set(share.courses),
    };
    let again = OnConflict::columns([Column::PersonId, Column::TutorId])
        .update_columns([Column::OrganisationId, Column::FromOn, Column::Courses])
        .to_owned();
    plan_share::Entity::insert(row).on_conflict(again).exec_without_returning(&tx.0).await?;
    Ok(())
}

/// Takes a plan back from a tutor, and says whether they had it.
///
/// # Errors
/// When the database does not answer.
pub async fn take_back(tx: &Tx, person: PersonId, tutor: PersonId) -> Result<bool> {
    let gone = plan_share::Entity::delete_by_id((person.as_uuid(), tutor.as_uuid())).exec(&tx.0).await?;
    Ok(gone.rows_affected > 0)
}

/// A page of those who share their plans with a tutor, those who came last first. `gives` is where the tutor gives
/// courses, each with the day since when they have.
///
/// # Errors
/// When the database does not answer.
pub async fn shared_with(
    db: &Db,
    (tutor, gives): (PersonId, &[(OrganisationId, NaiveDate)]),
    page: (Option<PersonId>, u64),
    today: NaiveDate,
) -> Result<Vec<Named>> {
    use plan_share::Column;
    let mut any = Condition::any();
    for (organisation, since) in gives {
        any = any.add(Column::OrganisationId.eq(organisation.as_uuid()).and(Column::FromOn.gte(*since)));
    }
    if any.is_empty() {
        return Ok(Vec::new());
    }
    let found = plan_share::Entity::find()
        .filter(Column::TutorId.eq(tutor.as_uuid()))
        .filter(any)
        .filter(still_learns(today));
    page_of(db, (found, Column::PersonId), page).await
}

/// Only while the person has been learning there ever since they chose: whoever leaves closes what they shared.
fn still_learns(today: NaiveDate) -> Expr {
    use engagement::Column;
    let share = |it: plan_share::Column| (plan_share::Entity, it);
    let theirs: SelectStatement = engagement::Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::PersonId.into_expr().equals(share(plan_share::Column::PersonId)))
        .filter(Column::OrganisationId.into_expr().equals(share(plan_share::Column::OrganisationId)))
        .filter(Column::Kind.eq(EngagementKind::Learner.as_str()))
        .filter(
            Expr::col((engagement::Entity, Column::FromOn)).lte(Expr::col(share(plan_share::Column::FromOn))),
        )
        .filter(holds_on(today))
        .into_query();
    Expr::exists(theirs)
}

impl From<plan_share::Model> for PlanShare {
    fn from(row: plan_share::Model) -> Self {
        Self {
            person: PersonId::from_uuid(row.person_id),
            tutor: PersonId::from_uuid(row.tutor_id),
            organisation: OrganisationId::from_uuid(row.organisation_id),
            from: row.from_on,
            courses: row.courses,
        }
    }
}
