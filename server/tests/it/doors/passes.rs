//! Who passes a door.

use domain::people::{EngagementKind, RelationshipKind};

use super::cast::Who;

/// Who passes a door.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Passes {
    All,
    SignedIn,
    /// Whoever is a learner here.
    Learners,
    /// Whoever is a learner here, or has a plan from when they were.
    Planners,
    /// The one person whose things are asked for.
    Owner,
    /// Whoever has things of their own there, even if they do not learn any more.
    Authors,
    /// An administrator of the organisation whose things are asked for.
    Administrators,
    /// Coordinators and administrators of the organisation that runs the site.
    ReadersOfFigures,
    /// Coordinators of the organisation whose training it is.
    Coordinators,
    /// Whoever assesses the owner.
    Assessors,
    /// They, and the owner.
    OwnerAndAssessors,
    /// A course editor of the organisation that runs the site.
    Editors,
    /// Whoever manages the owner.
    LineManagers,
    /// The two who sign the owner's role.
    Signers,
    /// They, and coordinators.
    ConcernedByRole,
    /// Whoever may look after placements here.
    MayLookAfter,
    /// Whoever looks after the owner's.
    LooksAfterIt,
    /// Whoever supervises somebody in any strand.
    SupervisesSomebody,
    /// Whoever leads groups here.
    LeadsGroups,
    /// They, and whoever supervises somebody.
    SupervisesOrLeads,
    /// The coordinator who leads a group, and the volunteer who belongs to it.
    MetInAGroup,
    /// Whoever supervises the owner in reflective practice.
    SupervisesOwner,
    /// Whoever the owner may turn to when something comes up.
    ComesUp,
    /// The two who meet for the owner’s reflective practice.
    Reflects,
    /// Whoever has to show that supervision happens.
    Assures,
    /// Whoever is something to the organisation that runs the site, or to somebody there.
    BelongHere,
    /// The deputy: the concern that the owner raised is about the lead.
    CoverConcern,
    /// They, and the owner.
    TellOrCoverConcern,
    /// Whoever could be told what people need.
    MayBeTold,
    /// Whoever the owner chose to tell: tutors, and whoever is alongside them.
    Told,
    /// Whoever gives courses here; the owner shows their plan to one who does.
    Tutors,
    /// Whoever gives courses or coordinates here; the one who gives courses is a tutor of the group.
    Facilitators,
    /// They, and the owner, who has a place in the group.
    InTheGroup,
    /// Whoever sees checks here.
    Vetting,
    /// The volunteer of whom something is required.
    Volunteer,
    Nobody,
}

impl Passes {
    pub(super) fn lets(self, who: Who) -> bool {
        match self {
            Self::All => true,
            Self::SignedIn => who != Who::Stranger,
            Self::Learners => matches!(who, Who::Owner | Who::Is(EngagementKind::Learner)),
            Self::Planners => Self::Learners.lets(who) || who == Who::Left,
            Self::Owner => who == Who::Owner,
            Self::Authors => matches!(who, Who::Owner | Who::Left),
            Self::Administrators => who == Who::Is(EngagementKind::Administrator),
            Self::ReadersOfFigures => {
                matches!(who, Who::Is(EngagementKind::Administrator | EngagementKind::Coordinator))
            }
            Self::Coordinators => who == Who::Is(EngagementKind::Coordinator),
            Self::Assessors => who == Who::Holds(RelationshipKind::Assessor),
            Self::OwnerAndAssessors => who == Who::Owner || Self::Assessors.lets(who),
            Self::Editors => who == Who::Is(EngagementKind::CourseEditor),
            Self::LineManagers => who == Who::Holds(RelationshipKind::LineManager),
            Self::Signers => who == Who::Owner || Self::LineManagers.lets(who),
            Self::ConcernedByRole => Self::Signers.lets(who) || Self::Coordinators.lets(who),
            Self::LooksAfterIt => who == Who::Is(EngagementKind::PlacementSupervisor),
            Self::MayLookAfter => {
                // Whoever holds a relationship here is engaged as a supervisor.
                Self::LooksAfterIt.lets(who)
                    || matches!(who, Who::Holds(_) | Who::Is(EngagementKind::Supervisor))
            }
            Self::SupervisesSomebody => {
                matches!(who, Who::Holds(kind) if kind != RelationshipKind::Assessor)
            }
            Self::LeadsGroups => {
                // Whoever holds a relationship here is engaged as a supervisor.
                Self::Facilitators.lets(who)
                    || matches!(who, Who::Holds(_) | Who::Is(EngagementKind::Supervisor))
            }
            Self::SupervisesOrLeads => Self::SupervisesSomebody.lets(who) || Self::LeadsGroups.lets(who),
            Self::MetInAGroup => Self::Coordinators.lets(who) || Self::Volunteer.lets(who),
            Self::SupervisesOwner => who == Who::Holds(RelationshipKind::Supervisor),
            Self::ComesUp => {
                Self::SupervisesSomebody.lets(who) && who != Who::Holds(RelationshipKind::PartnerSupervisor)
            }
            Self::Reflects => who == Who::Owner || Self::SupervisesOwner.lets(who),
            Self::BelongHere => {
                Self::SignedIn.lets(who) && !matches!(who, Who::AdministersAnother | Who::Left)
            }
            Self::Assures => {
                matches!(who, Who::Is(EngagementKind::ServiceManager | EngagementKind::Auditor))
            }
            Self::CoverConcern => who == Who::Is(EngagementKind::SafeguardingDeputy),
            Self::TellOrCoverConcern => who == Who::Owner || Self::CoverConcern.lets(who),
            Self::MayBeTold => {
                matches!(who, Who::Holds(_) | Who::Is(EngagementKind::Tutor | EngagementKind::Coordinator))
            }
            Self::Told => matches!(who, Who::Holds(_) | Who::Is(EngagementKind::Tutor)),
            Self::Tutors => who == Who::Is(EngagementKind::Tutor),
            Self::Facilitators => {
                matches!(who, Who::Is(EngagementKind::Tutor | EngagementKind::Coordinator))
            }
            Self::InTheGroup => who == Who::Owner || Self::Facilitators.lets(who),
            Self::Vetting => who == Who::Is(EngagementKind::Vetting),
            Self::Volunteer => who == Who::Is(EngagementKind::Volunteer),
            Self::Nobody => false,
        }
    }
}
