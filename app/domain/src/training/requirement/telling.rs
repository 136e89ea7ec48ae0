//! Telling somebody what becomes due: once each, and what is past again only after some weeks. A letter is a hand on
//! the shoulder; one each morning would be a finger.

use chrono::{Days, NaiveDate};

use super::{RequirementId, Standing, State};
use crate::people::{ReachWay, words};

/// After how many weeks somebody is told again of what is past. Our choice: a month is time to find a day, and whoever
/// hears the same more often stops to read it.
pub const AGAIN_WEEKS: u64 = 4;

/// How many days before the time for it is over somebody is told of what was never there. Our choice: nobody should
/// hear of it first when it is too late.
const BEFORE_THE_END: u64 = 28;

words! {
    /// Of what somebody is told.
    pub enum Reminder {
        /// It has to be done soon.
        Soon = "soon",
        /// It was there, and does not count any more.
        Overdue = "overdue",
        /// It was never there as it is asked for, and the time for it is over.
        Missing = "missing",
    }
}

/// Whether letters about what becomes due go to somebody who likes to be reached so. Whoever would rather be rung, or
/// sent a text, is not written to; who has not said anything is.
#[must_use]
pub const fn is_written_to(way: Option<ReachWay>) -> bool {
    matches!(way, None | Some(ReachWay::Email))
}

/// That somebody was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    /// Of which requirement.
    pub requirement: RequirementId,
    /// What.
    pub reminder: Reminder,
    /// The day by which it was to be done.
    pub due: NaiveDate,
    /// The day on which they were told last.
    pub on: NaiveDate,
}

/// Something that somebody is to be told now. Only [`what_to_tell`] makes one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Telling {
    requirement: RequirementId,
    reminder: Reminder,
    due: NaiveDate,
    is_again: bool,
}

impl Telling {
    /// Of which requirement.
    #[must_use]
    pub const fn requirement(&self) -> RequirementId {
        self.requirement
    }

    /// What.
    #[must_use]
    pub const fn reminder(&self) -> Reminder {
        self.reminder
    }

    /// The day by which it is, or was, to be done.
    #[must_use]
    pub const fn due(&self) -> NaiveDate {
        self.due
    }

    /// Whether they have been told of it before.
    #[must_use]
    pub const fn is_again(&self) -> bool {
        self.is_again
    }
}

/// What somebody is told today of how they stand, given what they were told before; the oldest day first. Nobody is told
/// anything who is away, who need not, or for whom a day is set.
#[must_use]
pub fn what_to_tell(
    standings: &[(RequirementId, Standing)],
    already_told: &[Told],
    today: NaiveDate,
) -> Vec<Telling> {
    let mut telling: Vec<_> = standings
        .iter()
        .filter_map(|(requirement, standing)| {
            let (reminder, due) = reminder(standing, today)?;
            let same = |it: &&Told| (it.requirement, it.reminder, it.due) == (*requirement, reminder, due);
            let last = already_told.iter().filter(same).map(|it| it.on).max();
            let is_time = last.is_none_or(|it| reminder != Reminder::Soon && weeks_are_over(it, today));
            let is_again = last.is_some();
            is_time.then_some(Telling { requirement: *requirement, reminder, due, is_again })
        })
        .collect();
    telling.sort_by_key(|it| (it.due, it.requirement));
    telling
}

fn weeks_are_over(last: NaiveDate, today: NaiveDate) -> bool {
    last.checked_add_days(Days::new(AGAIN_WEEKS * 7)).is_some_and(|it| it <= today)
}

/// What there is to be told of a standing, and the day that goes with it.
fn reminder(standing: &Standing, today: NaiveDate) -> Option<(Reminder, NaiveDate)> {
    if standing.booked().is_some() {
        return None;
    }
    let due = standing.due()?;
    let is_past = due < today;
    let ends_soon = due.checked_sub_days(Days::new(BEFORE_THE_END)).is_none_or(|it| it <= today);
    let reminder = match standing.state() {
        State::DueSoon => Reminder::Soon,
        State::Overdue => Reminder::Overdue,
        State::Missing => Reminder::Missing,
        State::PartDone if is_past => Reminder::Missing,
        State::PartDone | State::NotYet if ends_soon => Reminder::Soon,
        State::PartDone | State::NotYet => return None,
        // It counts, or nothing is asked of them.
        State::Current | State::Booked | State::Exempt | State::Away => return None,
    };
    Some((reminder, due))
}
