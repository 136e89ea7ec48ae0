//! Training: programmes, and the groups that go through them.

pub mod cohorts;
pub mod outcomes;
pub mod places;
pub mod programmes;
pub mod registers;
