//! Work done after the answer has gone out: how long it is leased, when it is tried again, when it is given
//! up, and how work that comes round every hour or day is told apart.
//!
//! What the work *is* lives with the store; here are only the rules of when.

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};

#[cfg(test)]
mod tests;

/// How long a worker may keep a job without saying that it is still at it. Our choice: longer than a slow
/// mail server needs, short enough that work of a node that has died is taken over while somebody waits.
pub const LEASE: TimeDelta = TimeDelta::minutes(2);

/// How long a job waits after its first failure, its second, and so on; after one more it is given up. Our
/// choice: the first two outlast a restart and a greylisting mail server, the last a working morning.
pub const WAITS: [TimeDelta; 5] = [
    TimeDelta::seconds(30),
    TimeDelta::minutes(2),
    TimeDelta::minutes(10),
    TimeDelta::hours(1),
    TimeDelta::hours(6),
];

/// What becomes of a job that has failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// It is tried again, at this time and not earlier.
    At(DateTime<Utc>),
    /// It stays where it is until an administrator tries it again or drops it.
    GivenUp,
}

/// Decides what becomes of a job that has failed for the `attempts`th time, counted from one.
#[must_use]
pub fn after_failure(attempts: i64, now: DateTime<Utc>) -> Next {
    let nth = usize::try_from(attempts.saturating_sub(1)).unwrap_or(0);
    match WAITS.get(nth).and_then(|wait| now.checked_add_signed(*wait)) {
        Some(at) => Next::At(at),
        None => Next::GivenUp,
    }
}

/// Whether a job that was begun `attempts` times may be begun once more, whatever became of the last time. A
/// job that takes its whole node down with it never gets to fail, so beginnings are what is counted.
#[must_use]
pub fn may_begin(attempts: i64) -> bool {
    usize::try_from(attempts).is_ok_and(|it| it <= WAITS.len())
}

/// How often work comes round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Every {
    /// At the beginning of each hour of UTC, so that the hour that happens twice in October is two hours.
    Hour,
    /// At the beginning of each day as people in this country live it.
    Day,
    /// Each day at five in the morning on the wall, for what makes telephones ring: the letters of it are there when
    /// people get up, and wake nobody at midnight.
    Morning,
}

/// When a morning begins, on the wall.
const MORNING: TimeDelta = TimeDelta::hours(5);

/// One round of work that comes round: whoever enters it first does it, however many nodes there are.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Slot(String);

impl Slot {
    /// The round that `now` belongs to; `on_the_wall` is what clocks in Europe/London show at that instant.
    #[must_use]
    pub fn of(every: Every, now: DateTime<Utc>, on_the_wall: NaiveDateTime) -> Self {
        let day = |it: NaiveDateTime| Self(it.format("%Y-%m-%d").to_string());
        match every {
            Every::Hour => Self(now.format("%Y-%m-%dT%HZ").to_string()),
            Every::Day => day(on_the_wall),
            Every::Morning => day(on_the_wall.checked_sub_signed(MORNING).unwrap_or(on_the_wall)),
        }
    }

    /// How the round is called in a row.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
