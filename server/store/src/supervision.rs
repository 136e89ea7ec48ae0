//! Supervision: pairs and groups, what they agreed on, and that sessions took place.

pub mod agreements;
pub mod arrangements;
pub mod sessions;

pub use agreements::{AGREED, AGREEMENT_WRITTEN};
pub use arrangements::BEGUN;
pub use sessions::HELD;
