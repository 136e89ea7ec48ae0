//! E-mail addresses: where a person can be reached, and the name under which they sign in.

use serde::{Deserialize, Serialize};

#[cfg(test)]
mod tests;

/// An e-mail address that mail can be sent to as it stands.
///
/// It is kept in lower case, so that whoever registered as `Jo@` can sign in as `jo@`, and nobody gets a
/// second account by a capital. RFC 5321 section 2.4 would let a host tell the two apart; in practice none
/// does. Only ASCII is taken: most mail servers cannot deliver anything else, and letters that merely look
/// like others, or turn into them in lower case (the Kelvin sign into a k), would let one person ask for
/// another's new password.
///
/// It does not show itself in `Debug` and has no `Display`.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EmailAddress(String);

/// Why a text is no [`EmailAddress`]. The sentence says how to put it right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAnEmail {
    /// Nothing was typed.
    #[error("Write the e-mail address, such as name@demo.example.")]
    Missing,
    /// No mail server takes one that long.
    #[error("Write an e-mail address of at most {} characters.", EmailAddress::LONGEST)]
    TooLong,
    /// No @ or several.
    #[error("Write an e-mail address with one @ in it, such as name@demo.example.")]
    NotOneAt,
    /// A space, a bracket, a quotation mark, or a letter with an accent.
    #[error("Leave out spaces, brackets, quotation marks and letters with accents from the e-mail address.")]
    Unusual,
    /// Nothing before the @, or dots in odd places there.
    #[error("Check the part before the @ of the e-mail address.")]
    Local,
    /// What follows the @ is no name of a place on the internet.
    #[error("Check the part after the @ of the e-mail address: it should look like demo.example.")]
    Domain,
}

impl EmailAddress {
    /// The longest address, in bytes. RFC 5321 section 4.5.3.1.3 allows a path of 256, two of them its
    /// brackets.
    pub const LONGEST: usize = 254;
    /// The longest part before the @, in bytes: RFC 5321 section 4.5.3.1.1.
    const LONGEST_LOCAL: usize = 64;
    /// The longest part between two dots of the domain, in bytes: RFC 1035 section 2.3.4.
    const LONGEST_LABEL: usize = 63;

    /// Reads an address as it was typed.
    ///
    /// # Errors
    /// [`NotAnEmail`] for whatever could not be delivered to, or only by quoting it.
    pub fn parse(typed: &str) -> Result<Self, NotAnEmail> {
        let text = typed.trim();
        if text.is_empty() {
            return Err(NotAnEmail::Missing);
        }
        if text.len() > Self::LONGEST {
            return Err(NotAnEmail::TooLong);
        }
        if !text.bytes().all(is_usual) {
            return Err(NotAnEmail::Unusual);
        }
        let Some((local, domain)) = text.split_once('@').filter(|(_, domain)| !domain.contains('@')) else {
            return Err(NotAnEmail::NotOneAt);
        };
        if local.len() > Self::LONGEST_LOCAL || local.split('.').any(str::is_empty) {
            return Err(NotAnEmail::Local);
        }
        if !is_domain(domain) {
            return Err(NotAnEmail::Domain);
        }
        Ok(Self(text.to_ascii_lowercase()))
    }

    /// The address, for the envelope and for the person's own page.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for EmailAddress {
    type Error = NotAnEmail;

    fn try_from(text: String) -> Result<Self, NotAnEmail> {
        Self::parse(&text)
    }
}

impl From<EmailAddress> for String {
    fn from(address: EmailAddress) -> Self {
        address.0
    }
}

impl core::fmt::Debug for EmailAddress {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("EmailAddress(…)")
    }
}

/// May stand in an address without quotation marks: RFC 5322 section 3.2.3, `atext`, and the dot and the @.
fn is_usual(it: u8) -> bool {
    it.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~.@".contains(&it)
}

/// A name with a dot in it, such as `demo.example`: no bare host, no number.
fn is_domain(text: &str) -> bool {
    let is_label = |it: &str| {
        (1..=EmailAddress::LONGEST_LABEL).contains(&it.len())
            && it.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-')
            && !it.starts_with('-')
            && !it.ends_with('-')
    };
    let is_top = |it: &str| it.bytes().any(|it| it.is_ascii_alphabetic());
    text.split('.').all(is_label) && text.rsplit_once('.').is_some_and(|(_, top)| is_top(top))
}
