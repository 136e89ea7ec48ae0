//! What is asked at the doors of training.

use axum::http::request::Parts;
use domain::people::{CohortTutor, OrganisationId, PersonId, TrainingCoordinator};
use domain::training::cohort::{CohortId, Team};
use store::audit::{Action, Event};
use store::organisations::Organisation;
use store::training::cohorts::Cohort;
use store::training::places::Member;

use super::{SignedIn, named, second_factor};
use crate::cx::Cx;
use crate::door::{Permit, TurnedAway};

/// Somebody who holds sessions of a programme, or arranges who does. It opens nothing about people.
#[derive(Debug)]
pub struct HoldsSessions(());

impl Permit for HoldsSessions {
    async fn admit(cx: &Cx, parts: &mut Parts) -> Result<Self, TurnedAway> {
        let me = SignedIn::admit(cx, parts).await?;
        me.actor.as_facilitator().ok_or(TurnedAway::NotFound)?;
        Ok(Self(()))
    }
}

/// Somebody who keeps the register of the group that the path names by `{cohort}`.
#[derive(Debug)]
pub struct KeepsRegister {
    pub(crate) tutor: CohortTutor,
    pub(crate) cohort: Cohort,
}

/// The group that the path names by `{cohort}`, and what it says of who holds its sessions.
async fn cohort(cx: &Cx, parts: &mut Parts) -> Result<(Cohort, Team), TurnedAway> {
    let id: CohortId = named(parts, "cohort", |it| it.parse().ok()).await?;
    let found = store::training::cohorts::cohort(cx.site.db(), id).await?.ok_or(TurnedAway::NotFound)?;
    let team = store::training::cohorts::team(cx.site.db(), &found).await?;
    Ok((found, team))
}

impl Permit for KeepsRegister {
    async fn admit(cx: &Cx, parts: &mut Parts) -> Result<Self, TurnedAway> {
        let me = SignedIn::admit(cx, parts).await?;
        let (cohort, team) = cohort(cx, parts).await?;
        let tutor = me.actor.as_cohort_tutor(&team).ok_or(TurnedAway::NotFound)?;
        second_factor(cx, &me).await?;
        Ok(Self { tutor, cohort })
    }
}

impl KeepsRegister {
    /// Something that this tutor does now in the group, about to be written down.
    pub(crate) fn event(&self, cx: &Cx, action: Action) -> Event {
        let event = Event::new(cx.now(), action).by(self.tutor.person().as_uuid());
        event.within(self.tutor.organisation().as_uuid())
    }
}

/// Somebody who has or had a place in the group that the path names by `{cohort}`; or else who keeps its register.
#[derive(Debug)]
pub enum InCohort {
    /// About themselves.
    Place(Cohort, Member),
    /// About everybody in it.
    Register(KeepsRegister),
}

impl Permit for InCohort {
    async fn admit(cx: &Cx, parts: &mut Parts) -> Result<Self, TurnedAway> {
        let me = SignedIn::admit(cx, parts).await?;
        let (cohort, team) = cohort(cx, parts).await?;
        let member = store::training::places::member(cx.site.db(), cohort.id, me.id()).await?;
        if let Some(member) = member {
            return Ok(Self::Place(cohort, member));
        }
        let tutor = me.actor.as_cohort_tutor(&team).ok_or(TurnedAway::NotFound)?;
        second_factor(cx, &me).await?;
        Ok(Self::Register(KeepsRegister { tutor, cohort }))
    }
}

/// A coordinator of training in the organisation that the path names by `{organisation}`.
#[derive(Debug)]
pub struct CoordinatesTrainingHere {
    pub(crate) me: PersonId,
    pub(crate) coordinator: TrainingCoordinator,
    pub(crate) organisation: Organisation,
}

impl Permit for CoordinatesTrainingHere {
    async fn admit(cx: &Cx, parts: &mut Parts) -> Result<Self, TurnedAway> {
        let me = SignedIn::admit(cx, parts).await?;
        let id: OrganisationId = named(parts, "organisation", |it| it.parse().ok()).await?;
        let coordinator = me.actor.as_training_coordinator_of(id).ok_or(TurnedAway::NotFound)?;
        second_factor(cx, &me).await?;
        let found = store::organisations::organisation(cx.site.db(), id).await?;
        let organisation = found.ok_or(TurnedAway::NotFound)?;
        Ok(Self { me: me.id(), coordinator, organisation })
    }
}

impl CoordinatesTrainingHere {
    /// Something that this coordinator does now for the organisation, about to be written down.
    pub(crate) fn event(&self, cx: &Cx, action: Action) -> Event {
        let event = Event::new(cx.now(), action).by(self.me.as_uuid());
        event.within(self.organisation.id.as_uuid())
    }
}
