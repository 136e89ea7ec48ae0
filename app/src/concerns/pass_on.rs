//! Passing on a concern that nobody has taken on in time: to the next, or back to whoever raised it.

use domain::concern::{ConcernId, PassedOn, pass_on};
use domain::people::PersonId;
use store::Tx;
use store::concerns::{concern_now, cover_now, save_told, save_unanswered, who_is_there_now};
use store::jobs::Errand;

use super::place;
use crate::clock::day_of;
use crate::happened::Happened;
use crate::letters;
use crate::site::Site;

/// Passes it on, if it is time, and writes to whom it reaches now; all of it in the transaction that ends the errand, so
/// that nobody is told twice and nobody is left out, whoever takes over after a kill.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn pass_on_concern(site: &Site, tx: &Tx, id: ConcernId) -> store::Result<()> {
    let now = site.clock().now();
    let Some(concern) = concern_now(tx, id).await? else { return Ok(()) };
    let way = (concern.organisation, concern.route);
    let Some(cover) = cover_now(tx, way.0, way.1).await? else { return Ok(()) };
    let there = who_is_there_now(tx, way, day_of(now)).await?;
    match pass_on(&concern, &cover, &there, now) {
        Some(PassedOn::Next { to, due_at }) => {
            save_told(tx, &concern, (to, due_at), now).await?;
            write(site, tx, (to, Happened::ConcernRaised), id).await?;
            store::jobs::enqueue_for(tx, &Errand::PassOnConcern(id), due_at, now).await?;
        }
        Some(PassedOn::Nobody) => {
            save_unanswered(tx, id, now).await?;
            write(site, tx, (concern.by, Happened::ConcernUnanswered), id).await?;
            // Once more to whom it had reached and who still may read it.
            for person in cover.reach(&there, concern.by, &concern.about) {
                write(site, tx, (person, Happened::ConcernRaised), id).await?;
            }
        }
        None => {}
    }
    Ok(())
}

/// Also to whoever would rather be rung: nobody else tells them.
async fn write(
    site: &Site,
    tx: &Tx,
    (to, what): (PersonId, Happened),
    concern: ConcernId,
) -> store::Result<()> {
    let Some(own) = store::sign_in::own_now(tx, to).await? else { return Ok(()) };
    let letter = letters::happened(site, &own.email, what.says(), &place(concern));
    store::jobs::enqueue(tx, &Errand::SendMail(letter), site.clock().now()).await.map(drop)
}
