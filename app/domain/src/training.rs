//! Training: programmes that a group goes through together, what somebody is to be able to do afterwards, how they
//! show it, and who says that they can.

pub mod attendance;
pub mod cohort;
pub mod evidence;
pub mod framework;
pub mod judgement;
pub mod programme;
pub mod register;
pub mod timetable;
