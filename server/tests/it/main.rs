//! Through the front door: the real router, a real database of either kind, status and body.

mod stage;

mod public_pages;
