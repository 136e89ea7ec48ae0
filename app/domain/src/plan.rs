//! A learning plan: the learner's own. Nobody gives it to them, nobody marks it, and nobody reads it but those whom
//! they choose.

mod goal;
mod review;
mod share;
#[cfg(test)]
mod tests;
mod words;

use crate::own_words::{Next, NotKept, Revised, own_words, revise};
use crate::people::{FieldFault, ids};

pub use goal::{Goal, GoalForm, GoalMove, GoalState, MOST_UNDER_WAY, Rating, keep_goal, move_goal, rate};
pub use review::{MOST_REVIEWS, Review, ReviewForm, ReviewedWith, keep_review};
pub use share::{MOST_SHARES, NewPlanShare, NotShared, PlanShare, is_open, share_plan};
pub use words::{PlanWords, WordsForm, keep_words};

ids! {
    /// A goal of somebody's plan.
    GoalId;
    /// A review of somebody's plan.
    ReviewId;
}

/// Why a part of a plan is not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlanRefused {
    /// Something newer was kept since the page was opened.
    Newer,
    /// Everything that has to be put right.
    Faults(Vec<FieldFault>),
}

impl From<NotKept> for PlanRefused {
    /// What is wrong with a field has been told by then.
    fn from(_: NotKept) -> Self {
        Self::Newer
    }
}

/// Takes the words of one field, and notes what is wrong with them.
fn taken(typed: &str, longest: usize, field: &'static str, faults: &mut Vec<FieldFault>) -> String {
    own_words(typed, longest).unwrap_or_else(|refused| {
        faults.push(FieldFault { field, remedy: refused.to_string() });
        String::new()
    })
}

/// What a part of a plan becomes on a page that showed the `seen` revision, unless something has to be put right.
fn next<T: PartialEq>(
    current: Option<&Revised<T>>,
    value: T,
    seen: i64,
    faults: Vec<FieldFault>,
) -> Result<Next<T>, PlanRefused> {
    if faults.is_empty() { Ok(revise(current, value, seen)?) } else { Err(PlanRefused::Faults(faults)) }
}

/// Writes what people write into no log.
macro_rules! unspoken {
    ($($name:ty),+) => { $(
        impl core::fmt::Debug for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    )+ };
}
use unspoken;
