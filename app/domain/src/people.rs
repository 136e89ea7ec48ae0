//! People: who somebody is to an organisation, who is who to whom, and what that lets them do.
//!
//! One person has several engagements at once, each with one organisation, and an organisation sees only its
//! own. Permission is possession: [`Actor`] gives out handles, and a rule that needs a permission takes one.
//! How people prove who they are is [`crate::sign_in`]; legal names, bank details and what a person needs
//! live with the slices that use them.

mod words;

mod about_me;
mod access_needs;
mod actor;
mod arranging;
mod beginning;
mod directory;
mod engagement;
mod ids;
mod invitation;
mod names;
mod not_with;
mod organisation;
mod registration;
mod relationship;

pub(crate) use engagement::days_hold;
pub(crate) use ids::ids;
pub(crate) use names::{line, shows_nothing};
pub(crate) use words::words;

pub use about_me::{AboutMe, AboutMeForm, Reach, ReachWay, about_me, away};
pub use access_needs::{AccessNeeds, AccessNeedsForm, NeedsReader, NeedsShare, access_needs};
pub use actor::{
    Actor, Administrator, Arranger, Assessor, AssuranceReader, Author, CohortTutor, ConcernRaiser,
    ConcernReader, CourseEditor, Facilitator, FiguresReader, Founder, GroupLeader, Held, Learner,
    LineManager, NeedsReading, PlacementSupervisor, PlanReading, StrandMember, StrandSupervisor, Supervisor,
    TrainingCoordinator, VettingOfficer,
};
pub use arranging::{
    ChangedEngagement, EngagementForm, NewPlace, Place, PlaceId, PlaceKind, add_place, change_engagement,
};
pub use beginning::{NewLearner, begin_to_learn};
pub use directory::{LONGEST_KEY, filed, filed_under};
pub use engagement::{Away, Basis, Engagement, EngagementKind, OrganisationKind};
pub use ids::{EngagementId, NotAnId, OrganisationId, PersonId};
pub use invitation::{
    Accepted, Accepting, AdministratedAlready, Invitation, InvitationForm, InvitationId, InvitationRefused,
    InvitedAlready, NO_BASIS, NewInvitation, Newcomer, NewcomerForm, NotChosen, Offer, OpenInvitation,
    SomebodyElses, Which, basis, invite, invite_first,
};
pub use names::{KnownAs, LineRefused, Pronouns};
pub use not_with::{
    NotWith, NotWithEntry, Purpose, chosen_by, lets_name_others, may_be_assigned, name_not_with,
};
pub use organisation::{
    Labels, NewOrganisation, OrganisationForm, OwnWords, Settings, SettingsForm, call, found, settle,
};
pub use registration::{
    AgeAnswer, FieldFault, MinimumAge, NotAMinimumAge, OldEnough, RegisterRefused, Registration,
    RegistrationForm, TooYoung, may_register, register,
};
pub use relationship::{
    NewRelationship, RelateRefused, Relationship, RelationshipId, RelationshipKind, RelationshipWish, relate,
};
