//! Five headings under which people describe what recovery is made of.

use crate::people::words;

words! {
    /// Connectedness, hope, identity, meaning, empowerment: Leamy and others, *Conceptual framework for personal
    /// recovery in mental health* (British Journal of Psychiatry 199, 2011). Used as tags, and by nobody to measure.
    pub enum Chime {
        /// Being with others.
        Connectedness = "connectedness",
        /// Believing that things can get better.
        Hope = "hope",
        /// Who I am.
        Identity = "identity",
        /// What makes life good.
        Meaning = "meaning",
        /// Having a say.
        Empowerment = "empowerment",
    }
}

impl Chime {
    /// What people read.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Connectedness => "Connectedness",
            Self::Hope => "Hope",
            Self::Identity => "Identity",
            Self::Meaning => "Meaning",
            Self::Empowerment => "Empowerment",
        }
    }

    /// The same in everyday words, for whoever chooses one.
    #[must_use]
    pub const fn means(self) -> &'static str {
        match self {
            Self::Connectedness => "Connectedness: other people",
            Self::Hope => "Hope: good things ahead",
            Self::Identity => "Identity: who I am",
            Self::Meaning => "Meaning: what makes life good",
            Self::Empowerment => "Empowerment: having a say",
        }
    }
}
