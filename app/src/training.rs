//! Training: frameworks of competences, how people show what they can do, and who says so.

pub(crate) mod assessing;
pub(crate) mod competences;
pub(crate) mod frameworks;
mod gate;

pub use gate::{Assesses, AssessesHere, WorksTowards};
