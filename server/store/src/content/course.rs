//! A course: a folder with a `course.toml` and numbered lessons.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use domain::course::recommended::{self, Recommended, RecommendedFault};
use domain::course::{CoProduction, Outline, Slug};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::fault::{Fault, Faults, line_of_key};
use super::lesson::{self, Lesson, LessonSource};
use super::markdown::{Html, render};

/// A course as it was written, before or after it has been through the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CourseSource {
    pub slug: Slug,
    /// The text of `course.toml`.
    pub outline: String,
    /// In reading order.
    pub lessons: Vec<LessonSource>,
}

/// A course, ready to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    pub slug: Slug,
    pub outline: Outline,
    pub about: Html,
    /// In reading order.
    pub lessons: Vec<Lesson>,
}

impl Course {
    /// How long most people take for all of it, in minutes.
    #[must_use]
    pub fn minutes(&self) -> u32 {
        self.lessons.iter().map(|it| u32::from(it.minutes)).sum()
    }

    /// Whether there is something in it that not everybody wants to read about.
    #[must_use]
    pub fn is_noted(&self) -> bool {
        !self.outline.content_notes.is_empty() || self.lessons.iter().any(Lesson::is_noted)
    }

    /// The lesson of that name, with its place counted from one.
    #[must_use]
    pub fn lesson(&self, slug: &Slug) -> Option<(usize, &Lesson)> {
        self.lessons.iter().enumerate().find(|(_, it)| it.slug == *slug).map(|(at, it)| (at + 1, it))
    }
}

impl Course {
    /// The lesson that follows.
    #[must_use]
    pub fn after(&self, slug: &Slug) -> Option<&Lesson> {
        let (number, _) = self.lesson(slug)?;
        self.lessons.get(number)
    }
}

impl CourseSource {
    /// Tells two states of a course apart: SHA-256 over everything that was written.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        let mut hash = Sha256::new();
        let lessons = self.lessons.iter().flat_map(|it| [it.slug.as_str(), it.text.as_str()]);
        for text in [self.slug.as_str(), self.outline.as_str()].into_iter().chain(lessons) {
            hash.update(u64::try_from(text.len()).unwrap_or(u64::MAX).to_be_bytes());
            hash.update(text);
        }
        hash.finalize().into()
    }
}

/// What no lesson is called: `/learn/{course}/certificate` is a page of its own.
const CERTIFICATE: &str = "certificate";

/// Reads a course from its text.
///
/// # Errors
/// Everything that has to be put right, each with its file and line.
pub fn read_course(source: &CourseSource) -> Result<Course, Vec<Fault>> {
    let folder = Path::new("content/courses").join(source.slug.as_str());
    let files: Vec<PathBuf> =
        (1..).zip(&source.lessons).map(|(at, it)| folder.join(format!("{at:02}-{}.md", it.slug))).collect();
    let toml = folder.join("course.toml");
    let mut faults = Faults::of(&toml);
    let outline = outline(&source.outline, &mut faults);
    if source.lessons.is_empty() {
        faults.at(0, "add at least one lesson beside this file, such as 01-welcome.md");
    }
    let mut list = faults.list;
    let mut lessons = Vec::new();
    for (file, source) in files.iter().zip(&source.lessons) {
        let mut faults = Faults::of(file);
        if source.slug.as_str() == CERTIFICATE {
            faults.at(0, "name this lesson differently: the course’s certificate has this address");
        }
        lessons.extend(lesson::read(source, &mut faults));
        list.extend(faults.list);
    }
    match outline {
        Some((outline, about)) if list.is_empty() => {
            Ok(Course { slug: source.slug.clone(), outline, about, lessons })
        }
        _ => Err(list),
    }
}

/// `course.toml` as it is spelled.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OutlineFile {
    title: String,
    discreet_title: String,
    summary: String,
    category: String,
    about: String,
    expect: Vec<String>,
    written_by: String,
    co_production: CoProduction,
    #[serde(default)]
    content_notes: Vec<String>,
    #[serde(default)]
    recommended_before: Vec<Slug>,
    #[serde(deserialize_with = "super::fault::date")]
    reviewed: NaiveDate,
    #[serde(default)]
    withdrawn: bool,
}

impl From<OutlineFile> for Outline {
    fn from(it: OutlineFile) -> Self {
        Self {
            title: it.title,
            discreet_title: it.discreet_title,
            summary: it.summary,
            category: it.category,
            about: it.about,
            expect: it.expect,
            written_by: it.written_by,
            co_production: it.co_production,
            content_notes: it.content_notes,
            recommended_before: it.recommended_before,
            reviewed: it.reviewed,
            withdrawn: it.withdrawn,
        }
    }
}

fn outline(text: &str, faults: &mut Faults<'_>) -> Option<(Outline, Html)> {
    let outline = match toml::from_str::<OutlineFile>(text) {
        Ok(file) => Outline::from(file),
        Err(error) => {
            faults.at_toml(1, text, &error);
            return None;
        }
    };
    for it in outline.faults() {
        faults.at(line_of_key(text, it.key), it.remedy);
    }
    let about = render(&outline.about, line_of_key(text, "about"), faults);
    Some((outline, about))
}

/// Reads every course under `content/courses`.
///
/// # Errors
/// Everything that has to be put right in any of them.
pub fn read_courses(content: &Path) -> Result<Vec<CourseSource>, Vec<Fault>> {
    let folder = content.join("courses");
    let mut faults = Faults::of(&folder);
    let mut sources = Vec::new();
    let mut recommends = Recommended::new();
    let mut list = Vec::new();
    for path in listed(&folder, &mut faults) {
        match course_source(&path) {
            Ok(source) => match read_course(&source) {
                Ok(course) => {
                    recommends.insert(course.slug, course.outline.recommended_before);
                    sources.push(source);
                }
                Err(faults) => list.extend(faults),
            },
            Err(faults) => list.extend(faults),
        }
    }
    list.extend(faults.list);
    // A course that cannot be read is not one that there is not.
    if list.is_empty() {
        list.extend(ill_recommended(&recommends, &sources));
    }
    if list.is_empty() { Ok(sources) } else { Err(list) }
}

/// What is wrong with how courses recommend each other, each at the line that does.
fn ill_recommended(recommends: &Recommended, sources: &[CourseSource]) -> Vec<Fault> {
    let fault = |it: &RecommendedFault| {
        let source = sources.iter().find(|source| Some(&source.slug) == it.course())?;
        let file = Path::new("content/courses").join(source.slug.as_str()).join("course.toml");
        let line = line_of_key(&source.outline, "recommended_before");
        Some(Fault { file, line, remedy: it.to_string() })
    };
    recommended::faults(recommends).iter().filter_map(fault).collect()
}

/// What stands in a folder, in order of name.
pub(super) fn listed(folder: &Path, faults: &mut Faults<'_>) -> Vec<PathBuf> {
    match fs::read_dir(folder) {
        Ok(entries) => {
            let mut paths: Vec<_> = entries.filter_map(|it| Some(it.ok()?.path())).collect();
            paths.sort();
            paths
        }
        Err(error) => {
            faults.at(0, format!("this folder cannot be read ({error})"));
            Vec::new()
        }
    }
}

fn course_source(folder: &Path) -> Result<CourseSource, Vec<Fault>> {
    let mut faults = Faults::of(folder);
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let slug =
        Slug::parse(&name).map_err(|error| faults.at(0, format!("name the folder differently: {error}")));
    let mut lessons: Vec<(u32, LessonSource)> = Vec::new();
    for path in listed(folder, &mut faults) {
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if file == "course.toml" {
            continue;
        }
        match (numbered(&file), fs::read_to_string(&path)) {
            (Some((number, slug)), Ok(text)) => lessons.push((number, LessonSource { slug, text })),
            (None, _) => faults.at(0, format!("name `{file}` like 01-a-few-words.md, or move it elsewhere")),
            (_, Err(error)) => faults.at(0, format!("`{file}` cannot be read as text ({error})")),
        }
    }
    lessons.sort_by_key(|it| it.0);
    if lessons.iter().map(|it| it.0).ne((1..).take(lessons.len())) {
        faults.at(0, "number the lessons 01, 02, 03 and so on, without a gap");
    }
    let outline = fs::read_to_string(folder.join("course.toml"))
        .map_err(|error| faults.at(0, format!("write a course.toml in this folder ({error})")));
    match (slug, outline) {
        (Ok(slug), Ok(outline)) if faults.list.is_empty() => {
            Ok(CourseSource { slug, outline, lessons: lessons.into_iter().map(|it| it.1).collect() })
        }
        _ => Err(faults.list),
    }
}

/// `01-welcome.md` is lesson 1, `welcome`.
fn numbered(file: &str) -> Option<(u32, Slug)> {
    let (number, slug) = file.strip_suffix(".md")?.split_once('-')?;
    Some((number.parse().ok()?, Slug::parse(slug).ok()?))
}
