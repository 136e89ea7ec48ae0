//! What an administrator sees of their organisation, and of no other.

pub(crate) mod people;
