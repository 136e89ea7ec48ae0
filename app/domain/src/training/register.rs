//! The register of a session: who was there, for the whole group in one form.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::own_words::next_revision;
use crate::people::{CohortTutor, PersonId, words};
use crate::typed::number;

#[cfg(test)]
mod tests;

words! {
    /// What is marked of somebody at a session. Nobody is asked why.
    pub enum Mark {
        /// They came.
        Came = "came",
        /// They were there for a part of it.
        Part = "part",
        /// They told us that they could not come.
        Told = "told_us",
        /// They did not come, and we have not heard from them.
        NotHeard = "not_heard",
    }
}

impl Mark {
    /// What tutors read.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Came => "Came",
            Self::Part => "Came for a part",
            Self::Told => "Told us",
            Self::NotHeard => "Not heard",
        }
    }
}

/// What stands in the register of one person at one session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marked {
    pub mark: Mark,
    /// How many minutes they were there, where it was a part.
    pub minutes: Option<u16>,
    /// Whether they have caught up on what they missed.
    pub caught_up: bool,
}

/// A session as its register knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// On which day.
    pub on: NaiveDate,
    /// Without breaks.
    pub minutes: u16,
    /// Whether it does not take place.
    pub is_off: bool,
}

impl Held {
    /// Whether it has been held, as its register knows that was last kept on a day: what somebody told us beforehand
    /// is no session that was held.
    #[must_use]
    pub fn was_held(&self, kept_on: Option<NaiveDate>) -> bool {
        !self.is_off && kept_on.is_some_and(|it| it >= self.on)
    }
}

/// A register as it is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Register {
    pub marks: BTreeMap<PersonId, Marked>,
    /// Counts how often it has been kept; 0 as long as it has not.
    pub revision: i64,
}

/// What was typed about one person.
#[derive(Clone, Copy, Debug)]
pub struct RowForm<'a> {
    pub person: PersonId,
    /// A [`Mark`]; empty for nothing.
    pub mark: &'a str,
    pub minutes: &'a str,
    pub caught_up: bool,
}

/// A register that may be kept. Only [`keep_register`] makes one.
#[derive(Debug, PartialEq, Eq)]
pub struct KeptRegister(Register);

impl KeptRegister {
    /// What is kept.
    #[must_use]
    pub const fn register(&self) -> &Register {
        &self.0
    }
}

/// Why a register is not kept: then nothing of it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RegisterRefused {
    /// Something newer was kept since the page was opened.
    Newer,
    /// The session does not take place.
    Off,
    /// What has to be put right, person by person.
    Faults(Vec<(PersonId, String)>),
}

/// Takes the register of a session. `people` are those who may stand in it; nobody keeps it about themselves. What is
/// not in the form stays as it is. Before the day of the session nobody has come yet, but somebody may have told us.
///
/// # Errors
/// [`RegisterRefused`].
pub fn keep_register(
    by: &CohortTutor,
    (current, held): (&Register, Held),
    people: &[PersonId],
    (rows, seen): (&[RowForm<'_>], i64),
    today: NaiveDate,
) -> Result<KeptRegister, RegisterRefused> {
    if held.is_off {
        return Err(RegisterRefused::Off);
    }
    let mut marks = current.marks.clone();
    let mut faults = Vec::new();
    for row in rows {
        if row.person == by.person() {
            faults
                .push((row.person, "Nobody keeps the register about themselves: ask another tutor.".into()));
            continue;
        }
        if !people.contains(&row.person) {
            faults.push((row.person, "They have no place in this group.".into()));
            continue;
        }
        match read(row, held, today) {
            Ok(Some(marked)) => {
                marks.insert(row.person, marked);
            }
            Ok(None) => {
                marks.remove(&row.person);
            }
            Err(remedy) => faults.push((row.person, remedy)),
        }
    }
    if !faults.is_empty() {
        return Err(RegisterRefused::Faults(faults));
    }
    let is_the_same = current.revision > 0 && marks == current.marks;
    let revision = next_revision(current.revision, seen, is_the_same).map_err(|_| RegisterRefused::Newer)?;
    Ok(KeptRegister(Register { marks, revision }))
}

fn read(row: &RowForm<'_>, held: Held, today: NaiveDate) -> Result<Option<Marked>, String> {
    if row.mark.is_empty() {
        return match row.caught_up || !row.minutes.trim().is_empty() {
            true => Err("Choose what to mark as well.".into()),
            false => Ok(None),
        };
    }
    let mark = Mark::parse(row.mark).ok_or("Choose from the list.")?;
    if held.on > today && mark != Mark::Told {
        return Err("The session has not been held yet. Until then you can mark who told us.".into());
    }
    let minutes = match mark {
        Mark::Part => {
            let most = held.minutes.saturating_sub(1);
            let minutes = number(row.minutes).filter(|it| (1..=most).contains(it));
            Some(minutes.ok_or(format!("Write how many minutes they were there, from 1 to {most}."))?)
        }
        _ if !row.minutes.trim().is_empty() => {
            return Err("Leave the minutes empty, or mark that they came for a part.".into());
        }
        _ => None,
    };
    // Whoever was there all the time has nothing to catch up on.
    Ok(Some(Marked { mark, minutes, caught_up: row.caught_up && mark != Mark::Came }))
}

/// Whether somebody was not heard from at the last two sessions at which anything was marked of them, and has caught
/// up on neither: then a friendly call is due, and never more. `marks` are theirs, in the order of the sessions.
#[must_use]
pub fn wants_a_call(marks: &[Marked]) -> bool {
    let unheard = |it: &Marked| it.mark == Mark::NotHeard && !it.caught_up;
    matches!(marks, [.., before, last] if unheard(before) && unheard(last))
}
