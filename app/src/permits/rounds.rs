//! The permissions of training's doors.

use axum::http::request::Parts;
use domain::people::{OrganisationId, PersonId};
use domain::training::{ApplicationId, Concerned, Round, RoundId};
use store::audit::{Action, Event};
use store::training::applications::{self, Application};
use store::training::rounds;

use super::{CoordinatesTrainingHere, SignedIn, named};
use crate::cx::Cx;
use crate::door::{Permit, TurnedAway};

/// A coordinator of the organisation whose round the path names by `{round}`.
#[derive(Debug)]
pub struct RoundHere {
    pub(crate) here: CoordinatesTrainingHere,
    pub(crate) round: Round,
}

impl Permit for RoundHere {
    async fn admit(cx: &Cx, parts: &mut Parts) -> Result<Self, TurnedAway> {
        let here = CoordinatesTrainingHere::admit(cx, parts).await?;
        let id: RoundId = named(parts, "round", |it| it.parse().ok()).await?;
        let found = rounds::round(cx.site.db(), id).await?;
        let round = found.filter(|it| it.organisation == here.organisation.id).ok_or(TurnedAway::NotFound)?;
        Ok(Self { here, round })
    }
}

/// Whoever wrote the application that the path names by `{application}`.
#[derive(Debug)]
pub struct OwnApplication {
    pub(crate) me: SignedIn,
    pub(crate) application: Application,
    pub(crate) round: Round,
}

impl Permit for OwnApplication {
    async fn admit(cx: &Cx, parts: &mut Parts) -> Result<Self, TurnedAway> {
        let me = SignedIn::admit(cx, parts).await?;
        let (application, round) = named_here(cx, parts).await?;
        if application.person != me.id() {
            return Err(TurnedAway::NotFound);
        }
        Ok(Self { me, application, round })
    }
}

/// The application that the path names, with its round.
async fn named_here(cx: &Cx, parts: &mut Parts) -> Result<(Application, Round), TurnedAway> {
    let id: ApplicationId = named(parts, "application", |it| it.parse().ok()).await?;
    let found = applications::application(cx.site.db(), id).await?;
    let application = found.ok_or(TurnedAway::NotFound)?;
    let round = rounds::round(cx.site.db(), application.round).await?.ok_or(TurnedAway::NotFound)?;
    Ok((application, round))
}

/// An application that was sent to the organisation that a coordinator looks after, and not by themself.
#[derive(Debug)]
pub(crate) struct Sent {
    pub(crate) here: CoordinatesTrainingHere,
    pub(crate) application: Application,
    pub(crate) round: Round,
}

impl Sent {
    async fn admit(cx: &Cx, parts: &mut Parts) -> Result<Self, TurnedAway> {
        let here = CoordinatesTrainingHere::admit(cx, parts).await?;
        let (application, round) = named_here(cx, parts).await?;
        let is_theirs = round.organisation == here.organisation.id && application.person != here.me;
        if !is_theirs || !application.standing.is_sent {
            return Err(TurnedAway::NotFound);
        }
        Ok(Self { here, application, round })
    }

    /// Who has to do with the application.
    pub(crate) const fn concerned(&self) -> Concerned {
        self.application.concerned(self.round.organisation)
    }

    /// Where its pages are.
    pub(crate) fn base(&self) -> String {
        format!("/training/at/{}/applications/{}", self.here.organisation.id, self.application.id)
    }

    /// Something that the coordinator does now about the applicant, about to be written down.
    pub(crate) fn event(&self, cx: &Cx, action: Action) -> Event {
        let event = self.here.event(cx, action).about(self.application.person.as_uuid());
        event.to(self.application.id.as_uuid())
    }
}

/// Somebody who reads what was answered.
#[derive(Debug)]
pub struct ReadsAnswers(pub(crate) Sent);

impl Permit for ReadsAnswers {
    async fn admit(cx: &Cx, parts: &mut Parts) -> Result<Self, TurnedAway> {
        Sent::admit(cx, parts).await.map(Self)
    }
}

/// Somebody who may take on arranging the conversation. What was asked for opens with the rule's own handle alone.
#[derive(Debug)]
pub struct MayArrange(pub(crate) Sent);

impl Permit for MayArrange {
    async fn admit(cx: &Cx, parts: &mut Parts) -> Result<Self, TurnedAway> {
        Sent::admit(cx, parts).await.map(Self)
    }
}

/// Where the pages of an organisation's training are.
pub(crate) fn base(organisation: OrganisationId) -> String {
    format!("/training/at/{organisation}")
}

/// What people are called, in one question.
pub(crate) async fn names(
    cx: &Cx,
    people: Vec<PersonId>,
) -> store::Result<std::collections::BTreeMap<uuid::Uuid, String>> {
    let ids: Vec<_> = people.into_iter().map(PersonId::as_uuid).collect();
    store::people::names(cx.site.db(), &ids).await
}
