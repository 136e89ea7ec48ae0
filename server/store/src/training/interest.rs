//! Who would like to be told when training begins, and who has asked for it and not yet confirmed.

use chrono::{DateTime, Utc};
use domain::people::{KnownAs, OrganisationId, PersonId};
use domain::sign_in::{EmailAddress, FollowedLink, Link, LinkId, LinkPurpose, TokenHash};
use domain::training::{Asked, Confirmed, Interest, InterestId, WantedRole};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select, Set,
};
use uuid::Uuid;

use crate::audit::Action;
use crate::entities::{training_asked, training_interest};
use crate::people::unknown;
use crate::{Db, Result, Tx, instant};

/// Somebody who has an account asked to be told when training begins.
pub const TRAINING_LIST_JOINED: Action = Action::named("training_list_joined");
/// Somebody who has an account left the list.
pub const TRAINING_LIST_LEFT: Action = Action::named("training_list_left");

/// One list that somebody is on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub id: InterestId,
    pub organisation: OrganisationId,
    pub role: WantedRole,
    pub confirmed_at: DateTime<Utc>,
    /// Whose account it is, if they were signed in.
    pub person: Option<PersonId>,
}

/// When an address was last written to because somebody asked for it, in the transaction that asks again. Two that
/// ask for the same address take turns.
///
/// # Errors
/// When the database does not answer.
pub async fn last_asked(tx: &Tx, interest: &Interest) -> Result<Option<DateTime<Utc>>> {
    crate::organisations::lock(tx, interest.organisation).await?;
    let row = training_asked::Entity::find()
        .filter(training_asked::Column::OrganisationId.eq(interest.organisation.as_uuid()))
        .filter(training_asked::Column::Email.eq(interest.email.as_str()))
        .one(&tx.0)
        .await?;
    Ok(row.map(|it| instant(it.made_at)))
}

/// Keeps what was asked for and whose letter is about to be sent, in the place of what was asked for before.
///
/// # Errors
/// When the database does not answer.
pub async fn save_asked(tx: &Tx, interest: &Interest, hash: TokenHash, now: DateTime<Utc>) -> Result<()> {
    use training_asked::Column;
    let row = training_asked::ActiveModel {
        id: Set(Uuid::now_v7()),
        organisation_id: Set(interest.organisation.as_uuid()),
        email: Set(interest.email.as_str().to_owned()),
        known_as: Set(interest.known_as.as_str().to_owned()),
        role: Set(interest.role.as_str().to_owned()),
        consent: Set(i64::try_from(interest.consent).unwrap_or_default()),
        hash: Set(hash.as_bytes().to_vec()),
        made_at: Set(now.timestamp_millis()),
        used_at: Set(None),
    };
    let instead = OnConflict::columns([Column::OrganisationId, Column::Email])
        .update_columns([
            Column::KnownAs,
            Column::Role,
            Column::Consent,
            Column::Hash,
            Column::MadeAt,
            Column::UsedAt,
        ])
        .to_owned();
    training_asked::Entity::insert(row).on_conflict(instead).exec_without_returning(&tx.0).await?;
    Ok(())
}

/// What was asked for by the link whose secret has this hash.
///
/// # Errors
/// When the database does not answer, or holds what the rules do not take.
pub async fn asked(db: &Db, hash: TokenHash) -> Result<Option<Asked>> {
    asked_of(hash).one(&db.read).await?.map(Asked::try_from).transpose()
}

/// The same inside the transaction that confirms it.
///
/// # Errors
/// As [`asked`].
pub async fn asked_now(tx: &Tx, hash: TokenHash) -> Result<Option<Asked>> {
    // Two taps on one button take turns; on SQLite every writer is alone anyway.
    asked_of(hash).lock_exclusive().one(&tx.0).await?.map(Asked::try_from).transpose()
}

fn asked_of(hash: TokenHash) -> Select<training_asked::Entity> {
    training_asked::Entity::find().filter(training_asked::Column::Hash.eq(hash.as_bytes().to_vec()))
}

/// Keeps that the link has been used.
///
/// # Errors
/// When the database does not answer.
pub async fn save_followed(tx: &Tx, followed: &FollowedLink) -> Result<()> {
    let row = training_asked::ActiveModel {
        id: Set(followed.id().as_uuid()),
        used_at: Set(Some(followed.at().timestamp_millis())),
        ..Default::default()
    };
    row.update(&tx.0).await?;
    Ok(())
}

/// Puts confirmed interest on the list, in the place of what was there for the same address or the same account.
///
/// # Errors
/// When the database does not answer.
pub async fn save(tx: &Tx, confirmed: &Confirmed, now: DateTime<Utc>) -> Result<()> {
    use training_interest::Column;
    let it = confirmed.interest();
    // Two tabs take turns: each looks first at what the other has put there.
    crate::organisations::lock(tx, it.organisation).await?;
    let here = Column::OrganisationId.eq(it.organisation.as_uuid());
    let known = training_interest::Entity::find()
        .filter(here.clone())
        .filter(Column::Email.eq(it.email.as_str()))
        .one(&tx.0)
        .await?;
    // Whoever is not signed in now may have been when they first asked.
    let person = it.person.map(PersonId::as_uuid).or(known.as_ref().and_then(|it| it.person_id));
    if let Some(person) = person {
        // They may have signed in with another address then.
        training_interest::Entity::delete_many()
            .filter(here)
            .filter(Column::PersonId.eq(person))
            .filter(Column::Email.ne(it.email.as_str()))
            .exec(&tx.0)
            .await?;
    }
    let row = training_interest::ActiveModel {
        id: Set(known.map_or_else(Uuid::now_v7, |it| it.id)),
        organisation_id: Set(it.organisation.as_uuid()),
        email: Set(it.email.as_str().to_owned()),
        known_as: Set(it.known_as.as_str().to_owned()),
        role: Set(it.role.as_str().to_owned()),
        consent: Set(i64::try_from(it.consent).unwrap_or_default()),
        person_id: Set(person),
        confirmed_at: Set(now.timestamp_millis()),
    };
    let again = OnConflict::column(Column::Id)
        .update_columns([
            Column::KnownAs,
            Column::Role,
            Column::Consent,
            Column::PersonId,
            Column::ConfirmedAt,
        ])
        .to_owned();
    training_interest::Entity::insert(row).on_conflict(again).exec_without_returning(&tx.0).await?;
    Ok(())
}

/// The lists that somebody is on: by their account, or by the address that they sign in with, which they have shown to
/// be theirs.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn lists_of(db: &Db, person: PersonId, email: &EmailAddress) -> Result<Vec<Listed>> {
    use training_interest::Column;
    let theirs =
        Condition::any().add(Column::PersonId.eq(person.as_uuid())).add(Column::Email.eq(email.as_str()));
    let rows = training_interest::Entity::find()
        .filter(theirs)
        .order_by_asc(Column::OrganisationId)
        .order_by_asc(Column::Id)
        .all(&db.read)
        .await?;
    rows.into_iter().map(Listed::try_from).collect()
}

/// One address on one list, by its name.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn listed(db: &Db, id: InterestId) -> Result<Option<Listed>> {
    let row = training_interest::Entity::find_by_id(id.as_uuid()).one(&db.read).await?;
    row.map(Listed::try_from).transpose()
}

/// What an address is called on the list of an organisation, if it is there.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn listed_as(tx: &Tx, interest: &Interest) -> Result<Option<InterestId>> {
    use training_interest::Column;
    let row = training_interest::Entity::find()
        .filter(Column::OrganisationId.eq(interest.organisation.as_uuid()))
        .filter(Column::Email.eq(interest.email.as_str()))
        .one(&tx.0)
        .await?;
    Ok(row.map(|it| InterestId::from_uuid(it.id)))
}

/// Takes an address off the list, and says whether it was there.
///
/// # Errors
/// When the database does not answer.
pub async fn leave(tx: &Tx, id: InterestId) -> Result<bool> {
    let gone = training_interest::Entity::delete_by_id(id.as_uuid()).exec(&tx.0).await?;
    Ok(gone.rows_affected > 0)
}

/// How many are on the list of an organisation, as far as `most`.
///
/// # Errors
/// When the database does not answer.
pub async fn how_many(db: &Db, organisation: OrganisationId, most: u64) -> Result<usize> {
    let ids: Vec<Uuid> = training_interest::Entity::find()
        .select_only()
        .column(training_interest::Column::Id)
        .filter(training_interest::Column::OrganisationId.eq(organisation.as_uuid()))
        .order_by_asc(training_interest::Column::Id)
        .limit(most)
        .into_tuple()
        .all(&db.read)
        .await?;
    Ok(ids.len())
}

/// Forgets what was last confirmed long ago, and what was never confirmed.
///
/// # Errors
/// When the database does not answer.
pub async fn forget(tx: &Tx, now: DateTime<Utc>) -> Result<u64> {
    let asked = training_asked::Column::MadeAt.lt((now - Interest::ASKED_KEPT).timestamp_millis());
    training_asked::Entity::delete_many().filter(asked).exec(&tx.0).await?;
    let old = training_interest::Column::ConfirmedAt.lt((now - Interest::KEPT).timestamp_millis());
    Ok(training_interest::Entity::delete_many().filter(old).exec(&tx.0).await?.rows_affected)
}

impl TryFrom<training_asked::Model> for Asked {
    type Error = crate::Failure;

    fn try_from(row: training_asked::Model) -> Result<Self> {
        let link = Link {
            id: LinkId::from_uuid(row.id),
            purpose: LinkPurpose::ExpressInterest,
            made_at: instant(row.made_at),
            used_at: row.used_at.map(instant),
        };
        let interest = Interest {
            organisation: OrganisationId::from_uuid(row.organisation_id),
            email: EmailAddress::parse(&row.email).map_err(|_| unknown("address", "of interest"))?,
            known_as: KnownAs::parse(&row.known_as).map_err(|_| unknown("name", "of interest"))?,
            role: wanted(&row.role)?,
            consent: usize::try_from(row.consent).unwrap_or_default(),
            person: None,
        };
        Ok(Self { link, interest })
    }
}

impl TryFrom<training_interest::Model> for Listed {
    type Error = crate::Failure;

    fn try_from(row: training_interest::Model) -> Result<Self> {
        Ok(Self {
            id: InterestId::from_uuid(row.id),
            organisation: OrganisationId::from_uuid(row.organisation_id),
            role: wanted(&row.role)?,
            confirmed_at: instant(row.confirmed_at),
            person: row.person_id.map(PersonId::from_uuid),
        })
    }
}

fn wanted(word: &str) -> Result<WantedRole> {
    WantedRole::parse(word).ok_or_else(|| unknown("wanted role", word))
}
