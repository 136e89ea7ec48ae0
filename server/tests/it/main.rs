//! Through the front door: the real router, a real database of either kind, status and body.

#![expect(clippy::unwrap_used, reason = "tests, though clippy sees that only in functions marked as such")]

mod databases;
mod organisations;
mod phone;
mod proof;
mod stage;

mod access_needs;
mod any_request;
mod arranging;
mod audit;
mod backup;
mod behind_proxy;
mod certificates;
mod connections;
mod data_register;
mod demo;
mod doors;
mod feedback;
mod figures;
mod finding;
mod inviting;
mod jobs;
mod kills;
mod learning;
mod looking;
mod mail;
mod me;
mod own_things;
mod planning;
mod previewing;
mod public_pages;
mod reflecting;
mod registering;
mod second_factor;
mod showing_plans;
mod signing_in;
mod step_up;
mod taking_out;
mod training_choosing;
mod training_cohort;
mod training_frameworks;
mod training_interest;
mod training_judging;
mod training_papers;
mod training_placement;
mod training_programme;
mod training_roles;
mod training_rounds;
mod training_standing;
mod unpacking;
mod writing;
