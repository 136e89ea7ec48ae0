//! The permissions of concerns: to raise one, and to read one.

use axum::http::request::Parts;
use domain::concern::{Concern, ConcernId, Cover, Route};
use domain::people::{ConcernRaiser, ConcernReader, OrganisationId, PersonId};
use store::audit::{Action, Event};
use store::organisations::Organisation;

use super::{SignedIn, named, second_factor};
use crate::cx::Cx;
use crate::door::{Permit, TurnedAway};

/// Somebody of the organisation that the path names by `{organisation}`, about to raise a concern of the kind that it
/// names by `{route}`.
#[derive(Debug)]
pub struct RaisesConcern {
    pub(crate) raiser: ConcernRaiser,
    pub(crate) organisation: Organisation,
    pub(crate) route: Route,
}

impl Permit for RaisesConcern {
    async fn admit(cx: &Cx, parts: &mut Parts) -> Result<Self, TurnedAway> {
        let me = SignedIn::admit(cx, parts).await?.with_relationships(cx).await?;
        let id: OrganisationId = named(parts, "organisation", |it| it.parse().ok()).await?;
        let route = named(parts, "route", Route::parse).await?;
        let raiser = me.actor.as_concern_raiser_in(id).ok_or(TurnedAway::NotFound)?;
        let found = store::organisations::organisation(cx.site.db(), id).await?;
        Ok(Self { raiser, organisation: found.ok_or(TurnedAway::NotFound)?, route })
    }
}

/// Whoever raised the concern that the path names by `{concern}`, or covers such concerns today; never anybody whom it
/// is about.
#[derive(Debug)]
pub struct ConcernHere {
    pub(crate) me: PersonId,
    pub(crate) concern: Concern,
    pub(crate) cover: Cover,
    /// The key of whoever covers it; whoever raised it has none.
    pub(crate) reader: Option<ConcernReader>,
}

impl Permit for ConcernHere {
    async fn admit(cx: &Cx, parts: &mut Parts) -> Result<Self, TurnedAway> {
        let me = SignedIn::admit(cx, parts).await?;
        let id: ConcernId = named(parts, "concern", |it| it.parse().ok()).await?;
        let db = cx.site.db();
        let concern = store::concerns::concern(db, id).await?.ok_or(TurnedAway::NotFound)?;
        let cover = store::concerns::cover(db, concern.organisation, concern.route).await?;
        let cover = cover.ok_or(TurnedAway::NotFound)?;
        let reader = me.actor.as_concern_reader(&concern, &cover);
        if reader.is_some() {
            second_factor(cx, &me).await?;
        } else if concern.by != me.id() {
            return Err(TurnedAway::NotFound);
        }
        Ok(Self { me: me.id(), concern, cover, reader })
    }
}

impl ConcernHere {
    /// Something that is done here now, about to be written down. It is about whoever raised it, who sees it in their log.
    pub(crate) fn event(&self, cx: &Cx, action: Action) -> Event {
        let event = Event::new(cx.now(), action).by(self.me.as_uuid()).about(self.concern.by.as_uuid());
        event.to(self.concern.id.as_uuid()).within(self.concern.organisation.as_uuid())
    }
}
