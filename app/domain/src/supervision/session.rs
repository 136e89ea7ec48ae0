//! Sessions that took place: when, for how long, who came, what it was about in a few words, and what was agreed. The
//! whole of it is kept, or nothing.

use chrono::{DateTime, NaiveDate, Utc};

use super::action::{ActionForm, NewAction, actions};
use super::arrangement::{Arrangement, Part, Spell, With, members_on};
use super::presence::{Presence, PresenceForm, present};
use crate::day::{TimeOfDay, TypedDay};
use crate::people::{FieldFault, PersonId, StrandMember, ids};
use crate::personal::Personal;
use crate::typed::{kept, number, one_line, several_lines};
use crate::wall::{Wall, typed_instant};

#[cfg(test)]
mod tests;

ids! {
    /// A session.
    SessionId;
}

/// The shortest and the longest session, in minutes. Our choice: five minutes in a corridor, half a day together.
pub(super) const MINUTES: core::ops::RangeInclusive<u16> = 5..=720;
/// The longest name of a place, in characters.
pub(super) const LONGEST_PLACE: usize = 120;
/// The longest words about what it was about, in characters. Our choice: themes, and no minutes of what was said.
pub const LONGEST_THEMES: usize = 600;

/// What was typed.
#[derive(Clone, Copy, Debug)]
pub struct HeldForm<'a> {
    pub day: TypedDay<'a>,
    pub time: &'a str,
    /// Which of two hours, if the clock showed it twice.
    pub which: &'a str,
    pub minutes: &'a str,
    pub place: &'a str,
    /// What it was about, in a few words.
    pub themes: &'a str,
    /// Who came, in a group.
    pub rows: &'a [PresenceForm<'a>],
    pub actions: &'a [ActionForm<'a>],
    /// They have seen that there is one of that day, and say that this was another.
    pub is_another: bool,
    /// They have looked again at what looked as if it told who somebody is.
    pub has_looked: bool,
}

/// Why a session is not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotHeld {
    /// One of that day is written down already, by the same or by the other. Which of them is kept is chosen.
    There(Box<NewHeld>),
    /// Something looks as if it told who somebody is. The page asks to look again.
    Personal(&'static str, Personal),
    /// Something has to be put right.
    Faults(Faults),
}

/// What has to be put right.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Faults {
    pub fields: Vec<FieldFault>,
    /// Of those who were there or not, person by person.
    pub rows: Vec<(PersonId, String)>,
}

impl From<Vec<FieldFault>> for Faults {
    fn from(fields: Vec<FieldFault>) -> Self {
        Self { fields, rows: Vec::new() }
    }
}

/// A session that took place and may be kept. Only [`held`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewHeld {
    day: NaiveDate,
    time: TimeOfDay,
    began: DateTime<Utc>,
    minutes: u16,
    place: String,
    by: PersonId,
    present: Vec<Presence>,
    themes: String,
    actions: Vec<NewAction>,
}

impl NewHeld {
    /// The day on which it began.
    #[must_use]
    pub const fn day(&self) -> NaiveDate {
        self.day
    }

    /// When it began, as the clock on the wall showed it.
    #[must_use]
    pub const fn time(&self) -> TimeOfDay {
        self.time
    }

    /// The instant at which it began.
    #[must_use]
    pub const fn began(&self) -> DateTime<Utc> {
        self.began
    }

    #[must_use]
    pub const fn minutes(&self) -> u16 {
        self.minutes
    }

    #[must_use]
    pub fn place(&self) -> &str {
        &self.place
    }

    /// Who writes it down.
    #[must_use]
    pub const fn by(&self) -> PersonId {
        self.by
    }

    #[must_use]
    pub fn present(&self) -> &[Presence] {
        &self.present
    }

    /// What it was about. It is shared by those who were there that day, and counts nowhere.
    #[must_use]
    pub fn themes(&self) -> &str {
        &self.themes
    }

    /// What was agreed.
    #[must_use]
    pub fn actions(&self) -> &[NewAction] {
        &self.actions
    }
}

/// Whether somebody writes down that a session took place: in a pair either, in a group whoever leads it.
#[must_use]
pub const fn may_write(arrangement: &Arrangement, part: Part) -> bool {
    matches!((&arrangement.with, part), (With::One(_), _) | (With::Group(_), Part::Supervisor))
}

/// Writes down a session that took place. `there` is when those of that day began that are written down.
///
/// # Errors
/// [`NotHeld`].
///
/// # Panics
/// If somebody writes who may not ([`may_write`]), which would be a bug.
pub fn held(
    by: &StrandMember,
    (arrangement, spells): (&Arrangement, &[Spell]),
    (form, there): (&HeldForm<'_>, &[DateTime<Utc>]),
    (wall, now): (Wall<'_>, DateTime<Utc>),
) -> Result<NewHeld, NotHeld> {
    assert!(may_write(arrangement, by.part()), "somebody else writes down what a group did");
    let mut faults = Vec::new();
    let when = when(form, (wall, now), &mut faults);
    let place = one_line(form.place, LONGEST_PLACE, "place", &mut faults);
    let themes = several_lines(form.themes, LONGEST_THEMES, "themes", &mut faults);
    let members = when.day.map(|it| members_on(spells, it)).unwrap_or_default();
    let has_ended = |day: NaiveDate| arrangement.ended_on.is_some_and(|it| it < day);
    if let Some(day) = when.day.filter(|it| members.is_empty() || has_ended(*it)) {
        let remedy = nobody(arrangement, day);
        faults.push(FieldFault { field: "day_day", remedy });
    }
    let mut rows = Vec::new();
    let minutes = when.minutes.unwrap_or(*MINUTES.end());
    let present = present(&arrangement.with, (&members, minutes), form.rows).unwrap_or_else(|faults| {
        // Without a day nobody can say who was a member.
        rows = if when.day.is_some() { faults } else { Vec::new() };
        Vec::new()
    });
    let people: Vec<_> = members.into_iter().chain([arrangement.supervisor]).collect();
    // Of a day that is not known, only the words can be looked at.
    let day = when.day.unwrap_or(arrangement.from);
    let actions = actions(form.actions, (&people, day), &mut faults);
    let (Some(time), Some(began), true, true) = (when.time, when.began, faults.is_empty(), rows.is_empty())
    else {
        return Err(NotHeld::Faults(Faults { fields: faults, rows }));
    };
    if let Some((field, like)) = personal(form, &themes).filter(|_| !form.has_looked) {
        return Err(NotHeld::Personal(field, like));
    }
    let new = NewHeld { day, time, began, minutes, place, by: by.person(), present, themes, actions };
    match (there.is_empty(), form.is_another) {
        (false, false) => Err(NotHeld::There(Box::new(new))),
        (false, true) if there.contains(&began) => {
            let remedy = "One that began at this time is written down already. Write another time.";
            Err(NotHeld::Faults(vec![FieldFault { field: "time", remedy: remedy.into() }].into()))
        }
        _ => Ok(new),
    }
}

/// When something took place, as far as that can be read.
struct When {
    day: Option<NaiveDate>,
    time: Option<TimeOfDay>,
    began: Option<DateTime<Utc>>,
    minutes: Option<u16>,
}

fn when(form: &HeldForm<'_>, (wall, now): (Wall<'_>, DateTime<Utc>), faults: &mut Vec<FieldFault>) -> When {
    let day = kept(form.day.needed(), "day_day", faults);
    let time = kept(TimeOfDay::parse(form.time), "time", faults);
    let began = day.zip(time).and_then(|(day, time)| typed_instant((day, time), form.which, wall, faults));
    if began.is_some_and(|it| it > now) {
        let remedy = "Choose a day and a time that have been. What lies ahead is planned instead.".into();
        faults.push(FieldFault { field: "day_day", remedy });
    }
    let minutes = number(form.minutes).filter(|it| MINUTES.contains(it));
    if minutes.is_none() {
        let (least, most) = (MINUTES.start(), MINUTES.end());
        let remedy = format!("Write for how many minutes you met, from {least} to {most}.");
        faults.push(FieldFault { field: "minutes", remedy });
    }
    When { day, time, began, minutes }
}

/// Why nobody could have come on a day.
fn nobody(arrangement: &Arrangement, day: NaiveDate) -> String {
    let has_ended = arrangement.ended_on.is_some_and(|it| it < day);
    match &arrangement.with {
        _ if day < arrangement.from => {
            let from = arrangement.from.format("%-d %B %Y");
            format!("You meet in this way from {from}. Choose that day or a later one.")
        }
        With::Group(_) if !has_ended => {
            "Nobody was a member of the group on that day. Add who belongs to it first, or choose another day.".to_owned()
        }
        With::One(_) | With::Group(_) => "It had ended by that day. Choose an earlier one.".to_owned(),
    }
}

/// The first field in which something looks as if it told who somebody is.
fn personal(form: &HeldForm<'_>, themes: &str) -> Option<(&'static str, Personal)> {
    let themes = Personal::in_text(themes).map(|it| ("themes", it));
    let action = |it: &ActionForm<'_>| Some((it.fields[0], Personal::in_text(it.what)?));
    themes.or_else(|| form.actions.iter().find_map(action))
}
