//! The address of a mail server, with the password in it.

use std::fmt;

use lettre::transport::smtp::{self, AsyncSmtpTransportBuilder};
use lettre::{AsyncSmtpTransport, Tokio1Executor};

/// Where letters are handed over: `smtps://…` (TLS from the first byte), `smtp://…?tls=required` (STARTTLS or
/// nothing), `smtp://…?tls=opportunistic` (STARTTLS when offered) or `smtp://…` (in the clear).
///
/// Letters carry links that sign somebody in, so the clear is for this machine only, and a password is never
/// sent where somebody in between could talk the two ends out of TLS.
#[derive(Clone, PartialEq, Eq)]
pub struct SmtpUrl(String);

impl SmtpUrl {
    /// Reads the address.
    ///
    /// # Errors
    /// A sentence that says what to write, without repeating what was written.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let url = Self(text.to_owned());
        if !text.starts_with("smtp://") && !text.starts_with("smtps://") || url.transport().is_err() {
            return Err(
                "write smtps://<user>:<password>@<host>:<port>, or smtp:// with ?tls=required at its end.",
            );
        }
        match url.host() {
            _ if text.starts_with("smtps://") || text.ends_with("?tls=required") => Ok(url),
            "localhost" | "127.0.0.1" | "[::1]" => Ok(url),
            _ if !text.ends_with("?tls=opportunistic") => Err(
                "mail would leave this machine in the clear: use smtps://, or put ?tls=required at its end.",
            ),
            _ if text.contains('@') => Err("a password wants TLS for certain: put ?tls=required at its end."),
            _ => Ok(url),
        }
    }

    pub(super) fn transport(&self) -> Result<AsyncSmtpTransportBuilder, smtp::Error> {
        AsyncSmtpTransport::<Tokio1Executor>::from_url(&self.0)
    }

    /// The host, without user, password and port.
    fn host(&self) -> &str {
        let rest = self.0.split_once("://").map_or("", |it| it.1);
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let host = authority.rsplit_once('@').map_or(authority, |it| it.1);
        match host.rsplit_once(':') {
            Some((host, port)) if port.bytes().all(|it| it.is_ascii_digit()) => host,
            _ => host,
        }
    }
}

impl fmt::Debug for SmtpUrl {
    /// Without the password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SmtpUrl({})", self.host())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mail_leaves_this_machine_only_by_tls() {
        let good = [
            "smtps://us:secret@mail.example",
            "smtps://us:secret@mail.example:1465",
            "smtp://us:secret@mail.example:587?tls=required",
            "smtp://relay.internal?tls=opportunistic",
            "smtp://127.0.0.1:2525",
            "smtp://localhost",
            "smtp://[::1]:25",
        ];
        for text in good {
            assert!(SmtpUrl::parse(text).is_ok(), "{text}: {:?}", SmtpUrl::parse(text));
        }
        let wrong = [
            "",
            "http://mail.example",
            "mail.example:25",
            "smtp://",
            "smtp://mail.example",
            "smtp://us:secret@mail.example:587",
            "smtp://us:secret@mail.example?tls=opportunistic",
            "smtp://mail.example?tls=never",
            "smtp://127.0.0.1@mail.example",
            "smtp://mail.example#@127.0.0.1",
        ];
        for text in wrong {
            let sentence = SmtpUrl::parse(text).unwrap_err();
            assert!(!sentence.contains("secret"), "{text}");
        }
    }

    #[test]
    fn the_password_is_not_printed() {
        let url = SmtpUrl::parse("smtps://us:secret@mail.example:465").unwrap();
        assert_eq!(format!("{url:?}"), "SmtpUrl(mail.example)");
    }
}
