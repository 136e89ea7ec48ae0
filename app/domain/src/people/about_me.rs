//! What a person says about themself: what they are called, how they are spoken of, how they like to be
//! reached, and when they are away. Nothing else is asked, and nobody is asked why.

use super::names::line;
use super::registration::kept;
use super::{Away, FieldFault, KnownAs, LineRefused, Pronouns, words};
use crate::day::TypedDay;

#[cfg(test)]
mod tests;

words! {
    /// How somebody likes to be reached.
    pub enum ReachWay {
        /// By e-mail, at the address that they sign in with.
        Email = "email",
        /// By a call.
        Phone = "phone",
        /// By a text message.
        Text = "text",
    }
}

impl ReachWay {
    /// What people read.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Email => "By e-mail",
            Self::Phone => "Ring me",
            Self::Text => "Send me a text",
        }
    }
}

/// What was typed into the form about oneself.
#[derive(Clone, Copy)]
pub struct AboutMeForm<'a> {
    /// The field `known_as`.
    pub known_as: &'a str,
    /// The field `pronouns`.
    pub pronouns: &'a str,
    /// The field `way`.
    pub way: &'a str,
    /// The field `phone`.
    pub phone: &'a str,
    /// The field `note`.
    pub note: &'a str,
}

impl core::fmt::Debug for AboutMeForm<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("AboutMeForm(…)")
    }
}

/// What a person says about themself. Only [`about_me`] makes one.
#[derive(Clone, PartialEq, Eq)]
pub struct AboutMe {
    known_as: KnownAs,
    pronouns: Pronouns,
    reach: Reach,
}

/// How somebody likes to be reached.
#[derive(Clone, PartialEq, Eq)]
pub struct Reach {
    /// Which way.
    pub way: ReachWay,
    /// A telephone number as they write it; empty if they gave none.
    pub phone: String,
    /// What to bear in mind, such as "not before ten".
    pub note: String,
}

impl core::fmt::Debug for AboutMe {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("AboutMe(…)")
    }
}

impl core::fmt::Debug for Reach {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Reach(…)")
    }
}

impl AboutMe {
    /// What they are called.
    #[must_use]
    pub const fn known_as(&self) -> &KnownAs {
        &self.known_as
    }

    /// How they are spoken of.
    #[must_use]
    pub const fn pronouns(&self) -> &Pronouns {
        &self.pronouns
    }

    /// How they like to be reached.
    #[must_use]
    pub const fn reach(&self) -> &Reach {
        &self.reach
    }
}

/// The longest note, in characters. Our choice: two sentences.
const LONGEST_NOTE: usize = 200;
/// The longest telephone number as written, in characters. E.164 has at most 15 figures; the rest is spaces.
const LONGEST_PHONE: usize = 30;
/// The fewest figures of a telephone number. Our choice: a local number.
const FEWEST_FIGURES: usize = 6;

/// Why what was typed is no telephone number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
enum NotAPhone {
    #[error("Write a telephone number in figures, such as 07700 900123.")]
    Unusual,
    #[error("Write the number to reach you at, or choose e-mail.")]
    Missing,
}

/// Takes what somebody says about themself.
///
/// # Errors
/// Every field that has to be put right.
pub fn about_me(form: &AboutMeForm<'_>) -> Result<AboutMe, Vec<FieldFault>> {
    let mut faults = Vec::new();
    let known_as = kept(KnownAs::parse(form.known_as), "known_as", &mut faults);
    let pronouns = kept(Pronouns::parse(form.pronouns), "pronouns", &mut faults);
    let way = ReachWay::parse(form.way);
    if way.is_none() {
        faults.push(FieldFault { field: "way", remedy: "Choose one of these.".into() });
    }
    let phone = kept(phone(form.phone, way), "phone", &mut faults);
    let note: Result<&str, LineRefused> = line(form.note, LONGEST_NOTE);
    let note = kept(note, "note", &mut faults);
    match (known_as, pronouns, way, phone, note) {
        (Some(known_as), Some(pronouns), Some(way), Some(phone), Some(note)) => {
            let reach = Reach { way, phone: phone.into(), note: note.into() };
            Ok(AboutMe { known_as, pronouns, reach })
        }
        _ => Err(faults),
    }
}

fn phone(typed: &str, way: Option<ReachWay>) -> Result<&str, NotAPhone> {
    let phone = typed.trim();
    if phone.is_empty() {
        return match way {
            Some(ReachWay::Phone | ReachWay::Text) => Err(NotAPhone::Missing),
            Some(ReachWay::Email) | None => Ok(phone),
        };
    }
    let usual = phone.len() <= LONGEST_PHONE
        && phone.bytes().all(|it| it.is_ascii_digit() || b" +-()".contains(&it))
        && phone.bytes().filter(u8::is_ascii_digit).count() >= FEWEST_FIGURES;
    if usual { Ok(phone) } else { Err(NotAPhone::Unusual) }
}

/// Takes the days from which and to which somebody is away. Neither means that they are not away; no last day,
/// until further notice.
///
/// # Errors
/// Every field that has to be put right.
pub fn away(from: TypedDay<'_>, to: TypedDay<'_>) -> Result<Option<Away>, Vec<FieldFault>> {
    let mut faults = Vec::new();
    let from = kept(from.perhaps(), "away_from_day", &mut faults);
    let to = kept(to.perhaps(), "away_to_day", &mut faults);
    let fault = |field, remedy: &str| Err(vec![FieldFault { field, remedy: remedy.into() }]);
    match (from, to) {
        (Some(None), Some(None)) => Ok(None),
        (Some(None), Some(Some(_))) => fault("away_from_day", "Write the first day away as well."),
        (Some(Some(from)), Some(Some(to))) if to < from => {
            fault("away_to_day", "Choose a last day that is not before the first day.")
        }
        (Some(Some(from)), Some(to)) => Ok(Some(Away { from, to })),
        _ => Err(faults),
    }
}
