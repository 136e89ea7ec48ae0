//! What is asked at the doors of supervision.

use axum::http::request::Parts;
use chrono::NaiveDate;
use domain::people::{
    AssuranceReader, Author, GroupLeader, OrganisationId, PersonId, StrandMember, StrandSupervisor,
};
use domain::supervision::Strand;
use domain::supervision::arrangement::{Arrangement, ArrangementId, Part, Spell, With, days_of, members_on};
use domain::supervision::note::Private;
use domain::supervision::plan::PlannedId;
use domain::supervision::session::SessionId;
use store::audit::{Action, Event};
use store::organisations::Organisation;
use store::supervision::arrangements::{arrangement, spells};
use store::supervision::notes::note;
use store::supervision::planned::{KeptPlanned, planned};
use store::supervision::sessions::{Held, session, whose};

use super::{SignedIn, named, second_factor};
use crate::cx::Cx;
use crate::door::{Permit, TurnedAway};

/// Somebody on the pages of their own supervision. Whoever supervises others or leads groups is asked for a second
/// factor.
#[derive(Debug)]
pub struct OwnSupervision {
    pub(crate) me: SignedIn,
    /// Whom they supervise today.
    pub(crate) held: Vec<StrandSupervisor>,
    /// Where they lead groups.
    pub(crate) leads: Vec<GroupLeader>,
}

impl Permit for OwnSupervision {
    async fn admit(cx: &Cx, parts: &mut Parts) -> Result<Self, TurnedAway> {
        let me = SignedIn::admit(cx, parts).await?.with_relationships(cx).await?;
        let (held, leads) = (me.actor.as_strand_supervisor(), me.actor.as_group_leader());
        if !held.is_empty() || !leads.is_empty() {
            second_factor(cx, &me).await?;
        }
        Ok(Self { me, held, leads })
    }
}

/// Somebody of the pair or group that the path names by `{arrangement}`: whoever supervises there, while they do, or
/// whoever is or was supervised.
#[derive(Debug)]
pub struct StrandHere {
    pub(crate) me: PersonId,
    pub(crate) member: StrandMember,
    /// As the author of what is theirs alone.
    pub(crate) author: Author,
    pub(crate) arrangement: Arrangement,
    pub(crate) spells: Vec<Spell>,
}

impl Permit for StrandHere {
    async fn admit(cx: &Cx, parts: &mut Parts) -> Result<Self, TurnedAway> {
        let me = SignedIn::admit(cx, parts).await?.with_relationships(cx).await?;
        let id: ArrangementId = named(parts, "arrangement", |it| it.parse().ok()).await?;
        let db = cx.site.db();
        let arrangement = arrangement(db, id).await?.ok_or(TurnedAway::NotFound)?;
        let spells = spells(db, id).await?;
        let member = me.actor.as_strand_member(&arrangement, &spells).ok_or(TurnedAway::NotFound)?;
        if member.part() == Part::Supervisor {
            second_factor(cx, &me).await?;
        }
        Ok(Self { me: me.id(), member, author: me.actor.as_author(), arrangement, spells })
    }
}

impl StrandHere {
    /// The other of a pair.
    pub(crate) const fn other(&self) -> Option<PersonId> {
        self.arrangement.other(self.member.part())
    }

    /// Everybody else for whom it goes on, who hears of what changes.
    pub(crate) fn others(&self, today: NaiveDate) -> Vec<PersonId> {
        self.arrangement.others(&self.spells, self.me, today)
    }

    /// Whether it goes on for whoever is here.
    pub(crate) fn goes_on(&self, today: NaiveDate) -> bool {
        self.arrangement.goes_on_for(&self.spells, self.me, today)
    }

    /// Who belongs to it today; for whom it is over, who did on their last day.
    pub(crate) fn members(&self, today: NaiveDate) -> Vec<PersonId> {
        let last = self.arrangement.last_day_of(&self.spells, self.me);
        members_on(&self.spells, last.map_or(today, |it| it.min(today)))
    }

    /// Something that is done here now, about to be written down. It is about the other of a pair.
    pub(crate) fn event(&self, cx: &Cx, action: Action) -> Event {
        let event = Event::new(cx.now(), action).by(self.me.as_uuid()).to(self.arrangement.id.as_uuid());
        let event = event.within(self.arrangement.organisation.as_uuid());
        match self.other() {
            Some(other) => event.about(other.as_uuid()),
            None => event,
        }
    }
}

/// Somebody who has to show that supervision happens in the organisation that the path names by `{organisation}`.
#[derive(Debug)]
pub struct ReadsAssurance {
    pub(crate) reader: AssuranceReader,
    pub(crate) organisation: Organisation,
}

impl Permit for ReadsAssurance {
    async fn admit(cx: &Cx, parts: &mut Parts) -> Result<Self, TurnedAway> {
        let me = SignedIn::admit(cx, parts).await?;
        let id: OrganisationId = named(parts, "organisation", |it| it.parse().ok()).await?;
        let reader = me.actor.as_assurance_reader_of(id).ok_or(TurnedAway::NotFound)?;
        second_factor(cx, &me).await?;
        let found = store::organisations::organisation(cx.site.db(), id).await?;
        Ok(Self { reader, organisation: found.ok_or(TurnedAway::NotFound)? })
    }
}

/// Somebody who was there, or could have been, at the session that the path names by `{session}`, of the pair or group
/// that it names by `{arrangement}`.
#[derive(Debug)]
pub struct SessionHere {
    pub(crate) here: StrandHere,
    pub(crate) held: Held,
}

impl Permit for SessionHere {
    async fn admit(cx: &Cx, parts: &mut Parts) -> Result<Self, TurnedAway> {
        let here = StrandHere::admit(cx, parts).await?;
        let id: SessionId = named(parts, "session", |it| it.parse().ok()).await?;
        let held = session(cx.site.db(), &here.member, id).await?.ok_or(TurnedAway::NotFound)?;
        if !days_of(&here.member, &here.arrangement, &here.spells).contain(held.day) {
            return Err(TurnedAway::NotFound);
        }
        Ok(Self { here, held })
    }
}

/// Somebody who belongs, on its day, to the session that is planned and that the path names by `{planned}`, of the pair
/// or group that it names by `{arrangement}`.
#[derive(Debug)]
pub struct PlannedHere {
    pub(crate) here: StrandHere,
    pub(crate) kept: KeptPlanned,
}

impl Permit for PlannedHere {
    async fn admit(cx: &Cx, parts: &mut Parts) -> Result<Self, TurnedAway> {
        let here = StrandHere::admit(cx, parts).await?;
        let id: PlannedId = named(parts, "planned", |it| it.parse().ok()).await?;
        let kept = planned(cx.site.db(), &here.member, id).await?.ok_or(TurnedAway::NotFound)?;
        if !days_of(&here.member, &here.arrangement, &here.spells).contain(kept.planned.day) {
            return Err(TurnedAway::NotFound);
        }
        Ok(Self { here, kept })
    }
}

/// Somebody with what they wrote for themself about the session that the path names by `{session}`: whoever was there,
/// or has something of theirs there still.
#[derive(Debug)]
pub struct OwnNote {
    pub(crate) author: Author,
    pub(crate) session: SessionId,
    pub(crate) arrangement: Arrangement,
    pub(crate) day: NaiveDate,
    /// Whether they may write there, and not only take back.
    pub(crate) may_write: bool,
}

impl Permit for OwnNote {
    async fn admit(cx: &Cx, parts: &mut Parts) -> Result<Self, TurnedAway> {
        let me = SignedIn::admit(cx, parts).await?.with_relationships(cx).await?;
        let session: SessionId = named(parts, "session", |it| it.parse().ok()).await?;
        let (db, author) = (cx.site.db(), me.actor.as_author());
        let (id, day) = whose(db, session).await?.ok_or(TurnedAway::NotFound)?;
        let arrangement = arrangement(db, id).await?.ok_or(TurnedAway::NotFound)?;
        let spells = spells(db, id).await?;
        let member = me.actor.as_strand_member(&arrangement, &spells);
        let may_write = member.is_some_and(|it| days_of(&it, &arrangement, &spells).contain(day));
        if !may_write && note(db, &author, (session, Private::Own)).await?.is_none() {
            return Err(TurnedAway::NotFound);
        }
        if arrangement.supervisor == me.id() {
            second_factor(cx, &me).await?;
        }
        Ok(Self { author, session, arrangement, day, may_write })
    }
}

/// Whoever leads the group that the path names by `{arrangement}`.
#[derive(Debug)]
pub struct LeadsGroup {
    pub(crate) here: StrandHere,
}

impl Permit for LeadsGroup {
    async fn admit(cx: &Cx, parts: &mut Parts) -> Result<Self, TurnedAway> {
        let here = StrandHere::admit(cx, parts).await?;
        match (&here.arrangement.with, here.member.part()) {
            (With::Group(_), Part::Supervisor) => Ok(Self { here }),
            _ => Err(TurnedAway::NotFound),
        }
    }
}

/// Somebody who supervises others today, or may begin a group.
#[derive(Debug)]
pub struct Supervises {
    pub(crate) held: Vec<StrandSupervisor>,
    pub(crate) leads: Vec<GroupLeader>,
}

impl Permit for Supervises {
    async fn admit(cx: &Cx, parts: &mut Parts) -> Result<Self, TurnedAway> {
        let OwnSupervision { held, leads, .. } = OwnSupervision::admit(cx, parts).await?;
        if held.is_empty() && leads.is_empty() {
            return Err(TurnedAway::NotFound);
        }
        Ok(Self { held, leads })
    }
}

/// Somebody who leads groups in the organisation that the path names by `{organisation}`.
#[derive(Debug)]
pub struct LeadsGroupsIn {
    pub(crate) leader: GroupLeader,
}

impl Permit for LeadsGroupsIn {
    async fn admit(cx: &Cx, parts: &mut Parts) -> Result<Self, TurnedAway> {
        let OwnSupervision { leads, .. } = OwnSupervision::admit(cx, parts).await?;
        let organisation: OrganisationId = named(parts, "organisation", |it| it.parse().ok()).await?;
        let leader = leads.into_iter().find(|it| it.organisation() == organisation);
        Ok(Self { leader: leader.ok_or(TurnedAway::NotFound)? })
    }
}

impl LeadsGroupsIn {
    /// Something that is done now with a group, about to be written down.
    pub(crate) fn event(&self, cx: &Cx, action: Action, to: ArrangementId) -> Event {
        let event = Event::new(cx.now(), action).by(self.leader.person().as_uuid()).to(to.as_uuid());
        event.within(self.leader.organisation().as_uuid())
    }
}

/// Somebody who supervises the person that the path names by `{person}` for the organisation that it names by
/// `{organisation}`.
#[derive(Debug)]
pub struct SupervisesSomebody {
    pub(crate) me: PersonId,
    pub(crate) person: PersonId,
    pub(crate) organisation: OrganisationId,
    held: Vec<StrandSupervisor>,
}

impl Permit for SupervisesSomebody {
    async fn admit(cx: &Cx, parts: &mut Parts) -> Result<Self, TurnedAway> {
        let Supervises { mut held, .. } = Supervises::admit(cx, parts).await?;
        let organisation: OrganisationId = named(parts, "organisation", |it| it.parse().ok()).await?;
        let person: PersonId = named(parts, "person", |it| it.parse().ok()).await?;
        held.retain(|it| it.supervisee() == person && it.organisation() == organisation);
        let me = held.first().ok_or(TurnedAway::NotFound)?.person();
        Ok(Self { me, person, organisation, held })
    }
}

impl SupervisesSomebody {
    /// As whoever supervises them in a strand.
    pub(crate) fn in_strand(&self, strand: Strand) -> Result<&StrandSupervisor, TurnedAway> {
        self.held.iter().find(|it| it.strand() == strand).ok_or(TurnedAway::NotFound)
    }

    /// Something that is done now with them, about to be written down.
    pub(crate) fn event(&self, cx: &Cx, action: Action, to: ArrangementId) -> Event {
        let event = Event::new(cx.now(), action).by(self.me.as_uuid()).about(self.person.as_uuid());
        event.to(to.as_uuid()).within(self.organisation.as_uuid())
    }
}
