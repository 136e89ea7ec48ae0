//! What comes of going through a programme: what has been handed in and finished, what is asked of one person instead,
//! and what a body outside has accredited.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use domain::course::Slug;
use domain::people::PersonId;
use domain::training::cohort::{Accreditation, Adjustment, CohortId};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, Set};
use uuid::Uuid;

use crate::audit::Action;
use crate::courses::kept_slug;
use crate::entities::{cohort_accreditation, cohort_adjustment, cohort_assignment, course_finished};
use crate::people::small;
use crate::{Db, Result, Tx};

/// What is asked of one person was adjusted.
pub const ADJUSTED: Action = Action::named("cohort_adjusted");
/// It was marked what somebody has handed in.
pub const ASSIGNMENT_MARKED: Action = Action::named("cohort_assignment_marked");
/// It was recorded that somebody is accredited.
pub const ACCREDITED: Action = Action::named("cohort_accredited");

/// What is asked of one person instead of what is asked of the group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Adjusted {
    pub percent: u8,
    pub why: String,
    pub by: PersonId,
    pub on: NaiveDate,
}

/// That somebody is accredited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accredited {
    pub body: String,
    pub on: NaiveDate,
    pub by: PersonId,
}

/// What came of a group, person by person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcomes {
    /// The latest last: that one stands, and the others are how it came to be.
    pub adjusted: BTreeMap<PersonId, Vec<Adjusted>>,
    pub handed_in: BTreeMap<PersonId, BTreeSet<Slug>>,
    pub accredited: BTreeMap<PersonId, Accredited>,
    /// Courses that have been finished, of those that belong to the programme.
    pub finished: BTreeMap<PersonId, BTreeSet<Uuid>>,
}

impl Outcomes {
    /// Of a hundred minutes, how many are asked of somebody, in a group that asks for `least` of them.
    #[must_use]
    pub fn least_percent(&self, person: PersonId, least: u8) -> u8 {
        self.adjusted.get(&person).and_then(|it| it.last()).map_or(least, |it| it.percent)
    }
}

/// What came of a group for these people, whose programme has these courses.
///
/// # Errors
/// When the database does not answer, or holds what the rules do not know.
pub async fn of(db: &Db, cohort: CohortId, people: &[PersonId], courses: &[Uuid]) -> Result<Outcomes> {
    let mut outcomes = Outcomes::default();
    let they = || people.iter().map(|it| it.as_uuid());
    if people.is_empty() {
        return Ok(outcomes);
    }
    let found = cohort_adjustment::Entity::find()
        .filter(cohort_adjustment::Column::CohortId.eq(cohort.as_uuid()))
        .filter(cohort_adjustment::Column::PersonId.is_in(they()));
    // Sorted here: PostgreSQL would rather read all there are by id than sort the few of one group.
    let mut found = found.all(&db.read).await?;
    found.sort_unstable_by_key(|it| it.id);
    for it in found {
        let percent = small("least attendance", it.percent)?;
        let (by, on) = (PersonId::from_uuid(it.by_person), it.made_on);
        let adjusted = Adjusted { percent, why: it.why, by, on };
        outcomes.adjusted.entry(PersonId::from_uuid(it.person_id)).or_default().push(adjusted);
    }
    let found = cohort_assignment::Entity::find()
        .filter(cohort_assignment::Column::CohortId.eq(cohort.as_uuid()))
        .filter(cohort_assignment::Column::PersonId.is_in(they()));
    for it in found.all(&db.read).await? {
        let theirs = outcomes.handed_in.entry(PersonId::from_uuid(it.person_id)).or_default();
        theirs.insert(kept_slug(it.slug)?);
    }
    let found = cohort_accreditation::Entity::find()
        .filter(cohort_accreditation::Column::CohortId.eq(cohort.as_uuid()))
        .filter(cohort_accreditation::Column::PersonId.is_in(they()));
    for it in found.all(&db.read).await? {
        let (body, on, by) = (it.body, it.accredited_on, PersonId::from_uuid(it.by_person));
        outcomes.accredited.insert(PersonId::from_uuid(it.person_id), Accredited { body, on, by });
    }
    if !courses.is_empty() {
        let found = course_finished::Entity::find()
            .filter(course_finished::Column::PersonId.is_in(they()))
            .filter(course_finished::Column::CourseId.is_in(courses.iter().copied()));
        for it in found.all(&db.read).await? {
            outcomes.finished.entry(PersonId::from_uuid(it.person_id)).or_default().insert(it.course_id);
        }
    }
    Ok(outcomes)
}

/// Records what is asked of somebody from now on. What was asked before stays written.
///
/// # Errors
/// When the database does not answer, or they have no place in the group
/// (`cohort_adjustment_of_somebody_with_a_place`).
pub async fn adjust(
    tx: &Tx,
    (cohort, person): (CohortId, PersonId),
    adjustment: &Adjustment,
    (by, today): (PersonId, NaiveDate),
) -> Result<()> {
    let row = cohort_adjustment::ActiveModel {
        id: Set(Uuid::now_v7()),
        cohort_id: Set(cohort.as_uuid()),
        person_id: Set(person.as_uuid()),
        percent: Set(adjustment.percent().into()),
        why: Set(adjustment.why().to_owned()),
        by_person: Set(by.as_uuid()),
        made_on: Set(today),
    };
    row.insert(&tx.0).await?;
    Ok(())
}

/// Keeps which assignments somebody has handed in, out of `all` there are. The day of what was marked before stays.
///
/// # Errors
/// When the database does not answer, or they have no place in the group
/// (`cohort_assignment_of_somebody_with_a_place`).
pub async fn mark_assignments(
    tx: &Tx,
    (cohort, person): (CohortId, PersonId),
    handed_in: &[Slug],
    (by, today): (PersonId, NaiveDate),
) -> Result<()> {
    use cohort_assignment::Column;
    let gone = cohort_assignment::Entity::delete_many()
        .filter(Column::CohortId.eq(cohort.as_uuid()))
        .filter(Column::PersonId.eq(person.as_uuid()))
        .filter(Column::Slug.is_not_in(handed_in.iter().map(Slug::as_str)));
    gone.exec(&tx.0).await?;
    let row = |it: &Slug| cohort_assignment::ActiveModel {
        cohort_id: Set(cohort.as_uuid()),
        person_id: Set(person.as_uuid()),
        slug: Set(it.to_string()),
        by_person: Set(by.as_uuid()),
        handed_in: Set(today),
    };
    if !handed_in.is_empty() {
        let again =
            OnConflict::columns([Column::CohortId, Column::PersonId, Column::Slug]).do_nothing().to_owned();
        let rows = cohort_assignment::Entity::insert_many(handed_in.iter().map(row));
        rows.on_conflict(again).exec_without_returning(&tx.0).await?;
    }
    Ok(())
}

/// Records that somebody is accredited; what was recorded before is put right by it.
///
/// # Errors
/// When the database does not answer, or they have no place in the group
/// (`cohort_accreditation_of_somebody_with_a_place`).
pub async fn accredit(
    tx: &Tx,
    (cohort, person): (CohortId, PersonId),
    accreditation: &Accreditation,
    by: PersonId,
) -> Result<()> {
    use cohort_accreditation::Column;
    let row = cohort_accreditation::ActiveModel {
        cohort_id: Set(cohort.as_uuid()),
        person_id: Set(person.as_uuid()),
        body: Set(accreditation.body().to_owned()),
        accredited_on: Set(accreditation.on()),
        by_person: Set(by.as_uuid()),
    };
    let again = OnConflict::columns([Column::CohortId, Column::PersonId])
        .update_columns([Column::Body, Column::AccreditedOn, Column::ByPerson])
        .to_owned();
    cohort_accreditation::Entity::insert(row).on_conflict(again).exec_without_returning(&tx.0).await?;
    Ok(())
}
