//! Engagements: what a person is to an organisation, from when to when.

use chrono::NaiveDate;

use super::{EngagementId, OrganisationId, PersonId, words};

#[cfg(test)]
mod tests;

words! {
    /// What an organisation is. It says who employs and who hosts, and decides no permission by itself.
    pub enum OrganisationKind {
        /// A health trust, which often hosts people whom a charity employs.
        Trust = "trust",
        /// A charity.
        Charity = "charity",
        /// A Recovery College.
        College = "college",
    }
}

impl OrganisationKind {
    /// What people read, unless the organisation has its own word.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Trust => "Trust",
            Self::Charity => "Charity",
            Self::College => "College",
        }
    }
}

words! {
    /// What a person is to an organisation. One person is often several of these at once, and none implies
    /// another: a peer support worker, a supporter and a peer mentor are three different things
    /// (domain.md section 10).
    pub enum EngagementKind {
        /// Takes part in courses. The only kind that people may give themselves.
        Learner = "learner",
        /// Has applied for a training or a role.
        Applicant = "applicant",
        /// Is on placement from elsewhere.
        Student = "student",
        /// Gives time unpaid.
        Volunteer = "volunteer",
        /// Uses a service and helps others along in it.
        PeerMentor = "peer_mentor",
        /// Is employed to support others out of lived experience.
        PeerSupportWorker = "peer_support_worker",
        /// Gives a view out of lived experience, for an involvement payment if they want it.
        ExpertByExperience = "expert_by_experience",
        /// Gives courses.
        Tutor = "tutor",
        /// Writes, changes and adopts courses. What tutors give is not theirs to change by themselves.
        CourseEditor = "course_editor",
        /// Volunteers as peer supporter, in groups or one to one.
        Supporter = "supporter",
        /// Gives supervision.
        Supervisor = "supervisor",
        /// Judges evidence against competences.
        Assessor = "assessor",
        /// Looks after students on placement.
        PlacementSupervisor = "placement_supervisor",
        /// Arranges who does what, where and when.
        Coordinator = "coordinator",
        /// Checks claims before they are approved.
        Checker = "checker",
        /// Approves claims against a budget.
        BudgetHolder = "budget_holder",
        /// Makes payments, and alone sees bank details.
        Payer = "payer",
        /// Reads what was done, and changes nothing.
        Auditor = "auditor",
        /// Manages people, which is not supervising them.
        LineManager = "line_manager",
        /// Runs a service.
        ServiceManager = "service_manager",
        /// Sees checks before somebody starts.
        Vetting = "vetting",
        /// Is told of safeguarding concerns.
        SafeguardingLead = "safeguarding_lead",
        /// Stands in for the safeguarding lead.
        SafeguardingDeputy = "safeguarding_deputy",
        /// Is told when somebody speaks up about how things are done.
        FreedomToSpeakUpGuardian = "freedom_to_speak_up_guardian",
        /// Answers for personal data.
        DataProtectionLead = "data_protection_lead",
        /// Keeps people, settings and content in order; opens nothing private.
        Administrator = "administrator",
    }
}

impl EngagementKind {
    /// What people read, unless the organisation has its own word (labels are settings).
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Learner => "Learner",
            Self::Applicant => "Applicant",
            Self::Student => "Student",
            Self::Volunteer => "Volunteer",
            Self::PeerMentor => "Peer mentor",
            Self::PeerSupportWorker => "Peer support worker",
            Self::ExpertByExperience => "Expert by experience",
            Self::Tutor => "Tutor",
            Self::CourseEditor => "Course editor",
            Self::Supporter => "Supporter",
            Self::Supervisor => "Supervisor",
            Self::Assessor => "Assessor",
            Self::PlacementSupervisor => "Placement supervisor",
            Self::Coordinator => "Coordinator",
            Self::Checker => "Checker",
            Self::BudgetHolder => "Budget holder",
            Self::Payer => "Payer",
            Self::Auditor => "Auditor",
            Self::LineManager => "Line manager",
            Self::ServiceManager => "Service manager",
            Self::Vetting => "Vetting",
            Self::SafeguardingLead => "Safeguarding lead",
            Self::SafeguardingDeputy => "Safeguarding deputy",
            Self::FreedomToSpeakUpGuardian => "Freedom to speak up guardian",
            Self::DataProtectionLead => "Data protection lead",
            Self::Administrator => "Administrator",
        }
    }

    /// Whether it opens anything about other people, so that a second factor is asked unless the organisation
    /// switched that off. Peer mentors, peer support workers and supporters see only their own things here:
    /// there is no record of the people they support. Course editors see who signs out of lived experience, and
    /// what they publish is read by people who may be unwell.
    #[must_use]
    pub const fn sees_other_peoples_data(self) -> bool {
        match self {
            Self::Learner
            | Self::Applicant
            | Self::Student
            | Self::Volunteer
            | Self::PeerMentor
            | Self::PeerSupportWorker
            | Self::ExpertByExperience
            | Self::Supporter => false,
            Self::Tutor
            | Self::CourseEditor
            | Self::Supervisor
            | Self::Assessor
            | Self::PlacementSupervisor
            | Self::Coordinator
            | Self::Checker
            | Self::BudgetHolder
            | Self::Payer
            | Self::Auditor
            | Self::LineManager
            | Self::ServiceManager
            | Self::Vetting
            | Self::SafeguardingLead
            | Self::SafeguardingDeputy
            | Self::FreedomToSpeakUpGuardian
            | Self::DataProtectionLead
            | Self::Administrator => true,
        }
    }

    /// Whether people may give it to themselves. Everything but learning is by invitation from the
    /// organisation.
    #[must_use]
    pub const fn may_be_self_registered(self) -> bool {
        matches!(self, Self::Learner)
    }

    /// Whether the organisation has let this person act in it, so that they may guide, supervise, manage or
    /// assess somebody. Learners, applicants and students are there for themselves.
    #[must_use]
    pub const fn acts_for_the_organisation(self) -> bool {
        !matches!(self, Self::Learner | Self::Applicant | Self::Student)
    }
}

words! {
    /// On what footing somebody is there: it decides whether and how money may follow.
    pub enum Basis {
        /// Unpaid; actual expenses only.
        Volunteer = "volunteer",
        /// Involvement payment, one activity at a time.
        Involvement = "involvement",
        /// Contract of employment.
        Employee = "employee",
        /// Shifts from the bank.
        Bank = "bank",
    }
}

impl Basis {
    /// What people read, unless the organisation has its own word.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Volunteer => "Volunteer",
            Self::Involvement => "Involvement",
            Self::Employee => "Employee",
            Self::Bank => "Bank",
        }
    }
}

/// A time in which somebody is not there. Nobody is asked why, and there is nowhere to write it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Away {
    /// The first day away.
    pub from: NaiveDate,
    /// The last day away; `None` until further notice.
    pub to: Option<NaiveDate>,
}

/// One thing that one person is to one organisation. Dates are days in the organisation's own time zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Engagement {
    /// The row's name.
    pub id: EngagementId,
    /// Who.
    pub person: PersonId,
    /// To which organisation. No other sees it.
    pub organisation: OrganisationId,
    /// As what.
    pub kind: EngagementKind,
    /// On what footing, where that has been settled.
    pub basis: Option<Basis>,
    /// The first day.
    pub from: NaiveDate,
    /// The last day; `None` while it is open.
    pub to: Option<NaiveDate>,
    /// When they are away, if they are.
    pub away: Option<Away>,
}

impl Engagement {
    /// Whether it holds on a day. Both the first and the last day count.
    #[must_use]
    pub fn is_current(&self, on: NaiveDate) -> bool {
        days_hold(self.from, self.to, on)
    }

    /// Whether the person is away on a day. Both the first and the last day count. It takes no permission
    /// away: it keeps people from being asked and counted.
    #[must_use]
    pub fn is_away(&self, on: NaiveDate) -> bool {
        self.away.is_some_and(|it| days_hold(it.from, it.to, on))
    }
}

/// Whether a day lies from the first to the last day, both included.
pub(crate) fn days_hold(from: NaiveDate, to: Option<NaiveDate>, on: NaiveDate) -> bool {
    from <= on && to.is_none_or(|it| on <= it)
}
