//! The permissions of what waits to begin.

use axum::http::request::Parts;
use domain::training::start::{Waiting, WaitingId};
use store::training::starts;

use super::{CoordinatesTrainingHere, named};
use crate::cx::Cx;
use crate::door::{Permit, TurnedAway};

/// A coordinator of the organisation at which waits what the path names by `{waiting}`; not their own.
#[derive(Debug)]
pub struct WaitsHere {
    pub(crate) here: CoordinatesTrainingHere,
    pub(crate) waiting: Waiting,
}

impl Permit for WaitsHere {
    async fn admit(cx: &Cx, parts: &mut Parts) -> Result<Self, TurnedAway> {
        let here = CoordinatesTrainingHere::admit(cx, parts).await?;
        let id: WaitingId = named(parts, "waiting", |it| it.parse().ok()).await?;
        let found = starts::one(cx.site.db(), here.organisation.id, id).await?;
        let waiting = found.filter(|it| it.person != here.me).ok_or(TurnedAway::NotFound)?;
        Ok(Self { here, waiting })
    }
}
