//! Training: the way to a place; programmes, and the groups that go through them; frameworks of competences, how far
//! people are with them, and the evidence that shows it; what is required of people, and checks before they start.

pub mod admission;
pub mod ahead;
pub mod answers;
pub mod applications;
pub mod board;
pub mod cohorts;
pub mod conversations;
pub mod evidence;
pub mod frameworks;
pub mod interest;
pub mod judgements;
pub mod matrix;
pub mod outcomes;
pub mod places;
pub mod programmes;
pub mod records;
pub mod registers;
pub mod requirements;
pub mod rounds;
pub mod vetting;
