//! Training: the way to a place; programmes, and the groups that go through them; frameworks of competences, how people
//! show what they can do, and who says so; roles that are signed by two, and placements.

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
pub(crate) mod frameworks;
pub(crate) mod group;
pub(crate) mod hours;
pub(crate) mod join;
pub(crate) mod ladder;
pub(crate) mod leave;
pub(crate) mod mine;
pub(crate) mod papers;
pub(crate) mod placements;
pub(crate) mod programmes;
mod readable;
pub(crate) mod roles;
pub(crate) mod round_form;
pub(crate) mod rounds;
pub(crate) mod selecting;
mod session;
mod tell;
mod view;
mod when;

pub use tell::tell_of_round;
