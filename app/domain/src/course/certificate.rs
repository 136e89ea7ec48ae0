//! A certificate: that somebody has finished a course, under the name that they chose to show.
//!
//! It is theirs. They choose the name, change it, and take the certificate back; a code that was taken back is
//! never good again, because somebody may have been told that it is not.

use crate::people::{FieldFault, KnownAs, LineRefused, line, shows_nothing, words};

mod code;
#[cfg(test)]
mod tests;

pub use code::{Code, NotACode};

words! {
    /// Which of somebody's names a certificate shows.
    pub enum NameShown {
        /// What they are called here.
        KnownAs = "known_as",
        /// Their full name, which nothing else here knows.
        FullName = "full_name",
    }
}

/// The longest full name, in characters. Our choice: the longest that passports have room for, and half as much.
pub const LONGEST_NAME: usize = 100;

/// What was typed into the form for a certificate.
#[derive(Clone, Copy)]
pub struct NameForm<'a> {
    /// The field `shows`.
    pub shows: &'a str,
    /// The field `full_name`.
    pub full_name: &'a str,
}

impl core::fmt::Debug for NameForm<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("NameForm(…)")
    }
}

/// The name that a certificate shows. Only [`show`] makes one of what somebody typed.
#[derive(Clone, PartialEq, Eq)]
pub struct ShownName {
    shows: NameShown,
    name: String,
}

impl ShownName {
    /// Which name it is.
    #[must_use]
    pub const fn shows(&self) -> NameShown {
        self.shows
    }

    /// The name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl core::fmt::Debug for ShownName {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("ShownName(…)")
    }
}

/// Takes somebody's choice of name. What they are called here is what they are called now.
///
/// # Errors
/// What has to be put right, by field.
pub fn show(form: NameForm<'_>, known_as: &str) -> Result<ShownName, Vec<FieldFault>> {
    let fault = |field, remedy: String| Err(vec![FieldFault { field, remedy }]);
    match NameShown::parse(form.shows) {
        None => fault("shows", "Choose which name your certificate shows.".into()),
        Some(NameShown::KnownAs) => Ok(ShownName { shows: NameShown::KnownAs, name: known_as.into() }),
        Some(NameShown::FullName) => match line(form.full_name, LONGEST_NAME) {
            Ok(name) if !name.chars().all(shows_nothing) => {
                Ok(ShownName { shows: NameShown::FullName, name: name.into() })
            }
            Ok(_) | Err(LineRefused::Missing) => {
                fault("full_name", "Write your full name, or choose the name you are called here.".into())
            }
            Err(refused) => fault("full_name", refused.to_string()),
        },
    }
}

/// A certificate as it is kept, while it is good.
#[derive(Clone, PartialEq, Eq)]
pub struct Current {
    /// What it is found by.
    pub code: Code,
    /// Which name it shows.
    pub shows: NameShown,
    /// The name, as it was signed.
    pub name: String,
}

impl core::fmt::Debug for Current {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Current(…)")
    }
}

/// A certificate that is to be signed and kept. Only [`certify`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certified {
    code: Code,
    name: ShownName,
    is_new: bool,
}

impl Certified {
    /// What it is found by.
    #[must_use]
    pub const fn code(&self) -> Code {
        self.code
    }

    /// The name that it shows.
    #[must_use]
    pub const fn name(&self) -> &ShownName {
        &self.name
    }

    /// Whether there was none before; else the one that there is shows another name from now on.
    #[must_use]
    pub const fn is_new(&self) -> bool {
        self.is_new
    }
}

/// Why there is no certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Your certificate waits for you at the end of the course.")]
pub struct NotFinished;

/// Makes a certificate for whoever has finished a course, or lets the one that they have show another name. Asking
/// twice for the same makes nothing: the one there is stands. `code` is a new one, made by chance.
///
/// # Errors
/// [`NotFinished`].
pub fn certify(
    has_finished: bool,
    current: Option<&Current>,
    name: ShownName,
    code: Code,
) -> Result<Option<Certified>, NotFinished> {
    match current {
        _ if !has_finished => Err(NotFinished),
        Some(it) if it.shows == name.shows && it.name == name.name => Ok(None),
        Some(it) => Ok(Some(Certified { code: it.code, name, is_new: false })),
        None => Ok(Some(Certified { code, name, is_new: true })),
    }
}

/// The ways in which a name can be written where not every letter can, the best first: as it is, without pictures,
/// and spelled in Latin letters.
pub fn ways_to_write(name: &str) -> impl Iterator<Item = String> {
    let in_order = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let words = in_order(&name.chars().filter(|it| !is_picture(*it)).collect::<String>());
    let latin = in_order(&deunicode::deunicode_with_tofu(&words, ""));
    [name.to_owned(), words, latin].into_iter().filter(|it| !it.is_empty())
}

/// Arrows, signs and emoji with what changes how they look, and characters that mean nothing to anybody else.
const fn is_picture(it: char) -> bool {
    matches!(it,
        '\u{20E3}' | '\u{2190}'..='\u{2BFF}' | '\u{E000}'..='\u{F8FF}' | '\u{FE0E}' | '\u{FE0F}'
        | '\u{1F000}'..='\u{1FAFF}' | '\u{E0000}'..='\u{10FFFF}')
}

/// What a certificate shows somebody to be called whom nobody calls by a name that can be written.
pub const NO_NAME: &str = "A learner";

/// Whether what somebody is called now differs from what their certificate shows.
#[must_use]
pub fn is_called_otherwise(current: &Current, known_as: &KnownAs) -> bool {
    current.shows == NameShown::KnownAs && current.name != known_as.as_str()
}
