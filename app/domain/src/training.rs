//! Training: programmes that a group goes through together, and the groups that do.

pub mod attendance;
pub mod cohort;
pub mod programme;
pub mod register;
pub mod timetable;
