//! Rows as the database has them. Nobody outside this crate can name them.

pub(crate) mod course;
pub(crate) mod course_version;
pub(crate) mod engagement;
pub(crate) mod engagement_base;
pub(crate) mod enrolment;
pub(crate) mod help_line;
pub(crate) mod invitation;
pub(crate) mod invitation_engagement;
pub(crate) mod job;
pub(crate) mod job_slot;
pub(crate) mod lesson;
pub(crate) mod lesson_read;
pub(crate) mod link;
pub(crate) mod not_with;
pub(crate) mod organisation;
pub(crate) mod person;
pub(crate) mod public_generation;
pub(crate) mod reach;
pub(crate) mod refresh_token;
pub(crate) mod relationship;
pub(crate) mod service;
pub(crate) mod session;
pub(crate) mod sign_in;
pub(crate) mod site;
pub(crate) mod team;
pub(crate) mod throttle;
