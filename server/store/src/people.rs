//! People and what they are to organisations.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::people::{
    Away, Basis, Engagement, EngagementId, EngagementKind, KnownAs, MinimumAge, NewLearner, Newcomer,
    OrganisationId, PersonId, Registration,
};
use sea_orm::sea_query::LockType;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set,
};
use uuid::Uuid;

use crate::audit::Action;
use crate::entities::{engagement, organisation, person, sign_in};
use crate::{Db, Failure, Result, Tx, directory};

/// Somebody who had an account began to learn.
pub const LEARNING_BEGUN: Action = Action::named("learning_begun");

/// The organisation that runs the site and takes learners.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Host {
    pub id: OrganisationId,
    pub name: String,
    pub minimum_age: MinimumAge,
    /// Whether whoever sees other people's data is asked for a second factor.
    pub second_factor: bool,
}

/// A person as every signed-in page knows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    pub id: PersonId,
    pub known_as: String,
    pub pronouns: String,
    pub engagements: Vec<Engagement>,
}

/// What these people are called.
///
/// # Errors
/// When the database does not answer.
pub async fn names(db: &Db, people: &[Uuid]) -> Result<BTreeMap<Uuid, String>> {
    if people.is_empty() {
        return Ok(BTreeMap::new());
    }
    let rows =
        person::Entity::find().filter(person::Column::Id.is_in(people.iter().copied())).all(&db.read).await?;
    Ok(rows.into_iter().map(|it| (it.id, it.known_as)).collect())
}

/// The organisation that takes learners.
///
/// # Errors
/// When the database does not answer, or has no such organisation.
pub async fn host(db: &Db) -> Result<Host> {
    let row = organisation::Entity::find()
        .filter(organisation::Column::TakesLearners.eq(true))
        .one(&db.read)
        .await?;
    let row = row.ok_or_else(|| Failure::Content("no organisation takes learners".into()))?;
    let years = u8::try_from(row.minimum_age).ok().and_then(|it| MinimumAge::new(it).ok());
    Ok(Host {
        id: OrganisationId::from_uuid(row.id),
        name: row.name,
        minimum_age: years.ok_or_else(|| unknown("minimum age", &row.minimum_age.to_string()))?,
        second_factor: row.second_factor,
    })
}

/// Keeps somebody who has registered as a learner with `host`; their address is not confirmed yet.
///
/// # Errors
/// When the database does not answer. That the address is taken is asked for before, in the same transaction.
pub async fn save_registration(
    tx: &Tx,
    registration: &Registration,
    password_hash: String,
    host: OrganisationId,
    (now, today): (DateTime<Utc>, NaiveDate),
) -> Result<PersonId> {
    let id = save_person(tx, registration.known_as(), now).await?;
    let row = sign_in::ActiveModel {
        person_id: Set(id),
        email: Set(registration.email().as_str().to_owned()),
        password: Set(password_hash),
        confirmed_at: Set(None),
    };
    row.insert(&tx.0).await?;
    engage(tx, (id, host.as_uuid()), (EngagementKind::Learner, None, today)).await?;
    Ok(PersonId::from_uuid(id))
}

/// Everything that a person is or was to organisations, inside a transaction that waits for their turn: of two that
/// begin something together the second sees the first.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn engagements_in_turn(tx: &Tx, id: PersonId) -> Result<Vec<Engagement>> {
    person::Entity::find_by_id(id.as_uuid()).lock_exclusive().one(&tx.0).await?;
    engagements_now(tx, id).await
}

/// Waits for the turn of each of some people: of two that take up somebody's time the second sees the first. Rows that
/// only name a person do not wait for it, so whoever holds something else and writes such a row is not waited for in a
/// circle.
///
/// # Errors
/// When the database does not answer.
pub async fn take_turns(tx: &Tx, people: &[PersonId]) -> Result<()> {
    let all = person::Entity::find()
        .filter(person::Column::Id.is_in(people.iter().map(|it| it.as_uuid())))
        .order_by_asc(person::Column::Id)
        .lock(LockType::NoKeyUpdate);
    all.all(&tx.0).await?;
    Ok(())
}

/// Keeps that somebody learns from today on.
///
/// # Errors
/// When the database does not answer.
pub async fn save_learner(tx: &Tx, new: &NewLearner, today: NaiveDate) -> Result<()> {
    let who = (new.person().as_uuid(), new.organisation().as_uuid());
    engage(tx, who, (EngagementKind::Learner, None, today)).await
}

/// Makes a person something to an organisation, from a day on.
pub(crate) async fn engage(
    tx: &Tx,
    (person, organisation): (Uuid, Uuid),
    (kind, basis, from): (EngagementKind, Option<Basis>, NaiveDate),
) -> Result<()> {
    let row = engagement::ActiveModel {
        id: Set(Uuid::now_v7()),
        person_id: Set(person),
        organisation_id: Set(organisation),
        kind: Set(kind.as_str().to_owned()),
        basis: Set(basis.map(|it| it.as_str().to_owned())),
        from_on: Set(from),
        ..Default::default()
    };
    row.insert(&tx.0).await?;
    directory::enter(tx, person, organisation).await
}

async fn save_person(tx: &Tx, known_as: &KnownAs, now: DateTime<Utc>) -> Result<Uuid> {
    let id = Uuid::now_v7();
    let row = person::ActiveModel {
        id: Set(id),
        known_as: Set(known_as.as_str().to_owned()),
        pronouns: Set(String::new()),
        made_at: Set(now.timestamp_millis()),
    };
    row.insert(&tx.0).await?;
    Ok(id)
}

/// Keeps somebody whom an invitation brought; their address is confirmed by it. `unconfirmed` is whoever
/// registered with that address and never showed that it is theirs: the name and the password of the one who
/// did stand from now on.
///
/// # Errors
/// When the database does not answer. That the address has no confirmed account is asked for before, in the
/// same transaction.
pub async fn save_newcomer(
    tx: &Tx,
    newcomer: &Newcomer,
    password_hash: String,
    unconfirmed: Option<PersonId>,
    now: DateTime<Utc>,
) -> Result<PersonId> {
    let email = newcomer.email().as_str().to_owned();
    let confirmed_at = Some(now.timestamp_millis());
    if let Some(id) = unconfirmed {
        save_known_as(tx, id, newcomer.known_as()).await?;
        let row = sign_in::ActiveModel {
            person_id: Set(id.as_uuid()),
            password: Set(password_hash),
            confirmed_at: Set(confirmed_at),
            ..Default::default()
        };
        row.update(&tx.0).await?;
        return Ok(id);
    }
    let id = save_person(tx, newcomer.known_as(), now).await?;
    let (person_id, password) = (Set(id), Set(password_hash));
    let row =
        sign_in::ActiveModel { person_id, email: Set(email), password, confirmed_at: Set(confirmed_at) };
    row.insert(&tx.0).await?;
    Ok(PersonId::from_uuid(id))
}

async fn save_known_as(tx: &Tx, id: PersonId, known_as: &KnownAs) -> Result<()> {
    let row = person::ActiveModel {
        id: Set(id.as_uuid()),
        known_as: Set(known_as.as_str().to_owned()),
        ..Default::default()
    };
    row.update(&tx.0).await?;
    directory::rename(tx, id.as_uuid(), known_as.as_str()).await
}

/// Everything that a person is or was to organisations, inside a transaction.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn engagements_now(tx: &Tx, id: PersonId) -> Result<Vec<Engagement>> {
    let found = engagement::Entity::find().filter(engagement::Column::PersonId.eq(id.as_uuid()));
    found.all(&tx.0).await?.into_iter().map(Engagement::try_from).collect()
}

/// The same of several people.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn engagements_of_now(tx: &Tx, people: &[PersonId]) -> Result<Vec<Engagement>> {
    let ids = people.iter().map(|it| it.as_uuid());
    let found = engagement::Entity::find().filter(engagement::Column::PersonId.is_in(ids));
    found.all(&tx.0).await?.into_iter().map(Engagement::try_from).collect()
}

/// A person with everything they are or were to organisations.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn known(db: &Db, id: PersonId) -> Result<Option<Known>> {
    let Some(row) = person::Entity::find_by_id(id.as_uuid()).one(&db.read).await? else { return Ok(None) };
    let engagements = engagement::Entity::find()
        .filter(engagement::Column::PersonId.eq(id.as_uuid()))
        .all(&db.read)
        .await?;
    let engagements = engagements.into_iter().map(Engagement::try_from).collect::<Result<_>>()?;
    Ok(Some(Known { id, known_as: row.known_as, pronouns: row.pronouns, engagements }))
}

impl TryFrom<engagement::Model> for Engagement {
    type Error = Failure;

    fn try_from(row: engagement::Model) -> Result<Self> {
        Ok(Self {
            id: EngagementId::from_uuid(row.id),
            person: PersonId::from_uuid(row.person_id),
            organisation: OrganisationId::from_uuid(row.organisation_id),
            kind: EngagementKind::parse(&row.kind).ok_or_else(|| unknown("engagement kind", &row.kind))?,
            basis: read_basis(row.basis.as_deref())?,
            from: row.from_on,
            to: row.to_on,
            away: row.away_from.map(|from| Away { from, to: row.away_to }),
        })
    }
}

/// Engagements that are not over on a day: they hold then, or will later.
pub(crate) fn not_over(today: NaiveDate) -> Condition {
    use engagement::Column;
    Condition::any().add(Column::ToOn.is_null()).add(Column::ToOn.gte(today))
}

/// Engagements that hold on a day.
pub(crate) fn holds_on(today: NaiveDate) -> Condition {
    Condition::all().add(engagement::Column::FromOn.lte(today)).add(not_over(today))
}

/// The basis that a row names, if it names one.
pub(crate) fn read_basis(word: Option<&str>) -> Result<Option<Basis>> {
    word.map(|it| Basis::parse(it).ok_or_else(|| unknown("basis", it))).transpose()
}

/// A word in a row that the rules do not know: the database is newer than this program.
pub(crate) fn unknown(what: &str, word: &str) -> Failure {
    Failure::Content(format!("{what} “{word}” is unknown here"))
}

/// A number that a row holds within the bounds of its constraint.
pub(crate) fn small<T: TryFrom<i64>>(what: &str, number: i64) -> Result<T> {
    T::try_from(number).map_err(|_| unknown(what, &number.to_string()))
}
