//! What somebody who holds the machine may do for the people who run the site.

use anyhow::{Context, Result, bail};
use app::{FirstInvitation, LetGo, invite_first, let_go_of_second_factor};
use chrono::{DateTime, Utc};
use domain::people::Which;
use domain::sign_in::EmailAddress;
use store::Db;

use crate::mail::OUTBOX;
use crate::settings::Settings;

/// Invites an administrator, and gives back what to tell the person at the terminal. The link is told only
/// where no mail server is named: else it belongs to whoever reads that mail, and not to a terminal's scrollback.
///
/// # Errors
/// With one sentence that says what to do.
pub async fn invite(
    db: &Db,
    settings: &Settings,
    (email, which): (&str, Which),
    now: DateTime<Utc>,
) -> Result<String> {
    let email = EmailAddress::parse(email)?;
    let first = FirstInvitation { email, which, public_url: &settings.public_url };
    let invited = invite_first(db, first, now).await.context("The invitation could not be kept.")?;
    let link = invited?;
    let sent = match settings.smtp {
        Some(_) => "The invitation is on its way, as soon as a node is serving.".to_owned(),
        None => format!(
            "No mail server is named, so the letter goes to {}. The link in it, which works once and for 14 \
             days:\n{link}",
            settings.data.join(OUTBOX).display()
        ),
    };
    Ok(sent)
}

/// Lets somebody in again who has lost their phone and their recovery codes, and gives back what to tell the person
/// at the terminal.
///
/// # Errors
/// With one sentence that says what to do.
pub async fn lost_phone(db: &Db, settings: &Settings, email: &str, now: DateTime<Utc>) -> Result<String> {
    let email = EmailAddress::parse(email)?;
    let done = let_go_of_second_factor(db, (&email, &settings.public_url), now)
        .await
        .context("Nothing was changed.")?;
    match done {
        LetGo::Done => Ok(
            "Their second step is off, they are signed out everywhere, and a letter tells them. Where their \
             organisation asks for a second step, they set up a new one when they next sign in."
                .to_owned(),
        ),
        LetGo::Nobody => bail!("Nobody signs in with this address: check it letter by letter."),
        LetGo::HadNone => bail!("They have set up no second step: a new password is all they need."),
    }
}
