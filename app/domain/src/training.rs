//! Training: what somebody is to be able to do, how they show it, and who says that they can.

pub mod evidence;
pub mod framework;
pub mod judgement;
