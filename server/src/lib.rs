//! A node: settings, the database made ready, the router with its layers, mail and the work behind it.

pub mod admin;
pub mod audit;
pub mod backup;
pub mod demo;
pub mod keys;
pub mod layers;
pub mod mail;
pub mod open;
pub mod proxies;
pub mod serving;
pub mod settings;
pub mod work;
