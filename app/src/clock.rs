//! The time, as somebody hands it in. The rules never ask for it themselves.

use chrono::{DateTime, Utc};

/// Tells the time; tests put one in that stands where they want it.
pub trait Clock: std::fmt::Debug + Send + Sync {
    fn now(&self) -> DateTime<Utc>;
}

/// The machine's own clock.
#[derive(Clone, Copy, Debug)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }
}
