//! What policies say, edition by edition, and who accepted which: neither ever changes.

use chrono::{DateTime, NaiveDate, Utc};
use domain::people::{OrganisationId, PersonId};
use domain::training::requirement::{Accepted, Edition, NewAcceptance, NewVersion, Reading, RequirementId};
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use sea_orm::{QuerySelect, Set};
use uuid::Uuid;

use crate::audit::Action;
use crate::entities::{policy_acceptance, policy_asked, policy_edition};
use crate::people::small;
use crate::{Db, Failure, Result, Tx, hash_of, instant};

/// A policy was written.
pub const POLICY_WRITTEN: Action = Action::named("policy_written");
/// A policy was changed, from a day on.
pub const POLICY_CHANGED: Action = Action::named("policy_changed");
/// Somebody accepted a policy.
pub const POLICY_ACCEPTED: Action = Action::named("policy_accepted");

/// An edition as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptEdition {
    pub edition: Edition,
    /// The text that is accepted.
    pub canonical: String,
    /// SHA-256 over it, in hexadecimal figures.
    pub hash: String,
}

/// An edition in a list, without its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Numbered {
    pub number: u32,
    pub from: NaiveDate,
    pub title: String,
    pub changed: String,
}

/// That somebody accepted an edition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acceptance {
    pub accepted: Accepted,
    /// The hash of what they were shown.
    pub hash: String,
    pub at: DateTime<Utc>,
}

/// An edition of a policy.
///
/// # Errors
/// When the database does not answer, or holds what the rules do not know.
pub async fn edition(db: &Db, policy: RequirementId, number: u32) -> Result<Option<KeptEdition>> {
    find(&db.read, policy, number).await
}

/// The same, inside a transaction that has taken its turn with the policy.
///
/// # Errors
/// As [`edition`].
pub async fn edition_now(tx: &Tx, policy: RequirementId, number: u32) -> Result<Option<KeptEdition>> {
    find(&tx.0, policy, number).await
}

async fn find(db: &impl ConnectionTrait, policy: RequirementId, number: u32) -> Result<Option<KeptEdition>> {
    let found = policy_edition::Entity::find_by_id((policy.as_uuid(), i64::from(number)));
    found.one(db).await?.map(KeptEdition::try_from).transpose()
}

/// All editions of a policy, the latest first.
///
/// # Errors
/// As [`edition`].
pub async fn editions(db: &Db, policy: RequirementId) -> Result<Vec<Numbered>> {
    use policy_edition::{Column, Entity};
    let rows: Vec<(i64, NaiveDate, String, String)> = Entity::find()
        .select_only()
        .columns([Column::Edition, Column::FromOn, Column::Title, Column::Changed])
        .filter(Column::RequirementId.eq(policy.as_uuid()))
        .order_by_desc(Column::Edition)
        .into_tuple()
        .all(&db.read)
        .await?;
    let numbered = |(number, from, title, changed)| {
        Ok(Numbered { number: small("edition", number)?, from, title, changed })
    };
    rows.into_iter().map(numbered).collect()
}

/// What these people have accepted of the policies of some organisations.
///
/// # Errors
/// When the database does not answer, or holds what the rules do not know.
pub async fn accepted(
    db: &Db,
    organisations: &[OrganisationId],
    people: &[PersonId],
) -> Result<Vec<(PersonId, RequirementId, Accepted)>> {
    use policy_acceptance::{Column, Entity};
    // Without the hashes, which are long: there are many.
    let rows: Vec<(Uuid, Uuid, i64, NaiveDate)> = Entity::find()
        .select_only()
        .columns([Column::PersonId, Column::RequirementId, Column::Edition, Column::AcceptedOn])
        .filter(Column::OrganisationId.is_in(organisations.iter().map(|it| it.as_uuid())))
        .filter(Column::PersonId.is_in(people.iter().map(|it| it.as_uuid())))
        .into_tuple()
        .all(&db.read)
        .await?;
    let accepted = |(person, policy, edition, on)| {
        let accepted = Accepted { edition: small("edition", edition)?, on };
        Ok((PersonId::from_uuid(person), RequirementId::from_uuid(policy), accepted))
    };
    rows.into_iter().map(accepted).collect()
}

/// What somebody has accepted of a policy, the latest first.
///
/// # Errors
/// As [`accepted`].
pub async fn acceptances(
    db: &Db,
    (organisation, policy): (OrganisationId, RequirementId),
    person: PersonId,
) -> Result<Vec<Acceptance>> {
    theirs(&db.read, (organisation, policy), person).await
}

/// The same, inside the transaction that adds to it. The transaction has taken its turn with the policy.
///
/// # Errors
/// As [`accepted`].
pub async fn acceptances_now(
    tx: &Tx,
    (organisation, policy): (OrganisationId, RequirementId),
    person: PersonId,
) -> Result<Vec<Acceptance>> {
    theirs(&tx.0, (organisation, policy), person).await
}

async fn theirs(
    db: &impl ConnectionTrait,
    (organisation, policy): (OrganisationId, RequirementId),
    person: PersonId,
) -> Result<Vec<Acceptance>> {
    use policy_acceptance::{Column, Entity};
    let found = Entity::find()
        .filter(Column::OrganisationId.eq(organisation.as_uuid()))
        .filter(Column::PersonId.eq(person.as_uuid()))
        .filter(Column::RequirementId.eq(policy.as_uuid()))
        .order_by_desc(Column::Edition);
    let acceptance = |row: policy_acceptance::Model| {
        let accepted = Accepted { edition: small("edition", row.edition)?, on: row.accepted_on };
        Ok(Acceptance { accepted, hash: row.hash, at: instant(row.accepted_at) })
    };
    found.all(db).await?.into_iter().map(acceptance).collect()
}

/// Keeps that somebody accepted what they were shown.
///
/// # Errors
/// When the database does not answer, or refuses what no rule would make (`policy_accepted_once`,
/// `policy_accepted_this_text`).
pub async fn save_acceptance(tx: &Tx, new: &NewAcceptance, now: DateTime<Utc>) -> Result<()> {
    let row = policy_acceptance::ActiveModel {
        organisation_id: Set(new.organisation().as_uuid()),
        person_id: Set(new.person().as_uuid()),
        requirement_id: Set(new.policy().as_uuid()),
        edition: Set(new.accepted().edition.into()),
        hash: Set(new.hash().to_owned()),
        accepted_on: Set(new.accepted().on),
        accepted_at: Set(now.timestamp_millis()),
    };
    row.insert(&tx.0).await?;
    Ok(())
}

/// Keeps which edition a version of a policy asks for, and its text if it is new. The version has just been kept.
pub(super) async fn save_asked(
    tx: &Tx,
    policy: RequirementId,
    new: &NewVersion,
    now: DateTime<Utc>,
) -> Result<()> {
    let Some(asked) = new.version().rule.edition() else { return Ok(()) };
    if let Some(text) = new.edition() {
        let Edition { number, from, title, reading, changed } = text.edition();
        let (words, link) = match reading {
            Reading::Here(words) => (Some(words.clone()), None),
            Reading::There(link) => (None, Some(link.clone())),
        };
        let row = policy_edition::ActiveModel {
            requirement_id: Set(policy.as_uuid()),
            edition: Set((*number).into()),
            from_on: Set(*from),
            last_edition: Set(text.after().map(|_| i64::from(*number) - 1)),
            last_on: Set(text.after()),
            title: Set(title.clone()),
            words: Set(words),
            link: Set(link),
            changed: Set(changed.clone()),
            text: Set(text.canonical().to_owned()),
            hash: Set(hash_of(text.canonical())),
            made_at: Set(now.timestamp_millis()),
        };
        row.insert(&tx.0).await?;
    }
    let row = policy_asked::ActiveModel {
        requirement_id: Set(policy.as_uuid()),
        number: Set(new.version().number),
        edition: Set(asked.into()),
    };
    row.insert(&tx.0).await?;
    Ok(())
}

impl TryFrom<policy_edition::Model> for KeptEdition {
    type Error = Failure;

    fn try_from(row: policy_edition::Model) -> Result<Self> {
        let reading = match (row.words, row.link) {
            (Some(words), None) => Reading::Here(words),
            (None, Some(link)) => Reading::There(link),
            _ => return Err(Failure::Content("a policy that is read in no one place".into())),
        };
        let edition = Edition {
            number: small("edition", row.edition)?,
            from: row.from_on,
            title: row.title,
            reading,
            changed: row.changed,
        };
        Ok(Self { edition, canonical: row.text, hash: row.hash })
    }
}
