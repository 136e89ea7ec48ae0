//! What a writer has to put right.

use std::fmt;
use std::path::{Path, PathBuf};

/// One thing to put right in a file of content.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    pub file: PathBuf,
    /// Counted from one; 0 when the fault is the file itself.
    pub line: usize,
    /// How to put it right.
    pub remedy: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.file.display(), self.remedy),
            line => write!(f, "{}:{line}: {}", self.file.display(), self.remedy),
        }
    }
}

/// The most faults of one file that are named at once: nobody reads on beyond, and a file that is nothing but faults
/// must not cost more than one that has none.
const MOST: usize = 100;

/// Gathers the faults of one file while it is read on.
#[derive(Debug)]
pub(super) struct Faults<'a> {
    file: &'a Path,
    pub(super) list: Vec<Fault>,
}

impl<'a> Faults<'a> {
    pub(super) const fn of(file: &'a Path) -> Self {
        Self { file, list: Vec::new() }
    }

    /// Whether no more are named.
    pub(super) const fn is_full(&self) -> bool {
        self.list.len() > MOST
    }

    pub(super) fn at(&mut self, line: usize, remedy: impl Into<String>) {
        if self.list.len() >= MOST {
            if !self.is_full() {
                let remedy = "put right what is named above first: there is more further down".into();
                self.list.push(Fault { file: self.file.to_owned(), line, remedy });
            }
            return;
        }
        let fault = Fault { file: self.file.to_owned(), line, remedy: remedy.into() };
        // A tag opens and closes: once is enough.
        if !self.list.contains(&fault) {
            self.list.push(fault);
        }
    }

    /// For what the TOML reader found, at the line where it found it.
    pub(super) fn at_toml(&mut self, first_line: usize, source: &str, error: &toml::de::Error) {
        let line = error.span().map_or(0, |span| line_at(source, span.start) - 1);
        self.at(first_line + line, error.message().to_owned());
    }
}

/// Where the lines of a text begin, to find the line of many bytes.
#[derive(Debug)]
pub(super) struct Lines(Vec<usize>);

impl Lines {
    pub(super) fn of(text: &str) -> Self {
        Self(memchr::memchr_iter(b'\n', text.as_bytes()).collect())
    }

    /// The line, from one, in which the byte stands.
    pub(super) fn at(&self, byte: usize) -> usize {
        self.0.partition_point(|end| *end < byte) + 1
    }
}

/// The line, from one, in which the byte stands.
pub(super) fn line_at(text: &str, byte: usize) -> usize {
    text.as_bytes().iter().take(byte).filter(|it| **it == b'\n').count() + 1
}

/// The line, from one, that sets `key`, or the first when none does.
pub(super) fn line_of_key(toml: &str, key: &str) -> usize {
    let sets =
        |line: &str| line.trim_start().strip_prefix(key).is_some_and(|it| it.trim_start().starts_with('='));
    toml.lines().position(sets).map_or(1, |it| it + 1)
}

/// Reads a date as TOML writes it, `2026-11-21`.
pub(super) fn date<'de, D: serde::Deserializer<'de>>(from: D) -> Result<chrono::NaiveDate, D::Error> {
    use serde::Deserialize;
    use serde::de::Error;
    let date = toml::value::Datetime::deserialize(from)
        .map_err(|_| D::Error::custom("write the date like this, without quotes: 2026-11-21"))?
        .date
        .ok_or_else(|| D::Error::custom("write a whole date, like 2026-11-21"))?;
    chrono::NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into())
        .ok_or_else(|| D::Error::custom("this day is not in the calendar"))
}
