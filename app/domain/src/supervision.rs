//! Supervision: who supervises whom in which strand, what both agreed on, and that sessions took place.
//!
//! Each strand stands for itself, with a rhythm of its own and readers of its own. Whoever holds one opens no other:
//! a line manager reads nothing of reflective practice, and a partner's supervisor only their own strand.

pub mod action;
pub mod agreement;
pub mod arrangement;
pub mod assurance;
pub mod debrief;
pub mod ending;
pub mod group;
pub mod note;
pub mod plan;
pub mod presence;
pub mod session;
pub mod stand;
mod strand;
pub mod template;
pub mod terms;

pub use strand::Strand;
