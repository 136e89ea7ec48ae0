//! Telling those on the list of a round: once each, in small steps, however often it is tried.

use domain::training::RoundId;
use store::training::rounds;

use super::leave::leave_path;
use crate::letters;
use crate::site::Site;

/// So many letters in one transaction.
const AT_ONCE: u64 = 100;

/// Puts a letter into the post for everybody who asked to be told of such a round and has not been.
///
/// # Errors
/// When the database does not answer.
pub async fn tell_of_round(site: &Site, id: RoundId) -> store::Result<()> {
    let Some(round) = rounds::round(site.db(), id).await? else { return Ok(()) };
    let found = store::organisations::organisation(site.db(), round.organisation).await?;
    let name = found.map(|it| it.name).unwrap_or_default();
    let now = site.clock().now();
    let mut after = None;
    loop {
        let tx = site.db().begin().await?;
        let told = rounds::tell(&tx, &round, after, AT_ONCE).await?;
        for (interest, email) in told.now {
            let leave = leave_path(site, interest);
            let letter = letters::round_opened(site, &email, (&name, &round), &leave);
            store::jobs::enqueue(&tx, &store::jobs::Errand::SendMail(letter), now).await?;
        }
        tx.commit().await?;
        match told.after {
            Some(last) => after = Some(last),
            None => return Ok(()),
        }
    }
}
