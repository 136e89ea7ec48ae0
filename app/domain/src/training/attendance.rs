//! How much of a programme somebody was there for, and what is missing before they have completed it. All of it is
//! counted in whole minutes: nobody falls short by rounding.

use super::register::{Mark, Marked};

#[cfg(test)]
mod tests;

/// One session as it counts for one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    /// Without breaks.
    pub minutes: u16,
    /// Whether its register has been kept.
    pub is_held: bool,
    /// Whether it does not take place, and so counts nowhere.
    pub is_off: bool,
    /// What is marked of the person.
    pub marked: Option<Marked>,
}

/// Somebody's minutes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Attendance {
    /// In which they were there.
    pub came: u32,
    /// On which they have caught up.
    pub caught_up: u32,
    /// Of the sessions whose register has been kept.
    pub held: u32,
    /// Of all sessions.
    pub all: u32,
}

impl Attendance {
    /// Adds up the sessions of a group for one person.
    #[must_use]
    pub fn of(sessions: impl IntoIterator<Item = Counted>) -> Self {
        let mut sum = Self::default();
        for it in sessions.into_iter().filter(|it| !it.is_off) {
            let minutes = u32::from(it.minutes);
            sum.all += minutes;
            // What somebody told us beforehand is no session that was held.
            if !it.is_held {
                continue;
            }
            sum.held += minutes;
            let Some(marked) = it.marked else { continue };
            let there = match marked.mark {
                Mark::Came => minutes,
                Mark::Part => marked.minutes.map_or(0, u32::from).min(minutes),
                Mark::Told | Mark::NotHeard => 0,
            };
            sum.came += there;
            if marked.caught_up {
                sum.caught_up += minutes - there;
            }
        }
        sum
    }

    /// What counts: what they were there for and what they have caught up on.
    #[must_use]
    pub const fn counts(self) -> u32 {
        self.came + self.caught_up
    }

    /// Of a hundred minutes held so far, how many count, rounded down. Nothing before a session was held.
    #[must_use]
    pub const fn percent_so_far(self) -> Option<u32> {
        percent(self.counts(), self.held)
    }

    /// Of a hundred minutes of the whole programme, how many count, rounded down.
    #[must_use]
    pub const fn percent_of_all(self) -> Option<u32> {
        percent(self.counts(), self.all)
    }

    /// How many minutes are asked for, when so many of a hundred are: rounded up to a whole minute.
    #[must_use]
    pub const fn asked(self, least_percent: u8) -> u32 {
        (self.all * least_percent as u32).div_ceil(100)
    }

    /// How many minutes are still missing.
    #[must_use]
    pub const fn missing(self, least_percent: u8) -> u32 {
        self.asked(least_percent).saturating_sub(self.counts())
    }

    /// How many of the minutes held so far they have missed and could catch up on.
    #[must_use]
    pub const fn to_catch_up(self) -> u32 {
        self.held - self.counts()
    }

    /// How many minutes are still to come.
    #[must_use]
    pub const fn to_come(self) -> u32 {
        self.all - self.held
    }
}

const fn percent(part: u32, whole: u32) -> Option<u32> {
    // A programme is at most 52 sessions of 480 minutes.
    (part * 100).checked_div(whole)
}

/// All that completing a programme asks of somebody, and how far they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    pub attendance: Attendance,
    /// Of a hundred minutes, how many are asked of this person.
    pub least_percent: u8,
    /// How many assignments there are, and how many have been handed in.
    pub assignments: (usize, usize),
    /// How many courses belong to it, and how many are finished.
    pub courses: (usize, usize),
}

/// That somebody has completed a programme. Only [`Standing::completed`] makes it. It says nothing about whether a
/// body outside has accredited it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Completed(());

/// What is missing before somebody has completed a programme.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Missing {
    pub minutes: u32,
    pub assignments: usize,
    pub courses: usize,
}

impl Standing {
    /// Whether they have completed the programme.
    ///
    /// # Errors
    /// What is [`Missing`].
    pub fn completed(self) -> Result<Completed, Missing> {
        let missing = Missing {
            minutes: self.attendance.missing(self.least_percent),
            assignments: self.assignments.0.saturating_sub(self.assignments.1),
            courses: self.courses.0.saturating_sub(self.courses.1),
        };
        // A programme of which every session is off has not been gone through.
        if missing == Missing::default() && self.attendance.all > 0 {
            Ok(Completed(()))
        } else {
            Err(missing)
        }
    }
}
