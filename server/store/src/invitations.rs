//! Invitations as they are kept, with what somebody is invited to be.

use chrono::{DateTime, NaiveDate, Utc};
use domain::people::{
    Accepted, EngagementKind, Invitation, InvitationId, NewInvitation, Offer, OrganisationId, PersonId,
};
use domain::sign_in::{EmailAddress, TokenHash};
use domain::training::start::Sorted;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, Select, Set,
};
use uuid::Uuid;

use crate::audit::Action;
use crate::entities::{invitation, invitation_engagement};
use crate::people::{read_basis, unknown};
use crate::training::starts;
use crate::{Db, Result, Tx, instant};

/// Somebody was invited to an organisation. Who they are is not known before they accept.
pub const INVITED: Action = Action::named("invited");
/// An invitation was taken back.
pub const WITHDRAWN: Action = Action::named("invitation_withdrawn");
/// Somebody accepted one.
pub const ACCEPTED: Action = Action::named("invitation_accepted");

/// Keeps an invitation whose letter is about to be sent.
///
/// # Errors
/// When the database does not answer. That the address has no other open invitation from this organisation
/// is asked for before, in the same transaction and behind [`crate::organisations::lock`].
pub async fn save(
    tx: &Tx,
    id: InvitationId,
    new: &NewInvitation,
    token: TokenHash,
    now: DateTime<Utc>,
) -> Result<()> {
    let row = invitation::ActiveModel {
        id: Set(id.as_uuid()),
        organisation_id: Set(new.organisation().as_uuid()),
        email: Set(new.email().as_str().to_owned()),
        hash: Set(token.as_bytes().to_vec()),
        made_by: Set(new.by().map(PersonId::as_uuid)),
        made_at: Set(now.timestamp_millis()),
        ..Default::default()
    };
    row.insert(&tx.0).await?;
    let offers = new.offers().iter().map(|it| invitation_engagement::ActiveModel {
        invitation_id: Set(id.as_uuid()),
        kind: Set(it.kind.as_str().to_owned()),
        basis: Set(it.basis.map(|it| it.as_str().to_owned())),
        from_on: Set(it.from),
    });
    invitation_engagement::Entity::insert_many(offers).exec(&tx.0).await?;
    Ok(())
}

/// The invitation whose secret has this hash.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn by_token(db: &Db, hash: TokenHash) -> Result<Option<Invitation>> {
    whole(&db.read, of_token(hash).one(&db.read).await?).await
}

/// The same inside the transaction that accepts it.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn by_token_now(tx: &Tx, hash: TokenHash) -> Result<Option<Invitation>> {
    // Two taps on one button take turns; on SQLite every writer is alone anyway.
    whole(&tx.0, of_token(hash).lock_exclusive().one(&tx.0).await?).await
}

fn of_token(hash: TokenHash) -> Select<invitation::Entity> {
    invitation::Entity::find().filter(invitation::Column::Hash.eq(hash.as_bytes().to_vec()))
}

/// Whose invitation goes by this name, if there is one.
///
/// # Errors
/// When the database does not answer.
pub async fn organisation_of(tx: &Tx, id: InvitationId) -> Result<Option<OrganisationId>> {
    let row = invitation::Entity::find_by_id(id.as_uuid()).one(&tx.0).await?;
    Ok(row.map(|it| OrganisationId::from_uuid(it.organisation_id)))
}

/// The invitation of an organisation to an address that was neither accepted nor withdrawn.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn waiting(
    tx: &Tx,
    organisation: OrganisationId,
    email: &EmailAddress,
) -> Result<Option<Invitation>> {
    let found = unanswered(organisation).filter(invitation::Column::Email.eq(email.as_str()));
    whole(&tx.0, found.one(&tx.0).await?).await
}

/// The newest invitations of an organisation that were neither accepted nor withdrawn.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn waiting_in(db: &Db, organisation: OrganisationId, limit: u64) -> Result<Vec<Invitation>> {
    let rows = unanswered(organisation)
        .order_by_desc(invitation::Column::MadeAt)
        .order_by_desc(invitation::Column::Id)
        .limit(limit)
        .all(&db.read)
        .await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids = rows.iter().map(|it| it.id).collect::<Vec<_>>();
    let offers = offers_of(&db.read, &ids).await?;
    rows.into_iter().map(|row| with_offers(row, &offers)).collect()
}

fn unanswered(organisation: OrganisationId) -> Select<invitation::Entity> {
    invitation::Entity::find()
        .filter(invitation::Column::OrganisationId.eq(organisation.as_uuid()))
        .filter(invitation::Column::AcceptedAt.is_null())
        .filter(invitation::Column::WithdrawnAt.is_null())
}

/// Takes back an invitation of an organisation, and says whether there was one to take back.
///
/// # Errors
/// When the database does not answer.
pub async fn withdraw(
    tx: &Tx,
    organisation: OrganisationId,
    id: InvitationId,
    now: DateTime<Utc>,
) -> Result<bool> {
    let withdrawn = invitation::Entity::update_many()
        .col_expr(invitation::Column::WithdrawnAt, Expr::value(now.timestamp_millis()))
        .filter(invitation::Column::Id.eq(id.as_uuid()))
        .filter(invitation::Column::OrganisationId.eq(organisation.as_uuid()))
        .filter(invitation::Column::AcceptedAt.is_null())
        .filter(invitation::Column::WithdrawnAt.is_null())
        .exec(&tx.0)
        .await?;
    Ok(withdrawn.rows_affected > 0)
}

/// Forgets the invitations that were made before an instant, whatever became of them, and says how many there were.
///
/// # Errors
/// When the database does not answer.
pub async fn forget(tx: &Tx, before: DateTime<Utc>) -> Result<u64> {
    let old = invitation::Column::MadeAt.lt(before.timestamp_millis());
    let ids = invitation::Entity::find().select_only().column(invitation::Column::Id).filter(old.clone());
    invitation_engagement::Entity::delete_many()
        .filter(invitation_engagement::Column::InvitationId.in_subquery(ids.into_query()))
        .exec(&tx.0)
        .await?;
    Ok(invitation::Entity::delete_many().filter(old).exec(&tx.0).await?.rows_affected)
}

/// Keeps that somebody has accepted, what they are from now on, and what waits.
///
/// # Errors
/// When the database does not answer.
pub async fn save_accepted(tx: &Tx, accepted: &Accepted, sorted: &Sorted, today: NaiveDate) -> Result<()> {
    let row = invitation::ActiveModel {
        id: Set(accepted.invitation().as_uuid()),
        accepted_at: Set(Some(accepted.at().timestamp_millis())),
        accepted_by: Set(Some(accepted.person().as_uuid())),
        ..Default::default()
    };
    row.update(&tx.0).await?;
    starts::save(tx, (accepted.person(), accepted.organisation()), sorted, today).await
}

async fn whole(db: &impl ConnectionTrait, row: Option<invitation::Model>) -> Result<Option<Invitation>> {
    let Some(row) = row else { return Ok(None) };
    let offers = offers_of(db, &[row.id]).await?;
    with_offers(row, &offers).map(Some)
}

async fn offers_of(db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<invitation_engagement::Model>> {
    let found = invitation_engagement::Entity::find()
        .filter(invitation_engagement::Column::InvitationId.is_in(ids.iter().copied()));
    Ok(found.all(db).await?)
}

fn with_offers(row: invitation::Model, offers: &[invitation_engagement::Model]) -> Result<Invitation> {
    let own = offers.iter().filter(|it| it.invitation_id == row.id);
    let mut offers = own.map(offer).collect::<Result<Vec<_>>>()?;
    offers.sort_by_key(|it| it.kind);
    let accepted = row.accepted_at.zip(row.accepted_by);
    Ok(Invitation {
        id: InvitationId::from_uuid(row.id),
        organisation: OrganisationId::from_uuid(row.organisation_id),
        email: EmailAddress::parse(&row.email).map_err(|_| unknown("address", "of an invitation"))?,
        offers,
        made_at: instant(row.made_at),
        withdrawn_at: row.withdrawn_at.map(instant),
        accepted: accepted.map(|(at, by)| (instant(at), PersonId::from_uuid(by))),
    })
}

fn offer(row: &invitation_engagement::Model) -> Result<Offer> {
    Ok(Offer {
        kind: EngagementKind::parse(&row.kind).ok_or_else(|| unknown("engagement kind", &row.kind))?,
        basis: read_basis(row.basis.as_deref())?,
        from: row.from_on,
    })
}
