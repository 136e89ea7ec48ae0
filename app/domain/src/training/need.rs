//! How much is made of what is asked of somebody: of whoever applies, of a role, of a competence.

use crate::people::words;

words! {
    /// How much something is asked for.
    pub enum Need {
        /// It cannot be done without, so it has to be answered.
        Essential = "essential",
        /// It is good to have, and may be left.
        Desirable = "desirable",
    }
}

impl Need {
    /// What people read.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Essential => "Essential",
            Self::Desirable => "Desirable",
        }
    }

    /// Reads what a file says, also with the words that some organisations use (domain.md section 1.3).
    pub(super) fn typed(text: &str) -> Option<Self> {
        match text.trim().to_lowercase().as_str() {
            "essential" | "required" => Some(Self::Essential),
            "desirable" | "preferred" => Some(Self::Desirable),
            _ => None,
        }
    }
}
