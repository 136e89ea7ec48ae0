//! How somebody stands with what is required of them on a day. It is worked out whenever it is shown and kept nowhere:
//! what is kept could be a day old, and the rule needs nothing but what is read for the page anyway.

use chrono::{Days, NaiveDate};

use super::within::{Cover, covered, progress};
use super::{Requirement, Version};
use crate::people::{Engagement, words};

words! {
    /// How somebody stands.
    pub enum State {
        /// It counts.
        Current = "current",
        /// It counts, or is given time, and that is over soon.
        DueSoon = "due_soon",
        /// Some of it is there.
        PartDone = "part_done",
        /// A day is set.
        Booked = "booked",
        /// It is not there, and there is still time.
        NotYet = "not_yet",
        /// It has never been there, and the time for it is over.
        Missing = "missing",
        /// It was there, and does not count any more.
        Overdue = "overdue",
        /// Somebody decided that they need not.
        Exempt = "exempt",
        /// They are away.
        Away = "away",
    }
}

impl State {
    /// What people read.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Current => "Current",
            Self::DueSoon => "Due soon",
            Self::PartDone => "Part done",
            Self::Booked => "Booked",
            Self::NotYet => "Not due yet",
            Self::Missing => "Missing",
            Self::Overdue => "Overdue",
            Self::Exempt => "Exempt",
            Self::Away => "Away",
        }
    }
}

/// How many days before it is due something is due soon. Our choice: eight weeks are time to find a day for training.
pub const SOON: u64 = 56;

/// Something that was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// On which day.
    pub on: NaiveDate,
    /// For how long; 0 where nobody said.
    pub minutes: u32,
    /// Which part; empty for the whole.
    pub part: String,
}

/// That somebody accepted an edition of a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// Which, from one.
    pub edition: u32,
    /// On which day.
    pub on: NaiveDate,
}

/// A time in which nothing is asked of somebody. Both days count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pause {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub until: NaiveDate,
}

impl Pause {
    fn holds_on(self, day: NaiveDate) -> bool {
        self.from <= day && day <= self.until
    }
}

/// What is known of one person that concerns one requirement.
#[derive(Clone, Copy, Debug, Default)]
pub struct Facts<'a> {
    /// All that they are, were and will be to the organisation.
    pub engagements: &'a [Engagement],
    /// What counts of what they did.
    pub done: &'a [Done],
    /// What they accepted, of a policy.
    pub accepted: &'a [Accepted],
    /// The days that are set.
    pub booked: &'a [NaiveDate],
    /// When they need not, or needed not.
    pub exempt: &'a [Pause],
}

/// How somebody stands with a requirement on a day. Only [`standing`] makes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    state: State,
    due: Option<NaiveDate>,
    booked: Option<NaiveDate>,
    progress: Option<(u32, u32)>,
    is_met: bool,
    is_due: bool,
}

impl Standing {
    /// The state.
    #[must_use]
    pub const fn state(&self) -> State {
        self.state
    }

    /// The last day for it: until when it counts, or until when there is time; or the last day on which they need not.
    #[must_use]
    pub const fn due(&self) -> Option<NaiveDate> {
        self.due
    }

    /// The next day that is set.
    #[must_use]
    pub const fn booked(&self) -> Option<NaiveDate> {
        self.booked
    }

    /// How much counts and how much is asked: minutes, or parts. Of a policy the last edition that they accepted, and the
    /// one that is in force.
    #[must_use]
    pub const fn progress(&self) -> Option<(u32, u32)> {
        self.progress
    }

    /// Whether it counts today.
    #[must_use]
    pub const fn is_met(&self) -> bool {
        self.is_met
    }

    /// Whether they are among those of whom it can be asked whether it is there: not away, not exempt, and not while
    /// there still is time.
    #[must_use]
    pub const fn is_due(&self) -> bool {
        self.is_due
    }
}

/// How somebody stands with a requirement today; nothing if it is not asked of them.
#[must_use]
pub fn standing(requirement: &Requirement, facts: &Facts<'_>, today: NaiveDate) -> Option<Standing> {
    let version = requirement.on(today)?;
    let asked: Vec<_> = current(version, facts.engagements, today).collect();
    if asked.is_empty() {
        return None;
    }
    let cover = covered(&version.rule, facts, today);
    let is_met = cover.holds_on(today);
    let deadline = deadline(requirement, facts, today).unwrap_or(today);
    let is_past = deadline < today;
    let booked = facts.booked.iter().copied().filter(|it| *it >= today).min();
    let progress = progress(&version.rule, facts, today);
    let exempt = facts.exempt.iter().filter(|it| it.holds_on(today)).map(|it| it.until).max();
    // Whoever is there as one thing and away as another is there.
    let is_away = asked.iter().all(|it| it.is_away(today));
    let (state, due) = match (exempt, cover) {
        (Some(until), _) => (State::Exempt, Some(until)),
        (None, _) if is_away => (State::Away, None),
        (None, Cover::Always) => (State::Current, None),
        (None, Cover::Until(last)) if is_met && is_soon(last, today) => (State::DueSoon, Some(last)),
        (None, Cover::Until(last)) if is_met => (State::Current, Some(last)),
        (None, Cover::Until(_)) if is_past => (State::Overdue, Some(deadline)),
        (None, Cover::Until(_)) => (State::DueSoon, Some(deadline)),
        (None, Cover::Never) if progress.is_some_and(|it| it.0 > 0) => (State::PartDone, Some(deadline)),
        (None, Cover::Never) if booked.is_some() => (State::Booked, Some(deadline)),
        (None, Cover::Never) if is_past => (State::Missing, Some(deadline)),
        (None, Cover::Never) => (State::NotYet, Some(deadline)),
    };
    let is_excused = matches!(state, State::Exempt | State::Away);
    Some(Standing { state, due, booked, progress, is_met, is_due: !is_excused && (is_met || is_past) })
}

/// Engagements that hold on a day and of which a version asks it.
fn current<'a>(
    version: &Version,
    engagements: &'a [Engagement],
    day: NaiveDate,
) -> impl Iterator<Item = &'a Engagement> {
    engagements.iter().filter(move |it| it.is_current(day) && version.asked_of.contains(&it.kind))
}

fn is_soon(last: NaiveDate, today: NaiveDate) -> bool {
    last.checked_sub_days(Days::new(SOON)).is_none_or(|it| it <= today)
}

/// The last day for it. Nobody runs out of time by a change: they have the weeks that it states, unless their time was
/// over before.
fn deadline(requirement: &Requirement, facts: &Facts<'_>, today: NaiveDate) -> Option<NaiveDate> {
    let mut deadline: Option<NaiveDate> = None;
    let versions = requirement.versions.iter().filter(|it| it.from <= today).collect::<Vec<_>>();
    for (at, version) in versions.iter().enumerate() {
        let next = versions.get(at + 1).and_then(|it| it.from.pred_opt());
        let last = next.unwrap_or(today);
        if last < version.from {
            continue;
        }
        let Some(since) = begun(version, facts.engagements, last) else {
            deadline = None;
            continue;
        };
        // Nobody becomes overdue on the very day of a change, either.
        let was_over = deadline.zip(version.from.pred_opt()).filter(|(it, eve)| it < eve).map(|it| it.0);
        let given = was_over.unwrap_or_else(|| version.time_from(since.max(version.from)));
        let given = match covered(&version.rule, facts, last) {
            Cover::Never => given,
            Cover::Until(until) => given.max(until),
            Cover::Always => NaiveDate::MAX,
        };
        deadline = Some(after_pauses(given, version, facts));
    }
    deadline
}

/// The first day of the unbroken time for which somebody has been what a version asks it of.
fn begun(version: &Version, engagements: &[Engagement], day: NaiveDate) -> Option<NaiveDate> {
    let mut since = current(version, engagements, day).map(|it| it.from).min()?;
    loop {
        let before = since.pred_opt()?;
        match current(version, engagements, before).map(|it| it.from).min() {
            Some(earlier) => since = earlier,
            None => return Some(since),
        }
    }
}

/// Whoever was away or exempt when the time was over has as much time again when they are back.
fn after_pauses(deadline: NaiveDate, version: &Version, facts: &Facts<'_>) -> NaiveDate {
    let away = facts.engagements.iter().filter(|it| version.asked_of.contains(&it.kind));
    let away = away.filter_map(|it| it.away).filter_map(|it| Some(Pause { from: it.from, until: it.to? }));
    let mut pauses: Vec<_> = facts.exempt.iter().copied().chain(away).collect();
    pauses.sort_by_key(|it| (it.from, it.until));
    pauses.into_iter().fold(deadline, |deadline, pause| match pause.holds_on(deadline) {
        true => version.time_from(pause.until),
        false => deadline,
    })
}
