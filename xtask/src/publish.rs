//! Putting finished assets where the server finds them: hashed names, compressed siblings, one list.
//!
//! Files of the three builds before stay, so that a page made by the server of a minute ago still finds its own.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

/// This build and the three before.
const BUILDS_KEPT: usize = 4;
/// Bytes of a name's hash: 48 bits are plenty for files that are told apart by name and kind as well.
const NAME_HASH_BYTES: usize = 6;
/// Compressed already: a sibling would be no smaller.
const PACKED: &[&str] = &["woff2", "png", "jpg", "jpeg", "webp", "avif"];

/// The folder of published files, while a build adds to it.
#[derive(Debug)]
pub struct Shelf {
    site: PathBuf,
    lines: Vec<String>,
    files: Vec<String>,
    news: Vec<String>,
}

impl Shelf {
    pub fn open(site: &Path) -> Result<Self> {
        fs::create_dir_all(site.join("pkg")).with_context(|| format!("{} cannot be made", site.display()))?;
        Ok(Self { site: site.to_path_buf(), lines: Vec::new(), files: Vec::new(), news: Vec::new() })
    }

    /// Publishes the bytes as `<stem>.<hash>.<extension>` and lists them under `key`; the answer is the address.
    pub fn put(&mut self, key: &str, file_name: &str, bytes: &[u8]) -> Result<String> {
        let name = hashed_name(file_name, bytes);
        let path = self.site.join("pkg").join(&name);
        // The file itself comes last: while it is missing, its siblings may be half there.
        if !path.exists() {
            self.write(&path, bytes)?;
        }
        let address = format!("/pkg/{name}");
        self.lines.push(format!("{key} {address}"));
        self.files.push(name);
        Ok(address)
    }

    /// The name holds the hash of the content, so this happens once.
    fn write(&mut self, path: &Path, bytes: &[u8]) -> Result<()> {
        let is_packed = PACKED.iter().any(|it| path.extension().is_some_and(|extension| extension == *it));
        if !is_packed {
            let brotli = brotli_of(bytes)?;
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            self.news.push(format!("{name}: {} bytes, {} with brotli.", bytes.len(), brotli.len()));
            replace(&sibling(path, "br"), &brotli)?;
            replace(&sibling(path, "gz"), &gzip_of(bytes)?)?;
        }
        replace(path, bytes)
    }

    /// Writes the list and throws away what only older builds knew; the answer is what is new.
    pub fn close(self) -> Result<Vec<String>> {
        let builds = self.site.join("builds.txt");
        let before = fs::read_to_string(&builds).unwrap_or_default();
        let kept = with_newest(&before, &self.files.join(" "));
        let known: BTreeSet<&str> = kept.split_whitespace().collect();
        for entry in fs::read_dir(self.site.join("pkg"))? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let base = name.strip_suffix(".br").or_else(|| name.strip_suffix(".gz")).unwrap_or(&name);
            if !known.contains(base) {
                fs::remove_file(entry.path())?;
            }
        }
        replace(&self.site.join("assets.txt"), (self.lines.join("\n") + "\n").as_bytes())?;
        replace(&builds, kept.as_bytes())?;
        Ok(self.news)
    }
}

/// SHA-256 over all the parts, as hexadecimal; a part's length counts, so that none can run into the next.
pub fn hash_of(parts: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.len().to_le_bytes());
        hash.update(part);
    }
    hash.finalize().iter().map(|it| format!("{it:02x}")).collect()
}

fn hashed_name(file_name: &str, bytes: &[u8]) -> String {
    let hash = Sha256::digest(bytes);
    let short: String = hash.iter().take(NAME_HASH_BYTES).map(|it| format!("{it:02x}")).collect();
    match file_name.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}.{short}.{extension}"),
        None => format!("{file_name}.{short}"),
    }
}

/// One line a build, newest first, without repeating a build that came again.
fn with_newest(before: &str, newest: &str) -> String {
    let older = before.lines().filter(|it| *it != newest);
    std::iter::once(newest).chain(older).take(BUILDS_KEPT).map(|it| format!("{it}\n")).collect()
}

fn sibling(path: &Path, extension: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(extension);
    name.into()
}

/// Whole or not at all.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<()> {
    let half = sibling(path, "half");
    fs::write(&half, bytes)
        .and_then(|()| fs::rename(&half, path))
        .with_context(|| format!("{} cannot be written", path.display()))
}

fn brotli_of(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut packed = Vec::new();
    let settings = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    brotli::BrotliCompress(&mut &bytes[..], &mut packed, &settings)?;
    Ok(packed)
}

fn gzip_of(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(bytes)?;
    Ok(packer.finish()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_carries_the_hash_of_its_content() {
        // The start of the SHA-256 of nothing.
        assert_eq!(hashed_name("main.css", b""), "main.e3b0c44298fc.css");
        assert_eq!(hashed_name("site.web.manifest", b""), "site.web.e3b0c44298fc.manifest");
        assert_eq!(hashed_name("LICENCE", b""), "LICENCE.e3b0c44298fc");
    }

    #[test]
    fn parts_do_not_run_into_each_other() {
        assert_ne!(hash_of(&[b"ab", b"c"]), hash_of(&[b"a", b"bc"]));
    }

    #[test]
    fn three_builds_before_this_one_are_kept() {
        assert_eq!(with_newest("d\nc\nb\na\n", "e"), "e\nd\nc\nb\n");
        assert_eq!(with_newest("d\nc\n", "c"), "c\nd\n");
    }

    #[test]
    fn a_shelf_lists_compresses_and_clears() {
        let folder = tempfile::tempdir().unwrap();
        for round in 0..6 {
            let mut shelf = Shelf::open(folder.path()).unwrap();
            let css = format!("a{{order:{round}}}");
            let address = shelf.put("css", "main.css", css.as_bytes()).unwrap();
            shelf.put("static/a.woff2", "a.woff2", b"font").unwrap();
            shelf.close().unwrap();
            let list = fs::read_to_string(folder.path().join("assets.txt")).unwrap();
            assert!(list.starts_with(&format!("css {address}\nstatic/a.woff2 /pkg/a.")));
        }
        let names: Vec<String> = fs::read_dir(folder.path().join("pkg"))
            .unwrap()
            .map(|it| it.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        assert_eq!(names.iter().filter(|it| it.ends_with(".css")).count(), 4);
        assert_eq!(names.iter().filter(|it| it.ends_with(".css.br")).count(), 4);
        assert_eq!(names.iter().filter(|it| it.starts_with("a.")).count(), 1);
    }
}
