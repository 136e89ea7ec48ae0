//! Who came to a session, and for how long.

use super::arrangement::With;
use crate::people::{PersonId, words};
use crate::typed::number;

#[cfg(test)]
mod tests;

words! {
    /// Whether somebody came.
    pub enum Came {
        /// They came.
        Came = "came",
        /// They came for a part of it.
        Part = "part",
        /// It was outside their shift, so nothing was missed.
        OffShift = "off_shift",
        /// They told us that they could not come.
        ToldUs = "told_us",
        /// Nothing was heard.
        NotHeard = "not_heard",
        /// It was called off for them by us.
        WeCancelled = "we_cancelled",
    }
}

impl Came {
    /// What people read.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Came => "Came",
            Self::Part => "Came for a part",
            Self::OffShift => "Off shift",
            Self::ToldUs => "Told us",
            Self::NotHeard => "Not heard",
            Self::WeCancelled => "We cancelled",
        }
    }

    /// Whether their minutes count.
    #[must_use]
    pub const fn was_there(self) -> bool {
        matches!(self, Self::Came | Self::Part)
    }
}

/// Somebody in a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Presence {
    pub person: PersonId,
    pub came: Came,
    /// For how long; 0 for whoever was not there.
    pub minutes: u16,
}

/// What was typed of one member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PresenceForm<'a> {
    pub person: PersonId,
    /// A [`Came`]; empty for whoever is left out.
    pub came: &'a str,
    /// Left empty unless it was a part.
    pub minutes: &'a str,
}

/// Who came to a session of so many minutes. Of two who meet, both did. In a group it is said of every member of that
/// day, and of nobody else.
///
/// # Errors
/// What has to be put right, person by person.
pub(super) fn present(
    with: &With,
    (members, minutes): (&[PersonId], u16),
    rows: &[PresenceForm<'_>],
) -> Result<Vec<Presence>, Vec<(PersonId, String)>> {
    if let With::One(_) = with {
        let came = |person: &PersonId| Presence { person: *person, came: Came::Came, minutes };
        return Ok(members.iter().map(came).collect());
    }
    let (mut present, mut faults) = (Vec::new(), Vec::new());
    for person in members {
        let row = rows.iter().find(|it| it.person == *person);
        match one(row.map_or(("", ""), |it| (it.came, it.minutes)), minutes) {
            Ok((came, minutes)) => present.push(Presence { person: *person, came, minutes }),
            Err(remedy) => faults.push((*person, remedy)),
        }
    }
    for row in rows.iter().filter(|it| !it.came.is_empty() && !members.contains(&it.person)) {
        let remedy = "They were not a member on that day. Leave them out, or choose another day.";
        faults.push((row.person, remedy.to_owned()));
    }
    if faults.is_empty() { Ok(present) } else { Err(faults) }
}

fn one((came, typed): (&str, &str), whole: u16) -> Result<(Came, u16), String> {
    let came = Came::parse(came).ok_or("They were a member on that day. Say whether they came.")?;
    match came {
        Came::Came => Ok((came, whole)),
        Came::Part => {
            let most = whole.saturating_sub(1);
            let minutes = number(typed).filter(|it| (1..=most).contains(it));
            Ok((came, minutes.ok_or(format!("Write how many minutes they were there, from 1 to {most}."))?))
        }
        Came::OffShift | Came::ToldUs | Came::NotHeard | Came::WeCancelled => Ok((came, 0)),
    }
}
