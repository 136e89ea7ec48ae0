//! The time, as somebody hands it in. The rules never ask for it themselves.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Europe::London;

/// Tells the time; tests put one in that stands where they want it.
pub trait Clock: std::fmt::Debug + Send + Sync {
    fn now(&self) -> DateTime<Utc>;
}

/// The day on which something happened, where organisations are.
pub(crate) fn day_of(at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&London).date_naive()
}

/// The machine's own clock.
#[derive(Clone, Copy, Debug)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }
}
