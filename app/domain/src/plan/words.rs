//! What somebody hopes for, what helps them, and what gets in their way.

use super::{PlanRefused, next, taken, unspoken};
use crate::own_words::{Next, Revised};

/// The longest of the three, in characters. Our choice: a page, which still reads well on paper.
const LONGEST: usize = 2000;

/// The three, in the learner's own words; each may be empty.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct PlanWords {
    /// What I hope for.
    pub hopes: String,
    /// What helps.
    pub helps: String,
    /// What gets in the way.
    pub hinders: String,
}

impl PlanWords {
    /// Whether nothing has been said.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.hopes.is_empty() && self.helps.is_empty() && self.hinders.is_empty()
    }
}

/// What was typed.
#[derive(Clone, Copy)]
pub struct WordsForm<'a> {
    /// The field `hopes`.
    pub hopes: &'a str,
    /// The field `helps`.
    pub helps: &'a str,
    /// The field `hinders`.
    pub hinders: &'a str,
}

unspoken!(PlanWords, WordsForm<'_>);

/// Takes what was typed on a page that showed the `seen` revision.
///
/// # Errors
/// [`PlanRefused`].
pub fn keep_words(
    current: Option<&Revised<PlanWords>>,
    form: &WordsForm<'_>,
    seen: i64,
) -> Result<Next<PlanWords>, PlanRefused> {
    let mut faults = Vec::new();
    let words = PlanWords {
        hopes: taken(form.hopes, LONGEST, "hopes", &mut faults),
        helps: taken(form.helps, LONGEST, "helps", &mut faults),
        hinders: taken(form.hinders, LONGEST, "hinders", &mut faults),
    };
    next(current, words, seen, faults)
}
