//! The permissions that doors ask for. Whoever holds one has been looked at: there is no other way to make one.

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use domain::course::Slug;
use domain::people::{Actor, Administrator, Arranger, Learner, OrganisationId, PersonId};
use store::courses::Published;
use store::learning::Enrolled;
use store::organisations::Organisation;
use store::people::Known;

use crate::cx::Cx;
use crate::door::{Permit, TurnedAway};
use crate::sign_in::Access;

/// Anybody, signed in or not.
#[derive(Debug)]
pub struct Anyone(());

impl Permit for Anyone {
    async fn admit(_cx: &Cx, _parts: &mut Parts) -> Result<Self, TurnedAway> {
        Ok(Self(()))
    }
}

/// Somebody who is signed in, whatever they are to whichever organisation.
#[derive(Debug)]
pub struct SignedIn {
    pub(crate) access: Access,
    pub(crate) known_as: String,
    pub(crate) actor: Actor,
}

impl SignedIn {
    pub(crate) const fn id(&self) -> PersonId {
        self.access.person
    }
}

impl Permit for SignedIn {
    async fn admit(cx: &Cx, _parts: &mut Parts) -> Result<Self, TurnedAway> {
        let access = cx.access().ok_or(TurnedAway::SignIn)?;
        let known = store::people::known(cx.site.db(), access.person).await?.ok_or(TurnedAway::SignIn)?;
        let Known { id, known_as, engagements, .. } = known;
        let actor = Actor::new(id, engagements, Vec::new(), cx.today());
        Ok(Self { access, known_as, actor })
    }
}

/// Somebody signed in who learns somewhere.
#[derive(Debug)]
pub struct Learning {
    pub(crate) learner: Learner,
}

impl Permit for Learning {
    async fn admit(cx: &Cx, parts: &mut Parts) -> Result<Self, TurnedAway> {
        let me = SignedIn::admit(cx, parts).await?;
        let learner = me.actor.as_learner().ok_or(TurnedAway::NotFound)?;
        Ok(Self { learner })
    }
}

/// A learner who has enrolled on the course that the path names by `{slug}`.
#[derive(Debug)]
pub struct EnrolledHere {
    pub(crate) learning: Learning,
    pub(crate) published: Published,
    pub(crate) enrolled: Enrolled,
}

impl Permit for EnrolledHere {
    async fn admit(cx: &Cx, parts: &mut Parts) -> Result<Self, TurnedAway> {
        let learning = Learning::admit(cx, parts).await?;
        let params = RawPathParams::from_request_parts(parts, &()).await.map_err(|_| TurnedAway::NotFound)?;
        let slug = params.iter().find(|it| it.0 == "slug").and_then(|it| Slug::parse(it.1).ok());
        let published = slug.and_then(|it| cx.public.course(&it).cloned()).ok_or(TurnedAway::NotFound)?;
        let enrolled =
            store::learning::enrolled_on(cx.site.db(), learning.learner.person(), published.id).await?;
        let enrolled = enrolled.ok_or(TurnedAway::NotFound)?;
        Ok(Self { learning, published, enrolled })
    }
}

/// An administrator of the organisation that the path names by `{organisation}`.
#[derive(Debug)]
pub struct AdministersHere {
    pub(crate) administrator: Administrator,
    pub(crate) arranger: Arranger,
    pub(crate) organisation: Organisation,
}

impl Permit for AdministersHere {
    async fn admit(cx: &Cx, parts: &mut Parts) -> Result<Self, TurnedAway> {
        let me = SignedIn::admit(cx, parts).await?;
        let params = RawPathParams::from_request_parts(parts, &()).await.map_err(|_| TurnedAway::NotFound)?;
        let id = params.iter().find(|it| it.0 == "organisation").and_then(|it| it.1.parse().ok());
        let id: OrganisationId = id.ok_or(TurnedAway::NotFound)?;
        let administrator = me.actor.as_administrator_of(id).ok_or(TurnedAway::NotFound)?;
        let arranger = me.actor.as_arranger_in(id).ok_or(TurnedAway::NotFound)?;
        let found = store::organisations::organisation(cx.site.db(), id).await?;
        Ok(Self { administrator, arranger, organisation: found.ok_or(TurnedAway::NotFound)? })
    }
}
