//! Folders of content, file by file.

use std::fs;
use std::path::{Path, PathBuf};

use domain::course::Slug;

use super::fault::{Fault, Faults};

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

/// Reads everything in a folder of files.
///
/// # Errors
/// Everything that has to be put right in any of them.
pub(super) fn read_folder<T>(
    folder: &Path,
    read: impl Fn(&Path, &mut Faults<'_>) -> Option<T>,
) -> Result<Vec<T>, Vec<Fault>> {
    let mut faults = Faults::of(folder);
    let paths = listed(folder, &mut faults);
    let mut list = faults.list;
    let mut all = Vec::new();
    for path in paths {
        let mut faults = Faults::of(&path);
        all.extend(read(&path, &mut faults));
        list.extend(faults.list);
    }
    if list.is_empty() { Ok(all) } else { Err(list) }
}

/// What a file is called, without its ending, and its text. An example says how such a file is named.
pub(super) fn named_text(
    path: &Path,
    (ending, example): (&str, &str),
    faults: &mut Faults<'_>,
) -> Option<(Slug, String)> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let Some(Ok(slug)) = name.strip_suffix(ending).map(Slug::parse) else {
        faults.at(0, format!("name the file like {example}{ending}: lower-case words and hyphens"));
        return None;
    };
    match fs::read_to_string(path) {
        Ok(text) => Some((slug, text)),
        Err(error) => {
            faults.at(0, format!("it cannot be read as text ({error})"));
            None
        }
    }
}
