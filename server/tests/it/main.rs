//! Through the front door: the real router, a real database of either kind, status and body.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

mod stage;

mod audit;
mod backup;
mod public_pages;
