//! The very first administrator of an organisation: invited from the command line, or by those who added it.

use chrono::{DateTime, Utc};
use domain::people::{
    AdministratedAlready, InvitationId, NewInvitation, OrganisationId, Which, invite_first as rule,
};
use domain::sign_in::EmailAddress;
use store::audit::Event;
use store::{Db, Tx};

use super::path_of;
use crate::letters;
use crate::sign_in::Token;

/// Who is to be invited, and how.
#[derive(Debug)]
pub struct FirstInvitation<'a> {
    pub email: EmailAddress,
    pub which: Which,
    /// What a browser calls the site, without a slash at the end.
    pub public_url: &'a str,
}

/// Invites an administrator of the organisation that runs the site: posts the letter, and gives back the link
/// that is in it. An open invitation to the same address is withdrawn, because its link may have got lost.
///
/// # Errors
/// When the database does not answer; inside, when there is an administrator and not another was asked for.
pub async fn invite_first(
    db: &Db,
    first: FirstInvitation<'_>,
    now: DateTime<Utc>,
) -> store::Result<Result<String, AdministratedAlready>> {
    let today = now.with_timezone(&chrono_tz::Europe::London).date_naive();
    let host = store::people::host(db).await?;
    let tx = db.begin().await?;
    store::organisations::lock(&tx, host.id).await?;
    let there_are = store::organisations::administrators(&tx, host.id, today).await?;
    let new = match rule(host.id, first.email, (first.which, there_are), today) {
        Ok(new) => new,
        Err(refused) => return Ok(Err(refused)),
    };
    let names = Names { host: &host.name, organisation: &host.name };
    let (id, link) = send(&tx, &new, (names, first.public_url), now).await?;
    let event = Event::new(now, store::invitations::INVITED);
    store::audit::append(&tx, event.to(id.as_uuid()).within(host.id.as_uuid())).await?;
    tx.commit().await?;
    Ok(Ok(link))
}

/// What the letter calls the site, and the organisation that somebody is invited to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Names<'a> {
    pub(crate) host: &'a str,
    pub(crate) organisation: &'a str,
}

/// Keeps the invitation of a first administrator and posts its letter, and gives back the link that is in it.
pub(crate) async fn send(
    tx: &Tx,
    new: &NewInvitation,
    (names, public_url): (Names<'_>, &str),
    now: DateTime<Utc>,
) -> store::Result<(InvitationId, String)> {
    let organisation: OrganisationId = new.organisation();
    if let Some(last) = store::invitations::waiting(tx, organisation, new.email()).await? {
        store::invitations::withdraw(tx, organisation, last.id, now).await?;
    }
    let token = Token::random();
    let id = InvitationId::from_uuid(uuid::Uuid::now_v7());
    store::invitations::save(tx, id, new, token.hash(), now).await?;
    let link = format!("{public_url}{}", path_of(&token));
    let letter = letters::invited(names.host, new.email(), names.organisation, &link);
    store::jobs::enqueue(tx, &store::jobs::Errand::SendMail(letter), now).await?;
    Ok((id, link))
}
