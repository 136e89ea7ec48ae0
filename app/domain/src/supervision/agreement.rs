//! Agreements: written by one of the two, agreed by each for themself, for the very text that they were shown. A change
//! is a new version; what was agreed before stays as it was.

use core::fmt::Write as _;

use chrono::NaiveDate;

use super::arrangement::{Arrangement, NewArrangement, Part, Spell, With};
use super::terms::{Terms, TermsForm, terms};
use crate::own_words::{NotTaken, next_revision};
use crate::people::{PersonId, StrandMember};
use crate::signing::{NotSigned, SignForm, signed_name};

#[cfg(test)]
mod tests;

/// The last agreement that was written, as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// From one.
    pub number: i64,
    pub terms: Terms,
    /// SHA-256 over its text, in hexadecimal figures.
    pub hash: String,
    /// Who wrote it.
    pub by: PersonId,
    /// Who has agreed to it.
    pub agreed: Vec<PersonId>,
}

impl Version {
    /// Whether it holds between whoever supervises and one person: both have agreed to it.
    #[must_use]
    pub fn holds_between(&self, supervisor: PersonId, person: PersonId) -> bool {
        self.agreed.contains(&supervisor) && self.agreed.contains(&person)
    }
}

/// The last version that holds between two; `versions` go up.
#[must_use]
pub fn holding(versions: &[Version], supervisor: PersonId, person: PersonId) -> Option<&Version> {
    versions.iter().rev().find(|it| it.holds_between(supervisor, person))
}

/// What those are called who agree, and their organisations, for the text.
#[derive(Clone, Copy, Debug)]
pub struct Called<'a> {
    pub supervisor: &'a str,
    /// Whoever is supervised; nothing for a group, which has a name.
    pub supervisee: &'a str,
    pub organisation: &'a str,
}

/// A version that may be kept. Only [`propose`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewVersion {
    number: i64,
    terms: Terms,
    text: String,
    by: PersonId,
}

impl NewVersion {
    #[must_use]
    pub const fn number(&self) -> i64 {
        self.number
    }

    #[must_use]
    pub const fn terms(&self) -> &Terms {
        &self.terms
    }

    /// The text to which each agrees.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Who wrote it.
    #[must_use]
    pub const fn by(&self) -> PersonId {
        self.by
    }
}

/// Writes the first version of a pair or group that begins with it, by whoever supervises in it.
///
/// # Errors
/// [`NotTaken`].
pub fn first(
    new: &NewArrangement,
    called: Called<'_>,
    form: &TermsForm<'_>,
    today: NaiveDate,
) -> Result<NewVersion, NotTaken> {
    let terms = terms(form, today).map_err(NotTaken::Faults)?;
    let text = text(new.arrangement(), called, &terms);
    Ok(NewVersion { number: 1, terms, text, by: new.arrangement().supervisor })
}

/// Writes the next version after `last`; the page showed the one with the number `seen`, 0 for none. In a pair either
/// may write it, in a group whoever leads it.
///
/// # Errors
/// [`NotTaken`].
pub fn propose(
    by: &StrandMember,
    (arrangement, called): (&Arrangement, Called<'_>),
    form: &TermsForm<'_>,
    (last, seen): (Option<&Version>, i64),
    today: NaiveDate,
) -> Result<NewVersion, NotTaken> {
    let terms = terms(form, today).map_err(NotTaken::Faults)?;
    // What is typed a second time is there already.
    let is_the_same = last.is_some_and(|it| it.terms == terms && it.by == by.person());
    let number = next_revision(last.map_or(0, |it| it.number), seen, is_the_same)?;
    let text = text(arrangement, called, &terms);
    Ok(NewVersion { number, terms, text, by: by.person() })
}

/// Whether somebody may write the next version.
#[must_use]
pub const fn may_propose(arrangement: &Arrangement, part: Part) -> bool {
    match (&arrangement.with, part) {
        (With::One(_), _) | (With::Group(_), Part::Supervisor) => true,
        (With::Group(_), Part::Supervisee) => false,
    }
}

/// The text to which each agrees. It holds everything that the page shows, in one order, so that its hash says that it
/// was this and nothing else.
#[must_use]
pub fn text(arrangement: &Arrangement, called: Called<'_>, terms: &Terms) -> String {
    let mut out = String::from("Alongside supervision agreement, format 1\n");
    let mut line = |name: &str, value: &str| {
        // Writing into a String never fails.
        let _ = writeln!(out, "{name}: {value}");
    };
    line("Kind", arrangement.strand.label());
    line("For", called.organisation);
    match &arrangement.with {
        With::One(_) => {
            line("Supervisor", called.supervisor);
            line("Supervisee", called.supervisee);
        }
        With::Group(name) => {
            line("Group", name);
            line("Led by", called.supervisor);
        }
    }
    line("From", &terms.from.to_string());
    line("How often", &terms.rhythm.said());
    line("Days of grace", &terms.rhythm.grace_days.to_string());
    line("Where", &terms.words.place);
    line("Looked at again on", &terms.review_on.to_string());
    line("Ends on", &terms.ends_on.map_or_else(|| "open".to_owned(), |it| it.to_string()));
    line("Who reads what", arrangement.strand.readers());
    for (name, words) in [
        ("Ground rules", &terms.words.ground_rules),
        ("What stays between us", &terms.words.confidentiality),
        ("What does not", &terms.words.limits),
        ("If a session is missed", &terms.words.missed),
    ] {
        let _ = write!(out, "\n{name}:\n{words}\n");
    }
    out
}

/// That somebody agrees. Only [`agree`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAgreed {
    number: i64,
    person: PersonId,
    name: String,
}

impl NewAgreed {
    /// To which version.
    #[must_use]
    pub const fn number(&self) -> i64 {
        self.number
    }

    #[must_use]
    pub const fn person(&self) -> PersonId {
        self.person
    }

    /// As they wrote it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}

/// Why somebody does not agree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotAgreed {
    /// They have, as after a second tap.
    Already,
    /// It has ended for them.
    Over,
    /// It is not the text that their page showed, or something has to be put right.
    NotSigned(NotSigned),
}

/// Agrees to the last version, each for themself.
///
/// # Errors
/// [`NotAgreed`].
pub fn agree(
    by: &StrandMember,
    (arrangement, spells): (&Arrangement, &[Spell]),
    (last, form): (&Version, &SignForm<'_>),
    today: NaiveDate,
) -> Result<NewAgreed, NotAgreed> {
    if last.agreed.contains(&by.person()) {
        return Err(NotAgreed::Already);
    }
    if !arrangement.goes_on_for(spells, by.person(), today) {
        return Err(NotAgreed::Over);
    }
    let name = signed_name(form, &last.hash).map_err(NotAgreed::NotSigned)?;
    Ok(NewAgreed { number: last.number, person: by.person(), name })
}
