//! Programmes as they lie in the content folder, and whether the courses are there that they speak of.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use domain::course::Slug;
use domain::training::cohort::covered;

use super::{Programme, ProgrammeSource, read_programme};
use crate::content::course::{CourseSource, file_name, numbered};
use crate::content::fault::{Fault, Faults, line_of_key};
use crate::content::folder::listed;
use crate::content::framework::ShippedFramework;
use crate::content::lesson::LessonSource;

/// Reads every programme under `content/programmes`, which go with these courses and frameworks. A place without
/// programmes has no such folder.
///
/// # Errors
/// Everything that has to be put right in any of them.
pub fn read_programmes(
    content: &Path,
    courses: &[CourseSource],
    frameworks: &[ShippedFramework],
) -> Result<Vec<ProgrammeSource>, Vec<Fault>> {
    let folder = content.join("programmes");
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let mut faults = Faults::of(&folder);
    let paths = listed(&folder, &mut faults);
    let mut list = faults.list;
    let mut sources = Vec::new();
    for path in paths {
        match programme_source(&path) {
            Ok(source) => match read_programme(&source) {
                Ok(programme) => {
                    list.extend(ill_joined(&programme, &source, courses));
                    list.extend(ill_numbered(&programme, &source, frameworks));
                    sources.push(source);
                }
                Err(faults) => list.extend(faults),
            },
            Err(faults) => list.extend(faults),
        }
    }
    if list.is_empty() { Ok(sources) } else { Err(list) }
}

/// What a programme says of courses and lessons that are not there.
fn ill_joined(programme: &Programme, source: &ProgrammeSource, courses: &[CourseSource]) -> Vec<Fault> {
    let folder = Path::new("content/programmes").join(source.slug.as_str());
    let toml = folder.join("programme.toml");
    let mut faults = Faults::of(&toml);
    let outline = &programme.outline;
    for (key, named) in [("recommended_before", &outline.recommended_before), ("courses", &outline.courses)] {
        for it in named.iter().filter(|it| courses.iter().all(|course| course.slug != **it)) {
            let remedy =
                format!("there is no course `{it}`: spell it as its folder is spelled, or leave it out");
            faults.at(line_of_key(&source.outline, key), remedy);
        }
    }
    let mut list = faults.list;
    let of_it = |it: &&CourseSource| outline.courses.contains(&it.slug);
    let lessons: HashSet<_> =
        courses.iter().filter(of_it).flat_map(|it| it.lessons.iter().map(|lesson| &lesson.slug)).collect();
    for (at, (session, text)) in (1..).zip(programme.sessions.iter().zip(&source.sessions)) {
        let Some(lesson) = session.lesson.as_ref().filter(|it| !lessons.contains(it)) else { continue };
        let file = folder.join("sessions").join(file_name(at, &session.slug));
        let mut faults = Faults::of(&file);
        let remedy = format!("no course of this programme has a lesson `{lesson}`");
        faults.at(line_of_key(&text.text, "lesson"), remedy);
        list.extend(faults.list);
    }
    list
}

/// What a programme says of a framework that is not there, or of numbers that are not in it.
fn ill_numbered(
    programme: &Programme,
    source: &ProgrammeSource,
    frameworks: &[ShippedFramework],
) -> Vec<Fault> {
    let folder = Path::new("content/programmes").join(source.slug.as_str());
    let Some(named) = &programme.outline.framework else { return Vec::new() };
    let Some(framework) = frameworks.iter().find(|it| it.slug == *named) else {
        let toml = folder.join("programme.toml");
        let mut faults = Faults::of(&toml);
        let remedy =
            format!("there is no framework `{named}`: spell it as its file is spelled, or leave it out");
        faults.at(line_of_key(&source.outline, "framework"), remedy);
        return faults.list;
    };
    let mut list = Vec::new();
    for (at, (session, text)) in (1..).zip(programme.sessions.iter().zip(&source.sessions)) {
        let file = folder.join("sessions").join(file_name(at, &session.slug));
        let mut faults = Faults::of(&file);
        for it in
            session.competences.iter().filter(|it| covered([*it], framework.competences.all()).is_empty())
        {
            let remedy = format!("`{named}` has no competence {}: leave it out", it.as_str());
            faults.at(line_of_key(&text.text, "competences"), remedy);
        }
        list.extend(faults.list);
    }
    list
}

fn programme_source(folder: &Path) -> Result<ProgrammeSource, Vec<Fault>> {
    let mut faults = Faults::of(folder);
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let slug =
        Slug::parse(&name).map_err(|error| faults.at(0, format!("name the folder differently: {error}")));
    for path in listed(folder, &mut faults) {
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if !["programme.toml", "sessions", "handouts"].contains(&file.as_str()) {
            faults.at(0, format!("move `{file}` into `sessions` or `handouts`, or take it out"));
        }
    }
    let sessions = sessions(&folder.join("sessions"), &mut faults);
    let handouts = folder.join("handouts");
    let handouts = if handouts.exists() { texts(&handouts, &mut faults, plain) } else { Vec::new() };
    let outline = fs::read_to_string(folder.join("programme.toml"))
        .map_err(|error| faults.at(0, format!("write a programme.toml in this folder ({error})")));
    match (slug, outline) {
        (Ok(slug), Ok(outline)) if faults.list.is_empty() => {
            let handouts = handouts.into_iter().map(|it| it.1).collect();
            Ok(ProgrammeSource { slug, outline, sessions, handouts })
        }
        _ => Err(faults.list),
    }
}

fn sessions(folder: &Path, faults: &mut Faults<'_>) -> Vec<LessonSource> {
    let mut sessions = texts(folder, faults, numbered);
    sessions.sort_by_key(|it| it.0);
    if sessions.iter().map(|it| it.0).ne((1..).take(sessions.len())) {
        faults.at(0, "number the sessions 01, 02, 03 and so on, without a gap");
    }
    sessions.into_iter().map(|it| it.1).collect()
}

/// `a-page.md` is `a-page`.
fn plain(file: &str) -> Option<(u32, Slug)> {
    Some((0, Slug::parse(file.strip_suffix(".md")?).ok()?))
}

/// The texts of a folder, in order of name.
fn texts(
    folder: &Path,
    faults: &mut Faults<'_>,
    name: impl Fn(&str) -> Option<(u32, Slug)>,
) -> Vec<(u32, LessonSource)> {
    let mut texts = Vec::new();
    for path in listed(folder, faults) {
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        match (name(&file), fs::read_to_string(&path)) {
            (Some((number, slug)), Ok(text)) => texts.push((number, LessonSource { slug, text })),
            (None, _) => {
                faults.at(0, format!("name `{file}` in lower-case words and hyphens, ending in .md"));
            }
            (_, Err(error)) => faults.at(0, format!("`{file}` cannot be read as text ({error})")),
        }
    }
    texts
}
