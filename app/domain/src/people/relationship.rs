//! Relationships: who guides, supervises, manages or assesses whom, from when to when.
//!
//! Each kind stands for itself. Supervising never implies managing and managing never implies supervising, so
//! there is no way to turn one kind into another.

use chrono::NaiveDate;

use super::engagement::days_hold;
use super::{Arranger, Engagement, NotWith, OrganisationId, PersonId, Purpose, ids, may_be_assigned, words};

#[cfg(test)]
mod tests;

ids! {
    /// One thing that one person is to another.
    RelationshipId;
}

words! {
    /// What the holder is to the person.
    pub enum RelationshipKind {
        /// Manages them: leave, hours, appraisal.
        LineManager = "line_manager",
        /// Directs the clinical side of what they do.
        ClinicalLead = "clinical_lead",
        /// Stands by them in the work without assessing or managing.
        Guide = "guide",
        /// Supervises them for the organisation that they belong to.
        Supervisor = "supervisor",
        /// Supervises them for a partner organisation, and sees that strand only.
        PartnerSupervisor = "partner_supervisor",
        /// Judges their evidence.
        Assessor = "assessor",
    }
}

impl RelationshipKind {
    /// What people read, unless the organisation has its own word.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::LineManager => "Line manager",
            Self::ClinicalLead => "Clinical lead",
            Self::Guide => "Guide",
            Self::Supervisor => "Supervisor",
            Self::PartnerSupervisor => "Partner supervisor",
            Self::Assessor => "Assessor",
        }
    }

    /// Which line of a person's not-with list keeps somebody out of it. Line managers count as supervising,
    /// since they hold one-to-one line-management supervision (domain.md section 1.5).
    #[must_use]
    pub const fn purpose(self) -> Purpose {
        match self {
            Self::LineManager
            | Self::ClinicalLead
            | Self::Guide
            | Self::Supervisor
            | Self::PartnerSupervisor => Purpose::Supervise,
            Self::Assessor => Purpose::Assess,
        }
    }

    /// Whether the holder may belong to another organisation than the one that arranges it. Clinical leads,
    /// registered guides and partner supervisors often come from the host service (domain.md sections 1.1 to
    /// 1.3); line managers, supervisors and assessors are the organisation's own.
    #[must_use]
    pub const fn may_come_from_a_partner(self) -> bool {
        match self {
            Self::ClinicalLead | Self::Guide | Self::PartnerSupervisor => true,
            Self::LineManager | Self::Supervisor | Self::Assessor => false,
        }
    }

    /// Whether these engagements let somebody be this to a person of `organisation` on a day: they act for
    /// it, or, where a partner may do it, for any organisation at all. Who has left is nobody's supervisor
    /// any more, even if nobody ended the relationship.
    #[must_use]
    pub fn may_be_held(
        self,
        organisation: OrganisationId,
        engagements: &[Engagement],
        on: NaiveDate,
    ) -> bool {
        engagements.iter().any(|it| {
            it.is_current(on)
                && it.kind.acts_for_the_organisation()
                && (it.organisation == organisation || self.may_come_from_a_partner())
        })
    }
}

/// What one person is to another, as it is kept. Dates are days in the organisation's own time zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relationship {
    /// What the holder is to the person.
    pub kind: RelationshipKind,
    /// Who guides, supervises, manages or assesses.
    pub holder: PersonId,
    /// Whom.
    pub person: PersonId,
    /// The organisation that arranged it: the one for which the person is guided, supervised, managed or
    /// assessed.
    pub organisation: OrganisationId,
    /// The first day.
    pub from: NaiveDate,
    /// The last day; `None` while it is open.
    pub to: Option<NaiveDate>,
}

impl Relationship {
    /// Whether it holds on a day. Both the first and the last day count.
    #[must_use]
    pub fn is_current(&self, on: NaiveDate) -> bool {
        days_hold(self.from, self.to, on)
    }

    /// Its last day if it is ended on a day: none if it has not begun, so that it never was. What has ended
    /// before stays so.
    #[must_use]
    pub fn ended_on(&self, day: NaiveDate) -> Option<NaiveDate> {
        let last = self.to.map_or(day, |it| it.min(day));
        (last >= self.from).then_some(last)
    }
}

/// What somebody who arranges things would like to put in place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RelationshipWish {
    /// What the holder is to become.
    pub kind: RelationshipKind,
    /// Who is to guide, supervise, manage or assess.
    pub holder: PersonId,
    /// Whom.
    pub person: PersonId,
    /// The first day.
    pub from: NaiveDate,
    /// The last day, if it is known.
    pub to: Option<NaiveDate>,
}

/// A relationship that may be saved. Only [`relate`] makes one.
#[derive(Debug, PartialEq, Eq)]
pub struct NewRelationship(Relationship);

impl NewRelationship {
    /// What is to be saved.
    #[must_use]
    pub const fn relationship(&self) -> &Relationship {
        &self.0
    }
}

/// Why a relationship is not put in place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RelateRefused {
    /// Holder and person are the same.
    #[error("Choose somebody else: nobody can be this to themself.")]
    ToThemself,
    /// The last day comes before the first.
    #[error("Choose a last day that is not before the first day.")]
    EndsBeforeItBegins,
    /// The holder does not act for the organisation, or the person does not want them. The two are not told
    /// apart: if only the second had this sentence, the sentence would give the list away.
    #[error("This person can't be chosen here.")]
    CannotBeChosen,
}

/// Puts a relationship in place for the organisation that `by` arranges things in. `holder` is what the
/// holder is engaged as, anywhere; `not_with` is the list of the person.
///
/// # Errors
/// [`RelateRefused`] for a relationship to oneself, dates the wrong way round, or a holder who can't be
/// chosen.
///
/// # Panics
/// If `not_with` is somebody else's list, which would be a bug.
pub fn relate(
    by: &Arranger,
    wish: &RelationshipWish,
    holder: &[Engagement],
    not_with: &NotWith,
) -> Result<NewRelationship, RelateRefused> {
    let RelationshipWish { kind, holder: holder_id, person, from, to } = *wish;
    assert!(not_with.person() == person, "somebody else's not-with list was asked");
    if holder_id == person {
        return Err(RelateRefused::ToThemself);
    }
    if to.is_some_and(|it| it < from) {
        return Err(RelateRefused::EndsBeforeItBegins);
    }
    let organisation = by.organisation();
    let own: Vec<_> = holder.iter().filter(|it| it.person == holder_id).cloned().collect();
    if !kind.may_be_held(organisation, &own, from) || !may_be_assigned(kind.purpose(), holder_id, not_with) {
        return Err(RelateRefused::CannotBeChosen);
    }
    Ok(NewRelationship(Relationship { kind, holder: holder_id, person, organisation, from, to }))
}
