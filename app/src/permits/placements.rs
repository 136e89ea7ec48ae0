//! What is asked at the doors of roles and placements.

use axum::http::request::Parts;
use domain::people::{
    LineManager, OrganisationId, PersonId, PlacementSupervisor, RelationshipKind, TrainingCoordinator,
};
use domain::training::placement::{Placement, PlacementId, may_supervise};
use domain::training::role_issue::{RoleIssueId, Signer};
use domain::training::role_profile::RoleId;
use store::audit::{Action, Event};
use store::training::issues::{Issued, issued};
use store::training::placements;
use store::training::role_profiles::{Role, role};

use super::{CoordinatesTrainingHere, SignedIn, named, second_factor};
use crate::cx::Cx;
use crate::door::{Permit, TurnedAway};

/// A coordinator of the organisation whose role profile the path names by `{role}`.
#[derive(Debug)]
pub struct RoleHere {
    pub(crate) here: CoordinatesTrainingHere,
    pub(crate) role: Role,
}

impl Permit for RoleHere {
    async fn admit(cx: &Cx, parts: &mut Parts) -> Result<Self, TurnedAway> {
        let here = CoordinatesTrainingHere::admit(cx, parts).await?;
        let id: RoleId = named(parts, "role", |it| it.parse().ok()).await?;
        let found = role(cx.site.db(), id).await?;
        let role = found.filter(|it| it.organisation == here.organisation.id).ok_or(TurnedAway::NotFound)?;
        Ok(Self { here, role })
    }
}

/// Somebody whom the role concerns that the path names by `{issue}`: whoever it was issued to, their line manager, or a
/// coordinator of the organisation that issued it.
#[derive(Debug)]
pub struct RoleIssued {
    pub(crate) me: PersonId,
    pub(crate) known_as: String,
    pub(crate) issued: Issued,
    pub(crate) manager: Option<LineManager>,
    pub(crate) coordinator: Option<TrainingCoordinator>,
}

impl Permit for RoleIssued {
    async fn admit(cx: &Cx, parts: &mut Parts) -> Result<Self, TurnedAway> {
        let me = SignedIn::admit(cx, parts).await?.with_relationships(cx).await?;
        let id: RoleIssueId = named(parts, "issue", |it| it.parse().ok()).await?;
        let issued = issued(cx.site.db(), id).await?.ok_or(TurnedAway::NotFound)?;
        let issue = &issued.issue;
        let is_own = issue.person == me.id();
        let manager = me.actor.as_line_manager_at(issue.person, issue.organisation);
        let coordinator = me.actor.as_training_coordinator_of(issue.organisation).filter(|_| !is_own);
        if !is_own {
            if manager.is_none() && coordinator.is_none() {
                return Err(TurnedAway::NotFound);
            }
            second_factor(cx, &me).await?;
        }
        Ok(Self { me: me.id(), known_as: me.known_as, issued, manager, coordinator })
    }
}

impl RoleIssued {
    /// As one of the two who sign it.
    pub(crate) fn signer(&self) -> Option<Signer<'_>> {
        if self.issued.issue.person == self.me {
            return Some(Signer::Person(self.me));
        }
        self.manager.as_ref().map(Signer::Manager)
    }

    /// Something that is done with it now, about to be written down.
    pub(crate) fn event(&self, cx: &Cx, action: Action) -> Event {
        let issue = &self.issued.issue;
        let event = Event::new(cx.now(), action).by(self.me.as_uuid()).about(issue.person.as_uuid());
        event.to(issue.id.as_uuid()).within(issue.organisation.as_uuid())
    }
}

/// One of the two who sign the role that the path names by `{issue}`.
#[derive(Debug)]
pub struct SignsRole {
    pub(crate) here: RoleIssued,
}

impl Permit for SignsRole {
    async fn admit(cx: &Cx, parts: &mut Parts) -> Result<Self, TurnedAway> {
        let here = RoleIssued::admit(cx, parts).await?;
        if here.signer().is_some() { Ok(Self { here }) } else { Err(TurnedAway::NotFound) }
    }
}

/// A coordinator of the organisation that issued the role that the path names by `{issue}`; not about themself.
#[derive(Debug)]
pub struct TakesRoleBack {
    pub(crate) here: RoleIssued,
    pub(crate) coordinator: TrainingCoordinator,
}

impl Permit for TakesRoleBack {
    async fn admit(cx: &Cx, parts: &mut Parts) -> Result<Self, TurnedAway> {
        let mut here = RoleIssued::admit(cx, parts).await?;
        let coordinator = here.coordinator.take().ok_or(TurnedAway::NotFound)?;
        Ok(Self { here, coordinator })
    }
}

/// Somebody who manages others today.
#[derive(Debug)]
pub struct Manages {
    /// Whom, each for one organisation.
    pub(crate) managed: Vec<(PersonId, OrganisationId)>,
}

impl Permit for Manages {
    async fn admit(cx: &Cx, parts: &mut Parts) -> Result<Self, TurnedAway> {
        let me = SignedIn::admit(cx, parts).await?.with_relationships(cx).await?;
        let held = me.actor.relationships().iter().filter(|it| it.kind == RelationshipKind::LineManager);
        let managed: Vec<_> = held.map(|it| (it.person, it.organisation)).collect();
        if managed.is_empty() {
            return Err(TurnedAway::NotFound);
        }
        second_factor(cx, &me).await?;
        Ok(Self { managed })
    }
}

/// Whoever the placement belongs to that the path names by `{placement}`.
#[derive(Debug)]
pub struct OwnPlacement {
    pub(crate) me: PersonId,
    pub(crate) placement: Placement,
}

impl Permit for OwnPlacement {
    async fn admit(cx: &Cx, parts: &mut Parts) -> Result<Self, TurnedAway> {
        let me = SignedIn::admit(cx, parts).await?.id();
        let placement = placement(cx, parts).await?;
        if placement.person != me {
            return Err(TurnedAway::NotFound);
        }
        Ok(Self { me, placement })
    }
}

/// Whoever looks after the placement that the path names by `{placement}`.
#[derive(Debug)]
pub struct LooksAfterPlacement {
    pub(crate) supervisor: PlacementSupervisor,
    pub(crate) placement: Placement,
}

impl Permit for LooksAfterPlacement {
    async fn admit(cx: &Cx, parts: &mut Parts) -> Result<Self, TurnedAway> {
        let me = SignedIn::admit(cx, parts).await?;
        let placement = placement(cx, parts).await?;
        let supervisor = me.actor.as_placement_supervisor(&placement).ok_or(TurnedAway::NotFound)?;
        second_factor(cx, &me).await?;
        Ok(Self { supervisor, placement })
    }
}

impl LooksAfterPlacement {
    /// Something that is done now with its hours, about to be written down.
    pub(crate) fn event(&self, cx: &Cx, action: Action) -> Event {
        Event::new(cx.now(), action)
            .by(self.supervisor.person().as_uuid())
            .about(self.supervisor.supervisee().as_uuid())
            .to(self.placement.id.as_uuid())
            .within(self.supervisor.organisation().as_uuid())
    }
}

/// Somebody who may look after placements today.
#[derive(Debug)]
pub struct LooksAfter {
    pub(crate) me: PersonId,
    /// Where they do.
    pub(crate) organisations: Vec<OrganisationId>,
}

impl Permit for LooksAfter {
    async fn admit(cx: &Cx, parts: &mut Parts) -> Result<Self, TurnedAway> {
        let me = SignedIn::admit(cx, parts).await?;
        let there = me.actor.engagements().iter().filter(|it| may_supervise(it.kind));
        let organisations: Vec<_> = there.map(|it| it.organisation).collect();
        if organisations.is_empty() {
            return Err(TurnedAway::NotFound);
        }
        second_factor(cx, &me).await?;
        Ok(Self { me: me.id(), organisations })
    }
}

/// A coordinator of the organisation whose placement the path names by `{placement}`; not their own.
#[derive(Debug)]
pub struct PlacementHere {
    pub(crate) here: CoordinatesTrainingHere,
    pub(crate) placement: Placement,
}

impl Permit for PlacementHere {
    async fn admit(cx: &Cx, parts: &mut Parts) -> Result<Self, TurnedAway> {
        let here = CoordinatesTrainingHere::admit(cx, parts).await?;
        let placement = placement(cx, parts).await?;
        if placement.organisation != here.organisation.id || placement.person == here.me {
            return Err(TurnedAway::NotFound);
        }
        Ok(Self { here, placement })
    }
}

async fn placement(cx: &Cx, parts: &mut Parts) -> Result<Placement, TurnedAway> {
    let id: PlacementId = named(parts, "placement", |it| it.parse().ok()).await?;
    placements::placement(cx.site.db(), id).await?.ok_or(TurnedAway::NotFound)
}
