//! Training for peer support roles: how somebody hears of it, applies and takes a place; programmes that a group goes
//! through together; what somebody is to be able to do, how they show it, and who says that they can; roles that are
//! signed by two, and placements with their hours; what is required of people, and checks before they start.

pub mod attendance;
pub mod cohort;
pub mod evidence;
pub mod framework;
pub mod hours;
pub mod judgement;
pub mod ladder;
pub mod papers;
pub mod pathway;
pub mod placement;
pub mod programme;
pub mod register;
pub mod requirement;
pub mod role_issue;
pub mod role_profile;
pub mod start;
pub mod timetable;
pub mod vetting;

mod admission;
mod answer;
mod application;
mod choosing;
mod criterion;
mod interest;
mod need;
mod round;

pub use admission::{ChosenGroup, NewTrainee, begin_to_train, choose_group, follow};
pub use answer::{Answer, AnswerForm, Qualification, keep_answer, unanswered};
pub use application::{
    ApplicationId, ApplicationState, ApplicationStep, Moved, NotNow, NotSent, Standing, go, keep_adjustments,
    send,
};
pub use choosing::{
    Arranging, Concerned, Conversation, ConversationForm, Deciding, NotTheirs, Places, arrange, decide, hold,
    select, take_on,
};
pub use criterion::{
    Criteria, CriteriaRefused, Criterion, CriterionForm, CriterionId, MOST_CRITERIA, keep_criterion,
};
pub use interest::{
    AGAIN_AFTER, Asked, CONSENTS, Confirmed, Interest, InterestForm, InterestId, WantedRole, confirm,
    express, express_signed_in, may_ask_again,
};
pub use need::Need;
pub use round::{NotOpened, Opened, Round, RoundAbout, RoundForm, RoundId, RoundRole, keep_round, open};
