//! Places in groups. No more people get one than there are: a place is a seat, and the database knows how many.

use chrono::NaiveDate;
use domain::people::{OrganisationId, PersonId};
use domain::training::cohort::{CohortId, GivenPlace, KeptTerms, PlaceState, Places, closed_up};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};

use crate::audit::Action;
use crate::entities::{cohort, cohort_place, cohort_tutor};
use crate::people::{small, unknown};
use crate::{Db, Failure, Result, Tx};

/// Somebody got a place in a group.
pub const PLACE_GIVEN: Action = Action::named("cohort_place_given");
/// Somebody pauses, has come back or has left.
pub const PLACE_CHANGED: Action = Action::named("cohort_place_changed");

/// Somebody's place in a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    pub person: PersonId,
    pub cohort: CohortId,
    pub state: PlaceState,
    /// Since when it is so.
    pub since: NaiveDate,
}

/// Everybody who has or had a place in a group.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn members(db: &Db, cohort: CohortId) -> Result<Vec<Member>> {
    let of_it = cohort_place::Column::CohortId.eq(cohort.as_uuid());
    let rows = cohort_place::Entity::find().filter(of_it).all(&db.read).await?;
    rows.into_iter().map(Member::try_from).collect()
}

/// Somebody's place in a group, if they have or had one.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn member(db: &Db, cohort: CohortId, person: PersonId) -> Result<Option<Member>> {
    let found = cohort_place::Entity::find_by_id((cohort.as_uuid(), person.as_uuid()));
    found.one(&db.read).await?.map(Member::try_from).transpose()
}

/// The places that somebody has or had, the latest group first.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn of(db: &Db, person: PersonId) -> Result<Vec<Member>> {
    let found = cohort_place::Entity::find()
        .filter(cohort_place::Column::PersonId.eq(person.as_uuid()))
        .order_by_desc(cohort_place::Column::CohortId);
    found.all(&db.read).await?.into_iter().map(Member::try_from).collect()
}

/// The places of a group, which nobody else gives away until this transaction ends.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn places_now(tx: &Tx, cohort: CohortId) -> Result<Option<Places>> {
    let row = cohort::Entity::find_by_id(cohort.as_uuid()).lock_exclusive().one(&tx.0).await?;
    let Some(row) = row else { return Ok(None) };
    let of_it = cohort_place::Column::CohortId.eq(cohort.as_uuid());
    let held = cohort_place::Entity::find().filter(of_it).all(&tx.0).await?;
    let held = held.into_iter().map(|it| {
        let seat = it.seat.map(|it| small("seat", it)).transpose()?;
        Ok((PersonId::from_uuid(it.person_id), state(&it.state)?, seat))
    });
    let of_it = cohort_tutor::Column::CohortId.eq(cohort.as_uuid());
    let tutors = cohort_tutor::Entity::find().filter(of_it).all(&tx.0).await?;
    Ok(Some(Places {
        cohort,
        organisation: OrganisationId::from_uuid(row.organisation_id),
        places: small("number of places", row.places)?,
        held: held.collect::<Result<_>>()?,
        tutors: tutors.into_iter().map(|it| PersonId::from_uuid(it.person_id)).collect(),
    }))
}

/// Keeps a place that was given or changed. What its person has done in the group stays where it is.
///
/// # Errors
/// When the database does not answer, or every place is taken (`cohort_place_within_places`,
/// `cohort_place_seat_taken`).
pub async fn give_place(tx: &Tx, given: &GivenPlace, today: NaiveDate) -> Result<()> {
    give_places(tx, given.cohort(), std::slice::from_ref(given), today).await
}

/// The same of several places in one group, all or none.
///
/// # Errors
/// As [`give_place`].
pub(super) async fn give_places(
    tx: &Tx,
    cohort: CohortId,
    given: &[GivenPlace],
    today: NaiveDate,
) -> Result<()> {
    use cohort_place::Column;
    if given.is_empty() {
        return Ok(());
    }
    let row = cohort::Entity::find_by_id(cohort.as_uuid()).one(&tx.0).await?;
    let places = row.map_or(0, |it| it.places);
    let rows = given.iter().map(|it| cohort_place::ActiveModel {
        cohort_id: Set(it.cohort().as_uuid()),
        person_id: Set(it.person().as_uuid()),
        state: Set(it.state().as_str().to_owned()),
        seat: Set(it.seat().map(i64::from)),
        places: Set(places),
        since: Set(today),
    });
    let again = OnConflict::columns([Column::CohortId, Column::PersonId])
        .update_columns([Column::State, Column::Seat, Column::Since])
        .to_owned();
    cohort_place::Entity::insert_many(rows).on_conflict(again).exec_without_returning(&tx.0).await?;
    let here = given.iter().filter(|it| it.state().holds_a_place()).map(GivenPlace::person);
    super::cohort_framework::follow(tx, cohort, &here.collect::<Vec<_>>(), today).await
}

/// Changes what a group is called and how it is held. Where there are fewer places than before, people close up.
///
/// # Errors
/// When the database does not answer, or more places are taken than there would be (`cohort_place_within_places`).
pub async fn settle(tx: &Tx, places: &Places, kept: &KeptTerms) -> Result<()> {
    let id = places.cohort.as_uuid();
    for (person, seat) in closed_up(places) {
        let row = cohort_place::ActiveModel {
            cohort_id: Set(id),
            person_id: Set(person.as_uuid()),
            seat: Set(Some(seat.into())),
            ..Default::default()
        };
        row.update(&tx.0).await?;
    }
    let terms = kept.terms();
    let row = cohort::ActiveModel {
        id: Set(id),
        name: Set(terms.name.clone()),
        places: Set(terms.places.into()),
        least_percent: Set(terms.least_percent.into()),
        ..Default::default()
    };
    row.update(&tx.0).await?;
    Ok(())
}

fn state(word: &str) -> Result<PlaceState> {
    PlaceState::parse(word).ok_or_else(|| unknown("state of a place", word))
}

impl TryFrom<cohort_place::Model> for Member {
    type Error = Failure;

    fn try_from(row: cohort_place::Model) -> Result<Self> {
        Ok(Self {
            person: PersonId::from_uuid(row.person_id),
            cohort: CohortId::from_uuid(row.cohort_id),
            state: state(&row.state)?,
            since: row.since,
        })
    }
}
