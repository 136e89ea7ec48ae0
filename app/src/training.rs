//! Training: the way to a place; programmes, and the groups that go through them; frameworks of competences, how people
//! show what they can do, and who says so; what is required of people, and checks before they start; roles that are
//! signed by two, and placements.

pub(crate) mod adjustments;
pub(crate) mod admission;
pub(crate) mod answer;
pub(crate) mod application;
pub(crate) mod apply;
pub(crate) mod arranging;
pub(crate) mod assessing;
pub(crate) mod board;
pub(crate) mod cohorts;
pub(crate) mod competences;
pub(crate) mod criterion;
mod due;
mod found;
pub(crate) mod frameworks;
pub(crate) mod group;
pub(crate) mod hours;
pub(crate) mod join;
pub(crate) mod ladder;
pub(crate) mod leave;
pub(crate) mod matrix;
pub(crate) mod mine;
pub(crate) mod papers;
pub(crate) mod placements;
pub(crate) mod policies;
pub(crate) mod programmes;
mod readable;
pub(crate) mod required;
pub(crate) mod requirements;
pub(crate) mod roles;
pub(crate) mod round_form;
pub(crate) mod rounds;
pub(crate) mod said;
pub(crate) mod selecting;
mod session;
mod stands;
pub(crate) mod starting;
mod tell;
pub(crate) mod vetting;
mod view;
pub(crate) mod when;

pub(crate) use cohorts::session_title;
pub use due::{AT_ONCE as REMINDED_AT_ONCE, Reminding, remind_of_due};
pub use said::gather_voices;
pub use tell::tell_of_round;
