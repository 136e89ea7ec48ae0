//! The words and the rules.
//!
//! Pure functions that take values and the time and decide. This crate knows no clock, no chance, no float,
//! no database and no browser; it compiles for the server and for the islands alike.

pub mod autosave;
pub mod chime;
pub mod concern;
pub mod course;
pub mod day;
pub mod few;
pub mod help;
pub mod jobs;
pub mod own_words;
pub mod people;
pub mod personal;
pub mod plan;
pub mod sign_in;
pub mod signing;
pub mod supervision;
pub mod training;
pub mod wall;

mod typed;
