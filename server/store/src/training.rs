//! Training: the way to a place, programmes, and the groups that go through them.

pub mod answers;
pub mod applications;
pub mod board;
pub mod cohorts;
pub mod conversations;
pub mod interest;
pub mod outcomes;
pub mod places;
pub mod programmes;
pub mod registers;
pub mod rounds;
