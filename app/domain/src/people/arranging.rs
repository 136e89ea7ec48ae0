//! What an administrator arranges for the people of their organisation: where somebody is, on which footing, and
//! until when.

use chrono::NaiveDate;

use super::invitation::basis;
use super::names::line;
use super::registration::kept;
use super::{
    Administrator, Basis, Engagement, EngagementId, EngagementKind, FieldFault, LineRefused, ids, words,
};
use crate::day::TypedDay;

#[cfg(test)]
mod tests;

ids! {
    /// A service, a team or a site of an organisation.
    PlaceId;
}

words! {
    /// What a place is to an organisation.
    pub enum PlaceKind {
        /// A service, which hosts people.
        Service = "service",
        /// A team.
        Team = "team",
        /// A site, which is where people have their base.
        Site = "site",
    }
}

impl PlaceKind {
    /// What people read.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Service => "Service",
            Self::Team => "Team",
            Self::Site => "Site",
        }
    }
}

/// A service, a team or a site as its organisation calls it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The row's name.
    pub id: PlaceId,
    /// What it is.
    pub kind: PlaceKind,
    /// What it is called.
    pub name: String,
}

/// A place that may be saved. Only [`add_place`] makes one.
#[derive(Debug, PartialEq, Eq)]
pub struct NewPlace {
    kind: PlaceKind,
    name: String,
}

impl NewPlace {
    /// What it is.
    #[must_use]
    pub const fn kind(&self) -> PlaceKind {
        self.kind
    }

    /// What it is called.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}

/// The longest name of a place, in characters. Our choice: a line on a phone, twice.
const LONGEST_NAME: usize = 80;

/// Adds a service, a team or a site by name. `kind` and `name` are the form's fields.
///
/// # Errors
/// Every field that has to be put right.
pub fn add_place(_by: &Administrator, kind: &str, name: &str) -> Result<NewPlace, Vec<FieldFault>> {
    let mut faults = Vec::new();
    let kind = PlaceKind::parse(kind);
    if kind.is_none() {
        faults.push(FieldFault { field: "kind", remedy: "Choose one of these.".into() });
    }
    let name: Result<&str, LineRefused> = line(name, LONGEST_NAME);
    let name = kept(name, "name", &mut faults);
    if name.is_some_and(|it| !it.chars().any(char::is_alphanumeric)) {
        faults.push(FieldFault { field: "name", remedy: "Write what it is called.".into() });
    }
    match (kind, name) {
        (Some(kind), Some(name)) if faults.is_empty() => Ok(NewPlace { kind, name: name.into() }),
        _ => Err(faults),
    }
}

/// What was typed into the form for an engagement. For the places, what is empty is nowhere.
#[derive(Clone, Copy, Debug)]
pub struct EngagementForm<'a> {
    /// The field `basis`.
    pub basis: &'a str,
    /// The field `service`.
    pub service: &'a str,
    /// The field `team`.
    pub team: &'a str,
    /// Every value of the field `site`.
    pub sites: &'a [&'a str],
    /// The fields `to_day`, `to_month` and `to_year`.
    pub to: TypedDay<'a>,
}

/// An engagement as it is from now on. Only [`change_engagement`] makes one.
#[derive(Debug, PartialEq, Eq)]
pub struct ChangedEngagement {
    /// Which.
    id: EngagementId,
    basis: Option<Basis>,
    service: Option<PlaceId>,
    team: Option<PlaceId>,
    sites: Vec<PlaceId>,
    to: Option<NaiveDate>,
}

impl ChangedEngagement {
    /// Which.
    #[must_use]
    pub const fn id(&self) -> EngagementId {
        self.id
    }

    /// On what footing.
    #[must_use]
    pub const fn basis(&self) -> Option<Basis> {
        self.basis
    }

    /// Which service hosts it.
    #[must_use]
    pub const fn service(&self) -> Option<PlaceId> {
        self.service
    }

    /// In which team.
    #[must_use]
    pub const fn team(&self) -> Option<PlaceId> {
        self.team
    }

    /// At which sites.
    #[must_use]
    pub fn sites(&self) -> &[PlaceId] {
        &self.sites
    }

    /// The last day.
    #[must_use]
    pub const fn to(&self) -> Option<NaiveDate> {
        self.to
    }
}

/// Changes an engagement with the organisation that `by` administers. `places` are that organisation's, and
/// `administrators` is how many it has today.
///
/// # Errors
/// Every field that has to be put right.
///
/// # Panics
/// If the engagement is with another organisation, which would be a bug.
pub fn change_engagement(
    by: &Administrator,
    engagement: &Engagement,
    form: &EngagementForm<'_>,
    (places, administrators): (&[Place], u64),
) -> Result<ChangedEngagement, Vec<FieldFault>> {
    assert!(
        engagement.organisation == by.organisation(),
        "an engagement with another organisation was changed"
    );
    let mut faults = Vec::new();
    let basis = kept(basis(form.basis), "basis", &mut faults);
    let mut at = |kind, typed: &str, field| {
        let found = place(places, kind, typed);
        if found.is_none() {
            faults.push(FieldFault { field, remedy: "Choose one of the list.".into() });
        }
        found
    };
    let service = at(PlaceKind::Service, form.service, "service");
    let team = at(PlaceKind::Team, form.team, "team");
    let sites: Option<Vec<_>> = form.sites.iter().map(|it| at(PlaceKind::Site, it, "site")).collect();
    let to = kept(form.to.perhaps(), "to_day", &mut faults);
    let last = engagement.kind == EngagementKind::Administrator && administrators < 2;
    let refused = match to.flatten() {
        Some(to) if to < engagement.from => Some("Choose a last day that is not before the first day."),
        Some(_) if last => Some("Make somebody else an administrator first: this is the last one."),
        _ => None,
    };
    faults.extend(refused.map(|it| FieldFault { field: "to_day", remedy: it.into() }));
    match (basis, service, team, sites, to) {
        (Some(basis), Some(service), Some(team), Some(sites), Some(to)) if faults.is_empty() => {
            let mut sites: Vec<_> = sites.into_iter().flatten().collect();
            sites.sort_unstable();
            sites.dedup();
            Ok(ChangedEngagement { id: engagement.id, basis, service, team, sites, to })
        }
        _ => Err(faults),
    }
}

/// The place that was chosen: nowhere if nothing was, none if there is no such place of that kind.
fn place(places: &[Place], kind: PlaceKind, typed: &str) -> Option<Option<PlaceId>> {
    if typed.is_empty() {
        return Some(None);
    }
    let id = typed.parse().ok()?;
    places.iter().any(|it| it.kind == kind && it.id == id).then_some(Some(id))
}
