//! What somebody writes for themself after a lesson. It is its author's alone: no rule here gives it to anybody else.

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

/// Why something is not kept. The sentence says how to put it right.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotKept {
    /// Something newer was kept since the page was opened, as from another tab.
    #[error(
        "Something newer was kept meanwhile, from another tab or device. Look at both, then keep what you want."
    )]
    Newer,
    /// It is longer than [`LONGEST`].
    #[error("Make this shorter: it has {length} characters, and at most {LONGEST} fit.")]
    TooLong {
        /// How many characters it has.
        length: usize,
    },
    /// It holds characters that nobody types.
    #[error("Leave out hidden characters. If you pasted this, type it by hand.")]
    Hidden,
}

/// Takes what was typed on a page that showed the `seen` revision (0 where there was none). What is newer than what
/// its author saw is never overwritten unseen.
///
/// # Errors
/// [`NotKept`].
pub fn keep(current: Option<&Reflection>, typed: &str, seen: i64) -> Result<Kept, NotKept> {
    let text = typed.replace("\r\n", "\n");
    let text = text.trim();
    if text.chars().any(|it| it.is_control() && it != '\n' && it != '\t') {
        return Err(NotKept::Hidden);
    }
    let length = text.chars().count();
    if length > LONGEST {
        return Err(NotKept::TooLong { length });
    }
    let revision = current.map_or(0, |it| it.revision);
    if revision != seen && current.is_none_or(|it| it.text != text) {
        return Err(NotKept::Newer);
    }
    Ok(Kept { text: text.into(), revision: revision + 1 })
}
