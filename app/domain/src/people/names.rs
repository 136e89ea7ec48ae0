//! What people are called: the name and the pronouns they chose, in any script.
//!
//! Neither shows itself in `Debug` and neither has `Display`, so that no name gets into a log by the way.

#[cfg(test)]
mod tests;

/// Why a line of text is not taken as it is. The sentence says how to put it right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LineRefused {
    /// Nothing that could be seen was typed.
    #[error("Write what you would like to be called.")]
    Missing,
    /// More than `longest` characters.
    #[error("Make this shorter: at most {longest} characters.")]
    TooLong {
        /// The most there may be, in characters (Unicode scalar values).
        longest: usize,
    },
    /// A line break, a NUL or a mark that turns the reading direction of what stands around it.
    #[error("Leave out line breaks and hidden characters. If you pasted this, type it by hand.")]
    Hidden,
}

/// What somebody wants to be called: 1 to 60 characters, trimmed, any script, emoji too.
#[derive(Clone, PartialEq, Eq)]
pub struct KnownAs(String);

impl KnownAs {
    /// The longest it may be, in characters. Our choice: it fits a line on a phone, and the longest names
    /// that people gave in full.
    pub const LONGEST: usize = 60;

    /// Reads a name as it was typed.
    ///
    /// # Errors
    /// [`LineRefused`] if nothing of it shows, it is too long, or it holds hidden characters.
    pub fn parse(typed: &str) -> Result<Self, LineRefused> {
        let name = line(typed, Self::LONGEST)?;
        if name.chars().all(shows_nothing) { Err(LineRefused::Missing) } else { Ok(Self(name.into())) }
    }

    /// The name, for the page.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl core::fmt::Debug for KnownAs {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("KnownAs(…)")
    }
}

/// How somebody wants to be spoken of, in their own words: up to 30 characters, empty if they did not say.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Pronouns(String);

impl Pronouns {
    /// The longest they may be, in characters. Our choice: room for "they/them or she/her" in most languages.
    pub const LONGEST: usize = 30;

    /// Reads pronouns as they were typed.
    ///
    /// # Errors
    /// [`LineRefused`] if they are too long or hold hidden characters; never for saying nothing.
    pub fn parse(typed: &str) -> Result<Self, LineRefused> {
        line(typed, Self::LONGEST).map(|it| Self(it.into()))
    }

    /// The pronouns, for the page; empty if the person did not say.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl core::fmt::Debug for Pronouns {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Pronouns(…)")
    }
}

/// One line of text, trimmed.
pub(crate) fn line(typed: &str, longest: usize) -> Result<&str, LineRefused> {
    let text = typed.trim();
    if text.chars().any(is_hidden) {
        return Err(LineRefused::Hidden);
    }
    if text.chars().nth(longest).is_some() {
        return Err(LineRefused::TooLong { longest });
    }
    Ok(text)
}

/// Breaks a line, or turns the reading direction of the page around the name: no script needs these in a
/// name. The joiners that Persian and emoji are made with, and plain direction marks, are not among them.
fn is_hidden(it: char) -> bool {
    it.is_control() || matches!(it, '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// Leaves nothing on the page: a name of such characters alone could not be clicked or read out.
pub(crate) const fn shows_nothing(it: char) -> bool {
    it.is_whitespace()
        || matches!(it,
            '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
            | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}' | '\u{2800}'
            | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FFA0}' | '\u{E0000}'..='\u{E01EF}')
}
