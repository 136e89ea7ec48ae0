//! Pages, the handlers behind them, and the one table of doors.
//!
//! A page is a function of its data: a handler loads once and hands what it loaded to a component, which is
//! rendered whole on the server. Nothing in this crate is compiled for the browser.

#![recursion_limit = "256"]

mod answer;
mod clock;
mod courses;
mod cx;
mod door;
mod doors;
mod health;
mod home;
mod render;
mod site;
mod text_page;
pub mod ui;

pub use answer::{Broken, not_allowed, not_found, refused_elsewhere, stumbled};
pub use clock::{Clock, SystemClock};
pub use cx::Cx;
pub use door::{Anyone, Door, Permit, TurnedAway};
pub use doors::{DOORS, router};
pub use site::{Assets, Public, Site};
