//! The permissions of policies: to write them, and to read and accept what binds oneself.

use axum::http::request::Parts;
use domain::people::Held;
use domain::training::requirement::{Requirement, RequirementId, Version};
use store::training::policies::{Acceptance, acceptances};
use store::training::requirements;

use super::{CoordinatesTrainingHere, SignedIn, named};
use crate::cx::Cx;
use crate::door::{Permit, TurnedAway};

/// The policy that the path names by `{policy}`.
async fn policy(cx: &Cx, parts: &mut Parts) -> Result<Requirement, TurnedAway> {
    let id: RequirementId = named(parts, "policy", |it| it.parse().ok()).await?;
    let found = requirements::requirement(cx.site.db(), id).await?;
    found.filter(Requirement::is_policy).ok_or(TurnedAway::NotFound)
}

/// A coordinator of the organisation whose policy the path names by `{policy}`.
#[derive(Debug)]
pub struct PolicyHere {
    pub(crate) here: CoordinatesTrainingHere,
    pub(crate) policy: Requirement,
}

impl Permit for PolicyHere {
    async fn admit(cx: &Cx, parts: &mut Parts) -> Result<Self, TurnedAway> {
        let here = CoordinatesTrainingHere::admit(cx, parts).await?;
        let found = policy(cx, parts).await?;
        match found.organisation == here.organisation.id {
            true => Ok(Self { here, policy: found }),
            false => Err(TurnedAway::NotFound),
        }
    }
}

/// Somebody whom the policy binds that the path names by `{policy}`: now, from a day on that is told already, or before,
/// when they accepted it.
#[derive(Debug)]
pub struct OwnPolicy {
    pub(crate) me: SignedIn,
    pub(crate) policy: Requirement,
    /// As what it is asked of them today.
    pub(crate) asked: Option<Held>,
    /// Whether it will be, from a day on that lies ahead.
    pub(crate) will_be: bool,
    /// What they have accepted of it, the latest first.
    pub(crate) accepted: Vec<Acceptance>,
}

impl Permit for OwnPolicy {
    async fn admit(cx: &Cx, parts: &mut Parts) -> Result<Self, TurnedAway> {
        let me = SignedIn::admit(cx, parts).await?;
        let policy = policy(cx, parts).await?;
        let accepted = acceptances(cx.site.db(), (policy.organisation, policy.id), me.id()).await?;
        let asks = |version: &Version| {
            let held = |kind| me.actor.in_organisation(kind, policy.organisation);
            version.asked_of.iter().find_map(|kind| held(*kind))
        };
        let asked = policy.on(cx.today()).and_then(asks);
        let will_be = policy.coming(cx.today()).and_then(asks).is_some();
        if asked.is_none() && !will_be && accepted.is_empty() {
            return Err(TurnedAway::NotFound);
        }
        Ok(Self { me, policy, asked, will_be, accepted })
    }
}

/// Whoever accepted the edition that the path names by `{edition}` of the policy that it names by `{policy}`.
#[derive(Debug)]
pub struct OwnAcceptance {
    pub(crate) me: SignedIn,
    pub(crate) policy: Requirement,
    pub(crate) acceptance: Acceptance,
}

impl Permit for OwnAcceptance {
    async fn admit(cx: &Cx, parts: &mut Parts) -> Result<Self, TurnedAway> {
        let OwnPolicy { me, policy, accepted, .. } = OwnPolicy::admit(cx, parts).await?;
        let edition: u32 = named(parts, "edition", |it| it.parse().ok()).await?;
        let acceptance = accepted.into_iter().find(|it| it.accepted.edition == edition);
        Ok(Self { me, policy, acceptance: acceptance.ok_or(TurnedAway::NotFound)? })
    }
}
