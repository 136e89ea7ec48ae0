//! Content: courses, lessons and plain pages, written as Markdown by people who never meet Rust.
//!
//! Reading is checking: what comes out of here is whole and safe to show, and everything that is wrong with a
//! folder comes back at once, each fault with its file, its line and what to do. Nothing here touches rows.

mod bounds;
mod course;
mod fault;
mod fields;
mod folder;
mod framework;
mod lesson;
mod markdown;
mod page;
mod pathway;
mod programme;
mod question;
mod reading;
mod supervision;
#[cfg(test)]
mod tests;
mod touching;
mod zipped;

pub use course::{Checked, Course, CourseSource, check, file_name, read_course, read_courses};
pub use fault::Fault;
pub use fields::OutlineFields;
pub use framework::{COLUMNS, ShippedFramework, framework_csv, read_framework, read_frameworks};
pub use lesson::{Lesson, LessonSource, Part};
pub use markdown::{Html, written};
pub use page::{TextPage, read_pages};
pub use pathway::{Pathway, read_pathways};
pub use programme::{Handout, Programme, ProgrammeSource, Session, read_programme, read_programmes};
pub use question::{Answer, Asks, Question};
pub use supervision::{ShippedTemplate, read_templates};
pub use zipped::{HEAVIEST_ZIP, pack, unpack};
