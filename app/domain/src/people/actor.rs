//! Who is acting, and what they may.
//!
//! **Permission is possession.** An [`Actor`] holds what its person is on this day and gives out handles: an
//! [`Assessor`] for one candidate, an [`Administrator`] of one organisation. Handles have private fields, no
//! `Deserialize` and no other maker, so a rule that takes one cannot be called by somebody who forgot to
//! check. A handle is about today: ask for it in the request that uses it, and let it go.

use chrono::NaiveDate;

use super::{
    Engagement, EngagementKind, NeedsReader, NeedsShare, OrganisationId, PersonId, Relationship,
    RelationshipKind as Kind,
};
use crate::concern::{Concern, Cover, There};
use crate::plan::{PlanShare, is_open};
use crate::supervision::Strand;
use crate::supervision::arrangement::{Arrangement, Part, Spell, With};
use crate::training::cohort::Team;
use crate::training::placement::Placement;

mod handles;
#[cfg(test)]
mod tests;

pub use handles::{
    Administrator, Arranger, Assessor, AssuranceReader, Author, CohortTutor, ConcernRaiser, ConcernReader,
    CourseEditor, Facilitator, FiguresReader, Founder, GroupLeader, Held, Learner, LineManager, NeedsReading,
    PlacementSupervisor, PlanReading, StrandMember, StrandSupervisor, Supervisor, TrainingCoordinator,
    VettingOfficer,
};

/// Who leads groups: whose task it is to supervise, to bring people together, or to teach. Our choice.
const LEAD_GROUPS: [EngagementKind; 3] =
    [EngagementKind::Supervisor, EngagementKind::Coordinator, EngagementKind::Tutor];

/// A signed-in person with what they are on this day.
#[derive(Debug)]
pub struct Actor {
    person: PersonId,
    engagements: Vec<Engagement>,
    relationships: Vec<Relationship>,
    today: NaiveDate,
}

impl Actor {
    /// What `person` is today (a day in the organisation's own time zone). Left out is whatever does not
    /// count: what is not current, what is somebody else's, a relationship to oneself, and a relationship
    /// whose holder no longer acts for the organisation it was arranged by.
    #[must_use]
    pub fn new(
        person: PersonId,
        engagements: Vec<Engagement>,
        relationships: Vec<Relationship>,
        today: NaiveDate,
    ) -> Self {
        let engagements: Vec<_> =
            engagements.into_iter().filter(|it| it.person == person && it.is_current(today)).collect();
        let counts = |it: &Relationship| {
            it.holder == person
                && it.person != person
                && it.is_current(today)
                && it.kind.may_be_held(it.organisation, &engagements, today)
        };
        let relationships = relationships.into_iter().filter(counts).collect();
        Self { person, engagements, relationships, today }
    }

    /// Who is acting. Everybody may see and change what is their own.
    #[must_use]
    pub const fn person(&self) -> PersonId {
        self.person
    }

    /// The day for which all this holds.
    #[must_use]
    pub const fn today(&self) -> NaiveDate {
        self.today
    }

    /// What the person is to organisations today.
    #[must_use]
    pub fn engagements(&self) -> &[Engagement] {
        &self.engagements
    }

    /// What the person is to other people today.
    #[must_use]
    pub fn relationships(&self) -> &[Relationship] {
        &self.relationships
    }

    /// As the author of what is theirs alone.
    #[must_use]
    pub const fn as_author(&self) -> Author {
        Author { person: self.person }
    }

    /// As somebody who learns, wherever that is.
    #[must_use]
    pub fn as_learner(&self) -> Option<Learner> {
        let learns = self.engagements.iter().any(|it| it.kind == EngagementKind::Learner);
        learns.then_some(Learner { person: self.person })
    }

    /// As what the person is to one organisation.
    #[must_use]
    pub fn in_organisation(&self, kind: EngagementKind, organisation: OrganisationId) -> Option<Held> {
        self.is(kind, organisation).then_some(Held { person: self.person, kind, organisation })
    }

    /// As an administrator of one organisation.
    #[must_use]
    pub fn as_administrator_of(&self, organisation: OrganisationId) -> Option<Administrator> {
        let may = self.is(EngagementKind::Administrator, organisation);
        may.then_some(Administrator { person: self.person, organisation })
    }

    /// As somebody who writes and adopts courses for the organisation that runs the site.
    #[must_use]
    pub fn as_course_editor_of(&self, host: OrganisationId) -> Option<CourseEditor> {
        let may = self.is(EngagementKind::CourseEditor, host);
        may.then_some(CourseEditor { person: self.person, host })
    }

    /// As somebody who holds sessions or arranges who does, wherever that is: they read how a session is held.
    #[must_use]
    pub fn as_facilitator(&self) -> Option<Facilitator> {
        const HOLD: [EngagementKind; 2] = [EngagementKind::Tutor, EngagementKind::Coordinator];
        let may = self.engagements.iter().any(|it| HOLD.contains(&it.kind));
        may.then_some(Facilitator { person: self.person })
    }

    /// As somebody who keeps the register of a group: one of its tutors, while they give courses there, or a
    /// coordinator of the organisation.
    #[must_use]
    pub fn as_cohort_tutor(&self, team: &Team) -> Option<CohortTutor> {
        let may = team.is_held_by(self.person, &self.engagements)
            || self.is(EngagementKind::Coordinator, team.organisation);
        may.then_some(CohortTutor {
            person: self.person,
            cohort: team.cohort,
            organisation: team.organisation,
        })
    }

    /// As somebody who coordinates training in one organisation.
    #[must_use]
    pub fn as_training_coordinator_of(&self, organisation: OrganisationId) -> Option<TrainingCoordinator> {
        let may = self.is(EngagementKind::Coordinator, organisation);
        may.then_some(TrainingCoordinator { person: self.person, organisation })
    }

    /// As somebody who sees checks in one organisation before people start.
    #[must_use]
    pub fn as_vetting_officer_of(&self, organisation: OrganisationId) -> Option<VettingOfficer> {
        let may = self.is(EngagementKind::Vetting, organisation);
        may.then_some(VettingOfficer { person: self.person, organisation })
    }

    /// As somebody who may add organisations: an administrator of the one that runs the site.
    #[must_use]
    pub fn as_founder(&self, host: OrganisationId) -> Option<Founder> {
        let may = self.is(EngagementKind::Administrator, host);
        may.then_some(Founder { person: self.person, host })
    }

    /// As somebody who reads the figures of the college, which is the organisation that runs the site. Our choice of
    /// kinds: coordinators, who plan its courses, and administrators.
    #[must_use]
    pub fn as_reader_of_figures(&self, host: OrganisationId) -> Option<FiguresReader> {
        const READ: [EngagementKind; 2] = [EngagementKind::Coordinator, EngagementKind::Administrator];
        let may = READ.into_iter().any(|it| self.is(it, host));
        may.then_some(FiguresReader { person: self.person, host })
    }

    /// As somebody who arranges in one organisation who guides, supervises, manages and assesses whom. Our
    /// choice of kinds: coordinators, service managers and administrators.
    #[must_use]
    pub fn as_arranger_in(&self, organisation: OrganisationId) -> Option<Arranger> {
        const ARRANGE: [EngagementKind; 3] =
            [EngagementKind::Coordinator, EngagementKind::ServiceManager, EngagementKind::Administrator];
        let may = ARRANGE.into_iter().any(|it| self.is(it, organisation));
        may.then_some(Arranger { person: self.person, organisation })
    }

    /// As somebody who has to act on what a person needs, and whom the person chose to tell: `shares` are the
    /// groups that may read it, at organisations to which the person is something today.
    #[must_use]
    pub fn as_reader_of_needs(&self, of: PersonId, shares: &[NeedsShare]) -> Option<NeedsReading> {
        let reads = |it: &&NeedsShare| match it.with {
            NeedsReader::Tutors => self.is(EngagementKind::Tutor, it.organisation),
            NeedsReader::Coordinators => self.is(EngagementKind::Coordinator, it.organisation),
            NeedsReader::Alongside => self
                .relationships
                .iter()
                .any(|held| held.person == of && held.organisation == it.organisation),
        };
        let share = shares.iter().filter(|_| of != self.person).find(reads)?;
        Some(NeedsReading { person: self.person, of, organisation: share.organisation })
    }

    /// As a tutor with whom somebody shares their learning plan; `theirs` is what that person is to organisations.
    #[must_use]
    pub fn as_reader_of_plan(&self, share: &PlanShare, theirs: &[Engagement]) -> Option<PlanReading> {
        let may = share.tutor == self.person && is_open(share, theirs, &self.engagements, self.today);
        may.then_some(PlanReading {
            person: self.person,
            of: share.person,
            organisation: share.organisation,
            courses: share.courses,
        })
    }

    /// As the assessor of one candidate, who is never oneself.
    #[must_use]
    pub fn as_assessor_for(&self, candidate: PersonId) -> Option<Assessor> {
        let it = self.to(candidate, Kind::Assessor)?;
        Some(Assessor { person: self.person, candidate, organisation: it.organisation })
    }

    /// As the assessor of one candidate for one organisation, which is the one that arranged it.
    #[must_use]
    pub fn as_assessor_at(&self, candidate: PersonId, organisation: OrganisationId) -> Option<Assessor> {
        let is_it = |it: &&Relationship| it.person == candidate && it.organisation == organisation;
        let held = self.relationships.iter().filter(|it| it.kind == Kind::Assessor);
        let it = held.into_iter().find(is_it)?;
        Some(Assessor { person: self.person, candidate, organisation: it.organisation })
    }

    /// As the supervisor of one person, for their own organisation or else for a partner.
    #[must_use]
    pub fn as_supervisor_of(&self, supervisee: PersonId) -> Option<Supervisor> {
        let it =
            self.to(supervisee, Kind::Supervisor).or_else(|| self.to(supervisee, Kind::PartnerSupervisor))?;
        Some(Supervisor { person: self.person, supervisee, organisation: it.organisation, kind: it.kind })
    }

    /// As whoever supervises others in a strand: each person in each strand that is theirs.
    #[must_use]
    pub fn as_strand_supervisor(&self) -> Vec<StrandSupervisor> {
        let of = |strand: Strand| {
            let held = self.relationships.iter().filter(move |it| strand.is_held_as(it.kind));
            held.map(move |it| (it.person, it.organisation, strand, it.from))
        };
        let mut all: Vec<_> = Strand::ALL.into_iter().flat_map(of).collect();
        // Whoever is two things to somebody in one strand may since the first of them.
        all.sort_unstable();
        all.dedup_by_key(|(person, organisation, strand, _)| (*person, *organisation, *strand));
        let with = |(supervisee, organisation, strand, since)| {
            let comes_from = self.comes_from(organisation)?;
            Some(StrandSupervisor {
                person: self.person,
                supervisee,
                organisation,
                comes_from,
                strand,
                since,
            })
        };
        all.into_iter().filter_map(with).collect()
    }

    /// As somebody who leads groups that are supervised together: in each organisation where they supervise,
    /// coordinate or teach. Whoever manages is none of these by managing.
    #[must_use]
    pub fn as_group_leader(&self) -> Vec<GroupLeader> {
        let leads = self.engagements.iter().filter(|it| LEAD_GROUPS.contains(&it.kind));
        let mut organisations: Vec<_> = leads.map(|it| it.organisation).collect();
        organisations.sort_unstable();
        organisations.dedup();
        let leader = |organisation| GroupLeader { person: self.person, organisation };
        organisations.into_iter().map(leader).collect()
    }

    /// As somebody of one pair or group: whoever supervises in it, while that is so, or whoever is or was supervised.
    /// `spells` are those of its members.
    #[must_use]
    pub fn as_strand_member(&self, arrangement: &Arrangement, spells: &[Spell]) -> Option<StrandMember> {
        let supervises = |person: PersonId| {
            self.relationships.iter().any(|it| {
                it.person == person
                    && it.organisation == arrangement.organisation
                    && arrangement.strand.is_held_as(it.kind)
            })
        };
        let part = if arrangement.supervisor == self.person {
            let may = match arrangement.with {
                With::One(person) => supervises(person),
                With::Group(_) => LEAD_GROUPS.into_iter().any(|it| self.is(it, arrangement.organisation)),
            };
            may.then_some(Part::Supervisor)
        } else {
            spells.iter().any(|it| it.person == self.person).then_some(Part::Supervisee)
        };
        Some(StrandMember { person: self.person, arrangement: arrangement.id, part: part? })
    }

    /// As somebody who has to show that supervision happens in one organisation: whoever runs a service there, or audits
    /// it. Our choice of kinds. It opens no supervision, only numbers.
    #[must_use]
    pub fn as_assurance_reader_of(&self, organisation: OrganisationId) -> Option<AssuranceReader> {
        const READ: [EngagementKind; 2] = [EngagementKind::ServiceManager, EngagementKind::Auditor];
        let may = READ.into_iter().any(|it| self.is(it, organisation));
        may.then_some(AssuranceReader { person: self.person, organisation })
    }

    /// As somebody who may raise concerns at an organisation: whatever they are to it, or to somebody for it.
    #[must_use]
    pub fn as_concern_raiser_in(&self, organisation: OrganisationId) -> Option<ConcernRaiser> {
        let is_there = self.engagements.iter().any(|it| it.organisation == organisation)
            || self.relationships.iter().any(|it| it.organisation == organisation);
        is_there.then_some(ConcernRaiser { person: self.person, organisation })
    }

    /// As whoever covers a concern: somebody who is told such concerns there today, and is neither who raised it nor
    /// whom it is about.
    #[must_use]
    pub fn as_concern_reader(&self, concern: &Concern, cover: &Cover) -> Option<ConcernReader> {
        let holds =
            |it: &Engagement| it.organisation == concern.organisation && concern.route.is_held_as(it.kind);
        let is_it = (cover.organisation, cover.route) == (concern.organisation, concern.route);
        let at_work = There { person: self.person, is_away: false };
        let reach = cover.reach(&[at_work], concern.by, &concern.about);
        let may = is_it && self.engagements.iter().any(holds) && reach.contains(&self.person);
        let (person, organisation) = (self.person, concern.organisation);
        may.then_some(ConcernReader { person, concern: concern.id, organisation })
    }

    /// As the line manager of one person. It opens no supervision.
    #[must_use]
    pub fn as_line_manager_of(&self, managed: PersonId) -> Option<LineManager> {
        let it = self.to(managed, Kind::LineManager)?;
        Some(LineManager { person: self.person, managed, organisation: it.organisation })
    }

    /// As the line manager of one person for one organisation, which is the one that arranged it.
    #[must_use]
    pub fn as_line_manager_at(&self, managed: PersonId, organisation: OrganisationId) -> Option<LineManager> {
        let is_it = |it: &&Relationship| it.person == managed && it.organisation == organisation;
        let it = self.relationships.iter().filter(|it| it.kind == Kind::LineManager).find(is_it)?;
        Some(LineManager { person: self.person, managed, organisation: it.organisation })
    }

    /// As whoever looks after one placement, while they do so for its organisation.
    #[must_use]
    pub fn as_placement_supervisor(&self, placement: &Placement) -> Option<PlacementSupervisor> {
        let may = placement.is_looked_after_by(self.person, &self.engagements);
        may.then_some(PlacementSupervisor {
            person: self.person,
            placement: placement.id,
            supervisee: placement.person,
            organisation: placement.organisation,
        })
    }

    fn is(&self, kind: EngagementKind, organisation: OrganisationId) -> bool {
        self.engagements.iter().any(|it| it.kind == kind && it.organisation == organisation)
    }

    fn acts_for(&self, organisation: OrganisationId) -> bool {
        self.engagements
            .iter()
            .any(|it| it.organisation == organisation && it.kind.acts_for_the_organisation())
    }

    /// For which organisation somebody acts who does something for `organisation`: for that one, if they do, or else for
    /// the first of theirs.
    fn comes_from(&self, organisation: OrganisationId) -> Option<OrganisationId> {
        let others = self.engagements.iter().filter(|it| it.kind.acts_for_the_organisation());
        if self.acts_for(organisation) { Some(organisation) } else { others.map(|it| it.organisation).min() }
    }

    fn to(&self, person: PersonId, kind: Kind) -> Option<&Relationship> {
        self.relationships.iter().find(|it| it.person == person && it.kind == kind)
    }
}
