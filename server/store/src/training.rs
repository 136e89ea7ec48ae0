//! Training as it is kept.

pub mod answers;
pub mod applications;
pub mod board;
pub mod conversations;
pub mod interest;
pub mod rounds;
