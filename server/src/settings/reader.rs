//! Reads settings one by one, and collects what is wrong with them.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::str::FromStr;

use axum::http::Uri;

use super::table::{FILE_VARIABLE, SETTINGS};

pub(super) struct Reader<'a> {
    variable: &'a dyn Fn(&str) -> Option<String>,
    file: BTreeMap<String, toml::Value>,
    pub(super) wrong: Vec<String>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(variable: &'a dyn Fn(&str) -> Option<String>, file: &str) -> Self {
        let mut wrong = Vec::new();
        let file = toml::from_str(file).unwrap_or_else(|error| {
            wrong.push(format!("{FILE_VARIABLE}: {}.", error.message()));
            BTreeMap::new()
        });
        for key in file.keys().filter(|key| SETTINGS.iter().all(|it| it.in_file != *key)) {
            wrong.push(format!("{FILE_VARIABLE}: there is no setting called {key}."));
        }
        Self { variable, file, wrong }
    }

    /// What somebody said about it, else what it is when nobody does.
    pub(super) fn text(&self, name: &str) -> String {
        let Some(setting) = SETTINGS.iter().find(|it| it.in_file == name) else {
            unreachable!("{name} is a setting")
        };
        let in_file = || self.file.get(name).map(plain);
        (self.variable)(setting.variable).or_else(in_file).unwrap_or_else(|| setting.default.to_owned())
    }

    /// The same, understood; else `remedy` is noted.
    pub(super) fn read<T>(&mut self, name: &str, remedy: &str, of: impl Fn(&str) -> Option<T>) -> Option<T> {
        let read = of(&self.text(name));
        if read.is_none() {
            self.is_wrong(name, remedy);
        }
        read
    }

    pub(super) fn number<T>(&mut self, name: &str, within: RangeInclusive<T>) -> Option<T>
    where
        T: FromStr + PartialOrd + std::fmt::Display,
    {
        let remedy = format!("choose a number from {} to {}.", within.start(), within.end());
        self.read(name, &remedy, |it| it.parse().ok().filter(|it| within.contains(it)))
    }

    pub(super) fn is_wrong(&mut self, name: &str, remedy: &str) {
        let variable = SETTINGS.iter().find(|it| it.in_file == name).map_or(name, |it| it.variable);
        self.wrong.push(format!("{variable}: {remedy}"));
    }
}

/// A TOML value as somebody would write it into a variable.
fn plain(value: &toml::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned)
}

/// An address of the web with nothing odd in its name: it goes into headers and letters.
pub(super) fn web_address(text: &str, schemes: &[&str]) -> Option<Uri> {
    let uri: Uri = text.parse().ok()?;
    let is_plain = |it: char| it.is_ascii_alphanumeric() || ".-:[]".contains(it);
    let name = uri.authority()?.as_str();
    (schemes.contains(&uri.scheme_str()?) && name.chars().all(is_plain)).then_some(uri)
}
