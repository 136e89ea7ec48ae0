//! The who-may matrix: everybody against every door of the one table.
//!
//! A new door makes [`every_door_is_in_the_matrix`] fail until a row here says who may pass it.

use app::DOORS;
use axum::http::{Request, StatusCode, header};
use chrono::TimeDelta;
use domain::people::{EngagementKind, RelationshipKind};

use self::Passes::{
    Administrators, All, Assessors, Authors, ConcernedByRole, Coordinators, Editors, Facilitators,
    InTheGroup, Learners, LineManagers, LooksAfterIt, MayBeTold, MayLookAfter, Nobody, Owner, Planners,
    ReadersOfFigures, SignedIn, Signers, Told, Tutors,
};
use self::cast::{Cast, Who};
use crate::stage::{Browser, Seen, on_both};

mod cast;
mod working;

/// What the matrix calls each door, with its names filled in, and who passes. Everybody else is turned away: a
/// stranger to sign in, somebody signed in to a page that is not theirs with 404.
const MATRIX: [(&str, &str, &str, Passes); 280] = [
    ("get", "/", "/", All),
    ("get", "/courses", "/courses", All),
    ("get", "/courses/{slug}", "/courses/how-this-place-works", All),
    // Before others enrol there, too.
    ("get", "/learn/{slug}/certificate", "/learn/how-this-place-works/certificate", Authors),
    ("post", "/learn/{slug}/certificate", "/learn/how-this-place-works/certificate", Authors),
    ("get", "/learn/{slug}/certificate/name", "/learn/how-this-place-works/certificate/name", Authors),
    ("get", "/learn/{slug}/certificate/pdf", "/learn/how-this-place-works/certificate/pdf", Authors),
    (
        "get",
        "/learn/{slug}/certificate/withdraw",
        "/learn/how-this-place-works/certificate/withdraw",
        Authors,
    ),
    (
        "post",
        "/learn/{slug}/certificate/withdraw",
        "/learn/how-this-place-works/certificate/withdraw",
        Authors,
    ),
    ("get", "/certificates", "/certificates", All),
    ("get", "/certificates/keys", "/certificates/keys", All),
    ("get", "/certificates/{code}", "/certificates/x", All),
    ("get", "/learn/{slug}/{lesson}", "/learn/how-this-place-works/at-your-own-pace", Owner),
    ("post", "/learn/{slug}/{lesson}", "/learn/how-this-place-works/at-your-own-pace", Owner),
    (
        "get",
        "/learn/{slug}/{lesson}/reflection",
        "/learn/how-this-place-works/what-is-kept/reflection",
        Authors,
    ),
    (
        "post",
        "/learn/{slug}/{lesson}/reflection",
        "/learn/how-this-place-works/what-is-kept/reflection",
        Authors,
    ),
    ("get", "/learn/{slug}/{lesson}/check/{question}", "{a check}", Owner),
    ("post", "/courses/{slug}/seen", "/courses/how-this-place-works/seen", Owner),
    ("post", "/learn/{slug}/{lesson}/check/{question}", "{a check}", Owner),
    ("get", "/courses/{slug}/feedback", "/courses/how-this-place-works/feedback", Authors),
    ("post", "/courses/{slug}/feedback", "/courses/how-this-place-works/feedback", Owner),
    (
        "post",
        "/courses/{slug}/feedback/take-back",
        "/courses/how-this-place-works/feedback/take-back",
        Authors,
    ),
    ("get", "/pages/{slug}", "/pages/privacy", All),
    ("get", "/privacy/register", "/privacy/register", All),
    ("get", "/register", "/register", All),
    ("post", "/register", "/register", All),
    ("get", "/register/sent", "/register/sent", All),
    ("get", "/confirm/{token}", "/confirm/x", All),
    ("post", "/confirm/{token}", "/confirm/x", All),
    ("get", "/sign-in", "/sign-in", All),
    ("post", "/sign-in", "/sign-in", All),
    ("get", "/sign-in/code", "/sign-in/code", All),
    ("post", "/sign-in/code", "/sign-in/code", All),
    ("get", "/sign-in/set-up", "/sign-in/set-up", All),
    ("post", "/sign-in/set-up", "/sign-in/set-up", All),
    ("post", "/sign-out", "/sign-out", All),
    ("post", "/leave", "/leave", All),
    ("get", "/forgotten", "/forgotten", All),
    ("post", "/forgotten", "/forgotten", All),
    ("get", "/forgotten/sent", "/forgotten/sent", All),
    ("get", "/reset/{token}", "/reset/x", All),
    ("post", "/reset/{token}", "/reset/x", All),
    ("get", "/invitation/{token}", "/invitation/x", All),
    ("post", "/invitation/{token}", "/invitation/x", All),
    ("get", "/organisation/{organisation}/people", "{organisation}/people", Administrators),
    ("get", "/organisation/{organisation}/people/invite", "{organisation}/people/invite", Administrators),
    ("post", "/organisation/{organisation}/people/invite", "{organisation}/people/invite", Administrators),
    ("post", "/organisation/{organisation}/invitations/{id}/withdraw", "{an invitation}", Administrators),
    ("get", "/organisation/{organisation}/people/{person}", "{the owner}", Administrators),
    (
        "get",
        "/organisation/{organisation}/people/{person}/relate/{kind}",
        "{the owner}/relate/guide",
        Administrators,
    ),
    (
        "post",
        "/organisation/{organisation}/people/{person}/relate/{kind}",
        "{the owner}/relate/guide",
        Administrators,
    ),
    ("post", "/organisation/{organisation}/relationships/{id}/end", "{a relationship}", Administrators),
    ("get", "/organisation/{organisation}/engagements/{id}", "{the owner as a learner}", Administrators),
    ("post", "/organisation/{organisation}/engagements/{id}", "{the owner as a learner}", Administrators),
    ("get", "/organisation/{organisation}/places", "{organisation}/places", Administrators),
    ("post", "/organisation/{organisation}/places", "{organisation}/places", Administrators),
    ("get", "/organisation/{organisation}/settings", "{organisation}/settings", Administrators),
    ("post", "/organisation/{organisation}/settings", "{organisation}/settings", Administrators),
    ("get", "/organisation/{organisation}/words", "{organisation}/words", Administrators),
    ("post", "/organisation/{organisation}/words", "{organisation}/words", Administrators),
    ("get", "/organisation/{organisation}/second-factor", "{organisation}/second-factor", Administrators),
    ("post", "/organisation/{organisation}/second-factor", "{organisation}/second-factor", Administrators),
    ("get", "/college/figures", "/college/figures", ReadersOfFigures),
    ("get", "/college/figures/{slug}/{term}", "{what people wrote}", ReadersOfFigures),
    (
        "get",
        "/college/figures/{slug}/{term}/{asked}/{place}",
        "{what people wrote}/helped/1",
        ReadersOfFigures,
    ),
    (
        "post",
        "/college/figures/{slug}/{term}/{asked}/{place}",
        "{what people wrote}/helped/1",
        ReadersOfFigures,
    ),
    ("get", "/college/figures.csv", "/college/figures.csv", ReadersOfFigures),
    ("get", "/college/figures.ods", "/college/figures.ods", ReadersOfFigures),
    ("get", "/organisations", "/organisations", Administrators),
    ("post", "/organisations", "/organisations", Administrators),
    ("get", "/organisations/{organisation}/administrator", "{another}/administrator", Administrators),
    ("post", "/organisations/{organisation}/administrator", "{another}/administrator", Administrators),
    ("get", "/jobs", "/jobs", Administrators),
    ("post", "/jobs/{id}/retry", "{a job}/retry", Administrators),
    ("post", "/jobs/{id}/drop", "{another job}/drop", Administrators),
    ("get", "/editing", "/editing", Editors),
    ("get", "/editing/new", "/editing/new", Editors),
    ("post", "/editing/new", "/editing/new", Editors),
    ("get", "/editing/{course}", "{a draft}", Editors),
    ("post", "/editing/{course}/begin", "{a draft}/begin", Editors),
    ("get", "/editing/{course}/zip", "{a draft}/zip", Editors),
    ("get", "/editing/{course}/upload", "{a draft}/upload", Editors),
    ("post", "/editing/{course}/upload", "{a draft}/upload", Editors),
    ("get", "/editing/{course}/compare", "{a draft}/compare", Editors),
    ("post", "/editing/{course}/compare", "{a draft}/compare", Editors),
    ("get", "/editing/{course}/preview", "{a draft}/preview", Editors),
    ("get", "/editing/{course}/preview/{lesson}", "{a draft}/preview/what-is-kept", Editors),
    ("post", "/editing/{course}/preview/{lesson}", "{a draft}/preview/what-is-kept", Editors),
    (
        "get",
        "/editing/{course}/preview/{lesson}/reflection",
        "{a draft}/preview/what-is-kept/reflection",
        Editors,
    ),
    (
        "get",
        "/editing/{course}/preview/{lesson}/check/{question}",
        "{a draft}/preview/what-is-kept/check/x",
        Editors,
    ),
    (
        "post",
        "/editing/{course}/preview/{lesson}/check/{question}",
        "{a draft}/preview/what-is-kept/check/x",
        Editors,
    ),
    ("get", "/editing/{course}/outline", "{a draft}/outline", Editors),
    ("post", "/editing/{course}/outline", "{a draft}/outline", Editors),
    ("get", "/editing/{course}/lessons/{lesson}", "{a draft}/lessons/at-your-own-pace", Editors),
    ("post", "/editing/{course}/lessons/{lesson}", "{a draft}/lessons/at-your-own-pace", Editors),
    ("post", "/editing/{course}/lessons", "{a draft}/lessons", Editors),
    ("post", "/editing/{course}/order", "{a draft}/order", Editors),
    ("post", "/editing/{course}/sign", "{a draft}/sign", Editors),
    ("post", "/editing/{course}/publish", "{a draft}/publish", Editors),
    ("post", "/editing/{course}/leave", "{a draft}/leave", Editors),
    ("get", "/learn", "/learn", SignedIn),
    ("get", "/today", "/today", SignedIn),
    ("get", "/me", "/me", SignedIn),
    ("get", "/me/about", "/me/about", SignedIn),
    ("post", "/me/about", "/me/about", SignedIn),
    ("get", "/me/address", "/me/address", SignedIn),
    ("post", "/me/address", "/me/address", SignedIn),
    ("get", "/me/address/sent", "/me/address/sent", SignedIn),
    ("get", "/address/{token}", "/address/x", All),
    ("post", "/address/{token}", "/address/x", All),
    ("get", "/me/away/{engagement}", "{their engagement}", Owner),
    ("post", "/me/away/{engagement}", "{their engagement}", Owner),
    ("get", "/me/not-with", "/me/not-with", SignedIn),
    ("post", "/me/not-with", "/me/not-with", SignedIn),
    ("post", "/me/not-with/remove", "/me/not-with/remove", SignedIn),
    ("get", "/me/access-needs", "/me/access-needs", SignedIn),
    ("get", "/me/reflections", "/me/reflections", SignedIn),
    ("get", "/me/log", "/me/log", SignedIn),
    ("get", "/access-needs", "/access-needs", MayBeTold),
    ("get", "/access-needs/{person}", "{what the owner needs}", Told),
    // Last of these: with nothing typed, what was said is taken back.
    ("post", "/me/access-needs", "/me/access-needs", SignedIn),
    ("get", "/plan", "/plan", Planners),
    ("get", "/plan/words", "/plan/words", Learners),
    ("post", "/plan/words", "/plan/words", Learners),
    ("get", "/plan/goals/new", "/plan/goals/new", Learners),
    ("get", "/plan/goals/{goal}", "{a goal}", Owner),
    ("post", "/plan/goals/{goal}", "{a goal}", Owner),
    ("post", "/plan/goals/{goal}/rate", "{a goal}/rate", Owner),
    ("post", "/plan/goals/{goal}/state", "{a goal}/state", Owner),
    ("get", "/plan/reviews/new", "/plan/reviews/new", Learners),
    ("get", "/plan/reviews/{review}", "{a review}", Owner),
    ("post", "/plan/reviews/{review}", "{a review}", Owner),
    ("get", "/plan/share", "/plan/share", Learners),
    ("post", "/plan/share", "/plan/share", Learners),
    ("post", "/plan/share/take-back", "/plan/share/take-back", Learners),
    ("get", "/plans", "/plans", Tutors),
    ("get", "/plans/{person}", "{the owner’s plan}", Tutors),
    // Last of these, for nothing is left then.
    ("get", "/plan/erase", "/plan/erase", Planners),
    ("post", "/plan/erase", "/plan/erase", Planners),
    ("get", "/me/sign-ins", "/me/sign-ins", SignedIn),
    ("post", "/me/sign-ins/{id}/end", "{their session}", Owner),
    ("get", "/step-up", "/step-up", SignedIn),
    ("post", "/step-up", "/step-up", SignedIn),
    ("get", "/me/second-factor", "/me/second-factor", SignedIn),
    ("get", "/me/second-factor/set-up", "/me/second-factor/set-up", SignedIn),
    ("post", "/me/second-factor/set-up", "/me/second-factor/set-up", SignedIn),
    ("get", "/me/second-factor/codes", "/me/second-factor/codes", SignedIn),
    ("post", "/me/second-factor/codes", "/me/second-factor/codes", SignedIn),
    ("get", "/me/second-factor/off", "/me/second-factor/off", SignedIn),
    ("post", "/me/second-factor/off", "/me/second-factor/off", SignedIn),
    // Programmes, and the groups that go through them.
    ("get", "/training/programmes/{programme}", "{a programme}", All),
    ("get", "/training/programmes/{programme}/{session}", "{a programme}/listening", All),
    (
        "get",
        "/training/programmes/{programme}/handouts/{handout}",
        "{a programme}/handouts/before-i-share",
        All,
    ),
    (
        "get",
        "/training/programmes/{programme}/{session}/notes",
        "{a programme}/listening/notes",
        Facilitators,
    ),
    ("get", "/training/at/{organisation}/cohorts", "{groups}", Coordinators),
    ("get", "/training/at/{organisation}/cohorts/new", "{groups}/new", Coordinators),
    ("post", "/training/at/{organisation}/cohorts/new", "{groups}/new", Coordinators),
    ("get", "/training/at/{organisation}/cohorts/{cohort}", "{a group}", Coordinators),
    ("get", "/training/at/{organisation}/cohorts/{cohort}/terms", "{a group}/terms", Coordinators),
    ("post", "/training/at/{organisation}/cohorts/{cohort}/terms", "{a group}/terms", Coordinators),
    ("get", "/training/at/{organisation}/cohorts/{cohort}/tutors", "{a group}/tutors", Coordinators),
    ("get", "/training/at/{organisation}/cohorts/{cohort}/sessions/{session}", "{a session}", Coordinators),
    ("post", "/training/at/{organisation}/cohorts/{cohort}/sessions/{session}", "{a session}", Coordinators),
    ("get", "/training/at/{organisation}/cohorts/{cohort}/people", "{a group}/people", Coordinators),
    ("post", "/training/at/{organisation}/cohorts/{cohort}/people", "{a group}/people", Coordinators),
    (
        "post",
        "/training/at/{organisation}/cohorts/{cohort}/people/{person}",
        "{a group}/people/{who}",
        Coordinators,
    ),
    ("get", "/training/cohorts", "/training/cohorts", SignedIn),
    ("get", "/training/cohorts/{cohort}", "{within it}", InTheGroup),
    ("get", "/training/cohorts/{cohort}/sessions/{session}/register", "{a register}", Facilitators),
    ("post", "/training/cohorts/{cohort}/sessions/{session}/register", "{a register}", Facilitators),
    ("get", "/training/cohorts/{cohort}/people/{person}", "{within it}/people/{who}", Facilitators),
    (
        "post",
        "/training/cohorts/{cohort}/people/{person}/adjust",
        "{within it}/people/{who}/adjust",
        Facilitators,
    ),
    (
        "post",
        "/training/cohorts/{cohort}/people/{person}/assignments",
        "{within it}/people/{who}/assignments",
        Facilitators,
    ),
    (
        "post",
        "/training/cohorts/{cohort}/people/{person}/accredited",
        "{within it}/people/{who}/accredited",
        Facilitators,
    ),
    // Last of these: with nobody ticked, its tutors are none any more.
    ("post", "/training/at/{organisation}/cohorts/{cohort}/tutors", "{a group}/tutors", Coordinators),
    // Training: the way to a place.
    ("get", "/training", "/training", SignedIn),
    ("get", "/training/join", "/training/join", All),
    ("post", "/training/join", "/training/join", All),
    ("get", "/training/join/sent", "/training/join/sent", All),
    ("get", "/training/join/done", "/training/join/done", All),
    ("get", "/training/join/{token}", "/training/join/x", All),
    ("post", "/training/join/{token}", "/training/join/x", All),
    ("get", "/training/leave/{token}", "/training/leave/x", All),
    ("post", "/training/leave/{token}", "/training/leave/x", All),
    ("post", "/training/leave", "/training/leave", SignedIn),
    ("get", "/training/rounds/{round}", "{a public round}", All),
    ("post", "/training/rounds/{round}/apply", "{a public round}/apply", SignedIn),
    ("get", "/training/applications/{application}", "{an application}", Owner),
    ("post", "/training/applications/{application}/step", "{an application}/step", Owner),
    ("get", "/training/applications/{application}/criteria/{criterion}", "{an answer}", Owner),
    ("post", "/training/applications/{application}/criteria/{criterion}", "{an answer}", Owner),
    ("get", "/training/applications/{application}/adjustments", "{an application}/adjustments", Owner),
    ("post", "/training/applications/{application}/adjustments", "{an application}/adjustments", Owner),
    ("get", "/training/at/{organisation}", "{training}", Coordinators),
    ("get", "/training/at/{organisation}/rounds/new", "{training}/rounds/new", Coordinators),
    ("get", "/training/at/{organisation}/rounds/{round}", "{a round}", Coordinators),
    ("get", "/training/at/{organisation}/rounds/{round}/about", "{a round}/about", Coordinators),
    ("post", "/training/at/{organisation}/rounds/{round}/about", "{a round}/about", Coordinators),
    (
        "get",
        "/training/at/{organisation}/rounds/{round}/criteria/new",
        "{a round}/criteria/new",
        Coordinators,
    ),
    ("get", "/training/at/{organisation}/rounds/{round}/criteria/{criterion}", "{a criterion}", Coordinators),
    (
        "post",
        "/training/at/{organisation}/rounds/{round}/criteria/{criterion}",
        "{a criterion}",
        Coordinators,
    ),
    ("post", "/training/at/{organisation}/rounds/{round}/open", "{a round}/open", Coordinators),
    ("get", "/training/at/{organisation}/rounds/{round}/board", "{a round}/board", Coordinators),
    ("get", "/training/at/{organisation}/rounds/{round}/table", "{a round}/table", Coordinators),
    ("get", "/training/at/{organisation}/applications/{application}", "{a sent one}", Coordinators),
    (
        "post",
        "/training/at/{organisation}/applications/{application}/conversation",
        "{a sent one}/conversation",
        Coordinators,
    ),
    (
        "post",
        "/training/at/{organisation}/applications/{application}/decide",
        "{a sent one}/decide",
        Coordinators,
    ),
    (
        "get",
        "/training/at/{organisation}/applications/{application}/arrange",
        "{a sent one}/arrange",
        Coordinators,
    ),
    (
        "post",
        "/training/at/{organisation}/applications/{application}/arrange",
        "{a sent one}/arrange",
        Coordinators,
    ),
    // Frameworks of competences, and what shows them.
    ("get", "/training/at/{organisation}/frameworks", "{frameworks}", Coordinators),
    ("get", "/training/at/{organisation}/frameworks/new", "{frameworks}/new", Coordinators),
    ("post", "/training/at/{organisation}/frameworks/new", "{frameworks}/new", Coordinators),
    ("post", "/training/at/{organisation}/frameworks/shipped", "{frameworks}/shipped", Coordinators),
    ("get", "/training/at/{organisation}/frameworks/levels", "{frameworks}/levels", Coordinators),
    ("post", "/training/at/{organisation}/frameworks/levels", "{frameworks}/levels", Coordinators),
    ("get", "/training/at/{organisation}/frameworks/{framework}", "{a framework}", Coordinators),
    ("get", "/training/at/{organisation}/frameworks/{framework}/csv", "{a framework}/csv", Coordinators),
    (
        "get",
        "/training/at/{organisation}/frameworks/{framework}/changes",
        "{a framework}/changes",
        Coordinators,
    ),
    (
        "get",
        "/training/at/{organisation}/frameworks/{framework}/version",
        "{a framework}/version",
        Coordinators,
    ),
    (
        "post",
        "/training/at/{organisation}/frameworks/{framework}/version",
        "{a framework}/version",
        Coordinators,
    ),
    ("get", "/training/competences", "/training/competences", SignedIn),
    ("post", "/training/competences", "/training/competences", SignedIn),
    ("get", "/training/competences/{framework}/{code}", "{a competence}", Owner),
    ("post", "/training/competences/{framework}/{code}", "{a competence}", Owner),
    ("get", "/training/competences/{framework}/{code}/evidence", "{a competence}/evidence", Owner),
    ("post", "/training/competences/{framework}/{code}/evidence", "{a competence}/evidence", Owner),
    ("get", "/training/assessing", "/training/assessing", Assessors),
    ("get", "/training/assessing/{person}/{framework}", "{the owner’s competences}", Assessors),
    ("get", "/training/assessing/{person}/{framework}/{code}", "{the owner’s competences}/1.1", Assessors),
    ("post", "/training/assessing/{person}/{framework}/{code}", "{the owner’s competences}/1.1", Assessors),
    (
        "get",
        "/training/assessing/{person}/{framework}/{code}/evidence",
        "{the owner’s competences}/1.1/evidence",
        Assessors,
    ),
    (
        "post",
        "/training/assessing/{person}/{framework}/{code}/evidence",
        "{the owner’s competences}/1.1/evidence",
        Assessors,
    ),
    ("post", "/training/evidence/{evidence}/take-back", "{a piece of evidence}/take-back", Owner),
    // Roles that are issued and signed.
    ("get", "/training/at/{organisation}/roles", "{roles}", Coordinators),
    ("get", "/training/at/{organisation}/roles/words", "{roles}/words", Coordinators),
    ("post", "/training/at/{organisation}/roles/words", "{roles}/words", Coordinators),
    ("get", "/training/at/{organisation}/roles/new", "{roles}/new", Coordinators),
    ("get", "/training/at/{organisation}/roles/{role}", "{a role}", Coordinators),
    ("get", "/training/at/{organisation}/roles/{role}/draft", "{a role}/draft", Coordinators),
    ("post", "/training/at/{organisation}/roles/{role}/draft", "{a role}/draft", Coordinators),
    ("post", "/training/at/{organisation}/roles/{role}/publish", "{a role}/publish", Coordinators),
    (
        "get",
        "/training/at/{organisation}/roles/{role}/versions/{number}",
        "{a role}/versions/1",
        Coordinators,
    ),
    ("get", "/training/at/{organisation}/roles/{role}/issue", "{a role}/issue", Coordinators),
    ("post", "/training/at/{organisation}/roles/{role}/issue", "{a role}/issue", Coordinators),
    ("get", "/training/roles", "/training/roles", SignedIn),
    ("get", "/training/managing", "/training/managing", LineManagers),
    ("get", "/training/roles/{issue}", "{an issued role}", ConcernedByRole),
    ("get", "/training/roles/{issue}/text", "{an issued role}/text", ConcernedByRole),
    ("post", "/training/roles/{issue}/sign", "{an issued role}/sign", Signers),
    ("post", "/training/roles/{issue}/decline", "{an issued role}/decline", Signers),
    ("post", "/training/roles/{issue}/take-back", "{an issued role}/take-back", Coordinators),
    // Placements and their hours.
    ("get", "/training/at/{organisation}/placements", "{placements}", Coordinators),
    ("get", "/training/at/{organisation}/placements/people", "{placements}/people", Coordinators),
    (
        "get",
        "/training/at/{organisation}/placements/people/{person}",
        "{placements}/people/{who}",
        Coordinators,
    ),
    (
        "post",
        "/training/at/{organisation}/placements/people/{person}",
        "{placements}/people/{who}",
        Coordinators,
    ),
    ("get", "/training/at/{organisation}/placements/texts", "{placements}/texts", Coordinators),
    ("post", "/training/at/{organisation}/placements/texts", "{placements}/texts", Coordinators),
    ("get", "/training/placements/{placement}/papers/{paper}", "{a placement}/papers/agreement", Owner),
    (
        "get",
        "/training/placements/{placement}/papers/{paper}/text",
        "{a placement}/papers/agreement/text",
        Owner,
    ),
    (
        "post",
        "/training/placements/{placement}/papers/{paper}/sign",
        "{a placement}/papers/agreement/sign",
        Owner,
    ),
    (
        "get",
        "/training/looking-after/{placement}/papers/{paper}",
        "{what is looked after}/papers/agreement",
        LooksAfterIt,
    ),
    (
        "get",
        "/training/looking-after/{placement}/papers/{paper}/text",
        "{what is looked after}/papers/agreement/text",
        LooksAfterIt,
    ),
    (
        "post",
        "/training/looking-after/{placement}/papers/{paper}/sign",
        "{what is looked after}/papers/agreement/sign",
        LooksAfterIt,
    ),
    (
        "post",
        "/training/looking-after/{placement}/induction",
        "{what is looked after}/induction",
        LooksAfterIt,
    ),
    ("get", "/training/placements", "/training/placements", SignedIn),
    ("get", "/training/placements/{placement}", "{a placement}", Owner),
    ("post", "/training/placements/{placement}", "{a placement}", Owner),
    ("get", "/training/placements/{placement}/hours/{line}", "{a line}", Owner),
    ("post", "/training/placements/{placement}/hours/{line}", "{a line}", Owner),
    ("get", "/training/looking-after", "/training/looking-after", MayLookAfter),
    ("get", "/training/looking-after/{placement}", "{what is looked after}", LooksAfterIt),
    ("get", "/training/looking-after/{placement}/ladder", "{what is looked after}/ladder", LooksAfterIt),
    ("post", "/training/looking-after/{placement}/ladder", "{what is looked after}/ladder", LooksAfterIt),
    ("post", "/training/looking-after/{placement}/agree", "{what is looked after}/agree", LooksAfterIt),
    ("get", "/training/looking-after/{placement}/hours/{line}/ask", "{a line asked about}", LooksAfterIt),
    ("post", "/training/looking-after/{placement}/hours/{line}/ask", "{a line asked about}", LooksAfterIt),
    ("post", "/training/placements/{placement}/hours/{line}/take-back", "{a line}/take-back", Owner),
    ("get", "/demo/letters", "/demo/letters", Nobody),
    ("get", "/health/{probe}", "/health/live", All),
    // Last, for whoever works here learns here from then on.
    ("post", "/courses/{slug}/enrol", "/courses/how-this-place-works/enrol", SignedIn),
];

/// Who passes a door.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Passes {
    All,
    SignedIn,
    /// Whoever is a learner here.
    Learners,
    /// Whoever is a learner here, or has a plan from when they were.
    Planners,
    /// The one person whose things are asked for.
    Owner,
    /// Whoever has things of their own there, even if they do not learn any more.
    Authors,
    /// An administrator of the organisation whose things are asked for.
    Administrators,
    /// Coordinators and administrators of the organisation that runs the site.
    ReadersOfFigures,
    /// Coordinators of the organisation whose training it is.
    Coordinators,
    /// Whoever assesses the owner.
    Assessors,
    /// A course editor of the organisation that runs the site.
    Editors,
    /// Whoever manages the owner.
    LineManagers,
    /// The two who sign the owner's role.
    Signers,
    /// They, and coordinators.
    ConcernedByRole,
    /// Whoever may look after placements here.
    MayLookAfter,
    /// Whoever looks after the owner's.
    LooksAfterIt,
    /// Whoever could be told what people need.
    MayBeTold,
    /// Whoever the owner chose to tell: tutors, and whoever is alongside them.
    Told,
    /// Whoever gives courses here; the owner shows their plan to one who does.
    Tutors,
    /// Whoever gives courses or coordinates here; the one who gives courses is a tutor of the group.
    Facilitators,
    /// They, and the owner, who has a place in the group.
    InTheGroup,
    Nobody,
}

impl Passes {
    fn lets(self, who: Who) -> bool {
        match self {
            Self::All => true,
            Self::SignedIn => who != Who::Stranger,
            Self::Learners => matches!(who, Who::Owner | Who::Is(EngagementKind::Learner)),
            Self::Planners => Self::Learners.lets(who) || who == Who::Left,
            Self::Owner => who == Who::Owner,
            Self::Authors => matches!(who, Who::Owner | Who::Left),
            Self::Administrators => who == Who::Is(EngagementKind::Administrator),
            Self::ReadersOfFigures => {
                matches!(who, Who::Is(EngagementKind::Administrator | EngagementKind::Coordinator))
            }
            Self::Coordinators => who == Who::Is(EngagementKind::Coordinator),
            Self::Assessors => who == Who::Holds(RelationshipKind::Assessor),
            Self::Editors => who == Who::Is(EngagementKind::CourseEditor),
            Self::LineManagers => who == Who::Holds(RelationshipKind::LineManager),
            Self::Signers => who == Who::Owner || Self::LineManagers.lets(who),
            Self::ConcernedByRole => Self::Signers.lets(who) || Self::Coordinators.lets(who),
            Self::LooksAfterIt => who == Who::Is(EngagementKind::PlacementSupervisor),
            Self::MayLookAfter => {
                // Whoever holds a relationship here is engaged as a supervisor.
                Self::LooksAfterIt.lets(who)
                    || matches!(who, Who::Holds(_) | Who::Is(EngagementKind::Supervisor))
            }
            Self::MayBeTold => {
                matches!(who, Who::Holds(_) | Who::Is(EngagementKind::Tutor | EngagementKind::Coordinator))
            }
            Self::Told => matches!(who, Who::Holds(_) | Who::Is(EngagementKind::Tutor)),
            Self::Tutors => who == Who::Is(EngagementKind::Tutor),
            Self::Facilitators => {
                matches!(who, Who::Is(EngagementKind::Tutor | EngagementKind::Coordinator))
            }
            Self::InTheGroup => who == Who::Owner || Self::Facilitators.lets(who),
            Self::Nobody => false,
        }
    }
}

#[test]
fn every_door_is_in_the_matrix() {
    let in_matrix = |method: &str, path: &str| {
        let path = if path.starts_with("/health/") { "/health/{probe}" } else { path };
        MATRIX.iter().any(|row| (row.0, row.1) == (method, path))
    };
    let missing: Vec<_> = DOORS.iter().filter(|it| !in_matrix(it.method, it.path)).collect();
    assert!(missing.is_empty(), "say in MATRIX who may pass: {missing:#?}");
    let is_door = |row: &(&str, &str, &str, Passes)| {
        row.1 == "/health/{probe}" || DOORS.iter().any(|it| (it.method, it.path) == (row.0, row.1))
    };
    let gone: Vec<_> = MATRIX.iter().filter(|row| !is_door(row)).map(|row| row.1).collect();
    assert!(gone.is_empty(), "no such door any more: {gone:#?}");
}

#[test]
fn a_door_for_anybody_is_for_all_and_no_other_is() {
    for door in DOORS {
        let row = MATRIX.iter().find(|row| (row.0, row.1) == (door.method, door.path));
        let Some((.., passes)) = row else { continue };
        assert_eq!(door.permit == "Anyone", passes.lets(Who::Stranger), "{door:?}");
    }
}

/// Doors that sign whoever goes through them out.
const WAYS_OUT: [&str; 2] = ["/sign-out", "/leave"];

on_both! {
    async fn everybody_passes_the_doors_that_are_theirs_and_no_other(stage: Stage) {
        let cast = Cast::gathered(&stage).await;
        let mut wrong = Vec::new();
        for (method, path, filled, passes) in MATRIX {
            let filled = cast.filled(filled);
            // So that everybody's phone shows another code.
            stage.clock.wait(TimeDelta::seconds(30));
            for who in Who::all() {
                let mut browser = match WAYS_OUT.contains(&path) {
                    true => cast.another_browser(who).await,
                    false => cast.browser(who),
                };
                let seen = go(&mut browser, method, &filled).await;
                if let Err(why) = is_as_it_should(&seen, path, (who, passes.lets(who))) {
                    wrong.push(format!("{who:?} at {method} {path}: {} {why}", seen.status));
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}

/// Whether somebody passed who may, and was turned away kindly who may not.
fn is_as_it_should(seen: &Seen, path: &str, (who, may): (Who, bool)) -> Result<(), &'static str> {
    let sent_to_sign_in = seen.header(header::LOCATION).starts_with("/sign-in?next=")
        || seen.body.contains("<h1>Sign in</h1>") && seen.status == StatusCode::FORBIDDEN;
    let is_404 = is_kind_404(seen);
    match (may, who) {
        _ if seen.status.is_server_error() => Err("is an error of ours"),
        (true, _) if sent_to_sign_in || is_404 => Err("ought to have passed"),
        (true, _) => Ok(()),
        (false, Who::Stranger) if path != "/demo/letters" && !sent_to_sign_in => {
            Err("ought to sign in first")
        }
        (false, Who::Stranger) if path != "/demo/letters" => Ok(()),
        (false, _) if !is_404 => Err("ought not to have passed"),
        (false, _) => Ok(()),
    }
}

/// The page for what is not there or not theirs; a link that does not work any more has a page of its own.
fn is_kind_404(seen: &Seen) -> bool {
    seen.status == StatusCode::NOT_FOUND && seen.body.contains("We can’t find that page")
}

async fn go(browser: &mut Browser<'_>, method: &str, path: &str) -> Seen {
    match method {
        "get" => browser.send(Request::get(path), String::new()).await,
        // It takes only what could be on a list, whether or not it is.
        _ if path == "/me/not-with/remove" => {
            let other = "00000000-0000-7000-8000-000000000009";
            browser.post(path, &[("other", other), ("purpose", "supervise")]).await
        }
        _ => browser.post(path, &[]).await,
    }
}
