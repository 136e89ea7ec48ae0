//! The gate before an engagement begins: what somebody has accepted begins when the check that its role asks for and the
//! training that is required before it are there, or by an exception that names who is alongside them. Until then it is
//! kept and waits. Where an organisation has stated nothing, nothing waits.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::requirement::{Done, Facts, Pause, Requirement, RequirementId, covered};
use super::vetting::{Check, Exception, MayStart, RoleCheck, may_start};
use crate::people::{Engagement, EngagementId, EngagementKind, Offer, OrganisationId, PersonId, ids};

#[cfg(test)]
mod tests;

ids! {
    /// Something that somebody is to be and is not yet.
    WaitingId;
}

/// Whether it can wait at all. Learners and applicants are there for
/// themselves; somebody has to see the first check; and administrators open nothing private.
#[must_use]
pub const fn can_wait(kind: EngagementKind) -> bool {
    !matches!(
        kind,
        EngagementKind::Learner
            | EngagementKind::Applicant
            | EngagementKind::Vetting
            | EngagementKind::Administrator
    )
}

/// What is not there yet. Of a check it is never said more than that: only whoever sees checks knows why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lacking {
    /// The check that the role asks for.
    Check,
    /// Something that is required before somebody starts.
    Training(RequirementId),
}

/// Something that somebody has accepted to be, and that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// The row's name.
    pub id: WaitingId,
    /// Who.
    pub person: PersonId,
    /// Where.
    pub organisation: OrganisationId,
    /// As what, on what footing, and from which day at the earliest.
    pub offer: Offer,
    /// The day on which they accepted.
    pub since: NaiveDate,
}

impl Waiting {
    /// As if it had begun on the day on which they accepted: for working out what is asked of them. It opens nothing.
    #[must_use]
    pub fn as_if_begun(&self) -> Engagement {
        Engagement {
            id: EngagementId::from_uuid(self.id.as_uuid()),
            person: self.person,
            organisation: self.organisation,
            kind: self.offer.kind,
            basis: self.offer.basis,
            from: self.since,
            to: None,
            away: None,
        }
    }
}

/// All that an organisation asks for before somebody starts, and what it knows of them.
#[derive(Clone, Debug, Default)]
pub struct Gate {
    /// The roles that ask for a check.
    pub roles: Vec<RoleCheck>,
    /// The latest check.
    pub latest: Option<Check>,
    /// What was decided about them.
    pub exceptions: Vec<Exception>,
    /// What the organisation requires.
    pub required: Vec<Requirement>,
    /// What counts of what they did.
    pub done: HashMap<RequirementId, Vec<Done>>,
    /// When they need not.
    pub exempt: HashMap<RequirementId, Vec<Pause>>,
}

/// An engagement that begins. Only [`begin`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Begins {
    offer: Offer,
    with: Option<Exception>,
}

impl Begins {
    /// As what, on what footing, and from which day.
    #[must_use]
    pub const fn offer(&self) -> &Offer {
        &self.offer
    }

    /// The exception that it rests on, if it does.
    #[must_use]
    pub const fn with(&self) -> Option<&Exception> {
        self.with.as_ref()
    }
}

/// Begins what somebody has accepted, today or on its own day.
///
/// # Errors
/// What it waits for: something at least.
pub fn begin(offer: &Offer, gate: &Gate, today: NaiveDate) -> Result<Begins, Vec<Lacking>> {
    let is_asked = |it: &Requirement| is_required_before(it, offer.kind, today);
    let training: Vec<_> = gate.required.iter().filter(|it| is_asked(it)).collect();
    let asks_for_a_check = gate.roles.iter().any(|it| it.kind == offer.kind);
    if !can_wait(offer.kind) || (!asks_for_a_check && training.is_empty()) {
        return Ok(Begins { offer: *offer, with: None });
    }
    // What waited begins on the day on which it may, and not before.
    let from = offer.from.max(today);
    let checked = may_start(offer.kind, (&gate.roles, gate.latest.as_ref()), &gate.exceptions, from);
    let mut lacking: Vec<_> = checked.is_err().then_some(Lacking::Check).into_iter().collect();
    let is_there = |it: &&Requirement| gate.is_there(it, (today, from));
    lacking.extend(training.into_iter().filter(|it| !is_there(it)).map(|it| Lacking::Training(it.id)));
    match checked {
        Ok(may) if lacking.is_empty() => {
            Ok(Begins { offer: Offer { from, ..*offer }, with: MayStart::with(&may).cloned() })
        }
        _ => Err(lacking),
    }
}

fn is_required_before(requirement: &Requirement, kind: EngagementKind, today: NaiveDate) -> bool {
    requirement.on(today).is_some_and(|it| it.before_start && it.asked_of.contains(&kind))
}

impl Gate {
    fn is_there(&self, it: &Requirement, (today, from): (NaiveDate, NaiveDate)) -> bool {
        let done = self.done.get(&it.id).map_or(&[][..], Vec::as_slice);
        let facts = Facts { done, ..Facts::default() };
        let exempt = self.exempt.get(&it.id).map_or(&[][..], Vec::as_slice);
        it.on(today).is_none_or(|version| covered(&version.rule, &facts, today).holds_on(from))
            || exempt.iter().any(|it| it.from <= from && from <= it.until)
    }
}

/// What becomes of all that somebody has accepted.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Sorted {
    /// What begins.
    pub begins: Vec<Begins>,
    /// What waits.
    pub waits: Vec<Offer>,
}

/// Sorts what somebody has accepted into what begins and what waits. Whoever waits and is nothing else there is an
/// applicant meanwhile: so they are known to those who see to what they wait for.
#[must_use]
pub fn sort(offers: &[Offer], (gate, is_known): (&Gate, bool), today: NaiveDate) -> Sorted {
    let mut sorted = Sorted::default();
    for offer in offers {
        match begin(offer, gate, today) {
            Ok(begins) => sorted.begins.push(begins),
            Err(_) => sorted.waits.push(*offer),
        }
    }
    if !is_known && sorted.begins.is_empty() && !sorted.waits.is_empty() {
        let offer = Offer { kind: EngagementKind::Applicant, basis: None, from: today };
        sorted.begins.push(Begins { offer, with: None });
    }
    sorted
}
