//! What somebody writes for themself after a lesson. It is its author's alone: no rule here gives it to anybody else.

use crate::own_words::{next_revision, own_words};

pub use crate::own_words::NotKept;

#[cfg(test)]
mod tests;

/// The longest reflection, in characters. Our choice: five pages, and nobody is cut off in the middle.
pub const LONGEST: usize = 20_000;

/// A reflection as it is kept.
#[derive(Clone, PartialEq, Eq)]
pub struct Reflection {
    /// The words.
    pub text: String,
    /// Counts how often they have been kept, from one.
    pub revision: i64,
}

impl core::fmt::Debug for Reflection {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Reflection(…)")
    }
}

/// What becomes of a reflection. Only [`keep`] makes one.
#[derive(Clone, PartialEq, Eq)]
pub struct Kept {
    text: String,
    revision: i64,
}

impl core::fmt::Debug for Kept {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Kept(…)")
    }
}

impl Kept {
    /// The words; none when the author took them back.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Its number from now on.
    #[must_use]
    pub const fn revision(&self) -> i64 {
        self.revision
    }
}

/// Takes what was typed on a page that showed the `seen` revision (0 where there was none). What is newer than what
/// its author saw is never overwritten unseen.
///
/// # Errors
/// [`NotKept`].
pub fn keep(current: Option<&Reflection>, typed: &str, seen: i64) -> Result<Kept, NotKept> {
    let text = own_words(typed, LONGEST)?;
    let is_the_same = current.is_some_and(|it| it.text == text);
    let revision = next_revision(current.map_or(0, |it| it.revision), seen, is_the_same)?;
    Ok(Kept { text, revision })
}
