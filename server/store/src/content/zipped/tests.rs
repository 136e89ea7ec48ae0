use std::process::Command;

use tempfile::TempDir;
use zip::CompressionMethod;
use zip::unstable::write::FileOptionsExt;

use super::*;

fn slug(text: &str) -> Slug {
    Slug::parse(text).unwrap()
}

fn course() -> CourseSource {
    let lesson = |it: &str| LessonSource { slug: slug(it), text: format!("About {it}: ü and 🦋.\n") };
    CourseSource {
        slug: slug("good"),
        outline: "title = \"Good\"\n".into(),
        lessons: ["one", "two"].map(lesson).into(),
    }
}

/// A ZIP of these files.
fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const TOML: (&str, &[u8]) = ("good/course.toml", b"title = \"Good\"\n");
const ONE: (&str, &[u8]) = ("good/01-one.md", b"One.\n");

/// That a ZIP is refused with one sentence that says this.
#[track_caller]
fn refused(bytes: &[u8], says: &str) {
    let faults = unpack(slug("good"), bytes).expect_err("it is refused");
    assert!(faults.len() == 1 && faults[0].remedy.contains(says), "{says}: {faults:#?}");
}

/// Puts other bytes in the place of these, wherever they stand.
fn with(mut bytes: Vec<u8>, from: &[u8], to: &[u8]) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let mut found = 0;
    for at in 0..=bytes.len() - from.len() {
        if bytes[at..].starts_with(from) {
            bytes[at..at + to.len()].copy_from_slice(to);
            found += 1;
        }
    }
    assert!(found > 0, "{from:?} is in it");
    bytes
}

#[test]
fn what_is_packed_is_unpacked_as_it_was() {
    let packed = pack(&course()).unwrap();
    assert_eq!(unpack(slug("good"), &packed), Ok(course()));
    assert_eq!(pack(&course()).unwrap(), packed, "the same text is the same ZIP");
}

#[test]
fn another_reader_unpacks_it_too_and_what_it_packs_is_read() {
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("packed.zip"), pack(&course()).unwrap()).unwrap();
    let script = "
import sys, zipfile
with zipfile.ZipFile('packed.zip') as there:
    assert there.testzip() is None
    names = there.namelist()
    assert names == ['good/course.toml', 'good/01-one.md', 'good/02-two.md'], names
    with zipfile.ZipFile('again.zip', 'w', zipfile.ZIP_DEFLATED) as again:
        again.writestr('elsewhere/', '')
        again.writestr('__MACOSX/elsewhere/._01-one.md', b'\\x00\\x05')
        for name in names:
            again.writestr(name.replace('good/', 'elsewhere/'), there.read(name).replace(b'\\n', b'\\r\\n'))
";
    let ran = Command::new("python3").args(["-c", script]).current_dir(folder.path()).status().unwrap();
    assert!(ran.success(), "python3 reads it and packs another");
    let again = std::fs::read(folder.path().join("again.zip")).unwrap();
    assert_eq!(unpack(slug("good"), &again), Ok(course()));
}

#[test]
fn a_zip_without_a_folder_is_one_as_well() {
    let bytes = zip(&[("01-one.md", b"One."), ("course.toml", b"title = \"Good\""), (".DS_Store", b"\0")]);
    let source = unpack(slug("good"), &bytes).unwrap();
    assert_eq!((source.outline.as_str(), source.lessons[0].text.as_str()), ("title = \"Good\"\n", "One.\n"));
}

#[test]
fn what_is_no_zip_is_refused() {
    for bytes in [&b""[..], b"PK", b"<html>", &[0; 1000], &pack(&course()).unwrap()[..200]] {
        refused(bytes, "choose a ZIP");
    }
}

#[test]
fn a_zip_that_climbs_out_of_its_folder_is_refused() {
    for path in [
        "../01-one.md",
        "good/../../01-one.md",
        "/etc/01-one.md",
        "good\\01-one.md",
        "C:/01-one.md",
        "good//01-one.md",
        "./01-one.md",
        "good/..",
        "../",
    ] {
        refused(&zip(&[TOML, ONE, (path, b"x")]), "leads out of its folder");
    }
}

#[test]
fn a_link_to_another_file_is_refused() {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file(TOML.0, SimpleFileOptions::default()).unwrap();
    zip.write_all(TOML.1).unwrap();
    zip.add_symlink("good/01-one.md", "/etc/passwd", SimpleFileOptions::default()).unwrap();
    refused(&zip.finish().unwrap().into_inner(), "only points to one");
}

#[test]
fn a_password_is_refused() {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file(TOML.0, SimpleFileOptions::default()).unwrap();
    zip.write_all(TOML.1).unwrap();
    zip.start_file(
        "good/01-one.md",
        SimpleFileOptions::default().with_deprecated_encryption(b"secret").unwrap(),
    )
    .unwrap();
    zip.write_all(b"One.").unwrap();
    refused(&zip.finish().unwrap().into_inner(), "without a password");
}

#[test]
fn two_files_of_one_name_are_refused() {
    let bytes = zip(&[TOML, ONE, ("good/02-one.md", b"Two.\n")]);
    refused(&bytes, "two called `one`");
    refused(&with(bytes, b"02-one.md", b"01-one.md"), "two files of the same name");
}

#[test]
fn a_wrong_sum_is_noticed() {
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in [TOML, ("good/01-one.md", b"A lesson about herons.\n")] {
        zip.start_file(name, stored).unwrap();
        zip.write_all(text).unwrap();
    }
    let bytes = zip.finish().unwrap().into_inner();
    refused(&with(bytes, b"herons", b"ravens"), "it is broken");
}

#[test]
fn what_unpacks_without_end_is_cut_off_whatever_its_headers_say() {
    let bomb = vec![b'a'; 50 * 1024 * 1024];
    let bytes = zip(&[TOML, ("good/01-one.md", &bomb)]);
    assert!(bytes.len() < 100_000, "a thousandth of what is in it");
    refused(&bytes, "make it shorter");
    let length = u32::try_from(bomb.len()).unwrap().to_le_bytes();
    refused(&with(bytes, &length, &5_u32.to_le_bytes()), "about `good/01-one.md`");
    let names: Vec<_> = (1..=60).map(|it| format!("good/{it:02}-lesson-{it}.md")).collect();
    let part = vec![b'a'; LONGEST_FILE];
    let files: Vec<_> = names.iter().map(|it| (it.as_str(), &part[..])).collect();
    let faults = unpack(slug("good"), &zip(&files)).unwrap_err();
    assert!(faults.iter().any(|it| it.remedy.contains("longer than any course")), "{faults:#?}");
    assert!(faults.len() < 40, "it did not read on");
}

#[test]
fn too_many_files_and_what_does_not_belong_are_refused() {
    let names: Vec<_> = (1..=200).map(|it| format!("good/{it:02}-lesson-{it}.md")).collect();
    refused(
        &zip(&names.iter().map(|it| (it.as_str(), &b"x"[..])).collect::<Vec<_>>()),
        "leave out some files",
    );
    refused(&zip(&[TOML, ONE, ("good/picture.png", b"x")]), "name `good/picture.png` like");
    refused(&zip(&[TOML, ONE, ("good/deep/02-two.md", b"x")]), "beside course.toml");
    refused(&zip(&[TOML, ONE, ("other/02-two.md", b"x")]), "beside course.toml");
    refused(&zip(&[TOML, ("good/02-two.md", b"x")]), "without a gap");
    refused(&zip(&[ONE]), "put a course.toml");
    refused(&zip(&[TOML, ("good/01-one.md", b"\xff\xfe")]), "as text in UTF-8");
    refused(&zip(&[TOML, ("good/01-one.md", b"a\0b")]), "as text in UTF-8");
}

#[test]
fn odd_bytes_never_make_it_panic() {
    let good = pack(&course()).unwrap();
    for at in 0..good.len() {
        for value in [0, 1, 0x7f, 0xff] {
            let mut bytes = good.clone();
            bytes[at] = value;
            let _ = unpack(slug("good"), &bytes);
        }
        let _ = unpack(slug("good"), &good[..at]);
    }
}
