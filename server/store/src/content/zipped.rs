//! A course as a ZIP: the same folder of Markdown that the content folder holds.
//!
//! A ZIP that somebody sends may lie, climb out of its folder or unpack without end. Nothing of it touches a disk,
//! what its headers say of sizes is not believed, and each file and all of it are cut off while they are read.

use std::collections::HashSet;
use std::io::{Cursor, Read, Write};
use std::path::Path;

use domain::course::Slug;
use domain::course::writing::{LONGEST, MOST_LESSONS, as_filed};
use zip::read::ZipArchive;
use zip::result::{ZipError, ZipResult};
use zip::write::{SimpleFileOptions, ZipWriter};

use super::course::{CourseSource, file_name, numbered};
use super::fault::{Fault, Faults};
use super::lesson::LessonSource;

/// The heaviest ZIP that is looked at, in bytes. Our choice: twenty times our longest course, unpacked.
pub const HEAVIEST_ZIP: usize = 5 * 1024 * 1024;

/// The most files in it: lessons, `course.toml`, and what computers put beside them by themselves.
const MOST_FILES: usize = 2 * MOST_LESSONS + 20;

/// The most that one file is read: a letter has at most four bytes.
const LONGEST_FILE: usize = 4 * LONGEST;

/// The most that is read in all.
const LONGEST_IN_ALL: usize = 4 * 1024 * 1024;

/// Packs a course into one folder of a ZIP. The same text is the same ZIP.
///
/// # Errors
/// When the ZIP cannot be written, which memory does not refuse.
pub fn pack(source: &CourseSource) -> ZipResult<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().unix_permissions(0o644);
    let lessons = (1..).zip(&source.lessons).map(|(at, it)| (file_name(at, &it.slug), it.text.as_str()));
    let files = std::iter::once(("course.toml".to_owned(), source.outline.as_str())).chain(lessons);
    for (name, text) in files {
        zip.start_file(format!("{}/{name}", source.slug), options)?;
        zip.write_all(text.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}

/// Unpacks a course, which is called `slug` whatever its folder is called.
///
/// # Errors
/// Everything about the ZIP that has to be put right. What is wrong with the texts in it is another matter.
pub fn unpack(slug: Slug, bytes: &[u8]) -> Result<CourseSource, Vec<Fault>> {
    let mut faults = Faults::of(Path::new("ZIP"));
    let Ok(mut zip) = ZipArchive::new(Cursor::new(bytes)) else {
        faults.at(0, "choose a ZIP: this is none, or it is broken. Pack the folder of the course again");
        return Err(faults.list);
    };
    if zip.len() > MOST_FILES {
        faults.at(
            0,
            format!("leave out some files: there are {} in it, and at most {MOST_FILES} fit", zip.len()),
        );
        return Err(faults.list);
    }
    if zip.has_duplicate_names() {
        faults.at(0, "pack the folder again: there are two files of the same name in it");
        return Err(faults.list);
    }
    let mut unpacking = Unpacking { outline: None, lessons: Vec::new(), folder: None, read: 0 };
    for at in 0..zip.len() {
        unpacking.file(&mut zip, at, &mut faults);
        if unpacking.read > LONGEST_IN_ALL {
            faults.at(0, "leave something out: unpacked, it is longer than any course");
            break;
        }
    }
    unpacking.course(slug, faults)
}

/// What has been unpacked so far.
struct Unpacking {
    outline: Option<String>,
    lessons: Vec<(u32, LessonSource)>,
    /// The folder in which everything lies, which may be none.
    folder: Option<String>,
    /// So many bytes in all.
    read: usize,
}

impl Unpacking {
    fn file(&mut self, zip: &mut ZipArchive<Cursor<&[u8]>>, at: usize, faults: &mut Faults<'_>) {
        let Ok(entry) = zip.by_index_data(at) else {
            return faults.at(0, "pack the folder again: its list of files is broken");
        };
        let Ok(path) = std::str::from_utf8(entry.name_raw()).map(ToOwned::to_owned) else {
            return faults.at(0, "use plain letters in the names of files");
        };
        let shown = printable(&path);
        if climbs(&path) {
            return faults.at(0, format!("leave out `{shown}`: it leads out of its folder"));
        }
        if entry.is_symlink() {
            return faults
                .at(0, format!("put the file itself in place of `{shown}`, which only points to one"));
        }
        if entry.encrypted() {
            return faults.at(0, format!("pack `{shown}` without a password"));
        }
        if path.ends_with('/') || is_litter(&path) {
            return;
        }
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", &path));
        if folder.contains('/') || self.folder.as_deref().is_some_and(|it| it != folder) {
            return faults
                .at(0, format!("put `{shown}` beside course.toml: all files of a course lie in one folder"));
        }
        self.folder = Some(folder.to_owned());
        let lesson = numbered(name);
        if lesson.is_none() && name != "course.toml" {
            return faults.at(0, format!("name `{shown}` like 01-a-few-words.md, or leave it out"));
        }
        let Some(text) = self.text(zip, at, &shown, faults) else { return };
        match lesson {
            Some((number, slug)) => self.lessons.push((number, LessonSource { slug, text })),
            None => self.outline = Some(text),
        }
    }

    /// Reads a file no further than it may be long.
    fn text(
        &mut self,
        zip: &mut ZipArchive<Cursor<&[u8]>>,
        at: usize,
        shown: &str,
        faults: &mut Faults<'_>,
    ) -> Option<String> {
        let mut bytes = Vec::new();
        let read = match zip.by_index(at) {
            // One more than fits, to know.
            Ok(file) => file.take(LONGEST_FILE as u64 + 1).read_to_end(&mut bytes),
            Err(ZipError::UnsupportedArchive(_)) => {
                faults.at(
                    0,
                    format!("pack `{shown}` as a plain ZIP: it was packed in a way that we do not read"),
                );
                return None;
            }
            Err(_) => {
                faults.at(0, format!("pack `{shown}` again: it is broken"));
                return None;
            }
        };
        self.read += bytes.len();
        let text = match (read, String::from_utf8(bytes)) {
            (Ok(length), _) if length > LONGEST_FILE => Err("make it shorter"),
            // The sum over what was read is not what the ZIP says, or it ends too early.
            (Err(_), _) => Err("pack it again: it is broken"),
            (Ok(_), Err(_)) => Err("save it as text in UTF-8"),
            (Ok(_), Ok(text)) => Ok(as_filed(&text)),
        };
        let text = text.and_then(|it| match it.chars().nth(LONGEST) {
            Some(_) => Err("make it shorter"),
            // No text holds it, and PostgreSQL keeps none that does.
            None if it.contains('\0') => Err("save it as text in UTF-8"),
            None => Ok(it),
        });
        text.map_err(|remedy| faults.at(0, format!("about `{shown}`: {remedy}"))).ok()
    }

    fn course(mut self, slug: Slug, mut faults: Faults<'_>) -> Result<CourseSource, Vec<Fault>> {
        self.lessons.sort_by_key(|it| it.0);
        if faults.list.is_empty() && self.lessons.iter().map(|it| it.0).ne((1..).take(self.lessons.len())) {
            faults.at(0, "number the lessons 01, 02, 03 and so on, without a gap");
        }
        let mut named = HashSet::new();
        for (_, it) in &self.lessons {
            if !named.insert(&it.slug) {
                faults
                    .at(0, format!("give each lesson a name of its own: there are two called `{}`", it.slug));
            }
        }
        if self.lessons.len() > MOST_LESSONS {
            faults.at(0, format!("leave out some lessons: a course has at most {MOST_LESSONS}"));
        }
        match self.outline {
            Some(outline) if faults.list.is_empty() => {
                Ok(CourseSource { slug, outline, lessons: self.lessons.into_iter().map(|it| it.1).collect() })
            }
            Some(_) => Err(faults.list),
            None => {
                faults.at(0, "put a course.toml into the folder");
                Err(faults.list)
            }
        }
    }
}

/// Whether a path leads anywhere but down.
fn climbs(path: &str) -> bool {
    let is_odd = |it: &str| matches!(it, "" | "." | "..");
    path.contains(['\\', ':'])
        || path.chars().any(char::is_control)
        || path.trim_end_matches('/').split('/').any(is_odd)
}

/// What computers put beside files by themselves.
fn is_litter(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    path.starts_with("__MACOSX/")
        || path.contains("/__MACOSX/")
        || [".DS_Store", "Thumbs.db", "desktop.ini"].contains(&name)
}

/// A name as a sentence can show it.
fn printable(path: &str) -> String {
    path.chars().take(80).map(|it| if it.is_control() { '\u{fffd}' } else { it }).collect()
}

#[cfg(test)]
mod tests;
