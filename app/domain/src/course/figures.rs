//! What the college learns of feedback: numbers of at least five people, and nothing from which a smaller number
//! follows, however what is published is added and subtracted.
//!
//! Two rules see to it.
//!
//! **Every answer is counted once, with one course and at one time.** When a term is over, the answers to a course
//! that wait are counted together; fewer than [`FEWEST`] wait for the next term. What is published about a count is
//! never counted again, so no two published numbers overlap and there is nothing to subtract: not a course from all
//! courses, not this year from the last, not one filter from another. Totals are sums of what is shown.
//!
//! **Within one count, a number is shown only if those that are not shown hide each other** ([`spread`]). Whoever
//! knows these rules and everything that is published still finds several ways in which any few could have answered.
//!
//! How many took a place is told to the last one, and so is how many answered, from five up: not to answer is no
//! answer, and says nothing of what anybody said.

use super::feedback::{Question, Said, Ticks};
use crate::few::{FEWEST, keep_back};

#[cfg(test)]
mod tests;

/// How many people ticked what: yes, in between and no, as in [`Said::ALL`], and how many left it open.
pub type Counts = [u32; Said::ALL.len() + 1];

/// The answers to one question as they are published. Only [`count`] makes one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spread {
    shown: [Option<u32>; Said::ALL.len() + 1],
    most: Option<Said>,
}

impl Spread {
    /// How many ticked each, and how many left it open; nothing where that is kept back.
    #[must_use]
    pub const fn shown(&self) -> &[Option<u32>; Said::ALL.len() + 1] {
        &self.shown
    }

    /// What more than half said, where no number can be shown.
    #[must_use]
    pub const fn most(&self) -> Option<Said> {
        self.most
    }
}

/// The answers to one course that were counted together. Only [`count`] makes one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    answers: u32,
    spreads: [Spread; Question::ALL.len()],
}

impl Counted {
    /// How many people answered: five at least.
    #[must_use]
    pub const fn answers(&self) -> u32 {
        self.answers
    }

    /// What they said, question by question.
    #[must_use]
    pub const fn spreads(&self) -> &[Spread; Question::ALL.len()] {
        &self.spreads
    }
}

/// There are too few to count: they wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("fewer than {FEWEST} answers")]
pub struct TooFew;

/// Counts the answers to one course that wait: each way of ticking, and how many ticked so.
///
/// # Errors
/// [`TooFew`].
pub fn count(answers: &[(Ticks, u32)]) -> Result<Counted, TooFew> {
    let all = answers.iter().map(|it| it.1).sum();
    if all < FEWEST {
        return Err(TooFew);
    }
    let mut counts = [Counts::default(); Question::ALL.len()];
    for (ticks, how_many) in answers {
        for (counts, tick) in counts.iter_mut().zip(ticks) {
            let at = tick.map_or(Said::ALL.len(), place);
            counts[at] += how_many;
        }
    }
    Ok(Counted { answers: all, spreads: counts.map(spread) })
}

fn place(said: Said) -> usize {
    Said::ALL.iter().position(|it| *it == said).unwrap_or(Said::ALL.len())
}

/// What may be shown of the answers to one question, if their sum is known ([`keep_back`]). What everybody said is
/// therefore never told as such; that more than half said it is.
fn spread(counts: Counts) -> Spread {
    let shown = keep_back(counts);
    let half = counts.iter().sum::<u32>() / 2;
    let most = Said::ALL.into_iter().zip(counts).find(|it| it.1 > half).map(|it| it.0);
    Spread { shown, most: most.filter(|_| shown.iter().all(Option::is_none)) }
}

/// What is read back from where published counts are kept, which [`count`] has made once.
#[derive(Clone, Copy, Debug)]
pub struct Kept {
    /// How many people answered.
    pub answers: u32,
    /// What is shown of each question.
    pub shown: [[Option<u32>; Said::ALL.len() + 1]; Question::ALL.len()],
    /// What more than half said, where nothing is shown.
    pub most: [Option<Said>; Question::ALL.len()],
}

impl Kept {
    /// The count as it was published; none if it holds a number that no count may.
    #[must_use]
    pub fn read(self) -> Option<Counted> {
        let is_enough = |it: &Option<u32>| it.is_none_or(|it| it >= FEWEST);
        let is_whole = |shown: &[Option<u32>; Said::ALL.len() + 1]| {
            let rest = self.answers.checked_sub(shown.iter().flatten().sum());
            shown.iter().all(is_enough) && rest.is_some_and(|it| it == 0 || it >= FEWEST)
        };
        if self.answers < FEWEST || !self.shown.iter().all(is_whole) {
            return None;
        }
        let mut spreads = self.shown.map(|shown| Spread { shown, most: None });
        for (spread, most) in spreads.iter_mut().zip(self.most) {
            spread.most = most;
        }
        Some(Counted { answers: self.answers, spreads })
    }
}
