//! What somebody who holds the machine may do for the people who run the site.

use anyhow::{Context, Result};
use app::{FirstInvitation, invite_first};
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
