//! A node: settings, the database made ready, the router with its layers.

pub mod audit;
pub mod backup;
pub mod keys;
pub mod layers;
pub mod open;
pub mod settings;
