//! Placements: where somebody practises, from when to when, and who looks after them there.

mod ending;

use chrono::NaiveDate;

use super::cohort::CohortId;
use crate::day::TypedDay;
use crate::people::{
    Engagement, EngagementKind, FieldFault, NotWith, OrganisationId, PersonId, PlaceId, Purpose,
    TrainingCoordinator, ids, may_be_assigned,
};
use crate::typed::kept;

pub use ending::{EndForm, Ended, Ending, LONGEST_WHY, NotEnded, end};

#[cfg(test)]
mod tests;

ids! {
    /// Somebody's placement.
    PlacementId;
}

/// A placement as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placement {
    pub id: PlacementId,
    pub person: PersonId,
    pub organisation: OrganisationId,
    /// Who looks after them there and agrees their hours.
    pub supervisor: PersonId,
    pub site: PlaceId,
    /// The group with which they go through a programme, if there is one.
    pub cohort: Option<CohortId>,
    pub from: NaiveDate,
    /// The last day; both days count.
    pub to: NaiveDate,
}

impl Placement {
    /// Whether a day lies in it.
    #[must_use]
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        (self.from..=self.to).contains(&day)
    }

    /// Whether somebody looks after this placement, and does so for the organisation; `theirs` is what they are today.
    /// It goes on when the placement is over, for what was done there may still be waiting.
    pub(crate) fn is_looked_after_by(&self, person: PersonId, theirs: &[Engagement]) -> bool {
        person == self.supervisor
            && person != self.person
            && theirs.iter().any(|it| may_supervise(it.kind) && it.organisation == self.organisation)
    }
}

/// Whether whoever is this to an organisation may look after placements there.
#[must_use]
pub const fn may_supervise(kind: EngagementKind) -> bool {
    matches!(kind, EngagementKind::PlacementSupervisor | EngagementKind::Supervisor)
}

/// The longest placement, in days. Our choice: two years, as for an apprenticeship with a pause.
const LONGEST: i64 = 731;

/// What was typed about a placement.
#[derive(Clone, Copy, Debug)]
pub struct PlacementForm<'a> {
    pub supervisor: &'a str,
    pub site: &'a str,
    /// One of the person's groups; it may be empty.
    pub cohort: &'a str,
    pub from: TypedDay<'a>,
    pub to: TypedDay<'a>,
}

/// From what may be chosen.
#[derive(Clone, Copy, Debug)]
pub struct Choices<'a> {
    /// What those who act for the organisation are to it today.
    pub acting: &'a [Engagement],
    /// The organisation's sites.
    pub sites: &'a [PlaceId],
    /// The person's groups there.
    pub cohorts: &'a [CohortId],
    /// With whom the person would not like to have to do.
    pub not_with: &'a NotWith,
}

/// A placement that may be kept. Only [`arrange`] makes one.
#[derive(Debug, PartialEq, Eq)]
pub struct NewPlacement(Placement);

impl NewPlacement {
    /// What is kept.
    #[must_use]
    pub const fn placement(&self) -> &Placement {
        &self.0
    }
}

/// Arranges a placement for somebody; `theirs` is what they are to organisations.
///
/// # Errors
/// Every field that has to be put right. Whoever the person would not like is told from nobody else who cannot be
/// chosen.
pub fn arrange(
    by: &TrainingCoordinator,
    (id, person, theirs): (PlacementId, PersonId, &[Engagement]),
    form: &PlacementForm<'_>,
    choices: Choices<'_>,
    today: NaiveDate,
) -> Result<NewPlacement, Vec<FieldFault>> {
    let organisation = by.organisation();
    let mut faults = Vec::new();
    let mut fault = |field, remedy: &str| faults.push(FieldFault { field, remedy: remedy.into() });
    let is_here =
        |it: &Engagement| it.person == person && it.organisation == organisation && it.is_current(today);
    if !theirs.iter().any(is_here) {
        fault("name", "Choose somebody who is with your organisation today.");
    }
    let may = |it: &PersonId| {
        let supervises = |of: &Engagement| {
            of.person == *it
                && of.organisation == organisation
                && may_supervise(of.kind)
                && of.is_current(today)
        };
        *it != person
            && choices.acting.iter().any(supervises)
            && may_be_assigned(Purpose::Supervise, *it, choices.not_with)
    };
    let supervisor = form.supervisor.parse().ok().filter(may);
    if supervisor.is_none() {
        fault("supervisor", "Choose who looks after them, from the list.");
    }
    let site = form.site.parse().ok().filter(|it| choices.sites.contains(it));
    if site.is_none() {
        fault("site", "Choose where it is, from the list.");
    }
    let cohort = match form.cohort {
        "" => Some(None),
        typed => typed.parse().ok().filter(|it| choices.cohorts.contains(it)).map(Some),
    };
    if cohort.is_none() {
        fault("cohort", "Choose from the list, or leave it open.");
    }
    let from = kept(form.from.needed(), "from_day", &mut faults);
    let to = kept(form.to.needed(), "to_day", &mut faults);
    if let Some((from, to)) = from.zip(to) {
        let remedy = match (to - from).num_days() {
            ..0 => Some("Choose a last day that is not before the first day."),
            0..LONGEST => None,
            _ => Some("Choose a last day within two years of the first day."),
        };
        faults.extend(remedy.map(|it| FieldFault { field: "to_day", remedy: it.into() }));
    }
    match (supervisor, site, cohort, from, to) {
        (Some(supervisor), Some(site), Some(cohort), Some(from), Some(to)) if faults.is_empty() => {
            let placement = Placement { id, person, organisation, supervisor, site, cohort, from, to };
            Ok(NewPlacement(placement))
        }
        _ => Err(faults),
    }
}
