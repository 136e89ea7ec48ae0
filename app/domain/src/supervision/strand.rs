//! The kinds of supervision that are kept apart.

use crate::people::{RelationshipKind, words};

words! {
    /// A kind of supervision, with its own rhythm and its own readers (domain.md sections 1.6 and 7).
    pub enum Strand {
        /// Looking back on the work, to learn from it.
        ReflectivePractice = "reflective_practice",
        /// With one's line manager: hours, tasks, how it is going.
        LineManagement = "line_management",
        /// About the clinical side of the work.
        Clinical = "clinical",
        /// With somebody who does the same work.
        Peer = "peer",
        /// Several people together, such as experts by experience or trainees.
        Group = "group",
        /// With somebody from a partner organisation.
        Partner = "partner",
        /// When something comes up, without waiting for the next session.
        AdHoc = "ad_hoc",
    }
}

impl Strand {
    /// What people read.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::ReflectivePractice => "Reflective practice",
            Self::LineManagement => "Line management",
            Self::Clinical => "Clinical supervision",
            Self::Peer => "Peer supervision",
            Self::Group => "Group supervision",
            Self::Partner => "Supervision by a partner organisation",
            Self::AdHoc => "When something comes up",
        }
    }

    /// Who may read what is written in it, as both are told before they agree.
    #[must_use]
    pub const fn readers(self) -> &'static str {
        match self {
            Self::LineManagement => {
                "What you share belongs to the staff file: the two of you, whoever manages after, and nobody else but one named reader. Every opening is logged and shown to you."
            }
            Self::Group => {
                "What is shared is read by those who were members on that day, and by nobody else. Others see that a session took place, when, for how long and who came."
            }
            Self::Partner => {
                "What is shared is read by the two of you. Whoever supervises from a partner organisation sees this strand and no other."
            }
            Self::ReflectivePractice | Self::Clinical | Self::Peer | Self::AdHoc => {
                "What is shared is read by the two of you, or by the members of the group. No manager reads it. Others see that a session took place, when, for how long and who came."
            }
        }
    }

    /// Whether both agree on something first. When something comes up there is no time for it.
    #[must_use]
    pub const fn is_agreed_on(self) -> bool {
        !matches!(self, Self::AdHoc)
    }

    /// Whether two may meet in it.
    #[must_use]
    pub const fn is_for_two(self) -> bool {
        !matches!(self, Self::Group)
    }

    /// Whether a group may meet in it. A line manager manages one by one.
    #[must_use]
    pub const fn is_for_a_group(self) -> bool {
        match self {
            Self::ReflectivePractice | Self::Clinical | Self::Peer | Self::Group => true,
            Self::LineManagement | Self::Partner | Self::AdHoc => false,
        }
    }

    /// Whether whoever is this to somebody supervises them in this strand. Our choice, from what each is there for:
    /// nobody supervises in two strands that are to be kept apart by being one thing only.
    #[must_use]
    pub const fn is_held_as(self, kind: RelationshipKind) -> bool {
        use RelationshipKind as Kind;
        match self {
            Self::LineManagement => matches!(kind, Kind::LineManager),
            Self::Clinical => matches!(kind, Kind::ClinicalLead | Kind::Supervisor),
            Self::ReflectivePractice | Self::Peer => matches!(kind, Kind::Supervisor),
            Self::Partner => matches!(kind, Kind::PartnerSupervisor),
            Self::AdHoc => {
                matches!(kind, Kind::Supervisor | Kind::Guide | Kind::ClinicalLead | Kind::LineManager)
            }
            Self::Group => false,
        }
    }
}
