//! A course: a folder with a `course.toml` and numbered lessons.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use chrono::NaiveDate;
use domain::course::publishing::TextHash;
use domain::course::recommended::{self, Recommended, RecommendedFault};
use domain::course::writing::MOST_LESSONS;
use domain::course::{Outline, Slug};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::bounds::fits;
use super::fault::{Fault, Faults, line_of_key};
use super::folder::listed;
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
    pub fn hash(&self) -> TextHash {
        let mut hash = Sha256::new();
        let lessons = self.lessons.iter().flat_map(|it| [it.slug.as_str(), it.text.as_str()]);
        for text in [self.slug.as_str(), self.outline.as_str()].into_iter().chain(lessons) {
            hash.update(u64::try_from(text.len()).unwrap_or(u64::MAX).to_be_bytes());
            hash.update(text);
        }
        TextHash(hash.finalize().into())
    }
}

/// What a lesson's file is called, at its place counted from one.
#[must_use]
pub fn file_name(at: usize, lesson: &Slug) -> String {
    format!("{at:02}-{lesson}.md")
}

/// A course as far as it can be read, file by file.
#[derive(Clone, Debug)]
pub struct Checked {
    pub outline: Result<(Outline, Html), Vec<Fault>>,
    /// In reading order.
    pub lessons: Vec<Result<Lesson, Vec<Fault>>>,
}

impl Checked {
    /// Everything that has to be put right.
    pub fn faults(&self) -> impl Iterator<Item = &Fault> {
        let of_lessons = self.lessons.iter().filter_map(|it| it.as_ref().err());
        self.outline.as_ref().err().into_iter().chain(of_lessons).flatten()
    }

    /// The same, having looked as well whether what it recommends is there and goes round in no ring, among these
    /// other courses.
    #[must_use]
    pub fn among(self, source: &CourseSource, mut others: Recommended) -> Self {
        let Ok((outline, _)) = &self.outline else { return self };
        others.insert(source.slug.clone(), outline.recommended_before.clone());
        let is_of_it = |it: &RecommendedFault| match it {
            RecommendedFault::Unknown { course, .. } => *course == source.slug,
            RecommendedFault::Ring(courses) => courses.contains(&source.slug),
        };
        let found = recommended::faults(&others);
        let faults: Vec<_> = found.iter().filter(|it| is_of_it(it)).map(|it| ill(source, it)).collect();
        if faults.is_empty() { self } else { Self { outline: Err(faults), ..self } }
    }

    /// The course with those lessons that can be read, and how many are left out; nothing when not even what is said
    /// about it can be.
    #[must_use]
    pub fn readable(self, slug: Slug) -> Option<(Course, usize)> {
        let (outline, about) = self.outline.ok()?;
        let all = self.lessons.len();
        let lessons: Vec<_> = self.lessons.into_iter().flatten().collect();
        let left_out = all - lessons.len();
        Some((Course { slug, outline, about, lessons }, left_out))
    }

    /// Whether a lesson touches self-harm or suicide.
    #[must_use]
    pub fn touches(&self) -> bool {
        self.lessons.iter().flatten().any(|it| !it.touches.is_empty())
    }
}

/// What no lesson is called: `/learn/{course}/certificate` is a page of its own.
const CERTIFICATE: &str = "certificate";

/// Reads a course from its text.
///
/// # Errors
/// Everything that has to be put right, each with its file and line.
pub fn read_course(source: &CourseSource) -> Result<Course, Vec<Fault>> {
    let checked = check(source);
    let faults: Vec<_> = checked.faults().cloned().collect();
    match checked.outline {
        Ok((outline, about)) if faults.is_empty() => {
            let lessons = checked.lessons.into_iter().flatten().collect();
            Ok(Course { slug: source.slug.clone(), outline, about, lessons })
        }
        _ => Err(faults),
    }
}

/// Reads each file of a course by itself. However much there is of it, little more is read than a course may be long.
#[must_use]
pub fn check(source: &CourseSource) -> Checked {
    let folder = Path::new("content/courses").join(source.slug.as_str());
    let toml = folder.join("course.toml");
    let mut faults = Faults::of(&toml);
    let outline = outline(&source.outline, &mut faults);
    check_lessons(&source.lessons, &mut faults);
    let outline = outline.filter(|_| faults.list.is_empty()).ok_or(faults.list);
    let lesson = |(at, source): (usize, &LessonSource)| {
        let file = folder.join(file_name(at, &source.slug));
        let mut faults = Faults::of(&file);
        if source.slug.as_str() == CERTIFICATE {
            faults.at(0, "name this lesson differently: the course’s certificate has this address");
        }
        let lesson = lesson::read(source, &mut faults);
        lesson.filter(|_| faults.list.is_empty()).ok_or(faults.list)
    };
    Checked { outline, lessons: (1..).zip(source.lessons.iter().take(MOST_LESSONS)).map(lesson).collect() }
}

fn check_lessons(lessons: &[LessonSource], faults: &mut Faults<'_>) {
    if lessons.is_empty() {
        faults.at(0, "add at least one lesson beside this file, such as 01-welcome.md");
    }
    if lessons.len() > MOST_LESSONS {
        faults.at(0, format!("leave out some lessons: a course has at most {MOST_LESSONS}"));
    }
    let mut named = HashSet::new();
    for it in lessons {
        if !named.insert(&it.slug) {
            faults.at(0, format!("give each lesson a name of its own: there are two called `{}`", it.slug));
        }
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
    /// What older courses say of themselves. Whether a course is co-produced is for two people to sign.
    co_production: Option<String>,
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
            content_notes: it.content_notes,
            recommended_before: it.recommended_before,
            reviewed: it.reviewed,
            withdrawn: it.withdrawn,
        }
    }
}

fn outline(text: &str, faults: &mut Faults<'_>) -> Option<(Outline, Html)> {
    if !fits(text, faults) {
        return None;
    }
    let outline = match toml::from_str::<OutlineFile>(text) {
        Ok(file) => {
            if file.co_production.as_deref().is_some_and(|it| it != "draft") {
                let remedy =
                    "take this line out: a course is adopted by two people who sign it, not by a word";
                faults.at(line_of_key(text, "co_production"), remedy);
            }
            Outline::from(file)
        }
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
        Some(ill(source, it))
    };
    recommended::faults(recommends).iter().filter_map(fault).collect()
}

/// What is wrong with how a course recommends others, at its line.
fn ill(source: &CourseSource, it: &RecommendedFault) -> Fault {
    let file = Path::new("content/courses").join(source.slug.as_str()).join("course.toml");
    Fault { file, line: line_of_key(&source.outline, "recommended_before"), remedy: it.to_string() }
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
pub(super) fn numbered(file: &str) -> Option<(u32, Slug)> {
    let (number, slug) = file.strip_suffix(".md")?.split_once('-')?;
    Some((number.parse().ok()?, Slug::parse(slug).ok()?))
}
