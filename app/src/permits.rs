//! The permissions that doors ask for. Whoever holds one has been looked at: there is no other way to make one.

mod competences;
mod concerns;
mod groups;
mod placements;
mod policies;
mod requirements;
pub(crate) mod rounds;
mod starting;
mod supervision;

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use chrono::{DateTime, NaiveDate, Utc};
use domain::course::Slug;
use domain::people::{
    Actor, Administrator, Arranger, CourseEditor, EngagementKind, FiguresReader, Founder, Learner,
    NeedsReading, NeedsShare, OrganisationId, PersonId, PlanReading,
};
use store::access_needs::{Kept, Reading};
use store::audit::{Action, Event};
use store::courses::Published;
use store::learning::Enrolled;
use store::organisations::Organisation;
use store::people::Known;

use crate::access_needs::reading;
use crate::cx::Cx;
use crate::door::{Permit, TurnedAway};
use crate::sign_in::Access;
use crate::sign_in::second_factor::is_needed;

pub(crate) use competences::oneself;
pub use competences::{Assesses, AssessesGroup, AssessesHere, SeesFile, WorksTowards};
pub use concerns::{ConcernHere, RaisesConcern};
pub use groups::{CoordinatesTrainingHere, HoldsSessions, InCohort, KeepsRegister};
pub use placements::{
    LooksAfter, LooksAfterPlacement, Manages, OwnPlacement, PlacementHere, RoleHere, RoleIssued, SignsRole,
    TakesRoleBack,
};
pub use policies::{OwnAcceptance, OwnPolicy, PolicyHere};
pub use requirements::{OwnRecord, RequiredOf, RequirementHere, VetsHere, VetsSomebody};
pub use rounds::{MayArrange, OwnApplication, ReadsAnswers, RoundHere};
pub use starting::WaitsHere;
pub use supervision::{
    LeadsGroup, LeadsGroupsIn, OwnNote, OwnSupervision, PlannedHere, ReadsAssurance, SessionHere, StrandHere,
    Supervises, SupervisesSomebody,
};

/// What stands in the path under a name. What cannot be read is not there.
pub(crate) async fn named<T>(
    parts: &mut Parts,
    name: &str,
    read: impl Fn(&str) -> Option<T>,
) -> Result<T, TurnedAway> {
    let params = RawPathParams::from_request_parts(parts, &()).await.map_err(|_| TurnedAway::NotFound)?;
    params.iter().find(|it| it.0 == name).and_then(|it| read(it.1)).ok_or(TurnedAway::NotFound)
}

/// Anybody, signed in or not.
#[derive(Debug)]
pub struct Anyone(());

impl Permit for Anyone {
    async fn admit(_cx: &Cx, _parts: &mut Parts) -> Result<Self, TurnedAway> {
        Ok(Self(()))
    }
}

/// Anybody, where this is the demo; elsewhere there is no such page.
#[derive(Debug)]
pub struct InDemo(());

impl Permit for InDemo {
    async fn admit(cx: &Cx, _parts: &mut Parts) -> Result<Self, TurnedAway> {
        if cx.site.is_demo() { Ok(Self(())) } else { Err(TurnedAway::NotFound) }
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

    /// With what they are to other people, which few doors ask about.
    pub(crate) async fn with_relationships(self, cx: &Cx) -> store::Result<Self> {
        let held = store::arranging::held_by(cx.site.db(), self.id()).await?;
        let actor = Actor::new(self.id(), self.actor.engagements().to_vec(), held, cx.today());
        Ok(Self { actor, ..self })
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

/// Turns away whoever has not given a second factor in this session although one is asked of them. For every
/// permission that opens something about other people.
pub(crate) async fn second_factor(cx: &Cx, me: &SignedIn) -> Result<(), TurnedAway> {
    // The token says so: only those of whom nothing was asked cost a question to the database.
    if me.access.second_factor {
        return Ok(());
    }
    match is_needed(cx, me.id(), me.actor.engagements().to_vec()).await? {
        true => Err(TurnedAway::SecondFactor),
        false => Ok(()),
    }
}

/// Somebody signed in who has shown in the last ten minutes that it is still them: by a code, or by their
/// password while they have no app. It is enough for setting one up.
#[derive(Debug)]
pub struct Reproved {
    pub(crate) me: SignedIn,
    pub(crate) proof: domain::sign_in::SteppedUp,
}

impl Permit for Reproved {
    async fn admit(cx: &Cx, parts: &mut Parts) -> Result<Self, TurnedAway> {
        let me = SignedIn::admit(cx, parts).await?;
        let step_up = store::second_factor::step_up_of(cx.site.db(), me.access.session).await?;
        let proof = step_up.and_then(|it| it.prove(cx.now()).ok()).ok_or(TurnedAway::StepUp)?;
        Ok(Self { me, proof })
    }
}

/// Somebody who may do what is dangerous: they have given the second factor if one is asked of them, and have
/// shown in the last ten minutes that it is still them.
#[derive(Debug)]
pub struct SteppedUp {
    pub(crate) me: SignedIn,
    pub(crate) proof: domain::sign_in::SteppedUp,
}

impl Permit for SteppedUp {
    async fn admit(cx: &Cx, parts: &mut Parts) -> Result<Self, TurnedAway> {
        second_factor(cx, &SignedIn::admit(cx, parts).await?).await?;
        let Reproved { me, proof } = Reproved::admit(cx, parts).await?;
        Ok(Self { me, proof })
    }
}

/// Somebody signed in who learns somewhere.
#[derive(Debug)]
pub struct Learning {
    pub(crate) me: SignedIn,
    pub(crate) learner: Learner,
}

impl Permit for Learning {
    async fn admit(cx: &Cx, parts: &mut Parts) -> Result<Self, TurnedAway> {
        let me = SignedIn::admit(cx, parts).await?;
        let learner = me.actor.as_learner().ok_or(TurnedAway::NotFound)?;
        Ok(Self { me, learner })
    }
}

/// Somebody signed in who learns somewhere, or has a plan from when they did: it stays theirs.
#[derive(Debug)]
pub struct OwnPlan {
    pub(crate) me: SignedIn,
    /// As somebody who learns, if they still do.
    pub(crate) learner: Option<Learner>,
}

impl Permit for OwnPlan {
    async fn admit(cx: &Cx, parts: &mut Parts) -> Result<Self, TurnedAway> {
        let me = SignedIn::admit(cx, parts).await?;
        let learner = me.actor.as_learner();
        if learner.is_none() && !store::plans::is_there(cx.site.db(), me.id()).await? {
            return Err(TurnedAway::NotFound);
        }
        Ok(Self { me, learner })
    }
}

/// Somebody signed in who has taken up the course that the path names by `{slug}`, whether or not they still learn
/// here: what they wrote there stays theirs, to read and to take back.
#[derive(Debug)]
pub struct OwnHere {
    pub(crate) me: SignedIn,
    /// As somebody who learns, if they still do.
    pub(crate) learner: Option<Learner>,
    pub(crate) published: Published,
    pub(crate) enrolled: Enrolled,
}

impl Permit for OwnHere {
    async fn admit(cx: &Cx, parts: &mut Parts) -> Result<Self, TurnedAway> {
        let me = SignedIn::admit(cx, parts).await?;
        let slug = named(parts, "slug", |it| Slug::parse(it).ok()).await?;
        let published = cx.public.course(&slug).cloned().ok_or(TurnedAway::NotFound)?;
        let enrolled = store::learning::enrolled_on(cx.site.db(), me.id(), published.id).await?;
        let enrolled = enrolled.ok_or(TurnedAway::NotFound)?;
        Ok(Self { learner: me.actor.as_learner(), me, published, enrolled })
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
        let OwnHere { me, learner, published, enrolled } = OwnHere::admit(cx, parts).await?;
        let learner = learner.ok_or(TurnedAway::NotFound)?;
        Ok(Self { learning: Learning { me, learner }, published, enrolled })
    }
}

/// Somebody whom people may tell what they need: because they give courses, arrange things, or are alongside
/// somebody.
#[derive(Debug)]
pub struct ReadsNeeds {
    pub(crate) reading: Reading,
}

impl Permit for ReadsNeeds {
    async fn admit(cx: &Cx, parts: &mut Parts) -> Result<Self, TurnedAway> {
        let me = SignedIn::admit(cx, parts).await?.with_relationships(cx).await?;
        let reading = reading(&me);
        if reading.is_empty() {
            return Err(TurnedAway::NotFound);
        }
        second_factor(cx, &me).await?;
        Ok(Self { reading })
    }
}

/// Somebody whom the person that the path names by `{person}` chose to tell what they need.
#[derive(Debug)]
pub struct ReadsNeedsOf {
    pub(crate) reading: NeedsReading,
    pub(crate) known_as: String,
    pub(crate) kept: Kept,
}

impl Permit for ReadsNeedsOf {
    async fn admit(cx: &Cx, parts: &mut Parts) -> Result<Self, TurnedAway> {
        let me = SignedIn::admit(cx, parts).await?.with_relationships(cx).await?;
        let of: PersonId = named(parts, "person", |it| it.parse().ok()).await?;
        let mut kept = store::access_needs::of(cx.site.db(), of).await?.ok_or(TurnedAway::NotFound)?;
        let known = store::people::known(cx.site.db(), of).await?.ok_or(TurnedAway::NotFound)?;
        let is_there = |share: &NeedsShare| {
            let there = known.engagements.iter().filter(|it| it.organisation == share.organisation);
            there.into_iter().any(|it| it.is_current(cx.today()))
        };
        kept.shares.retain(is_there);
        let reading = me.actor.as_reader_of_needs(of, &kept.shares).ok_or(TurnedAway::NotFound)?;
        second_factor(cx, &me).await?;
        Ok(Self { reading, known_as: known.known_as, kept })
    }
}

/// Somebody who gives courses, to whom learners may show their plans.
#[derive(Debug)]
pub struct ReadsPlans {
    pub(crate) tutor: PersonId,
    /// Where, and since when.
    pub(crate) gives: Vec<(OrganisationId, NaiveDate)>,
}

impl Permit for ReadsPlans {
    async fn admit(cx: &Cx, parts: &mut Parts) -> Result<Self, TurnedAway> {
        let me = SignedIn::admit(cx, parts).await?;
        let gives = me.actor.engagements().iter().filter(|it| it.kind == EngagementKind::Tutor);
        let gives: Vec<_> = gives.map(|it| (it.organisation, it.from)).collect();
        if gives.is_empty() {
            return Err(TurnedAway::NotFound);
        }
        second_factor(cx, &me).await?;
        Ok(Self { tutor: me.id(), gives })
    }
}

/// A tutor to whom the person that the path names by `{person}` chose to show their plan.
#[derive(Debug)]
pub struct ReadsPlanOf {
    pub(crate) reading: PlanReading,
    pub(crate) known_as: String,
}

impl Permit for ReadsPlanOf {
    async fn admit(cx: &Cx, parts: &mut Parts) -> Result<Self, TurnedAway> {
        let me = SignedIn::admit(cx, parts).await?;
        let of: PersonId = named(parts, "person", |it| it.parse().ok()).await?;
        let share = store::plans::share_with(cx.site.db(), of, me.id()).await?.ok_or(TurnedAway::NotFound)?;
        let known = store::people::known(cx.site.db(), of).await?.ok_or(TurnedAway::NotFound)?;
        let reading = me.actor.as_reader_of_plan(&share, &known.engagements).ok_or(TurnedAway::NotFound)?;
        second_factor(cx, &me).await?;
        Ok(Self { reading, known_as: known.known_as })
    }
}

/// Somebody signed in who has taken up the course that the path names by `{slug}`, whether or not they still learn
/// here: what they have finished stays theirs.
#[derive(Debug)]
pub struct TookUpHere {
    pub(crate) me: SignedIn,
    pub(crate) published: Published,
    pub(crate) enrolled: Enrolled,
    /// The version in which they finished it, and when.
    pub(crate) finished: Option<(i64, DateTime<Utc>)>,
}

impl Permit for TookUpHere {
    async fn admit(cx: &Cx, parts: &mut Parts) -> Result<Self, TurnedAway> {
        let OwnHere { me, published, enrolled, .. } = OwnHere::admit(cx, parts).await?;
        let finished = store::learning::course_finished(cx.site.db(), me.id(), published.id).await?;
        Ok(Self { me, published, enrolled, finished })
    }
}

/// An administrator of the organisation that the path names by `{organisation}`.
#[derive(Debug)]
pub struct AdministersHere {
    pub(crate) me: PersonId,
    pub(crate) administrator: Administrator,
    pub(crate) arranger: Arranger,
    pub(crate) organisation: Organisation,
}

impl Permit for AdministersHere {
    async fn admit(cx: &Cx, parts: &mut Parts) -> Result<Self, TurnedAway> {
        let me = SignedIn::admit(cx, parts).await?;
        let id: OrganisationId = named(parts, "organisation", |it| it.parse().ok()).await?;
        let administrator = me.actor.as_administrator_of(id).ok_or(TurnedAway::NotFound)?;
        second_factor(cx, &me).await?;
        let arranger = me.actor.as_arranger_in(id).ok_or(TurnedAway::NotFound)?;
        let found = store::organisations::organisation(cx.site.db(), id).await?;
        let organisation = found.ok_or(TurnedAway::NotFound)?;
        Ok(Self { me: me.id(), administrator, arranger, organisation })
    }
}

/// The same, who has shown in the last ten minutes that it is still them: for what is dangerous.
#[derive(Debug)]
pub struct AdministersHereSteppedUp {
    pub(crate) here: AdministersHere,
}

impl Permit for AdministersHereSteppedUp {
    async fn admit(cx: &Cx, parts: &mut Parts) -> Result<Self, TurnedAway> {
        let here = AdministersHere::admit(cx, parts).await?;
        SteppedUp::admit(cx, parts).await?;
        Ok(Self { here })
    }
}

/// Somebody who reads the college's figures: a coordinator or an administrator of the organisation that runs the site.
#[derive(Debug)]
pub struct ReadsFigures {
    pub(crate) reader: FiguresReader,
}

impl Permit for ReadsFigures {
    async fn admit(cx: &Cx, parts: &mut Parts) -> Result<Self, TurnedAway> {
        let me = SignedIn::admit(cx, parts).await?;
        let reader = me.actor.as_reader_of_figures(cx.public.host.id).ok_or(TurnedAway::NotFound)?;
        second_factor(cx, &me).await?;
        Ok(Self { reader })
    }
}

/// Somebody who may add organisations: an administrator of the one that runs the site.
#[derive(Debug)]
pub struct Founds {
    pub(crate) me: PersonId,
    pub(crate) founder: Founder,
}

impl Permit for Founds {
    async fn admit(cx: &Cx, parts: &mut Parts) -> Result<Self, TurnedAway> {
        let me = SignedIn::admit(cx, parts).await?;
        let founder = me.actor.as_founder(cx.public.host.id).ok_or(TurnedAway::NotFound)?;
        second_factor(cx, &me).await?;
        Ok(Self { me: me.id(), founder })
    }
}

/// Somebody who writes and adopts the courses of the organisation that runs the site.
#[derive(Debug)]
pub struct EditsCourses {
    pub(crate) editor: CourseEditor,
    /// What they are called, in case they sign.
    pub(crate) known_as: String,
}

impl Permit for EditsCourses {
    async fn admit(cx: &Cx, parts: &mut Parts) -> Result<Self, TurnedAway> {
        let me = SignedIn::admit(cx, parts).await?;
        let editor = me.actor.as_course_editor_of(cx.public.host.id).ok_or(TurnedAway::NotFound)?;
        second_factor(cx, &me).await?;
        Ok(Self { editor, known_as: me.known_as })
    }
}

impl EditsCourses {
    /// Something that this editor does now, about to be written down.
    pub(crate) fn event(&self, cx: &Cx, action: Action) -> Event {
        Event::new(cx.now(), action).by(self.editor.person().as_uuid()).within(self.editor.host().as_uuid())
    }
}

impl AdministersHere {
    /// Something that this administrator does now for the organisation, about to be written down.
    pub(crate) fn event(&self, cx: &Cx, action: Action) -> Event {
        let event = Event::new(cx.now(), action).by(self.me.as_uuid());
        event.within(self.organisation.id.as_uuid())
    }
}
