//! When and where, and whether that is free.

use chrono::{DateTime, Months, NaiveDate, TimeDelta, Utc};

use crate::day::{TimeOfDay, TypedDay};
use crate::people::FieldFault;
use crate::supervision::arrangement::{Arrangement, Spell, members_on};
use crate::supervision::session::{LONGEST_PLACE, MINUTES};
use crate::typed::{is_link, kept, number, one_line};
use crate::wall::{Wall, instant, typed_instant};

/// The longest link of a call, in characters. Our choice: those that meeting programs make have some 250.
const LONGEST_LINK: usize = 1000;
/// How far ahead. Our choice: the rhythm of a year, planned three months before it begins.
const WITHIN: Months = Months::new(15);

/// What was typed of when and where.
#[derive(Clone, Copy, Debug)]
pub struct SlotForm<'a> {
    pub day: TypedDay<'a>,
    pub time: &'a str,
    /// Which of two hours, if the clock shows it twice.
    pub which: &'a str,
    pub minutes: &'a str,
    pub place: &'a str,
}

/// When and where, read from what was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    day: NaiveDate,
    time: TimeOfDay,
    starts: DateTime<Utc>,
    minutes: u16,
    place: String,
}

impl Slot {
    #[must_use]
    pub const fn day(&self) -> NaiveDate {
        self.day
    }

    #[must_use]
    pub const fn time(&self) -> TimeOfDay {
        self.time
    }

    /// The instant of the first.
    #[must_use]
    pub const fn starts(&self) -> DateTime<Utc> {
        self.starts
    }

    #[must_use]
    pub const fn minutes(&self) -> u16 {
        self.minutes
    }

    /// Where, or the link of a call ([`is_link`]).
    #[must_use]
    pub fn place(&self) -> &str {
        &self.place
    }

    /// The same on another day.
    #[must_use]
    pub fn on(&self, day: NaiveDate, wall: Wall<'_>) -> Self {
        let starts = if day == self.day { self.starts } else { instant((day, self.time), wall) };
        Self { day, starts, ..self.clone() }
    }
}

/// Reads when and where.
///
/// # Errors
/// Every field that has to be put right.
pub fn slot(
    arrangement: &Arrangement,
    form: &SlotForm<'_>,
    (wall, now): (Wall<'_>, DateTime<Utc>),
) -> Result<Slot, Vec<FieldFault>> {
    let mut faults = Vec::new();
    let day = kept(form.day.needed(), "day_day", &mut faults);
    let time = kept(TimeOfDay::parse(form.time), "time", &mut faults);
    let starts = day.zip(time).and_then(|at| typed_instant(at, form.which, wall, &mut faults));
    let minutes = number(form.minutes).filter(|it| MINUTES.contains(it));
    if minutes.is_none() {
        let (least, most) = (MINUTES.start(), MINUTES.end());
        let remedy = format!("Write for how many minutes you meet, from {least} to {most}.");
        faults.push(FieldFault { field: "minutes", remedy });
    }
    let longest = if is_link(form.place.trim()) { LONGEST_LINK } else { LONGEST_PLACE };
    let place = one_line(form.place, longest, "place", &mut faults);
    if let Some(remedy) = day.and_then(|day| outside(arrangement, day)) {
        faults.push(FieldFault { field: "day_day", remedy });
    } else if let Some(remedy) = starts.and_then(|it| untimely(it, now)) {
        faults.push(FieldFault { field: "day_day", remedy: remedy.into() });
    }
    match (day, time, starts, minutes) {
        (Some(day), Some(time), Some(starts), Some(minutes)) if faults.is_empty() => {
            Ok(Slot { day, time, starts, minutes, place })
        }
        _ => Err(faults),
    }
}

/// Why nobody meets on a day.
pub(super) fn outside(arrangement: &Arrangement, day: NaiveDate) -> Option<String> {
    let said = |it: NaiveDate| it.format("%-d %B %Y").to_string();
    match arrangement.ended_on {
        _ if day < arrangement.from => Some(format!(
            "You meet in this way from {}. Choose that day or a later one.",
            said(arrangement.from)
        )),
        Some(last) if day > last => {
            Some(format!("It ends on {}. Choose that day or an earlier one.", said(last)))
        }
        _ => None,
    }
}

pub(super) fn untimely(starts: DateTime<Utc>, now: DateTime<Utc>) -> Option<&'static str> {
    let latest = now.checked_add_months(WITHIN).unwrap_or(DateTime::<Utc>::MAX_UTC);
    if starts <= now {
        Some("Choose a day and a time to come. What has been is written down instead.")
    } else if starts > latest {
        Some("Choose a day within 15 months. Later ones are planned when they come nearer.")
    } else {
        None
    }
}

/// Something for which somebody cannot be elsewhere. It says neither what it is nor why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Busy {
    pub starts: DateTime<Utc>,
    pub minutes: u16,
}

impl Busy {
    /// Whether it is at the same time. What begins when it ends is not.
    #[must_use]
    pub fn clashes_with(&self, slot: &Slot) -> bool {
        let ends = |starts: DateTime<Utc>, minutes: u16| starts + TimeDelta::minutes(minutes.into());
        self.starts < ends(slot.starts, slot.minutes) && slot.starts < ends(self.starts, self.minutes)
    }
}

impl From<&Slot> for Busy {
    fn from(slot: &Slot) -> Self {
        Self { starts: slot.starts, minutes: slot.minutes }
    }
}

/// A day of a row, as it is shown before it is planned; what weighs more comes later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Free {
    /// It may be planned.
    Yes,
    /// Somebody cannot.
    Busy,
    /// Nobody belongs to the group on that day.
    Nobody,
}

/// Whether a slot may be planned.
#[must_use]
pub fn is_free(spells: &[Spell], slot: &Slot, busy: &[Busy]) -> Free {
    if members_on(spells, slot.day).is_empty() {
        Free::Nobody
    } else if busy.iter().any(|it| it.clashes_with(slot)) {
        Free::Busy
    } else {
        Free::Yes
    }
}
