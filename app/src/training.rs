//! Training for peer support roles: the way to a place.

pub(crate) mod adjustments;
pub(crate) mod answer;
pub(crate) mod application;
pub(crate) mod apply;
pub(crate) mod arranging;
pub(crate) mod board;
pub(crate) mod criterion;
pub(crate) mod join;
pub(crate) mod leave;
pub(crate) mod mine;
pub(crate) mod permits;
pub(crate) mod round_form;
pub(crate) mod rounds;
pub(crate) mod selecting;
mod tell;
mod view;

pub use tell::tell_of_round;
