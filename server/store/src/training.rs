//! Training: the way to a place; programmes, and the groups that go through them; frameworks of competences, how far
//! people are with them, and the evidence that shows it; roles that are signed by two, and placements.

pub mod admission;
pub mod answers;
pub mod applications;
pub mod board;
pub mod cohorts;
pub mod conversations;
pub mod evidence;
pub mod frameworks;
pub mod hours;
pub mod interest;
pub mod issues;
pub mod judgements;
pub mod ladder;
pub mod outcomes;
pub mod papers;
pub mod placements;
pub mod places;
pub mod programmes;
pub mod registers;
pub mod role_profiles;
pub mod rounds;
