//! Rows as the database has them. Nobody outside this crate can name them.

pub(crate) mod audit_detail;
pub(crate) mod audit_event;
pub(crate) mod audit_head;
pub(crate) mod course;
pub(crate) mod course_version;
pub(crate) mod help_line;
pub(crate) mod lesson;
pub(crate) mod public_generation;
