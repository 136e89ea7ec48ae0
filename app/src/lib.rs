//! Pages, the handlers behind them, and the one table of doors.
//!
//! A page is a function of its data: a handler loads once and hands what it loaded to a component, which is
//! rendered whole on the server. Nothing in this crate is compiled for the browser.

#![recursion_limit = "256"]

mod access_needs;
mod answer;
mod called;
mod certificates;
mod clock;
mod college;
mod concerns;
mod courses;
mod cx;
mod data_register;
mod demo;
mod door;
mod doors;
mod editing;
mod files;
mod form;
mod happened;
mod health;
mod home;
mod invite;
mod jobs;
mod learn;
mod letters;
mod me;
mod organisation;
mod packing;
mod permits;
mod personal;
mod plan;
mod reached;
mod register;
mod render;
mod revised;
mod shown_to_me;
mod sign_in;
mod signing;
mod site;
mod supervision;
mod text_page;
mod today;
mod training;
pub mod ui;
mod upload;

pub use answer::{Broken, refused_demo, refused_elsewhere, stumbled};
pub use certificates::{PublicKey, SigningKey, StatementSecrets};
pub use clock::{Clock, SystemClock};
pub use concerns::pass_on_concern;
pub use cx::{CameFrom, Cx};
pub use door::{Door, Permit, TurnedAway};
pub use doors::{DOORS, router};
pub use files::sweep_files;
pub use invite::{FirstInvitation, invite_first};
pub use me::log::what as log_line;
pub use permits::{
    AdministersHere, AdministersHereSteppedUp, Anyone, Assesses, AssessesGroup, AssessesHere,
    CoordinatesTrainingHere, EditsCourses, EnrolledHere, Founds, InDemo, Learning, OwnHere, OwnPlan,
    ReadsFigures, Reproved, SeesFile, SignedIn, SteppedUp, TookUpHere, WorksTowards,
};
pub use sign_in::second_factor::lost::{LetGo, let_go_of_second_factor};
pub use sign_in::{Access, PasswordCost, Passwords, Secrets, TokenKey};
pub use site::{Assets, Given, Public, Site};
pub use supervision::{SESSIONS_AT_ONCE, Tomorrow, remind_of_sessions};
pub use training::{REMINDED_AT_ONCE, Reminding, gather_voices, remind_of_due, tell_of_round};
