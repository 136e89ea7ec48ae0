//! Rules on where things are: nothing generated in git, and no trace of the machine it was written on.

use std::fs;
use std::path::Path;

use super::Breach;

/// Folders that are made, and endings of files that are.
const MADE_FOLDERS: &[&str] = &["node_modules", "target"];
const MADE_ENDINGS: &[&str] = &[".db", ".db-wal", ".db-shm", ".eml", ".log"];
/// Nobody else has these.
const MACHINE: &[&str] = &["/root/", "crates.io/api", "registry.npmjs"];

pub(super) fn breaches_of_tracked(tracked: &[String]) -> Vec<Breach> {
    let is_made = |path: &&String| {
        path.split('/').any(|it| MADE_FOLDERS.contains(&it))
            || MADE_ENDINGS.iter().any(|it| path.ends_with(it))
    };
    let cure = "take it out with `git rm --cached` and name it in .gitignore: it is made, not written";
    tracked.iter().filter(is_made).map(|it| Breach { place: it.clone(), rule: "made-file", cure }).collect()
}

/// The checkout and whatever lies beside it. Not the folder above alone: if that is `/data` or `/app`, the
/// sources may well mean something else by it.
pub(super) fn machine_paths(checkout: &Path) -> Vec<String> {
    let mut paths = vec![checkout.display().to_string()];
    let above = checkout.parent().filter(|it| it.parent().is_some());
    for entry in above.into_iter().flat_map(fs::read_dir).flatten().flatten() {
        paths.push(entry.path().display().to_string());
    }
    paths
}

pub(super) fn breaches_of_text(path: &str, content: &str, machine: &[String]) -> Vec<Breach> {
    let cure = "take it out: it is true on one machine only";
    let names_machine = |line: &str| {
        MACHINE.iter().any(|it| line.contains(it)) || machine.iter().any(|it| has_path(line, it))
    };
    let numbered = content.lines().enumerate().filter(|(_, line)| names_machine(line));
    numbered
        .map(|(at, _)| Breach { place: format!("{path}:{}", at + 1), rule: "machine-path", cure })
        .collect()
}

/// The whole path, and not the start or the end of a longer name.
fn has_path(line: &str, path: &str) -> bool {
    let joins = |it: char| it.is_alphanumeric() || it == '_' || it == '-' || it == '.';
    line.match_indices(path).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + path.len()..].chars().next();
        !before.is_some_and(joins) && !after.is_some_and(|it| joins(it) && it != '.')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn made_files_do_not_belong_in_git() {
        let tracked =
            ["end2end/node_modules", "a/target/x", "data/a.db", "b.eml", "c.log", "app/src/target.rs"];
        let caught: Vec<String> =
            breaches_of_tracked(&tracked.map(str::to_owned)).into_iter().map(|it| it.place).collect();
        assert_eq!(caught, tracked[..5]);
    }

    #[test]
    fn the_machine_is_not_named() {
        let machine = ["/srv/house".to_owned()];
        for bad in [
            "cd /root/x",
            "see /srv/house.",
            "\"/srv/house/a\"",
            "https://crates.io/api/v1",
            "registry.npmjs.org",
        ] {
            assert_eq!(breaches_of_text("a.md", bad, &machine).len(), 1, "{bad}");
        }
        for good in ["/srv/household", "/usr/srv/houses", "a/srv/house", "crates.io"] {
            assert_eq!(breaches_of_text("a.md", good, &machine), [], "{good}");
        }
    }

    #[test]
    fn what_lies_beside_the_checkout_counts_as_the_machine() {
        let above = tempfile::tempdir().unwrap();
        for name in ["ours", "theirs"] {
            fs::create_dir(above.path().join(name)).unwrap();
        }
        let paths = machine_paths(&above.path().join("ours"));
        assert!(paths.contains(&above.path().join("theirs").display().to_string()));
        assert_eq!(machine_paths(Path::new("/ours")), ["/ours"]);
    }
}
