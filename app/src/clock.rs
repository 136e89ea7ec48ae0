//! The time, as somebody hands it in. The rules never ask for it themselves.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use chrono_tz::Europe::London;
use domain::wall::OnWall;

/// Tells the time; tests put one in that stands where they want it.
pub trait Clock: std::fmt::Debug + Send + Sync {
    fn now(&self) -> DateTime<Utc>;
}

/// The day on which something happened, where organisations are.
pub(crate) fn day_of(at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&London).date_naive()
}

/// What the clock on the wall in this country says about a day and a time.
pub(crate) fn on_wall(wall: NaiveDateTime) -> OnWall {
    use chrono::LocalResult;
    match wall.and_local_timezone(London) {
        LocalResult::Single(it) => OnWall::Once(it.with_timezone(&Utc)),
        LocalResult::Ambiguous(first, second) => {
            OnWall::Twice(first.with_timezone(&Utc), second.with_timezone(&Utc))
        }
        LocalResult::None => OnWall::Never,
    }
}

/// The machine's own clock.
#[derive(Clone, Copy, Debug)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_on_the_wall_shows_an_hour_twice_in_autumn_and_leaves_one_out_in_spring() {
        let at = |text: &str| on_wall(text.parse().unwrap());
        assert!(matches!(at("2026-10-25T01:30:00"), OnWall::Twice(first, second) if first < second));
        assert_eq!(at("2027-03-28T01:30:00"), OnWall::Never);
        assert_eq!(at("2026-11-22T10:00:00"), OnWall::Once("2026-11-22T10:00:00Z".parse().unwrap()));
        assert_eq!(at("2026-07-01T10:00:00"), OnWall::Once("2026-07-01T09:00:00Z".parse().unwrap()));
    }
}
