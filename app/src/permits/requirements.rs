//! The permissions of what is required of people, and of checks before they start.

use axum::http::request::Parts;
use domain::people::{OrganisationId, PersonId, VettingOfficer};
use domain::training::requirement::{RecordId, Requirement, RequirementId};
use domain::training::start::Waiting;
use store::audit::{Action, Event};
use store::organisations::{Colleague, Organisation};
use store::training::records::Record;
use store::training::starts::{self, Whose};
use store::training::{records, requirements};

use super::{CoordinatesTrainingHere, SignedIn, named, second_factor};
use crate::cx::Cx;
use crate::door::{Permit, TurnedAway};
use crate::training::starting::OF_ONE;

/// A coordinator of the organisation whose requirement the path names by `{requirement}`. A policy has doors of its own.
#[derive(Debug)]
pub struct RequirementHere {
    pub(crate) here: CoordinatesTrainingHere,
    pub(crate) requirement: Requirement,
}

impl Permit for RequirementHere {
    async fn admit(cx: &Cx, parts: &mut Parts) -> Result<Self, TurnedAway> {
        let here = CoordinatesTrainingHere::admit(cx, parts).await?;
        let id: RequirementId = named(parts, "requirement", |it| it.parse().ok()).await?;
        let found = requirements::requirement(cx.site.db(), id).await?;
        let is_theirs = |it: &Requirement| it.organisation == here.organisation.id && !it.is_policy();
        let requirement = found.filter(is_theirs).ok_or(TurnedAway::NotFound)?;
        Ok(Self { here, requirement })
    }
}

/// A coordinator of the organisation to which somebody else, whom the path names by `{person}`, is something.
#[derive(Debug)]
pub struct RequiredOf {
    pub(crate) here: CoordinatesTrainingHere,
    pub(crate) person: Colleague,
}

impl Permit for RequiredOf {
    async fn admit(cx: &Cx, parts: &mut Parts) -> Result<Self, TurnedAway> {
        let here = CoordinatesTrainingHere::admit(cx, parts).await?;
        let person = somebody_else(cx, parts, (here.me, here.organisation.id)).await?;
        Ok(Self { here, person })
    }
}

/// Somebody who is something to an organisation and is not `me`.
async fn somebody_else(
    cx: &Cx,
    parts: &mut Parts,
    (me, organisation): (PersonId, OrganisationId),
) -> Result<Colleague, TurnedAway> {
    let id: PersonId = named(parts, "person", |it| it.parse().ok()).await?;
    if id == me {
        return Err(TurnedAway::NotFound);
    }
    let found = store::organisations::colleague(cx.site.db(), organisation, id, cx.today()).await?;
    found.ok_or(TurnedAway::NotFound)
}

/// Whoever did what the path names by `{record}`.
#[derive(Debug)]
pub struct OwnRecord {
    pub(crate) me: SignedIn,
    pub(crate) record: Record,
}

impl Permit for OwnRecord {
    async fn admit(cx: &Cx, parts: &mut Parts) -> Result<Self, TurnedAway> {
        let me = SignedIn::admit(cx, parts).await?;
        let id: RecordId = named(parts, "record", |it| it.parse().ok()).await?;
        let found = records::record(cx.site.db(), id).await?;
        let record = found.filter(|it| it.of == me.id() && it.back.is_none()).ok_or(TurnedAway::NotFound)?;
        Ok(Self { me, record })
    }
}

/// Somebody who sees checks in the organisation that the path names by `{organisation}`.
#[derive(Debug)]
pub struct VetsHere {
    pub(crate) officer: VettingOfficer,
    pub(crate) organisation: Organisation,
}

impl Permit for VetsHere {
    async fn admit(cx: &Cx, parts: &mut Parts) -> Result<Self, TurnedAway> {
        let me = SignedIn::admit(cx, parts).await?;
        let id: OrganisationId = named(parts, "organisation", |it| it.parse().ok()).await?;
        let officer = me.actor.as_vetting_officer_of(id).ok_or(TurnedAway::NotFound)?;
        second_factor(cx, &me).await?;
        let found = store::organisations::organisation(cx.site.db(), id).await?;
        Ok(Self { officer, organisation: found.ok_or(TurnedAway::NotFound)? })
    }
}

impl VetsHere {
    /// Something that they do now for the organisation, about to be written down.
    pub(crate) fn event(&self, cx: &Cx, action: Action) -> Event {
        let event = Event::new(cx.now(), action).by(self.officer.person().as_uuid());
        event.within(self.organisation.id.as_uuid())
    }
}

/// The same, with somebody else there, whom the path names by `{person}`.
#[derive(Debug)]
pub struct VetsSomebody {
    pub(crate) here: VetsHere,
    pub(crate) person: Colleague,
}

impl Permit for VetsSomebody {
    async fn admit(cx: &Cx, parts: &mut Parts) -> Result<Self, TurnedAway> {
        let here = VetsHere::admit(cx, parts).await?;
        let organisation = here.organisation.id;
        let mut person = somebody_else(cx, parts, (here.officer.person(), organisation)).await?;
        // What waits for the check asks for it as well.
        let whose = Whose::OneAt(organisation, person.id);
        let waiting = starts::waiting(cx.site.db(), whose, OF_ONE).await?;
        person.engagements.extend(waiting.iter().map(Waiting::as_if_begun));
        Ok(Self { here, person })
    }
}
