//! What an organisation requires of people: once, again and again, so many hours within some months, or in several
//! parts; that a policy is read and accepted; of whom, since when, and how much time everybody is given.

mod count;
mod form;
mod notes;
mod policy;
mod standing;
mod telling;
#[cfg(test)]
mod tests;
mod within;

use chrono::{Days, NaiveDate};

use crate::people::{EngagementKind, OrganisationId, ids, words};

pub use count::Count;
pub use form::{LONGEST_TITLE, MOST_PARTS, NewVersion, RequirementForm, change, require};
pub use notes::{
    BookingForm, ExemptionForm, LONGEST_EVIDENCE, LONGEST_WHY, NewBooking, NewExemption, NewRecord, NotNoted,
    RecordForm, TakenBack, book, exempt, may_count_for, record, take_back,
};
pub use policy::{
    AcceptForm, Edition, NewAcceptance, NewEdition, NotAccepted, PolicyForm, Reading, accept, change_policy,
    write_policy,
};
pub use standing::{Accepted, Done, Facts, Pause, SOON, Standing, State, standing};
pub use telling::{AGAIN_WEEKS, Reminder, Telling, Told, is_written_to, what_to_tell};
pub use within::{counts_until, covered};

ids! {
    /// Something that an organisation requires.
    RequirementId;
    /// That somebody has done something of it.
    RecordId;
    /// That somebody is going to.
    BookingId;
    /// That somebody need not.
    ExemptionId;
}

words! {
    /// How something is required.
    pub enum RuleKind {
        /// Once, and it counts for good.
        Once = "once",
        /// Again and again.
        Every = "every",
        /// So many hours within so many months.
        Hours = "hours",
        /// In several parts, each with a record of its own.
        Parts = "parts",
        /// Read and accepted, each version anew.
        Read = "read",
    }
}

impl RuleKind {
    /// What people read.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Once => "Once",
            Self::Every => "Again after some months",
            Self::Hours => "So many hours within some months",
            Self::Parts => "In several parts, such as online and live",
            Self::Read => "Read and accepted, each version anew",
        }
    }
}

/// How something is required, with its figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Once, and it counts for good.
    Once,
    /// Again, so many months after it was done last.
    Every {
        /// At least one.
        months: u16,
    },
    /// So many minutes within so many months.
    Hours {
        /// At least one.
        minutes: u32,
        /// At least one.
        months: u16,
    },
    /// All of several parts. The whole is as old as its oldest part.
    Parts {
        /// Two or more, each called something else.
        parts: Vec<String>,
        /// After how many months each is done again; none where once is enough.
        months: Option<u16>,
    },
    /// A policy: read and accepted by each for themself, as it reads now. Nobody else writes it down for them.
    Read {
        /// Which edition of its text, from one. A version that changes only of whom it is asked keeps the edition of
        /// the one before, so that nobody reads the same words twice.
        edition: u32,
    },
}

impl Rule {
    /// Which of the five it is.
    #[must_use]
    pub const fn kind(&self) -> RuleKind {
        match self {
            Self::Once => RuleKind::Once,
            Self::Every { .. } => RuleKind::Every,
            Self::Hours { .. } => RuleKind::Hours,
            Self::Parts { .. } => RuleKind::Parts,
            Self::Read { .. } => RuleKind::Read,
        }
    }

    /// What the parts are called, if there are any.
    #[must_use]
    pub fn parts(&self) -> &[String] {
        match self {
            Self::Parts { parts, .. } => parts,
            _ => &[],
        }
    }

    /// Which edition of a policy is to be read, if it is one.
    #[must_use]
    pub const fn edition(&self) -> Option<u32> {
        match self {
            Self::Read { edition } => Some(*edition),
            _ => None,
        }
    }

    /// "Every 12 months", "8 hours within 36 months".
    #[must_use]
    pub fn said(&self) -> String {
        match self {
            Self::Once => "Once".into(),
            Self::Every { months } => format!("Every {}", months_said(*months)),
            Self::Hours { minutes, months } => {
                format!("{} within {}", hours_said(*minutes), months_said(*months))
            }
            Self::Parts { parts, months } => {
                let again = months.map_or("once".into(), |it| format!("every {}", months_said(it)));
                format!("All of these, {again}: {}", parts.join("; "))
            }
            Self::Read { edition } => format!("To read and accept: version {edition}"),
        }
    }
}

fn months_said(months: u16) -> String {
    match months {
        1 => "month".into(),
        many => format!("{many} months"),
    }
}

/// "1 hour", "7 hours 30 minutes", "45 minutes".
#[must_use]
pub fn hours_said(minutes: u32) -> String {
    let some = |number: u32, what: &str| match number {
        1 => format!("1 {what}"),
        many => format!("{many} {what}s"),
    };
    match (minutes / 60, minutes % 60) {
        (0, minutes) => some(minutes, "minute"),
        (hours, 0) => some(hours, "hour"),
        (hours, minutes) => format!("{} {}", some(hours, "hour"), some(minutes, "minute")),
    }
}

/// What is required from a day on, until the next version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Counted from one.
    pub number: i64,
    /// The first day.
    pub from: NaiveDate,
    /// What it is called.
    pub title: String,
    /// From 1; 0 where there are no levels.
    pub level: u8,
    /// How it is required.
    pub rule: Rule,
    /// Of whom; of nobody any more if empty.
    pub asked_of: Vec<EngagementKind>,
    /// How many weeks people have from the first day on which it is asked of them, from a change, and after they come
    /// back.
    pub weeks: u16,
    /// Whether what somebody did for another organisation under the same code may count.
    pub accepts_others: bool,
    /// Whether whoever is to be one of these does it before they start.
    pub before_start: bool,
}

impl Version {
    /// "Safeguarding adults, level 2".
    #[must_use]
    pub fn called(&self) -> String {
        match self.level {
            0 => self.title.clone(),
            level => format!("{}, level {level}", self.title),
        }
    }

    /// The last day of the time that people have who begin on a day.
    fn time_from(&self, day: NaiveDate) -> NaiveDate {
        day.checked_add_days(Days::new(u64::from(self.weeks) * 7)).unwrap_or(NaiveDate::MAX)
    }
}

/// Something that an organisation requires, as it was and as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Requirement {
    /// The row's name.
    pub id: RequirementId,
    /// Who requires it.
    pub organisation: OrganisationId,
    /// Under what it is known, in this organisation and beyond.
    pub code: String,
    /// At least one. Each begins on the day of the one before or later.
    pub versions: Vec<Version>,
}

impl Requirement {
    /// What is in force on a day.
    #[must_use]
    pub fn on(&self, day: NaiveDate) -> Option<&Version> {
        self.versions.iter().rev().find(|it| it.from <= day)
    }

    /// What will be in force after a day and is not yet.
    #[must_use]
    pub fn coming(&self, day: NaiveDate) -> Option<&Version> {
        self.versions.last().filter(|it| it.from > day)
    }

    /// What is in force, or else what will be first.
    #[must_use]
    pub fn now_or_first(&self, day: NaiveDate) -> Option<&Version> {
        self.on(day).or_else(|| self.versions.first())
    }

    /// Whether it is a policy. It stays one.
    #[must_use]
    pub fn is_policy(&self) -> bool {
        self.versions.last().is_some_and(|it| it.rule.edition().is_some())
    }

    /// Which edition of a policy is in force on a day.
    #[must_use]
    pub fn edition_on(&self, day: NaiveDate) -> Option<u32> {
        self.on(day).and_then(|it| it.rule.edition())
    }

    /// Whether anybody is asked for it on a day.
    #[must_use]
    pub fn is_asked(&self, day: NaiveDate) -> bool {
        self.on(day).is_some_and(|it| !it.asked_of.is_empty())
    }
}
