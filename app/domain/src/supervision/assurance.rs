//! What those learn of supervision who have to show that it happens: numbers of what was planned and what became of it,
//! by the kind of supervision and the quarter. Nobody's name, nobody's reasons, and no number from which fewer than five
//! follow ([`keep_back`]).
//!
//! What counts as held is decided by [`super::stand::Record`]: all who are asked have agreed, or two weeks have passed.

use chrono::{Datelike, Days, Months, NaiveDate};

use super::plan::CalledOff;
use crate::few::{FEWEST, Share, keep_back, share};
use crate::people::EngagementKind;

#[cfg(test)]
mod tests;

/// Who is to be supervised: those who work with others out of lived experience, whatever they are called. Our choice.
/// Whoever of them has nobody counts too, or the share of those who are supervised would say nothing.
pub const SUPERVISED: [EngagementKind; 6] = [
    EngagementKind::Student,
    EngagementKind::Volunteer,
    EngagementKind::PeerMentor,
    EngagementKind::PeerSupportWorker,
    EngagementKind::ExpertByExperience,
    EngagementKind::Supporter,
];

/// A quarter of a year, known by its first day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quarter(NaiveDate);

/// Months in a quarter.
const LONG: u32 = 3;

impl Quarter {
    /// The quarter in which a day lies.
    #[must_use]
    pub fn of(day: NaiveDate) -> Self {
        let first = day.with_day(1).and_then(|it| it.with_month0(day.month0() / LONG * LONG));
        Self(first.unwrap_or(day))
    }

    /// Its first day.
    #[must_use]
    pub const fn begins(self) -> NaiveDate {
        self.0
    }

    /// Its last day.
    #[must_use]
    pub fn ends(self) -> NaiveDate {
        let next = self.0.checked_add_months(Months::new(LONG)).unwrap_or(self.0);
        next.checked_sub_days(Days::new(1)).unwrap_or(next)
    }

    /// The one before it.
    #[must_use]
    pub fn before(self) -> Self {
        Self(self.0.checked_sub_months(Months::new(LONG)).unwrap_or(self.0))
    }

    /// What people call it: "October to December 2026".
    #[must_use]
    pub fn label(self) -> String {
        format!("{} to {}", self.0.format("%B"), self.ends().format("%B %Y"))
    }

    /// How an address spells it: "2026-4".
    #[must_use]
    pub fn spelled(self) -> String {
        format!("{}-{}", self.0.year(), self.0.month0() / LONG + 1)
    }

    /// Reads what [`Self::spelled`] writes. Years that nobody means are none.
    #[must_use]
    pub fn parse(typed: &str) -> Option<Self> {
        let (year, number) = typed.split_once('-')?;
        let year: i32 = year.parse().ok().filter(|it| (2000..2200).contains(it))?;
        let number: u32 = number.parse().ok().filter(|it| (1..=4).contains(it))?;
        NaiveDate::from_ymd_opt(year, (number - 1) * LONG + 1, 1).map(Self)
    }
}

/// What became of sessions of one kind, counted as they are kept. It goes to nobody as it is: see [`figures`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// How many people were supervised in it, or were to be: what is told of few sessions may be told of one person.
    pub people: u32,
    /// Planned, held, and counting.
    pub held: u32,
    /// Planned and written down, and waits to be agreed.
    pub waits: u32,
    /// Planned, and did not take place, as in [`CalledOff::ALL`].
    pub off: [u32; CalledOff::ALL.len()],
    /// Planned and over, and nobody has said what became of it.
    pub unsaid: u32,
    /// Of those that were planned, moved at least once.
    pub moved: u32,
    /// Held and counting, though nothing was planned.
    pub unplanned: u32,
}

/// How many things can have become of a session that was planned.
pub const WAYS: usize = CalledOff::ALL.len() + 3;

/// What those are called, in the order of [`Figures::became`].
pub const BECAME: [&str; WAYS] = [
    "Took place",
    "Took place, waits to be agreed",
    "Whoever supervises could not",
    "Whoever is supervised could not",
    "It was neither of them",
    "Off shift",
    "Nobody heard from them",
    "Nobody has said yet",
];

impl core::ops::Add for Sums {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        let mut off = self.off;
        for (sum, it) in off.iter_mut().zip(other.off) {
            *sum += it;
        }
        // Whoever is supervised in two kinds is one person: at least so many are.
        let people = self.people.max(other.people);
        Self {
            people,
            held: self.held + other.held,
            waits: self.waits + other.waits,
            off,
            unsaid: self.unsaid + other.unsaid,
            moved: self.moved + other.moved,
            unplanned: self.unplanned + other.unplanned,
        }
    }
}

impl Sums {
    fn became(&self) -> [u32; WAYS] {
        let [supervisor, supervisee, service, off_shift, not_heard] = self.off;
        [self.held, self.waits, supervisor, supervisee, service, off_shift, not_heard, self.unsaid]
    }
}

/// What may be shown of the sessions of one kind. Only [`figures`] makes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figures {
    due: Option<u32>,
    became: [Option<u32>; WAYS],
    moved: Option<u32>,
    unplanned: Option<u32>,
    held: Option<Share>,
}

impl Figures {
    /// How many were due.
    #[must_use]
    pub const fn due(&self) -> Option<u32> {
        self.due
    }

    /// What became of them, in the order of [`BECAME`].
    #[must_use]
    pub const fn became(&self) -> &[Option<u32>; WAYS] {
        &self.became
    }

    /// How many were moved at least once.
    #[must_use]
    pub const fn moved(&self) -> Option<u32> {
        self.moved
    }

    /// How many took place that nobody had planned.
    #[must_use]
    pub const fn unplanned(&self) -> Option<u32> {
        self.unplanned
    }

    /// Which share took place of those that were due while people were on shift: a session outside somebody's hours is
    /// nobody's fault, and counts on neither side.
    #[must_use]
    pub const fn held(&self) -> Option<Share> {
        self.held
    }
}

/// What may be shown of sessions of one kind: nothing of fewer than five people, and of no fewer than five sessions.
#[must_use]
pub fn figures(sums: &Sums) -> Figures {
    if sums.people < FEWEST {
        return Figures { due: None, became: [None; WAYS], moved: None, unplanned: None, held: None };
    }
    let all = sums.became();
    let due: u32 = all.iter().sum();
    let is_enough = |it: &u32| *it >= FEWEST;
    let became = if due >= FEWEST { keep_back(all) } else { [None; WAYS] };
    let [moved, _] =
        if due >= FEWEST { keep_back([sums.moved, due.saturating_sub(sums.moved)]) } else { [None; 2] };
    let off_shift: u32 =
        CalledOff::ALL.iter().zip(sums.off).filter(|it| *it.0 == CalledOff::OffShift).map(|it| it.1).sum();
    let (on_shift, held) = (due - off_shift, sums.held + sums.waits);
    Figures {
        due: Some(due).filter(is_enough),
        became,
        moved,
        unplanned: Some(sums.unplanned).filter(is_enough),
        held: share(on_shift, (held.into(), on_shift.into())),
    }
}

/// People who are to be supervised, counted as they are kept. It goes to nobody as it is: see [`coverage`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct People {
    /// All of them, whether they have somebody or not.
    pub all: u32,
    /// Who met somebody at least once.
    pub met: u32,
    /// Who has somebody, and did not meet.
    pub has_somebody: u32,
}

/// How many people were covered, as far as it may be shown. Only [`coverage`] makes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Coverage {
    all: Option<u32>,
    parts: [Option<u32>; 3],
    share: Option<Share>,
}

impl Coverage {
    /// How many people are to be supervised.
    #[must_use]
    pub const fn all(&self) -> Option<u32> {
        self.all
    }

    /// Who met somebody at least once, who has somebody and did not, and who has nobody.
    #[must_use]
    pub const fn parts(&self) -> &[Option<u32>; 3] {
        &self.parts
    }

    /// Which share met somebody.
    #[must_use]
    pub const fn share(&self) -> Option<Share> {
        self.share
    }
}

/// What may be shown of how many people were covered.
#[must_use]
pub fn coverage(people: &People) -> Coverage {
    let People { all, met, has_somebody } = *people;
    let nobody = all.saturating_sub(met + has_somebody);
    if all < FEWEST {
        return Coverage { all: None, parts: [None; 3], share: None };
    }
    let parts = keep_back([met, has_somebody, nobody]);
    Coverage { all: Some(all), parts, share: share(all, (met.into(), all.into())) }
}

/// How many of `all` people who are to be supervised met somebody in one kind of supervision, as far as it may be shown.
#[must_use]
pub fn met(all: u32, met: u32) -> Option<u32> {
    let [met, _] = keep_back([met, all.saturating_sub(met)]);
    met.filter(|_| all >= FEWEST)
}
