//! Rows as the database has them. Nobody outside this crate can name them.

pub(crate) mod course;
pub(crate) mod course_version;
pub(crate) mod help_line;
pub(crate) mod job;
pub(crate) mod job_slot;
pub(crate) mod lesson;
pub(crate) mod public_generation;
