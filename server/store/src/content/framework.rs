//! Frameworks of competences: TOML such as `content/frameworks/<slug>.toml`, and CSV as spreadsheets write it. What
//! is asked of a framework is a rule; here it is read, and every fault knows its line.

mod table;

use std::fs;
use std::path::Path;

use domain::course::Slug;
use domain::training::framework::{
    About, AboutForm, Competences, LineFault, MOST_COMPETENCES, Row, about, check,
};
use serde::Deserialize;
use toml::Spanned;

pub use self::table::{COLUMNS, framework_csv};
use super::course::CourseSource;
use super::fault::{Fault, Faults, line_at, line_of_key};
use super::folder::listed;

/// A framework that comes with the program, for an organisation to take over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShippedFramework {
    pub slug: Slug,
    pub about: About,
    /// For whom it is, in a sentence or two.
    pub sentence: String,
    pub competences: Competences,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FrameworkFile {
    title: String,
    sentence: String,
    licence: String,
    #[serde(default)]
    source: String,
    #[serde(default)]
    competence: Vec<CompetenceFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CompetenceFile {
    code: Spanned<String>,
    title: String,
    #[serde(default)]
    domain: String,
    need: String,
    #[serde(default)]
    optional: bool,
    #[serde(default)]
    lived_experience: bool,
    #[serde(default)]
    parent: String,
    #[serde(default)]
    indicators: Vec<String>,
    #[serde(default)]
    courses: Vec<String>,
}

/// Reads every framework under `content/frameworks`, towards which these courses may count. A place without them has
/// no such folder.
///
/// # Errors
/// Everything that has to be put right in any of them.
pub fn read_frameworks(
    content: &Path,
    courses: &[CourseSource],
) -> Result<Vec<ShippedFramework>, Vec<Fault>> {
    let folder = content.join("frameworks");
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let mut faults = Faults::of(&folder);
    let paths = listed(&folder, &mut faults);
    let mut list = faults.list;
    let mut frameworks = Vec::new();
    let known: Vec<_> = courses.iter().map(|it| it.slug.clone()).collect();
    for path in paths {
        let mut faults = Faults::of(&path);
        frameworks.extend(shipped(&path, &known, &mut faults));
        list.extend(faults.list);
    }
    if list.is_empty() { Ok(frameworks) } else { Err(list) }
}

fn shipped(path: &Path, known: &[Slug], faults: &mut Faults<'_>) -> Option<ShippedFramework> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let Some(Ok(slug)) = name.strip_suffix(".toml").map(Slug::parse) else {
        faults.at(0, "name the file like our-framework.toml: lower-case words and hyphens");
        return None;
    };
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) => {
            faults.at(0, format!("it cannot be read as text ({error})"));
            return None;
        }
    };
    let file: FrameworkFile = match toml::from_str(&text) {
        Ok(file) => file,
        Err(error) => {
            faults.at_toml(1, &text, &error);
            return None;
        }
    };
    let form = AboutForm { title: &file.title, licence: &file.licence, source: &file.source };
    let about = about(&form).map_err(|wrong| {
        wrong.into_iter().for_each(|it| faults.at(line_of_key(&text, it.field), it.remedy));
    });
    let rows = rows_of(&text, file.competence);
    let competences = looked_at(&rows, known).map_err(|wrong| {
        wrong.into_iter().for_each(|it| faults.at(it.line, it.remedy));
    });
    Some(ShippedFramework {
        slug,
        about: about.ok()?,
        sentence: file.sentence,
        competences: competences.ok()?,
    })
}

fn rows_of(text: &str, competences: Vec<CompetenceFile>) -> Vec<Row> {
    let word = |it: bool| if it { "yes".to_owned() } else { String::new() };
    let row = |it: CompetenceFile| Row {
        line: line_at(text, it.code.span().start),
        code: it.code.into_inner(),
        title: it.title,
        domain: it.domain,
        need: it.need,
        optional: word(it.optional),
        lived_experience: word(it.lived_experience),
        parent: it.parent,
        indicators: it.indicators,
        courses: it.courses,
    };
    competences.into_iter().map(row).collect()
}

/// Reads a framework that somebody sent or typed: TOML where it has tables of competences, else CSV, with commas,
/// semicolons or tabs between the columns, and with or without a mark in front of it. These courses may count.
///
/// # Errors
/// Everything that has to be put right, in the order of its lines.
pub fn read_framework(bytes: &[u8], known: &[Slug]) -> Result<Competences, Vec<LineFault>> {
    let fault = |line, remedy: &str| Err(vec![LineFault { line, remedy: remedy.into() }]);
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let line = bytes[..error.valid_up_to()].iter().filter(|it| **it == b'\n').count() + 1;
            return fault(
                line,
                "A letter here is not written as UTF-8. Save the file as “CSV UTF-8”, then choose it again.",
            );
        }
    };
    if text.contains('\0') {
        return fault(1, "This is no text. Save the table as “CSV UTF-8”, then choose it again.");
    }
    if text.trim().is_empty() {
        return fault(1, "There is nothing in it. Write a line for each competence.");
    }
    let rows = match text.lines().any(|it| it.trim() == "[[competence]]") {
        true => toml_rows(text)?,
        false => table::rows(text)?,
    };
    if rows.is_empty() {
        return fault(1, "There is no competence in it. Write a line for each.");
    }
    looked_at(&rows, known)
}

fn looked_at(rows: &[Row], known: &[Slug]) -> Result<Competences, Vec<LineFault>> {
    let is_unknown = |it: &&String| known.iter().all(|slug| slug.as_str() != it.as_str());
    let fault = |row: &Row, it: &String| LineFault {
        line: row.line,
        remedy: format!("There is no course “{it}” here. Write it as its address does, or leave it out."),
    };
    let unknown =
        |row: &Row| row.courses.iter().filter(is_unknown).map(|it| fault(row, it)).collect::<Vec<_>>();
    let mut faults: Vec<_> = rows.iter().take(MOST_COMPETENCES).flat_map(unknown).collect();
    match check(rows) {
        Ok(competences) if faults.is_empty() => Ok(competences),
        checked => {
            faults.extend(checked.err().unwrap_or_default());
            faults.sort();
            Err(faults)
        }
    }
}

fn toml_rows(text: &str) -> Result<Vec<Row>, Vec<LineFault>> {
    #[derive(Deserialize)]
    struct Sent {
        competence: Vec<CompetenceFile>,
    }
    match toml::from_str::<Sent>(text) {
        Ok(sent) => Ok(rows_of(text, sent.competence)),
        Err(error) => {
            let line = error.span().map_or(1, |span| line_at(text, span.start));
            Err(vec![LineFault { line, remedy: error.message().to_owned() }])
        }
    }
}
