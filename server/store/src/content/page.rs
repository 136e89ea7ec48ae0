//! Plain public pages, such as the privacy notice: `content/pages/<slug>.md`.

use std::path::Path;

use chrono::NaiveDate;
use domain::course::Slug;
use serde::Deserialize;

use super::fault::{Fault, Faults};
use super::folder::{named_text, read_folder};
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
    read_folder(&content.join("pages"), read_page)
}

fn read_page(path: &Path, faults: &mut Faults<'_>) -> Option<TextPage> {
    let (slug, text) = named_text(path, (".md", "accessibility"), faults)?;
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
