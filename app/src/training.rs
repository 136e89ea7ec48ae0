//! Training: programmes and the groups that go through them; frameworks of competences, how people show what they can
//! do, and who says so.

pub(crate) mod assessing;
pub(crate) mod cohorts;
pub(crate) mod competences;
pub(crate) mod frameworks;
mod gate;
pub(crate) mod group;
pub(crate) mod programmes;
mod session;
mod when;

pub use gate::{Assesses, AssessesHere, WorksTowards};
