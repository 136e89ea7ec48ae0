//! Training: programmes that a group goes through together, and the groups that do.

pub(crate) mod cohorts;
pub(crate) mod group;
pub(crate) mod programmes;
mod session;
mod when;
