//! A node: settings, the database made ready, the router with its layers.

pub mod audit;
pub mod keys;
pub mod layers;
pub mod open;
pub mod settings;
