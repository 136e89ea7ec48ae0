//! The very first administrator, invited from the command line.

use chrono::{DateTime, Utc};
use domain::people::{AdministratedAlready, InvitationId, Which, invite_first as rule};
use domain::sign_in::EmailAddress;
use store::Db;

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
    if let Some(last) = store::invitations::waiting(&tx, host.id, new.email()).await? {
        store::invitations::withdraw(&tx, host.id, last.id, now).await?;
    }
    let token = Token::random();
    let id = InvitationId::from_uuid(uuid::Uuid::now_v7());
    store::invitations::save(&tx, id, &new, token.hash(), now).await?;
    let link = format!("{}{}", first.public_url, path_of(&token));
    let letter = letters::invited(&host.name, new.email(), &host.name, &link);
    store::jobs::enqueue(&tx, &store::jobs::Errand::SendMail(letter), now).await?;
    let event = store::audit::Event::new(now, store::invitations::INVITED);
    store::audit::append(&tx, event.to(id.as_uuid()).within(host.id.as_uuid())).await?;
    tx.commit().await?;
    Ok(Ok(link))
}
