//! Plain public pages, such as the privacy notice: `content/pages/<slug>.md`.

use std::fs;
use std::path::Path;

use chrono::NaiveDate;
use domain::course::Slug;
use serde::Deserialize;

use super::course::listed;
use super::fault::{Fault, Faults};
use super::lesson::split_front;
use super::markdown::{Html, render};

/// A page of text that anybody may read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextPage {
    pub slug: Slug,
    pub title: String,
    pub summary: String,
    pub reviewed: NaiveDate,
    pub html: Html,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Front {
    title: String,
    summary: String,
    #[serde(deserialize_with = "super::fault::date")]
    reviewed: NaiveDate,
}

/// Reads every page under `content/pages`.
///
/// # Errors
/// Everything that has to be put right in any of them.
pub fn read_pages(content: &Path) -> Result<Vec<TextPage>, Vec<Fault>> {
    let folder = content.join("pages");
    let mut faults = Faults::of(&folder);
    let paths = listed(&folder, &mut faults);
    let mut list = faults.list;
    let mut pages = Vec::new();
    for path in paths {
        let mut faults = Faults::of(&path);
        pages.extend(read_page(&path, &mut faults));
        list.extend(faults.list);
    }
    if list.is_empty() { Ok(pages) } else { Err(list) }
}

fn read_page(path: &Path, faults: &mut Faults<'_>) -> Option<TextPage> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let Some(Ok(slug)) = name.strip_suffix(".md").map(Slug::parse) else {
        faults.at(0, "name the file like accessibility.md: lower-case words and hyphens");
        return None;
    };
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) => {
            faults.at(0, format!("it cannot be read as text ({error})"));
            return None;
        }
    };
    let (front_text, body, line) = split_front(&text, faults)?;
    let front: Front = match toml::from_str(front_text) {
        Ok(front) => front,
        Err(error) => {
            faults.at_toml(2, front_text, &error);
            return None;
        }
    };
    let html = render(body, line, faults);
    Some(TextPage { slug, title: front.title, summary: front.summary, reviewed: front.reviewed, html })
}
