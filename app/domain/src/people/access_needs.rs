//! What somebody needs so that they can take part, shared only with those whom they chose.
//!
//! It is theirs: nobody asks for a reason or a diagnosis, nobody who selects ever reads it, and sharing is taken
//! back the way it was given. It is shared with a group that has to act on it, at one organisation.

use super::{FieldFault, OrganisationId, words};
use crate::own_words::own_words;

#[cfg(test)]
mod tests;

words! {
    /// Who has to act on what somebody needs.
    pub enum NeedsReader {
        /// Those who give courses there.
        Tutors = "tutors",
        /// Those who arrange who does what, where and when.
        Coordinators = "coordinators",
        /// Those who supervise, manage, guide or assess the person for that organisation.
        Alongside = "alongside",
    }
}

impl NeedsReader {
    /// What people read, before "at" and the organisation.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Tutors => "Tutors",
            Self::Coordinators => "Coordinators",
            Self::Alongside => "Whoever supervises, manages, guides or assesses me",
        }
    }
}

/// One group that may read what somebody needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NeedsShare {
    /// Where.
    pub organisation: OrganisationId,
    /// Who there.
    pub with: NeedsReader,
}

impl NeedsShare {
    /// How a form spells it.
    #[must_use]
    pub fn spelled(self) -> String {
        format!("{}-{}", self.organisation, self.with.as_str())
    }

    fn parse(typed: &str) -> Option<Self> {
        let (organisation, with) = typed.rsplit_once('-')?;
        Some(Self { organisation: organisation.parse().ok()?, with: NeedsReader::parse(with)? })
    }
}

/// What was typed into the form about what somebody needs.
#[derive(Clone, Copy)]
pub struct AccessNeedsForm<'a> {
    /// The field `needs`.
    pub needs: &'a str,
    /// Every value of the field `share`.
    pub shares: &'a [&'a str],
}

impl core::fmt::Debug for AccessNeedsForm<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("AccessNeedsForm(…)")
    }
}

/// What somebody needs, and who may read it. Only [`access_needs`] makes it.
#[derive(Clone, PartialEq, Eq)]
pub struct AccessNeeds {
    needs: String,
    shares: Vec<NeedsShare>,
}

impl AccessNeeds {
    /// In their own words; empty when they say nothing any more.
    #[must_use]
    pub fn needs(&self) -> &str {
        &self.needs
    }

    /// Who may read it.
    #[must_use]
    pub fn shares(&self) -> &[NeedsShare] {
        &self.shares
    }
}

impl core::fmt::Debug for AccessNeeds {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("AccessNeeds(…)")
    }
}

/// The longest text, in characters. Our choice: a page on a phone, which somebody in a hurry still reads.
const LONGEST: usize = 1000;

/// Takes what somebody needs and with whom they share it: groups at the `organisations` to which they are
/// something. Nothing written is shared with nobody.
///
/// # Errors
/// Every field that has to be put right.
pub fn access_needs(
    form: &AccessNeedsForm<'_>,
    organisations: &[OrganisationId],
) -> Result<AccessNeeds, Vec<FieldFault>> {
    let mut faults = Vec::new();
    let needs = match own_words(form.needs, LONGEST) {
        Ok(needs) => needs,
        Err(refused) => {
            faults.push(FieldFault { field: "needs", remedy: refused.to_string() });
            String::new()
        }
    };
    let shares: Option<Vec<_>> = form.shares.iter().map(|it| NeedsShare::parse(it)).collect();
    let shares = shares.filter(|all| all.iter().all(|it| organisations.contains(&it.organisation)));
    match shares {
        Some(mut shares) if faults.is_empty() => {
            shares.dedup();
            if needs.is_empty() {
                shares.clear();
            }
            Ok(AccessNeeds { needs, shares })
        }
        Some(_) => Err(faults),
        None => {
            faults.push(FieldFault { field: "share", remedy: "Choose from the list.".into() });
            Err(faults)
        }
    }
}
