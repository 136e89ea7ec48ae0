//! The permissions that the pages about competences ask for.

use std::collections::BTreeMap;

use axum::http::Method;
use axum::http::request::Parts;
use domain::people::{Assessor, OrganisationId, PersonId, RelationshipKind};
use domain::training::cohort::{CohortId, PlaceState};
use domain::training::evidence::EvidenceId;
use domain::training::framework::FrameworkId;
use store::audit::Event;
use store::training::cohorts::{self, Cohort};
use store::training::evidence_files::{self, KeptFile};
use store::training::frameworks::Framework;
use store::training::judgements::{self, JUDGED_ONESELF};
use store::training::places::members;

use super::{SignedIn, named, second_factor};
use crate::cx::Cx;
use crate::door::{Permit, TurnedAway};

/// Somebody signed in who works with the framework that the path names by `{framework}`.
#[derive(Debug)]
pub struct WorksTowards {
    pub(crate) me: PersonId,
    pub(crate) framework: Framework,
}

impl Permit for WorksTowards {
    async fn admit(cx: &Cx, parts: &mut Parts) -> Result<Self, TurnedAway> {
        let me = SignedIn::admit(cx, parts).await?.id();
        let framework = framework_in(cx, parts).await?;
        if !judgements::has_taken(cx.site.db(), me, framework.id).await? {
            return Err(TurnedAway::NotFound);
        }
        Ok(Self { me, framework })
    }
}

/// Somebody who assesses others today.
#[derive(Debug)]
pub struct Assesses {
    pub(crate) me: PersonId,
    /// Whom, each for one organisation.
    pub(crate) candidates: Vec<(PersonId, OrganisationId)>,
}

impl Permit for Assesses {
    async fn admit(cx: &Cx, parts: &mut Parts) -> Result<Self, TurnedAway> {
        let me = SignedIn::admit(cx, parts).await?.with_relationships(cx).await?;
        let held = me.actor.relationships().iter().filter(|it| it.kind == RelationshipKind::Assessor);
        let candidates: Vec<_> = held.map(|it| (it.person, it.organisation)).collect();
        if candidates.is_empty() {
            return Err(TurnedAway::NotFound);
        }
        second_factor(cx, &me).await?;
        Ok(Self { me: me.id(), candidates })
    }
}

/// The assessor of the person that the path names by `{person}`, for the organisation whose framework it names by
/// `{framework}`. Whoever sends something here about themself is turned away like everybody, and it is written down.
#[derive(Debug)]
pub struct AssessesHere {
    pub(crate) assessor: Assessor,
    pub(crate) framework: Framework,
    /// What the candidate is called.
    pub(crate) known_as: String,
}

impl Permit for AssessesHere {
    async fn admit(cx: &Cx, parts: &mut Parts) -> Result<Self, TurnedAway> {
        let me = SignedIn::admit(cx, parts).await?.with_relationships(cx).await?;
        let candidate: PersonId = named(parts, "person", |it| it.parse().ok()).await?;
        let framework = framework_in(cx, parts).await?;
        if candidate == me.id() {
            if parts.method == Method::POST {
                oneself(cx, me.id(), &framework).await?;
            }
            return Err(TurnedAway::NotFound);
        }
        let assessor = me.actor.as_assessor_at(candidate, framework.organisation);
        let assessor = assessor.ok_or(TurnedAway::NotFound)?;
        if !judgements::has_taken(cx.site.db(), candidate, framework.id).await? {
            return Err(TurnedAway::NotFound);
        }
        second_factor(cx, &me).await?;
        let known = store::people::known(cx.site.db(), candidate).await?.ok_or(TurnedAway::NotFound)?;
        Ok(Self { assessor, framework, known_as: known.known_as })
    }
}

/// Somebody who assesses at least one of the group that the path names by `{cohort}`, for the organisation whose
/// framework it names by `{framework}`.
#[derive(Debug)]
pub struct AssessesGroup {
    pub(crate) me: PersonId,
    pub(crate) framework: Framework,
    pub(crate) cohort: Cohort,
    /// As what they assess each of those whom they do.
    pub(crate) assessors: BTreeMap<PersonId, Assessor>,
    /// How many others have a place there.
    pub(crate) others: usize,
}

impl Permit for AssessesGroup {
    async fn admit(cx: &Cx, parts: &mut Parts) -> Result<Self, TurnedAway> {
        let me = SignedIn::admit(cx, parts).await?.with_relationships(cx).await?;
        let framework = framework_in(cx, parts).await?;
        let id: CohortId = named(parts, "cohort", |it| it.parse().ok()).await?;
        let cohort = cohorts::cohort(cx.site.db(), id).await?;
        let is_there = |it: &Cohort| it.organisation == framework.organisation;
        let cohort = cohort.filter(is_there).ok_or(TurnedAway::NotFound)?;
        let mut members = members(cx.site.db(), id).await?;
        members.retain(|it| it.state != PlaceState::Left);
        let organisation = framework.organisation;
        let mine = members
            .iter()
            .filter_map(|it| Some((it.person, me.actor.as_assessor_at(it.person, organisation)?)));
        let assessors: BTreeMap<_, _> = mine.collect();
        if assessors.is_empty() {
            return Err(TurnedAway::NotFound);
        }
        second_factor(cx, &me).await?;
        let others = members.len() - assessors.len();
        Ok(Self { me: me.id(), framework, cohort, assessors, others })
    }
}

impl AssessesGroup {
    /// Something that the assessor does now about one of them, about to be written down.
    pub(crate) fn event(&self, cx: &Cx, action: store::audit::Action, about: PersonId) -> Event {
        let event = Event::new(cx.now(), action).by(self.me.as_uuid()).about(about.as_uuid());
        event.to(self.framework.id.as_uuid()).within(self.framework.organisation.as_uuid())
    }
}

/// Somebody who may see the file of the piece of evidence that the path names by `{evidence}`: whose competences it
/// shows, or whoever assesses them.
#[derive(Debug)]
pub struct SeesFile(pub(crate) KeptFile);

impl Permit for SeesFile {
    async fn admit(cx: &Cx, parts: &mut Parts) -> Result<Self, TurnedAway> {
        let me = SignedIn::admit(cx, parts).await?.with_relationships(cx).await?;
        let piece: EvidenceId = named(parts, "evidence", |it| it.parse().ok()).await?;
        let found = evidence_files::of_piece(cx.site.db(), piece).await?.ok_or(TurnedAway::NotFound)?;
        if found.person != me.id() {
            let assesses = |it: &OrganisationId| me.actor.as_assessor_at(found.person, *it).is_some();
            if !found.organisations.iter().any(assesses) {
                return Err(TurnedAway::NotFound);
            }
            second_factor(cx, &me).await?;
        }
        Ok(Self(found.file))
    }
}

/// Writes down that somebody tried to judge themself.
pub(crate) async fn oneself(cx: &Cx, me: PersonId, framework: &Framework) -> store::Result<()> {
    let event = cx.event(JUDGED_ONESELF, me).within(framework.organisation.as_uuid());
    cx.keep(cx.site.db().begin().await?, event.to(framework.id.as_uuid())).await
}

impl AssessesHere {
    /// Something that the assessor does now about the candidate, about to be written down.
    pub(crate) fn event(&self, cx: &Cx, action: store::audit::Action) -> Event {
        Event::new(cx.now(), action)
            .by(self.assessor.person().as_uuid())
            .about(self.assessor.candidate().as_uuid())
            .to(self.framework.id.as_uuid())
            .within(self.framework.organisation.as_uuid())
    }
}

async fn framework_in(cx: &Cx, parts: &mut Parts) -> Result<Framework, TurnedAway> {
    let id: FrameworkId = named(parts, "framework", |it| it.parse().ok()).await?;
    store::training::frameworks::framework(cx.site.db(), id).await?.ok_or(TurnedAway::NotFound)
}
