//! Sessions that lie ahead: planned one by one or in a row, moved, called off, and in the end written down.
//!
//! Each of a row stands for itself, so that it can be moved or called off without the others. Which days a rhythm comes
//! to is worked out outside, by a library; here it is decided which of them may be planned.

use chrono::{DateTime, Days, Months, NaiveDate, TimeDelta, Utc};

use super::arrangement::{Arrangement, ArrangementId, Spell};
use super::session::{SessionId, may_write};
use crate::day::TimeOfDay;
use crate::people::{FieldFault, PersonId, StrandMember, ids, words};
use crate::wall::Wall;

mod change;
mod slot;
#[cfg(test)]
mod tests;

pub use crate::typed::is_link;
pub use change::{Moved, NewOff, NotChanged, OffForm, call_off, shift};
pub use slot::{Busy, Free, Slot, SlotForm, is_free, slot};

use self::slot::{outside, untimely};

ids! {
    /// A session that is planned.
    PlannedId;
}

words! {
    /// Why one did not take place.
    pub enum CalledOff {
        /// Whoever supervises or leads could not.
        Supervisor = "supervisor",
        /// Whoever is supervised could not.
        Supervisee = "supervisee",
        /// It was neither of them.
        Service = "service",
        /// It lay outside of the hours of whoever is supervised. Nobody missed it.
        OffShift = "off_shift",
        /// They did not come, and nobody heard from them.
        NotHeard = "not_heard",
    }
}

impl CalledOff {
    /// What people read.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Supervisor => "Whoever supervises could not",
            Self::Supervisee => "Whoever is supervised could not",
            Self::Service => "It was neither of them",
            Self::OffShift => "It lay outside of working hours",
            Self::NotHeard => "Nobody heard from them",
        }
    }

    /// Whether it can only be said once the time has come.
    #[must_use]
    pub const fn is_seen_afterwards(self) -> bool {
        matches!(self, Self::NotHeard)
    }
}

words! {
    /// Why, in a word that says nothing about anybody's health or private life.
    pub enum Why {
        /// They cannot be there.
        Unable = "unable",
        /// Something else is at the same time.
        Clash = "clash",
        /// There is no room, or no line.
        Place = "place",
        /// Both agree that it is not needed.
        NotNeeded = "not_needed",
    }
}

impl Why {
    /// What people read.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Unable => "Cannot be there",
            Self::Clash => "Something else is at the same time",
            Self::Place => "No room, or no line",
            Self::NotNeeded => "Not needed this time",
        }
    }
}

/// What became of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It lies ahead, or waits to be written down.
    Open,
    /// It took place and is written down.
    Held(SessionId),
    /// It did not take place.
    Off(CalledOff),
}

/// A session that is planned, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    pub id: PlannedId,
    pub arrangement: ArrangementId,
    /// Counts how often it was changed, from one.
    pub number: i64,
    /// The day on which it begins.
    pub day: NaiveDate,
    /// On the wall.
    pub time: TimeOfDay,
    pub starts: DateTime<Utc>,
    pub minutes: u16,
    /// Where, or the link of a call ([`is_link`]).
    pub place: String,
    pub fate: Fate,
}

impl Planned {
    /// The instant at which it ends.
    #[must_use]
    pub fn ends(&self) -> DateTime<Utc> {
        self.starts + TimeDelta::minutes(self.minutes.into())
    }
}

/// How many are planned at once. Our choice: a year of every week, and a few.
pub const MOST: usize = 60;

/// Whether somebody plans: whoever would write it down, while it goes on.
#[must_use]
pub fn may_plan(by: &StrandMember, arrangement: &Arrangement, today: NaiveDate) -> bool {
    may_write(arrangement, by.part()) && arrangement.is_open(today)
}

/// Sessions that may be planned. Only [`plan`] makes them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPlan {
    by: PersonId,
    slots: Vec<Slot>,
}

impl NewPlan {
    /// Who plans them.
    #[must_use]
    pub const fn by(&self) -> PersonId {
        self.by
    }

    #[must_use]
    pub fn slots(&self) -> &[Slot] {
        &self.slots
    }
}

/// Plans sessions at the time and place of `first` on the days that were chosen, all of them or none. `busy` is when
/// whoever supervises, and the other of a pair, cannot.
///
/// # Errors
/// What has to be put right, of the field `days`.
///
/// # Panics
/// If somebody plans who may not ([`may_plan`]), which would be a bug.
pub fn plan(
    by: &StrandMember,
    (arrangement, spells): (&Arrangement, &[Spell]),
    (first, days): (&Slot, &[NaiveDate]),
    (busy, wall, now): (&[Busy], Wall<'_>, DateTime<Utc>),
) -> Result<NewPlan, FieldFault> {
    assert!(may_write(arrangement, by.part()), "somebody else plans what a group does");
    let fault = |remedy: &str| Err(FieldFault { field: "days", remedy: remedy.to_owned() });
    let mut days = days.to_vec();
    days.sort_unstable();
    days.dedup();
    if days.is_empty() {
        return fault("Choose at least one day.");
    }
    if days.len() > MOST {
        return fault(&format!("Choose at most {MOST} days at once."));
    }
    let slots: Vec<_> = days.iter().map(|it| first.on(*it, wall)).collect();
    if slots.iter().any(|it| outside(arrangement, it.day()).is_some() || untimely(it.starts(), now).is_some())
    {
        return fault("One of the days does not lie ahead, or lies outside of the time in which you meet.");
    }
    let all = slots.iter().map(|it| is_free(spells, it, busy));
    match all.max() {
        Some(Free::Busy) => fault("Somebody is busy at that time on a day that you chose. Leave it out."),
        Some(Free::Nobody) => {
            fault("Nobody belongs to the group on a day that you chose. Add who does first, or leave it out.")
        }
        Some(Free::Yes) | None => Ok(NewPlan { by: by.person(), slots }),
    }
}

/// Which of those that are open that day is written down with what began at `began`: the one that somebody chose, or
/// the nearest.
#[must_use]
pub fn written_down_with(
    open: &[(PlannedId, DateTime<Utc>)],
    chosen: Option<PlannedId>,
    began: DateTime<Utc>,
) -> Option<PlannedId> {
    let there = open.iter().find(|it| Some(it.0) == chosen);
    there.or_else(|| open.iter().min_by_key(|it| (it.1 - began).abs())).map(|it| it.0)
}

/// Until which day a row goes on unless somebody says otherwise: half a year.
#[must_use]
pub fn half_a_year_from(first: NaiveDate) -> NaiveDate {
    let last = first.checked_add_months(Months::new(6)).unwrap_or(first);
    last.checked_sub_days(Days::new(1)).unwrap_or(last)
}
