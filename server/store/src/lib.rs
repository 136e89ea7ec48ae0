//! What is kept and how it is asked for: rows, queries, files and content.
//!
//! Rows never leave this crate: its functions take and give the values of `domain` and of [`content`]. A
//! function answers one question or saves one thing; it decides nothing.

pub mod archive;
pub mod audit;
pub mod content;
pub mod courses;
mod db;
mod entities;
pub mod public;

pub use db::{Db, Engine, Failure, Tx};

/// What every question to the store answers with.
pub type Result<T> = std::result::Result<T, Failure>;
