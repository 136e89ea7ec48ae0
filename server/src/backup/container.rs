//! The file itself: a tar of parts, compressed, sealed if somebody wants it sealed.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use age::stream::StreamWriter;
use age::{DecryptError, Decryptor, Encryptor, IdentityFile, Recipient};
use anyhow::{Context, Error, Result, anyhow, bail, ensure};
use chrono::{DateTime, Utc};
use domain::training::evidence::file::FileId;
use flate2::Compression;
use flate2::bufread::GzDecoder;
use flate2::write::GzEncoder;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The last part.
const LIST: &str = "list.json";

/// No part that we write is longer: one row is far smaller than this, and so is the heaviest file.
const LONGEST_PART: u64 = 256 << 20;

/// How a file that is sealed begins.
const AGE: &[u8] = b"age-encryption.org/";

/// What a whole file has to hold.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Contents {
    /// Rows of each table.
    pub(super) counts: BTreeMap<String, u64>,
    /// SHA-256 of each part.
    parts: BTreeMap<String, String>,
}

/// A member of the tar.
pub(super) struct Part {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

pub(super) struct Writer {
    tar: tar::Builder<GzEncoder<Sink>>,
    contents: Contents,
    at: u64,
    unfinished: Unfinished,
}

/// Beside where the file is to be; goes away unless it is finished.
struct Unfinished {
    part: PathBuf,
    file: PathBuf,
}

enum Sink {
    Plain(BufWriter<File>),
    Sealed(Box<StreamWriter<BufWriter<File>>>),
}

type Source = GzDecoder<BufReader<Box<dyn Read>>>;

pub(super) struct Reader(tar::Archive<Source>);

/// The parts of a file, one after the other.
pub(super) struct Parts<'a>(tar::Entries<'a, Source>);

/// The sentence for a file that is not as it was written.
pub(super) fn damaged() -> Error {
    anyhow!("The backup is damaged, cut off or none of ours; nothing was restored.")
}

impl Part {
    pub(super) fn name_of(table: &str, number: u32) -> String {
        format!("tables/{table}/{number:06}.jsonl")
    }

    pub(super) fn name_of_file(id: FileId) -> String {
        format!("files/{id}")
    }

    /// The file that somebody added and this is.
    pub(super) fn file(&self) -> Option<FileId> {
        self.name.strip_prefix("files/")?.parse().ok()
    }

    /// The table whose rows these are.
    pub(super) fn table(&self) -> Option<&str> {
        self.name.strip_prefix("tables/")?.split_once('/').map(|it| it.0)
    }

    pub(super) fn lines(&self) -> Result<Vec<String>> {
        let text = std::str::from_utf8(&self.bytes).map_err(|_| damaged())?;
        // Not `lines()`, which would also end a line at what JSON leaves as it is.
        Ok(text.split_terminator('\n').map(str::to_owned).collect())
    }
}

impl Writer {
    /// Begins a file; an old one is never overwritten.
    pub(super) fn create(file: &Path, key: Option<&str>, now: DateTime<Utc>) -> Result<Self> {
        ensure!(!file.exists(), "There is a file {} already: choose another name.", file.display());
        let recipient = key.map(recipient).transpose()?;
        let mut part = file.as_os_str().to_owned();
        part.push(".part");
        let part = PathBuf::from(part);
        let out = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&part);
        let out = BufWriter::new(out.with_context(|| format!("{} cannot be written.", part.display()))?);
        let unfinished = Unfinished { part, file: file.to_owned() };
        let sink = match recipient {
            None => Sink::Plain(out),
            Some(recipient) => {
                let sealing = Encryptor::with_recipients(std::iter::once(recipient.as_ref()))?;
                Sink::Sealed(Box::new(sealing.wrap_output(out)?))
            }
        };
        let tar = tar::Builder::new(GzEncoder::new(sink, Compression::default()));
        Ok(Self { tar, contents: Contents::default(), at: now.timestamp().unsigned_abs(), unfinished })
    }

    pub(super) fn put(&mut self, name: &str, bytes: &[u8]) -> Result<()> {
        self.contents.parts.insert(name.to_owned(), sum(bytes));
        self.append(name, bytes)
    }

    pub(super) fn counted(&mut self, table: &str, rows_count: u64) {
        self.contents.counts.insert(table.to_owned(), rows_count);
    }

    pub(super) fn finish(mut self) -> Result<()> {
        let list = serde_json::to_vec_pretty(&self.contents)?;
        self.append(LIST, &list)?;
        let Self { tar, unfinished, .. } = self;
        let out = match tar.into_inner()?.finish()? {
            Sink::Plain(out) => out,
            Sink::Sealed(out) => out.finish()?,
        };
        out.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
        fs::rename(&unfinished.part, &unfinished.file)?;
        Ok(())
    }

    fn append(&mut self, name: &str, bytes: &[u8]) -> Result<()> {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o600);
        header.set_mtime(self.at);
        let appended = self.tar.append_data(&mut header, name, bytes);
        appended.context("The backup cannot be written: is the disk full?")
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        // A finished file has another name by now.
        let _ = fs::remove_file(&self.part);
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Plain(out) => out.write(bytes),
            Self::Sealed(out) => out.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Plain(out) => out.flush(),
            Self::Sealed(out) => out.flush(),
        }
    }
}

impl Reader {
    pub(super) fn open(file: &Path, identity: Option<&Path>) -> Result<Self> {
        let opened =
            File::open(file).with_context(|| format!("The backup {} cannot be opened.", file.display()));
        let mut bytes = BufReader::new(opened?);
        let sealed = bytes.fill_buf().map_err(|_| damaged())?.starts_with(AGE);
        let plain: Box<dyn Read> = match (sealed, identity) {
            (false, _) => Box::new(bytes),
            (true, Some(identity)) => unsealed(bytes, identity)?,
            (true, None) => bail!("The backup is sealed: say with --identity which file opens it."),
        };
        Ok(Self(tar::Archive::new(GzDecoder::new(BufReader::new(plain)))))
    }

    pub(super) fn parts(&mut self) -> Result<Parts<'_>> {
        Ok(Parts(self.0.entries().map_err(|_| damaged())?))
    }

    /// Reads to the very end and shows every part on the way. Only what is whole has contents.
    pub(super) fn read_through(mut self, show: &mut dyn FnMut(&Part) -> Result<()>) -> Result<Contents> {
        let (mut sums, mut list, mut shown) = (BTreeMap::new(), None, Ok(()));
        let mut parts = self.parts()?;
        while let Some(part) = parts.next()? {
            if part.name == LIST {
                list = Some(serde_json::from_slice::<Contents>(&part.bytes).map_err(|_| damaged())?);
                continue;
            }
            sums.insert(part.name.clone(), sum(&part.bytes));
            // What is wrong with a part counts only if it is the part that was written.
            shown = shown.and_then(|()| show(&part));
        }
        let contents = list.filter(|it| it.parts == sums).ok_or_else(damaged)?;
        // The tar ends before the compression does, and that has a sum of its own to check.
        let mut rest = self.0.into_inner();
        io::copy(&mut rest, &mut io::sink()).map_err(|_| damaged())?;
        match rest.into_inner().fill_buf() {
            Ok([]) => shown.map(|()| contents),
            _ => Err(damaged()),
        }
    }
}

impl Parts<'_> {
    pub(super) fn next(&mut self) -> Result<Option<Part>> {
        let Some(entry) = self.0.next() else { return Ok(None) };
        let mut entry = entry.map_err(|_| damaged())?;
        let size = entry.size();
        let name = entry.path().ok().and_then(|it| it.to_str().map(str::to_owned)).ok_or_else(damaged)?;
        ensure!(size <= LONGEST_PART, damaged());
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).map_err(|_| damaged())?;
        if bytes.len() as u64 == size { Ok(Some(Part { name, bytes })) } else { Err(damaged()) }
    }
}

fn recipient(key: &str) -> Result<Box<dyn Recipient>> {
    match age::x25519::Recipient::from_str(key) {
        Ok(recipient) => Ok(Box::new(recipient)),
        Err(_) => bail!("--key is no age recipient: it begins with age1, and `age-keygen` makes one."),
    }
}

fn unsealed(sealed: BufReader<File>, identity: &Path) -> Result<Box<dyn Read>> {
    let shown = identity.display();
    let file = File::open(identity).with_context(|| format!("The identity {shown} cannot be opened."))?;
    let file = IdentityFile::from_buffer(BufReader::new(file));
    let identities = file.ok().and_then(|it| it.into_identities().ok());
    let identities = identities.with_context(|| format!("{shown} is no file of age identities."))?;
    let unsealing = Decryptor::new_buffered(sealed).map_err(|_| damaged())?;
    match unsealing.decrypt(identities.iter().map(|it| it.as_ref() as &dyn age::Identity)) {
        Ok(plain) => Ok(Box::new(plain)),
        Err(DecryptError::NoMatchingKeys) => bail!("The identity {shown} does not open this backup."),
        Err(_) => Err(damaged()),
    }
}

fn sum(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|it| format!("{it:02x}")).collect()
}
