//! Letting somebody in again who has lost their phone and their recovery codes: from the command line only, by
//! whoever holds the machine and has made sure, in person, who asks.

use chrono::{DateTime, Utc};
use domain::sign_in::{EmailAddress, SwitchedOff};
use store::Db;
use store::audit::Event;
use store::second_factor::SWITCHED_OFF;

use crate::letters;

/// Whether there was anything to let go of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LetGo {
    Done,
    /// Nobody signs in with that address.
    Nobody,
    /// They have set up no second step.
    HadNone,
}

/// Forgets somebody's app and recovery codes, signs them out everywhere, and tells them by letter.
///
/// # Errors
/// When the database does not answer.
pub async fn let_go_of_second_factor(
    db: &Db,
    (email, public_url): (&EmailAddress, &str),
    now: DateTime<Utc>,
) -> store::Result<LetGo> {
    let host = store::people::host(db).await?;
    let tx = db.begin().await?;
    let Some(known) = store::sign_in::credentials_now(&tx, email).await? else { return Ok(LetGo::Nobody) };
    if store::second_factor::totp_now(&tx, known.person).await?.is_none() {
        return Ok(LetGo::HadNone);
    }
    store::second_factor::save_switched_off(&tx, known.person, &SwitchedOff::because_it_was_lost()).await?;
    store::sessions::end_all(&tx, known.person, now).await?;
    let letter = letters::second_factor_lost(&host.name, email, public_url);
    store::jobs::enqueue(&tx, &store::jobs::Errand::SendMail(letter), now).await?;
    let event = Event::new(now, SWITCHED_OFF).about(known.person.as_uuid());
    store::audit::append(&tx, event).await?;
    tx.commit().await?;
    Ok(LetGo::Done)
}
