//! Letters on their way out: to a mail server when there is one, else into files of the outbox.
//!
//! A letter may be sent twice when a node dies between sending and saying so. It then is the same message to
//! the last byte, `Date` and `Message-ID` included, which receiving servers take for one. Nothing here repeats
//! what a mail server said: it may quote addresses.

use std::fs;
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use anyhow::{Context, Result};
use chrono::{DateTime, Utc};
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message};
use lettre::transport::smtp;
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use store::jobs::Trouble;
use store::letter::Letter;
use uuid::Uuid;

mod smtp_url;

pub use smtp_url::SmtpUrl;

/// How long a mail server may take for one answer. Well below a job's lease.
const PATIENCE: Duration = Duration::from_secs(20);

/// The folder inside the data folder for letters that no server takes.
pub const OUTBOX: &str = "outbox";

/// Where letters go.
#[derive(Clone, Debug)]
pub struct Mailer {
    from: Mailbox,
    way: Way,
}

#[derive(Clone, Debug)]
enum Way {
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    Outbox(PathBuf),
}

/// What tells a letter from every other, the same each time that it is tried.
#[derive(Clone, Copy, Debug)]
pub struct Postmark {
    pub id: Uuid,
    pub written_at: DateTime<Utc>,
}

impl Mailer {
    /// Sends by SMTP when the settings name a server, else into the outbox.
    ///
    /// # Errors
    /// With one sentence that says what to do.
    pub fn open(settings: &crate::settings::Settings) -> Result<Self> {
        let from = settings.mail_from.clone();
        match &settings.smtp {
            Some(url) => Self::smtp(url, from),
            None => Ok(Self::outbox(settings.data.join(OUTBOX), from)),
        }
    }

    /// Sends to a mail server.
    ///
    /// # Errors
    /// When TLS cannot be set up.
    pub fn smtp(url: &SmtpUrl, from: Mailbox) -> Result<Self> {
        // The error would quote the address, password and all.
        let transport =
            url.transport().ok().context("The mail server of ALONGSIDE_SMTP_URL cannot be used.")?;
        Ok(Self { from, way: Way::Smtp(transport.timeout(Some(PATIENCE)).build()) })
    }

    /// Writes into a folder, which is made when the first letter comes.
    #[must_use]
    pub const fn outbox(folder: PathBuf, from: Mailbox) -> Self {
        Self { from, way: Way::Outbox(folder) }
    }

    /// Sends a letter.
    ///
    /// # Errors
    /// The kind of trouble; the letter may be tried again with the same postmark.
    pub async fn send(&self, letter: &Letter, postmark: Postmark) -> Result<(), Trouble> {
        let message = self.message(letter, postmark)?;
        match &self.way {
            Way::Smtp(transport) => transport.send(message).await.map(drop).map_err(|it| smtp_trouble(&it)),
            Way::Outbox(folder) => {
                let (folder, name) = (folder.clone(), file_name(postmark));
                let write = move || lay_down(&folder, &name, &message.formatted());
                let written = tokio::task::spawn_blocking(write).await;
                written.ok().and_then(Result::ok).ok_or(Trouble::OutboxUnwritable)
            }
        }
    }

    fn message(&self, letter: &Letter, postmark: Postmark) -> Result<Message, Trouble> {
        let unfit = |_| Trouble::MailUnfit;
        let to = letter.to.as_str().parse().map_err(|_| Trouble::MailUnfit)?;
        // Keeps holiday answers and list software from writing back (RFC 3834).
        let automatic = HeaderName::new_from_ascii_str("Auto-Submitted");
        Message::builder()
            .date(SystemTime::from(postmark.written_at))
            .message_id(Some(format!("<{}@{}>", postmark.id, self.from.email.domain())))
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(letter.subject.as_str())
            .raw_header(HeaderValue::new(automatic, "auto-generated".into()))
            .header(ContentType::TEXT_PLAIN)
            .body(letter.text.clone())
            .map_err(unfit)
    }
}

fn smtp_trouble(error: &smtp::Error) -> Trouble {
    match error.status() {
        Some(code) => Trouble::MailRefused(code.into()),
        None if error.is_client() => Trouble::MailUnfit,
        None => Trouble::MailUnreachable,
    }
}

/// Sorts by time, and is the same name when the letter is tried again.
fn file_name(postmark: Postmark) -> String {
    format!("{}-{}.eml", postmark.written_at.format("%Y%m%dT%H%M%S%.3fZ"), postmark.id)
}

/// Writes a file that is either not there or whole, and for this account's eyes only.
fn lay_down(folder: &Path, name: &str, content: &[u8]) -> io::Result<()> {
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    let unfinished = folder.join(format!(".{name}"));
    let mut file =
        fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&unfinished)?;
    file.write_all(content)?;
    file.sync_all()?;
    fs::rename(unfinished, folder.join(name))
}
