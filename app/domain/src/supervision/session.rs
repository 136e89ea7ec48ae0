//! Sessions that took place: when, for how long, and who came. What was said is kept elsewhere, by layers; here are
//! the facts that count.

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Utc};

use super::arrangement::{Arrangement, Spell, With, members_on};
use crate::day::{TimeOfDay, TypedDay};
use crate::people::{FieldFault, PersonId, StrandMember, ids, words};
use crate::typed::{kept, number, one_line};

#[cfg(test)]
mod tests;

ids! {
    /// A session.
    SessionId;
}

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

/// What the clock on the wall says about a day and a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnWall {
    /// It shows it once.
    Once(DateTime<Utc>),
    /// It shows it twice, when clocks go back.
    Twice(DateTime<Utc>, DateTime<Utc>),
    /// It never shows it, when clocks go on.
    Never,
}

words! {
    /// Which of two is meant when the clock shows a time twice.
    pub enum WhichHour {
        /// Before the clocks go back.
        First = "first",
        /// After.
        Second = "second",
    }
}

/// The shortest and the longest session, in minutes. Our choice: five minutes in a corridor, half a day together.
const MINUTES: core::ops::RangeInclusive<u16> = 5..=720;
/// The longest name of a place, in characters.
const LONGEST_PLACE: usize = 120;

/// Somebody in a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Presence {
    pub person: PersonId,
    pub came: Came,
    /// For how long; 0 for whoever was not there.
    pub minutes: u16,
}

/// What was typed of one member.
#[derive(Clone, Copy, Debug)]
pub struct PresenceForm<'a> {
    pub person: PersonId,
    pub came: &'a str,
    /// Left empty for the whole session.
    pub minutes: &'a str,
}

/// What was typed.
#[derive(Clone, Copy, Debug)]
pub struct HeldForm<'a> {
    pub day: TypedDay<'a>,
    pub time: &'a str,
    /// Which of two hours, if the clock showed it twice.
    pub which: &'a str,
    pub minutes: &'a str,
    pub place: &'a str,
    /// They have seen that there is one of that day, and say that this was another.
    pub is_another: bool,
}

/// Why a session is not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotHeld {
    /// One of that day is written down already, by the same or by the other. Which of them is kept is chosen.
    There(Box<NewHeld>),
    /// Something has to be put right.
    Faults(Vec<FieldFault>),
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
}

/// Writes down a session of two that took place. In a pair either may. `there` is when those of that day began
/// that are written down.
///
/// # Errors
/// [`NotHeld`].
pub fn held(
    by: &StrandMember,
    (arrangement, spells): (&Arrangement, &[Spell]),
    (form, there): (&HeldForm<'_>, &[DateTime<Utc>]),
    (on_wall, now): (&dyn Fn(NaiveDateTime) -> OnWall, DateTime<Utc>),
) -> Result<NewHeld, NotHeld> {
    let mut faults = Vec::new();
    let day = kept(form.day.needed(), "day_day", &mut faults);
    let time = kept(TimeOfDay::parse(form.time), "time", &mut faults);
    let began = day.zip(time).and_then(|(day, time)| began(day, time, form.which, on_wall, &mut faults));
    if began.is_some_and(|it| it > now) {
        faults.push(FieldFault {
            field: "day_day",
            remedy: "Choose a day and a time that have been. What lies ahead is planned instead.".into(),
        });
    }
    let minutes = number(form.minutes).filter(|it| MINUTES.contains(it));
    if minutes.is_none() {
        let (least, most) = (MINUTES.start(), MINUTES.end());
        let remedy = format!("Write for how many minutes you met, from {least} to {most}.");
        faults.push(FieldFault { field: "minutes", remedy });
    }
    let place = one_line(form.place, LONGEST_PLACE, "place", &mut faults);
    let members = day.map(|it| members_on(spells, it)).unwrap_or_default();
    if let Some(day) = day.filter(|_| members.is_empty()) {
        let remedy = if day < arrangement.from {
            let from = arrangement.from.format("%-d %B %Y");
            format!("You meet in this way from {from}. Choose that day or a later one.")
        } else {
            "It had ended by that day. Choose an earlier one.".to_owned()
        };
        faults.push(FieldFault { field: "day_day", remedy });
    }
    match (day, time, began, minutes) {
        (Some(day), Some(time), Some(began), Some(minutes)) if faults.is_empty() => {
            let came = |person| Presence { person, came: Came::Came, minutes };
            let present = match arrangement.with {
                With::One(_) => members.into_iter().map(came).collect(),
                With::Group(_) => Vec::new(),
            };
            let new = NewHeld { day, time, began, minutes, place, by: by.person(), present };
            match (there.is_empty(), form.is_another) {
                (true, _) => Ok(new),
                (false, false) => Err(NotHeld::There(Box::new(new))),
                (false, true) if there.contains(&began) => {
                    let remedy = "One that began at this time is written down already. Write another time.";
                    Err(NotHeld::Faults(vec![FieldFault { field: "time", remedy: remedy.into() }]))
                }
                (false, true) => Ok(new),
            }
        }
        _ => Err(NotHeld::Faults(faults)),
    }
}

/// The instant of a time on the wall, or a note of what is wrong with it.
fn began(
    day: NaiveDate,
    time: TimeOfDay,
    which: &str,
    on_wall: &dyn Fn(NaiveDateTime) -> OnWall,
    faults: &mut Vec<FieldFault>,
) -> Option<DateTime<Utc>> {
    let wall = day.and_time(chrono::NaiveTime::MIN) + TimeDelta::minutes(time.minutes().into());
    match (on_wall(wall), WhichHour::parse(which)) {
        (OnWall::Once(it), _) => Some(it),
        (OnWall::Twice(it, _), Some(WhichHour::First)) | (OnWall::Twice(_, it), Some(WhichHour::Second)) => {
            Some(it)
        }
        (OnWall::Twice(..), None) => {
            let remedy = "The clocks went back in that night, so this time came twice. Say which you mean.";
            faults.push(FieldFault { field: "which", remedy: remedy.into() });
            None
        }
        (OnWall::Never, _) => {
            let remedy = "The clocks went on in that night, so this time never came. Write an hour later.";
            faults.push(FieldFault { field: "time", remedy: remedy.into() });
            None
        }
    }
}
