//! Supervision: pairs and groups, what they agreed on, that sessions took place, and what is to be done after them.

pub mod actions;
pub mod agreements;
pub mod arrangements;
pub mod assurance;
pub mod debriefs;
pub mod members;
pub mod notes;
pub mod planned;
pub mod sessions;
pub mod stands;
pub mod sums;

pub use actions::SETTLED;
pub use agreements::{AGREED, AGREEMENT_WRITTEN};
pub use arrangements::{BEGUN, ENDED};
pub use members::{JOINED, LEFT};
pub use notes::SHARED;
pub use planned::{CALLED_OFF, MOVED, PLANNED};
pub use sessions::HELD;
pub use stands::STOOD;
