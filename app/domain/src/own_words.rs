//! What somebody writes in their own words and may change from several tabs and devices. What is newer than what
//! they saw is never overwritten unseen.

use crate::people::FieldFault;

#[cfg(test)]
mod tests;

/// Why something is not kept. The sentence says how to put it right.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotKept {
    /// Something newer was kept since the page was opened, as from another tab.
    #[error(
        "Something newer was kept meanwhile, from another tab or device. Look at both, then keep what you want."
    )]
    Newer,
    /// It is longer than what fits.
    #[error("Make this shorter: it has {length} characters, and at most {longest} fit.")]
    TooLong {
        /// How many characters it has.
        length: usize,
        /// How many fit.
        longest: usize,
    },
    /// It holds characters that nobody types.
    #[error("Leave out hidden characters. If you pasted this, type it by hand.")]
    Hidden,
}

/// Why something that was typed is not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotTaken {
    /// Something newer was kept since the page was opened.
    Newer,
    /// Everything that has to be put right.
    Faults(Vec<FieldFault>),
}

impl From<NotKept> for NotTaken {
    /// What is wrong with a field has been told by then.
    fn from(_: NotKept) -> Self {
        Self::Newer
    }
}

/// Takes what was typed over one or several lines, without the empty space around it.
///
/// # Errors
/// [`NotKept::TooLong`] and [`NotKept::Hidden`].
pub fn own_words(typed: &str, longest: usize) -> Result<String, NotKept> {
    let text = typed.replace("\r\n", "\n");
    let text = text.trim();
    if text.chars().any(|it| it.is_control() && it != '\n' && it != '\t') {
        return Err(NotKept::Hidden);
    }
    let length = text.chars().count();
    if length > longest {
        return Err(NotKept::TooLong { length, longest });
    }
    Ok(text.into())
}

/// The number of what is kept next, after what is `current` (0 where there is nothing). The page showed what had the
/// number `seen`; what is typed a second time is the same as before and may stand.
///
/// # Errors
/// [`NotKept::Newer`].
pub const fn next_revision(current: i64, seen: i64, is_the_same: bool) -> Result<i64, NotKept> {
    if current == seen || is_the_same { Ok(current.saturating_add(1)) } else { Err(NotKept::Newer) }
}

/// Something as it is kept.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Revised<T> {
    /// What was kept last.
    pub value: T,
    /// Counts how often it has been kept, from one.
    pub revision: i64,
}

/// What is kept next. Only a rule makes one, with [`revise`].
#[derive(Clone, PartialEq, Eq)]
pub struct Next<T> {
    value: T,
    revision: i64,
}

/// Puts something in the place of what is kept, unless that is newer than what was `seen`.
pub(crate) fn revise<T: PartialEq>(
    current: Option<&Revised<T>>,
    value: T,
    seen: i64,
) -> Result<Next<T>, NotKept> {
    let is_the_same = current.is_some_and(|it| it.value == value);
    let revision = next_revision(current.map_or(0, |it| it.revision), seen, is_the_same)?;
    Ok(Next { value, revision })
}

impl<T> Next<T> {
    /// What is kept.
    pub const fn value(&self) -> &T {
        &self.value
    }

    /// Its number from now on.
    #[must_use]
    pub const fn revision(&self) -> i64 {
        self.revision
    }
}

/// What people write gets into no log.
impl<T> core::fmt::Debug for Revised<T> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Revised({}, …)", self.revision)
    }
}

impl<T> core::fmt::Debug for Next<T> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Next({}, …)", self.revision)
    }
}
