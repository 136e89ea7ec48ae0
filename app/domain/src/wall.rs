//! Days and times on the clock on the wall, and the instants that they are. The rules are handed the clock; they know of
//! no time zone.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};

use crate::day::TimeOfDay;
use crate::people::{FieldFault, words};

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

/// Asks the clock on the wall.
pub type Wall<'a> = &'a dyn Fn(NaiveDateTime) -> OnWall;

words! {
    /// Which of two is meant when the clock shows a time twice.
    pub enum WhichHour {
        /// Before the clocks go back.
        First = "first",
        /// After.
        Second = "second",
    }
}

fn on(day: NaiveDate, time: TimeOfDay) -> NaiveDateTime {
    day.and_time(NaiveTime::MIN) + TimeDelta::minutes(time.minutes().into())
}

/// The instant that somebody typed, or a note of what is wrong with it: they are asked which of two they mean.
pub(crate) fn typed_instant(
    (day, time): (NaiveDate, TimeOfDay),
    which: &str,
    wall: Wall<'_>,
    faults: &mut Vec<FieldFault>,
) -> Option<DateTime<Utc>> {
    match (wall(on(day, time)), WhichHour::parse(which)) {
        (OnWall::Once(it), _) => Some(it),
        (OnWall::Twice(it, _), Some(WhichHour::First)) | (OnWall::Twice(_, it), Some(WhichHour::Second)) => {
            Some(it)
        }
        (OnWall::Twice(..), None) => {
            let remedy = "The clocks go back in that night, so this time comes twice. Say which you mean.";
            faults.push(FieldFault { field: "which", remedy: remedy.into() });
            None
        }
        (OnWall::Never, _) => {
            let remedy = "The clocks go on in that night, so this time never comes. Write an hour later.";
            faults.push(FieldFault { field: "time", remedy: remedy.into() });
            None
        }
    }
}

/// The instant of one of many, of which nobody is asked: of two the first, and what the clock leaves out an hour later
/// (RFC 5545, section 3.3.5).
#[must_use]
pub fn instant((day, time): (NaiveDate, TimeOfDay), wall: Wall<'_>) -> DateTime<Utc> {
    let wanted = on(day, time);
    match wall(wanted) {
        OnWall::Once(it) | OnWall::Twice(it, _) => it,
        OnWall::Never => match wall(wanted + TimeDelta::hours(1)) {
            OnWall::Once(it) | OnWall::Twice(it, _) => it,
            // No clock leaves out more than an hour.
            OnWall::Never => wanted.and_utc(),
        },
    }
}
