//! What is kept and how it is asked for: rows, queries, files and content.
//!
//! Rows never leave this crate: its functions take and give the values of `domain` and of [`content`]. A
//! function answers one question or saves one thing; it decides nothing.

pub mod access_needs;
pub mod archive;
pub mod arranging;
pub mod audit;
pub mod calendars;
pub mod certificates;
pub mod concerns;
pub mod content;
pub mod courses;
mod db;
pub mod demo;
mod directory;
pub mod drafts;
mod entities;
pub mod feedback;
pub mod figures;
pub mod files;
mod hash;
pub mod heard;
pub mod invitations;
pub mod jobs;
pub mod learning;
pub mod letter;
pub mod me;
pub mod organisations;
pub mod people;
pub mod plans;
pub mod proposals;
pub mod public;
pub mod reflections;
pub mod register;
pub mod second_factor;
pub mod sessions;
mod shown;
pub mod sign_in;
pub mod supervision;
pub mod training;

pub use db::{Db, Engine, Failure, Tx};
pub use hash::hash_of;

/// What every question to the store answers with.
pub type Result<T> = std::result::Result<T, Failure>;

/// The instant that a row holds, in milliseconds since 1970.
fn instant(milliseconds: i64) -> chrono::DateTime<chrono::Utc> {
    chrono::DateTime::from_timestamp_millis(milliseconds).unwrap_or_default()
}
