//! Training: programmes and the groups that go through them; frameworks of competences, how far people are with them,
//! and the evidence that shows it.

pub mod cohorts;
pub mod evidence;
pub mod frameworks;
pub mod judgements;
pub mod outcomes;
pub mod places;
pub mod programmes;
pub mod registers;
