//! Writing a course here: what is kept of what is typed, and in which order lessons stand.
//!
//! A draft may be unfinished and full of faults: whoever writes it is not held up. Only publishing asks for none.

use super::Slug;

#[cfg(test)]
mod tests;

/// The longest text of a lesson or of what is said about a course, in characters. Our choice: three times the
/// longest of ours, and a checker that is sent more says so at once instead of reading it.
pub const LONGEST: usize = 40_000;

/// The most lessons of a course. Our choice: whatever is longer is read by nobody to its end.
pub const MOST_LESSONS: usize = 60;

/// A text as it stands in a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The words.
    pub text: String,
    /// Counts up whenever they are changed. It begins later than that of any earlier text of the same name: a page that
    /// was open over one of those has not seen this.
    pub revision: i64,
}

/// What becomes of a text. Only [`keep`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptText(Written);

impl KeptText {
    /// The text and its number from now on.
    #[must_use]
    pub fn into_written(self) -> Written {
        self.0
    }
}

/// Why a text is not kept. The sentence says how to put it right.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotKept {
    /// Somebody has changed it since the page was opened.
    #[error(
        "Somebody changed this since you opened it. Both texts are below: put them together, then keep that."
    )]
    Newer,
    /// It is longer than [`LONGEST`].
    #[error(
        "Make this shorter: it has {length} characters, and at most {LONGEST} fit. A long lesson reads better as two."
    )]
    TooLong {
        /// How many characters it has.
        length: usize,
    },
}

/// A text as files hold it: lines end alike, wherever it was typed, and the last one ends as well. What came out is
/// the same when it goes in again.
#[must_use]
pub fn as_filed(text: &str) -> String {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n").replace('\r', "\n");
    let mut text = text.trim_end().to_owned();
    text.push('\n');
    text
}

/// Takes what was typed on a page that showed the `seen` revision. What somebody else has changed meanwhile is never
/// overwritten unseen.
///
/// # Errors
/// [`NotKept`].
pub fn keep(current: &Written, typed: &str, seen: i64) -> Result<KeptText, NotKept> {
    let text = as_filed(typed);
    let length = text.chars().count();
    if length > LONGEST {
        return Err(NotKept::TooLong { length });
    }
    if text == current.text {
        return Ok(KeptText(current.clone()));
    }
    if current.revision != seen {
        return Err(NotKept::Newer);
    }
    Ok(KeptText(Written { text, revision: current.revision + 1 }))
}

/// Where a lesson goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// One place nearer to the beginning.
    Up,
    /// One place nearer to the end.
    Down,
    /// Out of the draft.
    Out,
}

impl Move {
    /// Reads the word of a button.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "up" => Some(Self::Up),
            "down" => Some(Self::Down),
            "out" => Some(Self::Out),
            _ => None,
        }
    }
}

/// Moves the lesson at a place. At either end, and where there is none, everything stays.
pub fn rearrange<T>(lessons: &mut Vec<T>, at: usize, to: Move) {
    if at >= lessons.len() {
        return;
    }
    match to {
        Move::Up if at > 0 => lessons.swap(at, at - 1),
        Move::Down if at + 1 < lessons.len() => lessons.swap(at, at + 1),
        Move::Out => {
            lessons.remove(at);
        }
        Move::Up | Move::Down => {}
    }
}

/// Why a lesson or a course cannot be called so. The sentence says how to put it right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAName {
    /// It is no [`Slug`].
    #[error("Use lower-case letters, figures and single hyphens, such as a-first-step.")]
    Spelled,
    /// Something is called so already.
    #[error("Something here has this name already. Choose another one.")]
    Taken,
    /// There is no more room.
    #[error("A course has at most {MOST_LESSONS} lessons. Take one out first, or make two courses of it.")]
    Full,
}

/// Takes the lasting name of a new lesson.
///
/// # Errors
/// [`NotAName`].
pub fn name_lesson(typed: &str, there: &[Slug]) -> Result<Slug, NotAName> {
    if there.len() >= MOST_LESSONS {
        return Err(NotAName::Full);
    }
    let slug = Slug::parse(typed.trim()).map_err(|_| NotAName::Spelled)?;
    if there.contains(&slug) { Err(NotAName::Taken) } else { Ok(slug) }
}
