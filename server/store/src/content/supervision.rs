//! What agreements on supervision begin with, such as `content/supervision/<slug>.toml`.

use std::path::Path;

use domain::course::Slug;
use domain::supervision::Strand;
use domain::supervision::template::{Template, template};
use domain::supervision::terms::TermsForm;
use serde::Deserialize;
use toml::value::Datetime;

use super::fault::{Fault, Faults, line_of_key};
use super::folder::{named_text, read_folder};

/// A suggestion that came with the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShippedTemplate {
    pub slug: Slug,
    pub template: Template,
    /// Where its figures come from.
    pub source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TemplateFile {
    title: String,
    strand: String,
    for_a_group: bool,
    rhythm: RhythmTable,
    words: WordsTable,
    source: SourceTable,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RhythmTable {
    every: u16,
    unit: String,
    minutes: u16,
    times_a_year: Option<u16>,
    pro_rata: bool,
    grace_days: u16,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WordsTable {
    place: String,
    ground_rules: String,
    confidentiality: String,
    limits: String,
    missed: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SourceTable {
    says: String,
    verified_on: Datetime,
}

/// Reads every suggestion under `content/supervision`. A place without them has no such folder.
///
/// # Errors
/// Everything that has to be put right in any of them.
pub fn read_templates(content: &Path) -> Result<Vec<ShippedTemplate>, Vec<Fault>> {
    let folder = content.join("supervision");
    if !folder.exists() {
        return Ok(Vec::new());
    }
    read_folder(&folder, read_template)
}

fn read_template(path: &Path, faults: &mut Faults<'_>) -> Option<ShippedTemplate> {
    let (slug, text) = named_text(path, (".toml", "reflective-practice"), faults)?;
    let file: TemplateFile = match toml::from_str(&text) {
        Ok(file) => file,
        Err(error) => {
            faults.at_toml(1, &text, &error);
            return None;
        }
    };
    let TemplateFile { title, strand, for_a_group, rhythm, words, source } = file;
    let Some(strand) = Strand::parse(&strand) else {
        faults.at(line_of_key(&text, "strand"), "name a kind of supervision, such as reflective_practice");
        return None;
    };
    if source.says.trim().is_empty() || source.verified_on.date.is_none() {
        faults.at(
            line_of_key(&text, "says"),
            "say where the figures come from, and on which day that was looked at",
        );
    }
    let figures = [rhythm.every, rhythm.minutes, rhythm.grace_days].map(|it| it.to_string());
    let times = rhythm.times_a_year.map(|it| it.to_string()).unwrap_or_default();
    let form = TermsForm {
        every: &figures[0],
        unit: &rhythm.unit,
        minutes: &figures[1],
        times_a_year: &times,
        pro_rata: rhythm.pro_rata,
        grace_days: &figures[2],
        place: &words.place,
        ground_rules: &words.ground_rules,
        confidentiality: &words.confidentiality,
        limits: &words.limits,
        missed: &words.missed,
        ..TermsForm::default()
    };
    match template(&title, (strand, for_a_group), &form) {
        Ok(template) => Some(ShippedTemplate { slug, template, source: source.says }),
        Err(wrong) => {
            for it in wrong {
                faults.at(line_of_key(&text, it.field), it.remedy);
            }
            None
        }
    }
}
