//! What an administrator sees of their organisation, and of no other.

pub(crate) mod all;
pub(crate) mod engagement;
pub(crate) mod people;
pub(crate) mod person;
pub(crate) mod places;
pub(crate) mod relate;
pub(crate) mod settings;
