//! How somebody shows who they are: the address and password they sign in with, links sent by mail, throttles.

use chrono::{DateTime, Utc};
use domain::people::PersonId;
use domain::sign_in::{
    EmailAddress, FollowedLink, Link, LinkId, LinkPurpose, Throttle, ThrottleKind, TokenHash,
};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, Select, Set,
};
use uuid::Uuid;

use crate::audit::Action;
use crate::entities::{link, person, sign_in, throttle};
use crate::people::unknown;
use crate::{Db, Result, Tx, instant};

/// Somebody registered as a learner.
pub const PERSON_REGISTERED: Action = Action::named("person_registered");
/// Somebody showed that they read mail at their address.
pub const ADDRESS_CONFIRMED: Action = Action::named("address_confirmed");
/// Somebody signed in.
pub const SIGNED_IN: Action = Action::named("signed_in");
/// Somebody signed out, or ended a session from elsewhere.
pub const SESSION_ENDED: Action = Action::named("session_ended");
/// A session was ended because a token was presented that had been replaced.
pub const SESSION_COPIED: Action = Action::named("session_copied");
/// Somebody chose a new password, which ended all their sessions.
pub const PASSWORD_CHANGED: Action = Action::named("password_changed");

/// What there is to check a password against.
#[derive(Clone)]
pub struct Credentials {
    pub person: PersonId,
    pub known_as: String,
    /// In PHC string format.
    pub password_hash: String,
    /// Whether they have shown that they read mail at their address.
    pub is_confirmed: bool,
}

impl std::fmt::Debug for Credentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Credentials({})", self.person)
    }
}

/// What one person signs in with.
#[derive(Clone)]
pub struct Own {
    pub email: EmailAddress,
    /// In PHC string format.
    pub password_hash: String,
}

impl std::fmt::Debug for Own {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Own(…)")
    }
}

/// A link with whom it was sent to.
#[derive(Clone, Debug)]
pub struct SentLink {
    pub link: Link,
    pub person: PersonId,
    /// The address that it would change to, if that is what it is for.
    pub email: Option<EmailAddress>,
    /// The page of ours that somebody was going to when they asked for it.
    pub next: Option<String>,
}

/// Who signs in with an address, if anybody does.
///
/// # Errors
/// When the database does not answer.
pub async fn credentials(db: &Db, email: &EmailAddress) -> Result<Option<Credentials>> {
    by_email(&db.read, email).await
}

/// The same inside a transaction.
///
/// # Errors
/// When the database does not answer.
pub async fn credentials_now(tx: &Tx, email: &EmailAddress) -> Result<Option<Credentials>> {
    by_email(&tx.0, email).await
}

async fn by_email(db: &impl ConnectionTrait, email: &EmailAddress) -> Result<Option<Credentials>> {
    let rows = sign_in::Entity::find().filter(sign_in::Column::Email.eq(email.as_str())).one(db).await?;
    let Some(row) = rows else { return Ok(None) };
    let known_as = person::Entity::find_by_id(row.person_id).one(db).await?.map(|it| it.known_as);
    Ok(Some(Credentials {
        person: PersonId::from_uuid(row.person_id),
        known_as: known_as.unwrap_or_default(),
        password_hash: row.password,
        is_confirmed: row.confirmed_at.is_some(),
    }))
}

/// What somebody signs in with, by who they are.
///
/// # Errors
/// When the database does not answer, or holds an address that the rules do not take.
pub async fn own(db: &Db, person: PersonId) -> Result<Option<Own>> {
    own_in(&db.read, person).await
}

/// The same inside a transaction.
///
/// # Errors
/// As [`own`].
pub async fn own_now(tx: &Tx, person: PersonId) -> Result<Option<Own>> {
    own_in(&tx.0, person).await
}

async fn own_in(db: &impl ConnectionTrait, person: PersonId) -> Result<Option<Own>> {
    let Some(row) = sign_in::Entity::find_by_id(person.as_uuid()).one(db).await? else { return Ok(None) };
    let email = EmailAddress::parse(&row.email).map_err(|_| unknown("address", "of one person"))?;
    Ok(Some(Own { email, password_hash: row.password }))
}

/// Keeps that the person reads mail at their address.
///
/// # Errors
/// When the database does not answer.
pub async fn save_confirmed(tx: &Tx, person: PersonId, now: DateTime<Utc>) -> Result<()> {
    let row = sign_in::ActiveModel {
        person_id: Set(person.as_uuid()),
        confirmed_at: Set(Some(now.timestamp_millis())),
        ..Default::default()
    };
    row.update(&tx.0).await?;
    Ok(())
}

/// Keeps another hash of the same password in the place of an old one, and says whether that was still there.
///
/// # Errors
/// When the database does not answer.
pub async fn renew_hash(tx: &Tx, person: PersonId, (old, new): (&str, &str)) -> Result<bool> {
    let renewed = sign_in::Entity::update_many()
        .col_expr(sign_in::Column::Password, Expr::value(new))
        .filter(sign_in::Column::PersonId.eq(person.as_uuid()))
        .filter(sign_in::Column::Password.eq(old))
        .exec(&tx.0)
        .await?;
    Ok(renewed.rows_affected > 0)
}

/// Keeps a new password's hash.
///
/// # Errors
/// When the database does not answer.
pub async fn save_password(tx: &Tx, person: PersonId, hash: String) -> Result<()> {
    let row =
        sign_in::ActiveModel { person_id: Set(person.as_uuid()), password: Set(hash), ..Default::default() };
    row.update(&tx.0).await?;
    Ok(())
}

/// Keeps a link that is about to be sent.
///
/// # Errors
/// When the database does not answer.
pub async fn save_link(
    tx: &Tx,
    person: PersonId,
    (purpose, next): (LinkPurpose, Option<&str>),
    hash: TokenHash,
    now: DateTime<Utc>,
) -> Result<()> {
    let row = link::ActiveModel {
        id: Set(Uuid::now_v7()),
        hash: Set(hash.as_bytes().to_vec()),
        person_id: Set(person.as_uuid()),
        purpose: Set(purpose.as_str().to_owned()),
        made_at: Set(now.timestamp_millis()),
        next: Set(next.map(ToOwned::to_owned)),
        ..Default::default()
    };
    row.insert(&tx.0).await?;
    Ok(())
}

/// Keeps a link that is about to be sent to the address that somebody wants to change to.
///
/// # Errors
/// When the database does not answer.
pub async fn save_address_link(
    tx: &Tx,
    person: PersonId,
    to: &EmailAddress,
    hash: TokenHash,
    now: DateTime<Utc>,
) -> Result<()> {
    let row = link::ActiveModel {
        id: Set(Uuid::now_v7()),
        hash: Set(hash.as_bytes().to_vec()),
        person_id: Set(person.as_uuid()),
        purpose: Set(LinkPurpose::ChangeAddress.as_str().to_owned()),
        email: Set(Some(to.as_str().to_owned())),
        made_at: Set(now.timestamp_millis()),
        ..Default::default()
    };
    row.insert(&tx.0).await?;
    Ok(())
}

/// Keeps the address that somebody signs in with from now on.
///
/// # Errors
/// When the database does not answer. That the address is taken is asked for before, in the same transaction.
pub async fn save_email(tx: &Tx, person: PersonId, email: &EmailAddress) -> Result<()> {
    let email = Set(email.as_str().to_owned());
    let row = sign_in::ActiveModel { person_id: Set(person.as_uuid()), email, ..Default::default() };
    row.update(&tx.0).await?;
    Ok(())
}

/// The link whose secret has this hash.
///
/// # Errors
/// When the database does not answer.
pub async fn link(db: &Db, hash: TokenHash) -> Result<Option<SentLink>> {
    sent(link_of(hash).one(&db.read).await?)
}

/// The same inside the transaction that uses it.
///
/// # Errors
/// When the database does not answer.
pub async fn link_now(tx: &Tx, hash: TokenHash) -> Result<Option<SentLink>> {
    // Two taps on one link take turns; on SQLite every writer is alone anyway.
    sent(link_of(hash).lock_exclusive().one(&tx.0).await?)
}

fn link_of(hash: TokenHash) -> Select<link::Entity> {
    link::Entity::find().filter(link::Column::Hash.eq(hash.as_bytes().to_vec()))
}

fn sent(row: Option<link::Model>) -> Result<Option<SentLink>> {
    let Some(row) = row else { return Ok(None) };
    let purpose = LinkPurpose::parse(&row.purpose).ok_or_else(|| unknown("link purpose", &row.purpose))?;
    let link = Link {
        id: LinkId::from_uuid(row.id),
        purpose,
        made_at: instant(row.made_at),
        used_at: row.used_at.map(instant),
    };
    let email = row.email.map(|it| EmailAddress::parse(&it).map_err(|_| unknown("address", "of a link")));
    let person = PersonId::from_uuid(row.person_id);
    Ok(Some(SentLink { link, person, email: email.transpose()?, next: row.next }))
}

/// Keeps that a link has been used.
///
/// # Errors
/// When the database does not answer.
pub async fn save_followed(tx: &Tx, followed: &FollowedLink) -> Result<()> {
    let row = link::ActiveModel {
        id: Set(followed.id().as_uuid()),
        used_at: Set(Some(followed.at().timestamp_millis())),
        // It has led on: where somebody was going is nobody's business any more.
        next: Set(None),
        ..Default::default()
    };
    row.update(&tx.0).await?;
    Ok(())
}

/// Keeps that none of a person's links for a purpose works any more.
///
/// # Errors
/// When the database does not answer.
pub async fn spend_links(tx: &Tx, person: PersonId, purpose: LinkPurpose, now: DateTime<Utc>) -> Result<()> {
    link::Entity::update_many()
        .col_expr(link::Column::UsedAt, Expr::value(now.timestamp_millis()))
        .filter(link::Column::PersonId.eq(person.as_uuid()))
        .filter(link::Column::Purpose.eq(purpose.as_str()))
        .filter(link::Column::UsedAt.is_null())
        .exec(&tx.0)
        .await?;
    Ok(())
}

/// How often signing in has failed lately for a key, which is a keyed hash of an account or a network address.
///
/// # Errors
/// When the database does not answer.
pub async fn throttle(tx: &Tx, kind: ThrottleKind, key: &[u8; 32], now: DateTime<Utc>) -> Result<Throttle> {
    // A row to lock first, so that tries at the same time are counted one after the other.
    let row = throttle::ActiveModel {
        kind: Set(kind.as_str().to_owned()),
        key: Set(key.to_vec()),
        failures: Set(0),
        last_at: Set(now.timestamp_millis()),
    };
    throttle::Entity::insert(row).on_conflict_do_nothing().exec_without_returning(&tx.0).await?;
    let found = throttle::Entity::find_by_id((kind.as_str().to_owned(), key.to_vec()));
    let row = found.lock_exclusive().one(&tx.0).await?;
    Ok(row.map_or_else(Throttle::default, |it| Throttle {
        failures: u32::try_from(it.failures).unwrap_or(u32::MAX),
        last_at: Some(instant(it.last_at)),
    }))
}

/// Keeps how often signing in has failed for a key.
///
/// # Errors
/// When the database does not answer.
pub async fn save_throttle(tx: &Tx, kind: ThrottleKind, key: &[u8; 32], throttle: Throttle) -> Result<()> {
    let key = key.to_vec();
    let Some(last_at) = throttle.last_at else {
        throttle::Entity::delete_by_id((kind.as_str().to_owned(), key)).exec(&tx.0).await?;
        return Ok(());
    };
    let row = throttle::ActiveModel {
        kind: Set(kind.as_str().to_owned()),
        key: Set(key),
        failures: Set(throttle.failures.into()),
        last_at: Set(last_at.timestamp_millis()),
    };
    let kept = OnConflict::columns([throttle::Column::Kind, throttle::Column::Key])
        .update_columns([throttle::Column::Failures, throttle::Column::LastAt])
        .to_owned();
    throttle::Entity::insert(row).on_conflict(kept).exec_without_returning(&tx.0).await?;
    Ok(())
}
