//! Through the front door: the real router, a real database of either kind, status and body.

#![expect(clippy::unwrap_used, reason = "tests, though clippy sees that only in functions marked as such")]

mod stage;

mod arranging;
mod inviting;
mod jobs;
mod learning;
mod mail;
mod me;
mod public_pages;
mod registering;
mod signing_in;
