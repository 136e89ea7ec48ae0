//! The handles that an [`Actor`](super::Actor) gives out: each says of whom and for what it is.

use chrono::NaiveDate;

use super::super::{EngagementKind, OrganisationId, PersonId, RelationshipKind as Kind};
use crate::concern::ConcernId;
use crate::supervision::Strand;
use crate::supervision::arrangement::{Arrangement, ArrangementId, Part, With};
use crate::training::cohort::CohortId;
use crate::training::placement::PlacementId;

/// Writes handles: fields that only [`super::Actor`] fills in, a getter for each, and no way to make one elsewhere.
macro_rules! handles {
    ($( $(#[$about:meta])* $name:ident { $( $(#[$means:meta])* $field:ident: $type:ty, )+ } )+) => { $(
        $(#[$about])*
        #[derive(Debug, PartialEq, Eq)]
        pub struct $name { $( pub(super) $field: $type, )+ }

        impl $name {
            $(
                $(#[$means])*
                #[must_use]
                pub const fn $field(&self) -> $type {
                    self.$field
                }
            )+
        }
    )+ };
}

handles! {
    /// Somebody with what they wrote for themself: the key to what is private.
    Author {
        /// Who writes.
        person: PersonId,
    }

    /// Somebody who learns.
    Learner {
        /// Who learns.
        person: PersonId,
    }

    /// Somebody who is something to an organisation.
    Held {
        /// Who.
        person: PersonId,
        /// As what.
        kind: EngagementKind,
        /// To which organisation.
        organisation: OrganisationId,
    }

    /// An administrator of one organisation.
    Administrator {
        /// Who administers.
        person: PersonId,
        /// Which organisation.
        organisation: OrganisationId,
    }

    /// Somebody who writes and adopts courses.
    CourseEditor {
        /// Who.
        person: PersonId,
        /// The organisation that runs the site.
        host: OrganisationId,
    }

    /// Somebody who has to show that supervision happens: the key to what is counted, and to nothing else.
    AssuranceReader {
        /// Who reads.
        person: PersonId,
        /// Of which organisation.
        organisation: OrganisationId,
    }

    /// Somebody who raises concerns at an organisation.
    ConcernRaiser {
        /// Who.
        person: PersonId,
        /// Where.
        organisation: OrganisationId,
    }

    /// Somebody who covers a concern that is not about them: the key to take it on.
    ConcernReader {
        /// Who.
        person: PersonId,
        /// Which concern.
        concern: ConcernId,
        /// Whose.
        organisation: OrganisationId,
    }

    /// Somebody who keeps the register of a group.
    CohortTutor {
        /// Who keeps it.
        person: PersonId,
        /// Of which group.
        cohort: CohortId,
        /// Whose group it is.
        organisation: OrganisationId,
    }

    /// Somebody who holds sessions or arranges who does.
    Facilitator {
        /// Who.
        person: PersonId,
    }

    /// Somebody who coordinates training in one organisation.
    TrainingCoordinator {
        /// Who coordinates.
        person: PersonId,
        /// In which organisation.
        organisation: OrganisationId,
    }

    /// Somebody who sees checks in one organisation before people start.
    VettingOfficer {
        /// Who sees them.
        person: PersonId,
        /// In which organisation.
        organisation: OrganisationId,
    }

    /// Somebody who may add organisations.
    Founder {
        /// Who adds them.
        person: PersonId,
        /// The organisation that runs the site.
        host: OrganisationId,
    }

    /// Somebody who reads the figures of the college.
    FiguresReader {
        /// Who reads them.
        person: PersonId,
        /// The organisation that runs the site.
        host: OrganisationId,
    }

    /// Somebody who arranges relationships in one organisation.
    Arranger {
        /// Who arranges.
        person: PersonId,
        /// In which organisation.
        organisation: OrganisationId,
    }

    /// Somebody who has to act on what a person needs.
    NeedsReading {
        /// Who reads it.
        person: PersonId,
        /// Whose needs.
        of: PersonId,
        /// For which organisation.
        organisation: OrganisationId,
    }

    /// A tutor with whom somebody shares their learning plan.
    PlanReading {
        /// Who reads it.
        person: PersonId,
        /// Whose plan.
        of: PersonId,
        /// Where the one learns and the other gives courses.
        organisation: OrganisationId,
        /// Whether its courses are shown as well.
        courses: bool,
    }

    /// The assessor of one candidate.
    Assessor {
        /// Who assesses.
        person: PersonId,
        /// Whom.
        candidate: PersonId,
        /// For which organisation.
        organisation: OrganisationId,
    }

    /// The supervisor of one person.
    Supervisor {
        /// Who supervises.
        person: PersonId,
        /// Whom.
        supervisee: PersonId,
        /// For which organisation's person.
        organisation: OrganisationId,
        /// `Supervisor` or `PartnerSupervisor`: which strand is theirs.
        kind: Kind,
    }

    /// Somebody who supervises one person in one strand.
    StrandSupervisor {
        /// Who supervises.
        person: PersonId,
        /// Whom.
        supervisee: PersonId,
        /// For which organisation's person.
        organisation: OrganisationId,
        /// For which organisation the supervisor acts.
        comes_from: OrganisationId,
        /// In which strand.
        strand: Strand,
        /// Since which day they may.
        since: NaiveDate,
    }

    /// Somebody who leads groups that are supervised together.
    GroupLeader {
        /// Who leads.
        person: PersonId,
        /// For which organisation's people.
        organisation: OrganisationId,
    }

    /// Somebody of one pair or group: the key to what is shared there.
    StrandMember {
        /// Who.
        person: PersonId,
        /// In which.
        arrangement: ArrangementId,
        /// As what.
        part: Part,
    }

    /// The line manager of one person.
    LineManager {
        /// Who manages.
        person: PersonId,
        /// Whom.
        managed: PersonId,
        /// For which organisation.
        organisation: OrganisationId,
    }

    /// Whoever looks after one placement.
    PlacementSupervisor {
        /// Who looks after it.
        person: PersonId,
        /// Which.
        placement: PlacementId,
        /// Whose it is.
        supervisee: PersonId,
        /// For which organisation.
        organisation: OrganisationId,
    }
}

impl StrandSupervisor {
    /// As whoever supervises in a pair of theirs.
    #[must_use]
    pub fn as_member(&self, arrangement: &Arrangement) -> Option<StrandMember> {
        let is_it = arrangement.strand == self.strand
            && arrangement.organisation == self.organisation
            && arrangement.supervisor == self.person
            && arrangement.with == With::One(self.supervisee);
        let (person, arrangement) = (self.person, arrangement.id);
        is_it.then_some(StrandMember { person, arrangement, part: Part::Supervisor })
    }
}
