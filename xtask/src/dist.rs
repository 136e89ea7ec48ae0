//! `cargo xtask dist`: everything that a machine needs to serve the site, in one folder and one archive.

use std::fs::{self, File};
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::crates;
use crate::node::Modules;
use crate::places::Places;
use crate::running::release_server;
use crate::say;
use crate::site;
use crate::tools;

mod page;

/// What lies in `xtask/dist` and goes along as it is.
const ALONG: &[&str] = &[
    "Caddyfile",
    "alongside-backup.service",
    "alongside-backup.timer",
    "alongside.service",
    "back-up",
    "here",
    "nginx.conf",
];
const PROGRAMS: &[&str] = &["alongside", "back-up", "here"];

/// Where the installing page puts things: name in the settings file, and value.
const PLACED: &[(&str, &str)] = &[
    ("data", "/var/lib/alongside"),
    ("site", "/opt/alongside/site"),
    ("content", "/opt/alongside/content"),
    ("public_url", "https://college.example"),
];

/// Builds and packs.
pub fn run(places: &Places) -> Result<()> {
    let _lock = places.lock()?;
    places.has_room()?;
    // What is given away is small: here Node is not left out.
    let modules = Modules::ensure(places)?;
    crates::fetch(places)?;
    site::build(places, Some(&modules))?;
    release_server(places)?;
    say::step("Packing.");
    let name = format!("alongside-{}", env!("CARGO_PKG_VERSION"));
    let above = places.checkout.join("target/dist");
    let folder = above.join(&name);
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    fill(places, &folder)?;
    let archive = above.join(format!("{name}.tar.gz"));
    pack(&folder, &name, &archive, made_at(places))?;
    say::step(format!("Packed {} ({} MB).", archive.display(), fs::metadata(&archive)?.len() >> 20));
    say::note("How to install it stands in INSTALLING.md and INSTALLING.html, and in docs/installing.md.");
    Ok(())
}

fn fill(places: &Places, folder: &Path) -> Result<()> {
    let binary = places.target.join("release/alongside");
    copy(&binary, &folder.join("alongside"))?;
    for name in ALONG {
        copy(&places.checkout.join("xtask/dist").join(name), &folder.join(name))?;
    }
    copy_site(&places.site(), &folder.join("site"))?;
    copy_all(&places.checkout.join("content"), &folder.join("content"))?;
    copy(&places.checkout.join("CHANGELOG.md"), &folder.join("CHANGELOG.md"))?;
    let installing = fs::read_to_string(places.checkout.join("docs/installing.md"))?;
    fs::write(folder.join("INSTALLING.md"), &installing)?;
    fs::write(folder.join("INSTALLING.html"), page::of(&installing))?;
    let settings = tools::answer_of(Command::new(&binary).arg("settings"))
        .context("The program did not print its settings.")?;
    fs::write(folder.join("settings.toml"), placed(&settings)?)?;
    fs::write(folder.join("VERSION"), version(places))?;
    for name in PROGRAMS {
        fs::set_permissions(folder.join(name), fs::Permissions::from_mode(0o755))?;
    }
    Ok(())
}

/// The settings file with what the installing page has decided.
fn placed(settings: &str) -> Result<String> {
    let mut placed = settings.to_owned() + "\n";
    for (name, value) in PLACED {
        let begin = format!("\n# {name} = ");
        let at = placed.find(&begin).with_context(|| format!("There is no setting called {name}."))?;
        let end = placed[at + 1..].find('\n').map_or(placed.len(), |it| at + 1 + it);
        placed.replace_range(at + 1..end, &format!("{name} = {value:?}"));
    }
    Ok(placed)
}

/// Which state of the sources this is.
fn version(places: &Places) -> String {
    let git = |words: &[&str]| tools::answer_of(tools::ask(places, "git").args(words)).unwrap_or_default();
    let changed = if git(&["status", "--porcelain"]).is_empty() { "" } else { ", with changes" };
    let (commit, day) = (git(&["rev-parse", "HEAD"]), git(&["log", "-1", "--format=%cs"]));
    format!("alongside {}\ncommit {commit} of {day}{changed}\n", env!("CARGO_PKG_VERSION"))
}

/// The files of this build alone: the shelf keeps those of the builds before.
fn copy_site(from: &Path, to: &Path) -> Result<()> {
    let list = fs::read_to_string(from.join("assets.txt"))?;
    let names: Vec<&str> = list.lines().filter_map(|it| it.rsplit_once("/pkg/")).map(|it| it.1).collect();
    ensure!(!names.is_empty(), "The built site in {} is empty.", from.display());
    copy(&from.join("assets.txt"), &to.join("assets.txt"))?;
    for name in names {
        for name in [name.to_owned(), format!("{name}.br"), format!("{name}.gz")] {
            let path = from.join("pkg").join(&name);
            if path.exists() {
                copy(&path, &to.join("pkg").join(&name))?;
            }
        }
    }
    Ok(())
}

fn copy_all(from: &Path, to: &Path) -> Result<()> {
    for entry in entries(from)? {
        let to = to.join(entry.file_name().unwrap_or_default());
        if entry.is_dir() { copy_all(&entry, &to)? } else { copy(&entry, &to)? }
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::copy(from, to).with_context(|| format!("{} cannot be copied", from.display()))?;
    // Whatever umask it was checked out under.
    fs::set_permissions(to, fs::Permissions::from_mode(0o644))?;
    Ok(())
}

/// What is in a folder, in order of name.
fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let read = fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))?;
    let mut paths = read.map(|it| Ok(it?.path())).collect::<Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

/// When the commit was made, in seconds.
fn made_at(places: &Places) -> u64 {
    let time = tools::answer_of(tools::ask(places, "git").args(["log", "-1", "--format=%ct"]));
    time.and_then(|it| it.parse().ok()).unwrap_or_default()
}

/// Owned by root and of the commit's time, so that the same sources pack to the same archive.
fn pack(folder: &Path, name: &str, archive: &Path, made_at: u64) -> Result<()> {
    let out = File::create(archive).with_context(|| format!("{} cannot be written", archive.display()))?;
    let mut tar = tar::Builder::new(GzEncoder::new(out, Compression::best()));
    append(&mut tar, folder, Path::new(name), made_at)?;
    tar.into_inner()?.finish()?.sync_all()?;
    Ok(())
}

fn append<W: Write>(tar: &mut tar::Builder<W>, from: &Path, name: &Path, made_at: u64) -> Result<()> {
    let is_folder = from.is_dir();
    let content = if is_folder { Vec::new() } else { fs::read(from)? };
    let is_program = is_folder || PROGRAMS.iter().any(|it| name.ends_with(it) && name.iter().count() == 2);
    let mut header = tar::Header::new_gnu();
    header.set_entry_type(if is_folder { tar::EntryType::Directory } else { tar::EntryType::Regular });
    header.set_mode(if is_program { 0o755 } else { 0o644 });
    header.set_size(content.len() as u64);
    header.set_mtime(made_at);
    header.set_uid(0);
    header.set_gid(0);
    tar.append_data(&mut header, name, &content[..])?;
    if is_folder {
        for entry in entries(from)? {
            append(tar, &entry, &name.join(entry.file_name().unwrap_or_default()), made_at)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_settings_say_where_the_page_puts_things() {
        let settings: String = PLACED.iter().map(|it| format!("\n# Help.\n# {} = \"x\"\n", it.0)).collect();
        let placed = placed(&settings).unwrap();
        for (name, value) in PLACED {
            assert!(placed.contains(&format!("# Help.\n{name} = \"{value}\"\n")), "{placed}");
        }
        assert!(super::placed("# nothing").is_err());
    }

    #[test]
    fn an_archive_holds_the_folder_with_programs_that_run() {
        let above = tempfile::tempdir().unwrap();
        let folder = above.path().join("a");
        fs::create_dir_all(folder.join("content/here")).unwrap();
        fs::write(folder.join("here"), "run").unwrap();
        fs::write(folder.join("content/here/back-up"), "text").unwrap();
        let archive = above.path().join("a.tar.gz");
        pack(&folder, "a", &archive, 1).unwrap();
        let mut tar = tar::Archive::new(flate2::read::GzDecoder::new(File::open(archive).unwrap()));
        let found: Vec<(String, u32)> = tar
            .entries()
            .unwrap()
            .map(|it| it.unwrap())
            .map(|it| (it.path().unwrap().display().to_string(), it.header().mode().unwrap()))
            .collect();
        let expected = [
            ("a", 0o755),
            ("a/content", 0o755),
            ("a/content/here", 0o755),
            ("a/content/here/back-up", 0o644),
            ("a/here", 0o755),
        ];
        assert_eq!(found, expected.map(|(name, mode)| (name.to_owned(), mode)));
    }

    #[test]
    fn what_goes_along_is_explained() {
        let page = include_str!("../../docs/installing.md");
        for name in ALONG.iter().filter(|it| !it.contains("-backup.")) {
            assert!(page.contains(&format!("`{name}`")), "{name} is not explained");
        }
    }
}
