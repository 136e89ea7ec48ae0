//! Concerns: that somebody is worried for somebody's safety, about what somebody did who works or volunteers here, or
//! about how things are done. Kept is of which kind it is, whom it reached and when, and who took it on; never what
//! happened, which is told in person and written down where such accounts are kept.
//!
//! Four kinds, each with a way of its own: adults at risk (Care Act 2014, section 42), children (Children Act 1989,
//! section 47), allegations against people who work or volunteer (Working Together to Safeguard Children 2023, chapter
//! 4; Care and Support Statutory Guidance, 14.120 to 14.132), and speaking up (Freedom to Speak Up, National Guardian's
//! Office). The numbers of hours and of people are an organisation's own.

use chrono::{DateTime, TimeDelta, Utc};

use crate::people::{EngagementKind, OrganisationId, PersonId, ids, words};

mod answer;
mod cover;
mod raise;
#[cfg(test)]
mod tests;

pub use answer::{
    NewWritten, NotTakenOn, NotWritten, PassedOn, TakenOn, WrittenForm, pass_on, take_on, write_down,
};
pub use cover::{Cover, CoverForm, MOST_HOLDERS, NewCover, There, cover};
pub use raise::{NewConcern, NotRaised, RaiseForm, raise};

ids! {
    /// A concern.
    ConcernId;
}

words! {
    /// Which way a concern goes.
    pub enum Route {
        /// An adult may be at risk.
        Adult = "adult",
        /// A child or a young person may be.
        Child = "child",
        /// Somebody who works or volunteers here did something.
        Allegation = "allegation",
        /// Something is wrong in how things are done here.
        SpeakUp = "speak_up",
    }
}

impl Route {
    /// What people read.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Adult => "An adult may be at risk",
            Self::Child => "A child or a young person may be at risk",
            Self::Allegation => "Something that somebody who works or volunteers here did",
            Self::SpeakUp => "Something is not right in how things are done here",
        }
    }

    /// Of what kind it is, for whom that is not plain.
    #[must_use]
    pub const fn means(self) -> &'static str {
        match self {
            Self::Adult => {
                "Of abuse, neglect or harm, also by themself or at home. This is called safeguarding adults."
            }
            Self::Child => {
                "Somebody under 18, whoever they are and wherever they live. This is called safeguarding children."
            }
            Self::Allegation => "Whatever they are here, and also if it was somewhere else.",
            Self::SpeakUp => "Safety, bullying, money, or nobody listening. This is called speaking up.",
        }
    }

    /// Whether such concerns are somebody's who is this to the organisation.
    #[must_use]
    pub const fn is_held_as(self, kind: EngagementKind) -> bool {
        match self {
            Self::Adult | Self::Child | Self::Allegation => {
                matches!(kind, EngagementKind::SafeguardingLead | EngagementKind::SafeguardingDeputy)
            }
            Self::SpeakUp => matches!(kind, EngagementKind::FreedomToSpeakUpGuardian),
        }
    }

    /// Whether it is asked if the person whom it is about knows (Making Safeguarding Personal: an adult's own wishes;
    /// for a child, whether it was talked about with them or whoever looks after them).
    #[must_use]
    pub const fn asks_who_knows(self) -> bool {
        matches!(self, Self::Adult | Self::Child)
    }
}

words! {
    /// Whether the person whom it is about knows that somebody tells it.
    pub enum Knows {
        /// They do.
        Yes = "yes",
        /// Not yet.
        No = "no",
        /// To tell them could put somebody in danger.
        Unsafe = "unsafe",
    }
}

impl Knows {
    /// What people read.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Yes => "Yes, they know",
            Self::No => "Not yet",
            Self::Unsafe => "No: to tell them could put somebody in danger",
        }
    }
}

/// Where the account of what happened is kept: another system, and the number that it has there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    pub system: String,
    /// May be empty.
    pub reference: String,
}

/// A concern, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Concern {
    pub id: ConcernId,
    pub organisation: OrganisationId,
    pub route: Route,
    /// Who raised it.
    pub by: PersonId,
    pub at: DateTime<Utc>,
    pub knows: Option<Knows>,
    /// Whom of those who would be told it is about. Nothing of it reaches them.
    pub about: Vec<PersonId>,
    /// Who was told and when, in that order; the first always is.
    pub told: Vec<(PersonId, DateTime<Utc>)>,
    /// When it goes on to the next, while nobody has taken it on and somebody is left.
    pub due_at: Option<DateTime<Utc>>,
    /// Who took it on, and when.
    pub taken_on: Option<(PersonId, DateTime<Utc>)>,
    /// When nobody was left who could have.
    pub unanswered_at: Option<DateTime<Utc>>,
    pub written: Option<Written>,
}

impl Concern {
    /// Who is told next: whoever covers it today, in their order, but neither who raised it, nor whom it is about, nor
    /// who was told already. `there` are those who may be told such things today.
    #[must_use]
    pub fn next(&self, cover: &Cover, there: &[There]) -> Option<PersonId> {
        let was_told = |it: &PersonId| self.told.iter().any(|told| told.0 == *it);
        let mut left = cover.reach(there, self.by, &self.about);
        left.retain(|it| !was_told(it));
        left.first().copied()
    }
}

/// How long somebody has before it goes on to the next.
#[must_use]
pub fn due(cover: &Cover, now: DateTime<Utc>) -> DateTime<Utc> {
    now + TimeDelta::hours(cover.answer_within.into())
}
