//! Training: the way to a place; programmes, and the groups that go through them; frameworks of competences, how far
//! people are with them, and the evidence that shows it.

pub mod answers;
pub mod applications;
pub mod board;
pub mod cohorts;
pub mod conversations;
pub mod evidence;
pub mod evidence_files;
pub mod frameworks;
pub mod interest;
pub mod judgements;
pub mod outcomes;
pub mod places;
pub mod programmes;
pub mod registers;
pub mod rounds;
