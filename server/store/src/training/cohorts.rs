//! Groups: what they are called, when they meet, and who holds their sessions.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::course::Slug;
use domain::day::TimeOfDay;
use domain::people::{OrganisationId, PersonId};
use domain::training::cohort::{
    ChosenTutors, CohortId, CohortSessionId, MovedSession, NewCohort, Team, Terms, Where,
};
use domain::training::register::Held;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};
use uuid::Uuid;

use crate::audit::Action;
use crate::courses::kept_slug;
use crate::entities::{cohort, cohort_session, cohort_session_tutor, cohort_tutor};
use crate::people::{small, unknown};
use crate::{Db, Failure, Result, Tx};

/// A group was begun.
pub const COHORT_BEGUN: Action = Action::named("cohort_begun");
/// What a group is called or how it is held was changed.
pub const COHORT_CHANGED: Action = Action::named("cohort_changed");
/// When, where or by whom a session is held was changed.
pub const SESSION_CHANGED: Action = Action::named("cohort_session_changed");
/// Tutors were chosen for a group.
pub const TUTORS_CHOSEN: Action = Action::named("cohort_tutors_chosen");

/// A group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cohort {
    pub id: CohortId,
    pub organisation: OrganisationId,
    /// The programme and the version of it that the group goes through.
    pub programme: (Uuid, i64),
    pub terms: Terms,
}

/// A session as one group holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CohortSession {
    pub id: CohortSessionId,
    /// Counted from one.
    pub position: usize,
    /// The session of the programme.
    pub slug: Slug,
    pub held: Held,
    pub place: Where,
    /// How often its register has been kept, and when last.
    pub register: i64,
    pub kept_on: Option<NaiveDate>,
    pub tutors: Vec<PersonId>,
}

impl CohortSession {
    /// Whether it has been held, as far as its register knows.
    #[must_use]
    pub fn was_held(&self) -> bool {
        self.held.was_held(self.kept_on)
    }
}

/// A group by its name.
///
/// # Errors
/// When the database does not answer.
pub async fn cohort(db: &Db, id: CohortId) -> Result<Option<Cohort>> {
    cohort::Entity::find_by_id(id.as_uuid()).one(&db.read).await?.map(Cohort::try_from).transpose()
}

/// These groups, those of them that there are, the latest first.
///
/// # Errors
/// When the database does not answer.
pub async fn cohorts(db: &Db, ids: &[CohortId]) -> Result<Vec<Cohort>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let found = cohort::Entity::find()
        .filter(cohort::Column::Id.is_in(ids.iter().map(|it| it.as_uuid())))
        .order_by_desc(cohort::Column::Id);
    found.all(&db.read).await?.into_iter().map(Cohort::try_from).collect()
}

/// A page of the groups of an organisation, the latest first.
///
/// # Errors
/// When the database does not answer.
pub async fn at(
    db: &Db,
    organisation: OrganisationId,
    (before, limit): (Option<CohortId>, u64),
) -> Result<Vec<Cohort>> {
    use cohort::Column;
    let mut found = cohort::Entity::find().filter(Column::OrganisationId.eq(organisation.as_uuid()));
    if let Some(before) = before {
        found = found.filter(Column::Id.lt(before.as_uuid()));
    }
    let found = found.order_by_desc(Column::Id).limit(limit);
    found.all(&db.read).await?.into_iter().map(Cohort::try_from).collect()
}

/// Who holds a group's sessions.
///
/// # Errors
/// When the database does not answer.
pub async fn team(db: &Db, cohort: &Cohort) -> Result<Team> {
    let of_it = cohort_tutor::Column::CohortId.eq(cohort.id.as_uuid());
    let rows = cohort_tutor::Entity::find().filter(of_it).all(&db.read).await?;
    let tutors = rows.into_iter().map(|it| PersonId::from_uuid(it.person_id)).collect();
    Ok(Team { cohort: cohort.id, organisation: cohort.organisation, tutors })
}

/// The groups whose sessions somebody holds.
///
/// # Errors
/// When the database does not answer.
pub async fn held_by(db: &Db, person: PersonId) -> Result<Vec<CohortId>> {
    let theirs = cohort_tutor::Column::PersonId.eq(person.as_uuid());
    let rows = cohort_tutor::Entity::find().filter(theirs).all(&db.read).await?;
    Ok(rows.into_iter().map(|it| CohortId::from_uuid(it.cohort_id)).collect())
}

/// Keeps a new group with a session for each day, unless it has been kept before: then a form was sent twice.
/// `sessions` are those of the version of the programme, each with its minutes.
///
/// # Errors
/// When the database does not answer.
pub async fn begin(
    tx: &Tx,
    id: CohortId,
    new: &NewCohort,
    (programme, sessions): ((Uuid, i64), &[(Slug, u16)]),
    now: DateTime<Utc>,
) -> Result<bool> {
    if cohort::Entity::find_by_id(id.as_uuid()).one(&tx.0).await?.is_some() {
        return Ok(false);
    }
    let terms = new.terms();
    let row = cohort::ActiveModel {
        id: Set(id.as_uuid()),
        organisation_id: Set(new.organisation().as_uuid()),
        programme_id: Set(programme.0),
        programme_version: Set(programme.1),
        name: Set(terms.name.clone()),
        places: Set(terms.places.into()),
        least_percent: Set(terms.least_percent.into()),
        begun_at: Set(now.timestamp_millis()),
    };
    row.insert(&tx.0).await?;
    let held = new.held();
    let row =
        |(position, ((slug, minutes), day)): (i64, (&(Slug, u16), &NaiveDate))| cohort_session::ActiveModel {
            id: Set(Uuid::now_v7()),
            cohort_id: Set(id.as_uuid()),
            position: Set(position),
            slug: Set(slug.to_string()),
            minutes: Set((*minutes).into()),
            held_on: Set(*day),
            begins: Set(held.begins.minutes().into()),
            place: Set(held.place.clone()),
            link: Set(held.link.clone()),
            is_off: Set(false),
            register: Set(0),
            kept_on: Set(None),
        };
    let rows = (1..).zip(sessions.iter().zip(new.days())).map(row);
    cohort_session::Entity::insert_many(rows).exec_without_returning(&tx.0).await?;
    Ok(true)
}

/// The sessions of a group, in the programme's order.
///
/// # Errors
/// When the database does not answer, or holds what the rules do not know.
pub async fn sessions(db: &Db, cohort: CohortId) -> Result<Vec<CohortSession>> {
    let of_it = cohort_session::Column::CohortId.eq(cohort.as_uuid());
    let found = cohort_session::Entity::find().filter(of_it).order_by_asc(cohort_session::Column::Position);
    with_tutors(db, found.all(&db.read).await?).await
}

/// A session of a group.
///
/// # Errors
/// When the database does not answer, or holds what the rules do not know.
pub async fn session(db: &Db, cohort: CohortId, id: CohortSessionId) -> Result<Option<CohortSession>> {
    let found = cohort_session::Entity::find_by_id(id.as_uuid());
    let found = found.filter(cohort_session::Column::CohortId.eq(cohort.as_uuid())).one(&db.read).await?;
    Ok(with_tutors(db, found.into_iter().collect()).await?.pop())
}

async fn with_tutors(db: &Db, rows: Vec<cohort_session::Model>) -> Result<Vec<CohortSession>> {
    let of_them = cohort_session_tutor::Column::SessionId.is_in(rows.iter().map(|it| it.id));
    let tutors = match rows.is_empty() {
        true => Vec::new(),
        false => cohort_session_tutor::Entity::find().filter(of_them).all(&db.read).await?,
    };
    let mut by_session: BTreeMap<Uuid, Vec<PersonId>> = BTreeMap::new();
    for it in tutors {
        by_session.entry(it.session_id).or_default().push(PersonId::from_uuid(it.person_id));
    }
    let whole = |row: cohort_session::Model| {
        let tutors = by_session.remove(&row.id).unwrap_or_default();
        Ok(CohortSession { tutors, ..CohortSession::try_from(row)? })
    };
    rows.into_iter().map(whole).collect()
}

/// Changes when, where and by whom a session is held.
///
/// # Errors
/// When the database does not answer.
pub async fn move_session(tx: &Tx, id: CohortSessionId, moved: &MovedSession) -> Result<()> {
    let held = moved.held();
    let row = cohort_session::ActiveModel {
        id: Set(id.as_uuid()),
        held_on: Set(moved.day()),
        begins: Set(held.begins.minutes().into()),
        place: Set(held.place.clone()),
        link: Set(held.link.clone()),
        is_off: Set(moved.is_off()),
        ..Default::default()
    };
    row.update(&tx.0).await?;
    let of_it = cohort_session_tutor::Column::SessionId.eq(id.as_uuid());
    cohort_session_tutor::Entity::delete_many().filter(of_it).exec(&tx.0).await?;
    hold(tx, &[id.as_uuid()], moved.tutors()).await
}

/// Keeps who holds a group's sessions: new ones hold all that are to come, and those who are none any more hold none
/// of them. What was held stays as it was.
///
/// # Errors
/// When the database does not answer.
pub async fn choose_tutors(tx: &Tx, cohort: CohortId, chosen: &ChosenTutors) -> Result<()> {
    let of_it = cohort_tutor::Column::CohortId.eq(cohort.as_uuid());
    let before = cohort_tutor::Entity::find().filter(of_it.clone()).all(&tx.0).await?;
    let before: Vec<_> = before.into_iter().map(|it| PersonId::from_uuid(it.person_id)).collect();
    let is_new = |it: &&PersonId| !before.contains(it);
    let new: Vec<_> = chosen.tutors().iter().filter(is_new).copied().collect();
    let gone: Vec<_> =
        before.iter().filter(|it| !chosen.tutors().contains(it)).map(|it| it.as_uuid()).collect();
    let to_come: Vec<Uuid> = cohort_session::Entity::find()
        .filter(cohort_session::Column::CohortId.eq(cohort.as_uuid()))
        .filter(cohort_session::Column::KeptOn.is_null())
        .select_only()
        .column(cohort_session::Column::Id)
        .into_tuple()
        .all(&tx.0)
        .await?;
    if !gone.is_empty() {
        let they = cohort_tutor::Column::PersonId.is_in(gone.clone());
        cohort_tutor::Entity::delete_many().filter(of_it).filter(they).exec(&tx.0).await?;
        let (of_these, by_them) = (
            cohort_session_tutor::Column::SessionId.is_in(to_come.clone()),
            cohort_session_tutor::Column::PersonId.is_in(gone),
        );
        cohort_session_tutor::Entity::delete_many().filter(of_these).filter(by_them).exec(&tx.0).await?;
    }
    if !new.is_empty() {
        let row = |it: &PersonId| cohort_tutor::ActiveModel {
            cohort_id: Set(cohort.as_uuid()),
            person_id: Set(it.as_uuid()),
        };
        cohort_tutor::Entity::insert_many(new.iter().map(row)).exec_without_returning(&tx.0).await?;
        hold(tx, &to_come, &new).await?;
    }
    Ok(())
}

async fn hold(tx: &Tx, sessions: &[Uuid], tutors: &[PersonId]) -> Result<()> {
    use cohort_session_tutor::{ActiveModel, Column, Entity};
    let row = |session: &Uuid, tutor: &PersonId| ActiveModel {
        session_id: Set(*session),
        person_id: Set(tutor.as_uuid()),
    };
    let rows: Vec<_> =
        sessions.iter().flat_map(|session| tutors.iter().map(move |it| row(session, it))).collect();
    if rows.is_empty() {
        return Ok(());
    }
    let again = OnConflict::columns([Column::SessionId, Column::PersonId]).do_nothing().to_owned();
    Entity::insert_many(rows).on_conflict(again).exec_without_returning(&tx.0).await?;
    Ok(())
}

impl TryFrom<cohort::Model> for Cohort {
    type Error = Failure;

    fn try_from(row: cohort::Model) -> Result<Self> {
        Ok(Self {
            id: CohortId::from_uuid(row.id),
            organisation: OrganisationId::from_uuid(row.organisation_id),
            programme: (row.programme_id, row.programme_version),
            terms: Terms {
                name: row.name,
                places: small("number of places", row.places)?,
                least_percent: small("least attendance", row.least_percent)?,
            },
        })
    }
}

impl TryFrom<cohort_session::Model> for CohortSession {
    type Error = Failure;

    fn try_from(row: cohort_session::Model) -> Result<Self> {
        let begins = small("time of day", row.begins)?;
        let begins =
            TimeOfDay::from_minutes(begins).ok_or_else(|| unknown("time of day", &row.begins.to_string()))?;
        Ok(Self {
            id: CohortSessionId::from_uuid(row.id),
            position: small("position", row.position)?,
            slug: kept_slug(row.slug)?,
            held: Held { on: row.held_on, minutes: small("length", row.minutes)?, is_off: row.is_off },
            place: Where { begins, place: row.place, link: row.link },
            register: row.register,
            kept_on: row.kept_on,
            tutors: Vec::new(),
        })
    }
}
