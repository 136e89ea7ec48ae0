//! Pathways: courses that are recommended together towards something, such as `content/pathways/<slug>.toml`.

use std::path::Path;

use domain::course::Slug;
use serde::Deserialize;

use super::course::CourseSource;
use super::fault::{Fault, Faults, line_of_key};
use super::folder::{named_text, read_folder};

/// Courses that are recommended towards something. Nobody has to take them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pathway {
    pub slug: Slug,
    pub title: String,
    /// What it leads to and who recommends it, in a sentence or two.
    pub sentence: String,
    /// Where the recommendation comes from.
    pub source: String,
    /// In the order in which they are recommended.
    pub courses: Vec<Slug>,
}

/// The most courses of a pathway. Our choice: it stands in a learning plan of one page.
const MOST_COURSES: usize = 12;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PathwayFile {
    title: String,
    sentence: String,
    source: String,
    courses: Vec<Slug>,
}

/// Reads every pathway under `content/pathways`, which lead through these courses. A place without pathways has no
/// such folder.
///
/// # Errors
/// Everything that has to be put right in any of them.
pub fn read_pathways(content: &Path, courses: &[CourseSource]) -> Result<Vec<Pathway>, Vec<Fault>> {
    let folder = content.join("pathways");
    if !folder.exists() {
        return Ok(Vec::new());
    }
    read_folder(&folder, |path, faults| read_pathway(path, courses, faults))
}

fn read_pathway(path: &Path, courses: &[CourseSource], faults: &mut Faults<'_>) -> Option<Pathway> {
    let (slug, text) = named_text(path, (".toml", "peer-support-worker"), faults)?;
    let file: PathwayFile = match toml::from_str(&text) {
        Ok(file) => file,
        Err(error) => {
            faults.at_toml(1, &text, &error);
            return None;
        }
    };
    let PathwayFile { title, sentence, source, courses: through } = file;
    for (key, value) in [("title", &title), ("sentence", &sentence), ("source", &source)] {
        if value.trim().is_empty() {
            faults.at(line_of_key(&text, key), "write something here");
        }
    }
    let line = line_of_key(&text, "courses");
    if through.is_empty() || through.len() > MOST_COURSES {
        faults.at(line, format!("name 1 to {MOST_COURSES} courses"));
    }
    for (at, it) in through.iter().enumerate() {
        if courses.iter().all(|course| course.slug != *it) {
            faults.at(
                line,
                format!("there is no course `{it}`: spell it as its folder is spelled, or leave it out"),
            );
        }
        if through[..at].contains(it) {
            faults.at(line, format!("name `{it}` once"));
        }
    }
    Some(Pathway { slug, title, sentence, source, courses: through })
}
