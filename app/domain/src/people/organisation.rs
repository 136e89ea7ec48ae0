//! Organisations: adding one, what holds in it, and what it calls what people are.

use std::collections::BTreeMap;

use super::names::line;
use super::registration::kept;
use super::{
    Administrator, EngagementKind, FieldFault, Founder, LineRefused, MinimumAge, NotAMinimumAge,
    OrganisationId, OrganisationKind,
};
use crate::sign_in::EmailAddress;

#[cfg(test)]
mod tests;

/// The longest name of an organisation, in characters. Our choice: the longest name of an NHS trust that we
/// found has 76.
const LONGEST_NAME: usize = 120;

/// The longest word of its own that an organisation may use, in characters. Our choice: a line on a phone.
const LONGEST_LABEL: usize = 40;

/// What was typed into the form for another organisation.
#[derive(Clone, Copy, Debug)]
pub struct OrganisationForm<'a> {
    /// The field `name`.
    pub name: &'a str,
    /// The field `kind`.
    pub kind: &'a str,
    /// The field `parent`; empty for none.
    pub parent: &'a str,
    /// The field `email`: its first administrator's.
    pub email: &'a str,
}

/// An organisation that may be saved. Only [`found`] makes one.
#[derive(Debug, PartialEq, Eq)]
pub struct NewOrganisation {
    name: String,
    kind: OrganisationKind,
    parent: Option<OrganisationId>,
    administrator: EmailAddress,
}

impl NewOrganisation {
    /// What it is called.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it is.
    #[must_use]
    pub const fn kind(&self) -> OrganisationKind {
        self.kind
    }

    /// The organisation that it is a part of, if it is one.
    #[must_use]
    pub const fn parent(&self) -> Option<OrganisationId> {
        self.parent
    }

    /// Whom to invite as its first administrator.
    #[must_use]
    pub const fn administrator(&self) -> &EmailAddress {
        &self.administrator
    }
}

/// Adds an organisation beside those that are `known`, each with its name.
///
/// # Errors
/// Every field that has to be put right.
pub fn found(
    _by: &Founder,
    form: &OrganisationForm<'_>,
    known: &[(OrganisationId, String)],
) -> Result<NewOrganisation, Vec<FieldFault>> {
    let mut faults = Vec::new();
    let name = name(form.name, &mut faults);
    if name.is_some_and(|it| is_taken(it, known.iter())) {
        faults.push(FieldFault {
            field: "name",
            remedy: "There is an organisation of this name already. Add the place to it, if there are two."
                .into(),
        });
    }
    let kind = OrganisationKind::parse(form.kind);
    if kind.is_none() {
        faults.push(FieldFault { field: "kind", remedy: "Choose one of these.".into() });
    }
    let parent = match form.parent {
        "" => Some(None),
        typed => typed.parse().ok().filter(|id| known.iter().any(|it| it.0 == *id)).map(Some),
    };
    if parent.is_none() {
        faults.push(FieldFault { field: "parent", remedy: "Choose one of the list.".into() });
    }
    let administrator = kept(EmailAddress::parse(form.email), "email", &mut faults);
    match (name, kind, parent, administrator) {
        (Some(name), Some(kind), Some(parent), Some(administrator)) if faults.is_empty() => {
            Ok(NewOrganisation { name: name.into(), kind, parent, administrator })
        }
        _ => Err(faults),
    }
}

/// What was typed into the form for an organisation's settings.
#[derive(Clone, Copy, Debug)]
pub struct SettingsForm<'a> {
    /// The field `name`.
    pub name: &'a str,
    /// The field `minimum_age`; nothing where learners are not taken.
    pub minimum_age: Option<&'a str>,
}

/// Settings that may be saved. Only [`settle`] makes them.
#[derive(Debug, PartialEq, Eq)]
pub struct Settings {
    name: String,
    minimum_age: Option<MinimumAge>,
}

impl Settings {
    /// What the organisation is called.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The age from which it takes learners, if it takes any.
    #[must_use]
    pub const fn minimum_age(&self) -> Option<MinimumAge> {
        self.minimum_age
    }
}

/// Takes an organisation's settings, beside the organisations that are `known`, each with its name.
///
/// # Errors
/// Every field that has to be put right.
pub fn settle(
    by: &Administrator,
    form: &SettingsForm<'_>,
    known: &[(OrganisationId, String)],
) -> Result<Settings, Vec<FieldFault>> {
    let mut faults = Vec::new();
    let name = name(form.name, &mut faults);
    let mut others = known.iter().filter(|it| it.0 != by.organisation());
    if name.is_some_and(|it| is_taken(it, &mut others)) {
        let remedy = "Another organisation here has this name already. Choose one that tells them apart.";
        faults.push(FieldFault { field: "name", remedy: remedy.into() });
    }
    let age = |typed: &str| typed.trim().parse().map_err(|_| NotAMinimumAge).and_then(MinimumAge::new);
    let minimum_age = match form.minimum_age.map(age) {
        None => Some(None),
        Some(read) => kept(read, "minimum_age", &mut faults).map(Some),
    };
    match (name, minimum_age) {
        (Some(name), Some(minimum_age)) if faults.is_empty() => {
            Ok(Settings { name: name.into(), minimum_age })
        }
        _ => Err(faults),
    }
}

/// Whether one of these is called so, in large letters or small.
fn is_taken<'a>(name: &str, mut known: impl Iterator<Item = &'a (OrganisationId, String)>) -> bool {
    known.any(|it| it.1.to_lowercase() == name.to_lowercase())
}

fn name<'a>(typed: &'a str, faults: &mut Vec<FieldFault>) -> Option<&'a str> {
    let read: Result<&str, LineRefused> = line(typed, LONGEST_NAME);
    let name = kept(read, "name", faults)?;
    if name.chars().any(char::is_alphanumeric) {
        return Some(name);
    }
    faults.push(FieldFault { field: "name", remedy: "Write what it is called.".into() });
    None
}

/// What organisations call what people are to them, where they have a word of their own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Labels(BTreeMap<(OrganisationId, EngagementKind), String>);

impl Labels {
    /// What people read for `kind` at `organisation`.
    #[must_use]
    pub fn word(&self, organisation: OrganisationId, kind: EngagementKind) -> &str {
        self.own(organisation, kind).unwrap_or_else(|| kind.label())
    }

    /// The organisation's own word, if it has one.
    #[must_use]
    pub fn own(&self, organisation: OrganisationId, kind: EngagementKind) -> Option<&str> {
        self.0.get(&(organisation, kind)).map(String::as_str)
    }
}

impl FromIterator<(OrganisationId, EngagementKind, String)> for Labels {
    fn from_iter<T: IntoIterator<Item = (OrganisationId, EngagementKind, String)>>(words: T) -> Self {
        Self(words.into_iter().map(|(organisation, kind, word)| ((organisation, kind), word)).collect())
    }
}

/// An organisation's own words, which may be saved in place of those it had. Only [`call`] makes them.
#[derive(Debug, PartialEq, Eq)]
pub struct OwnWords(Vec<(EngagementKind, String)>);

impl OwnWords {
    /// Each kind that has a word of its own.
    pub fn iter(&self) -> impl Iterator<Item = (EngagementKind, &str)> {
        self.0.iter().map(|(kind, word)| (*kind, word.as_str()))
    }
}

/// Takes what an organisation calls what people are. `typed` gives the field of each kind; an empty one, and
/// one that says what everybody says, is no word of its own.
///
/// # Errors
/// Every field that has to be put right; a field is named as its kind is spelled.
pub fn call<'a>(
    _by: &Administrator,
    typed: impl Fn(EngagementKind) -> &'a str,
) -> Result<OwnWords, Vec<FieldFault>> {
    let mut faults = Vec::new();
    let mut words: Vec<(EngagementKind, String)> = Vec::new();
    for kind in EngagementKind::ALL {
        let read: Result<&str, LineRefused> = line(typed(kind), LONGEST_LABEL);
        let Some(word) = kept(read, kind.as_str(), &mut faults) else { continue };
        if word.is_empty() || word == kind.label() {
            continue;
        }
        if !word.chars().any(char::is_alphanumeric) {
            faults.push(FieldFault {
                field: kind.as_str(),
                remedy: "Write a word, or leave this empty.".into(),
            });
        } else if let Some((other, _)) = words.iter().find(|it| it.1.to_lowercase() == word.to_lowercase()) {
            let remedy = format!(
                "This is your word for {} already: people could not tell them apart.",
                other.label().to_lowercase()
            );
            faults.push(FieldFault { field: kind.as_str(), remedy });
        } else {
            words.push((kind, word.to_owned()));
        }
    }
    if faults.is_empty() { Ok(OwnWords(words)) } else { Err(faults) }
}
