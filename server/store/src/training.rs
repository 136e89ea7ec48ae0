//! Training: frameworks of competences, how far people are with them, and the evidence that shows it.

pub mod evidence;
pub mod frameworks;
pub mod judgements;
