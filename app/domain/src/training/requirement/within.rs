//! How long what was done counts. Months are counted as people count them: what was done on the 31st counts until the
//! last day of a shorter month, and what was done on 29 February until 28 February in most years.

use chrono::{Months, NaiveDate};

use super::{Done, Facts, Rule};

/// Until when something counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cover {
    /// It has never been done as it is asked for.
    Never,
    /// The last day on which it counts, or counted.
    Until(NaiveDate),
    /// It counts for good.
    Always,
}

impl Cover {
    /// Whether it counts on a day.
    #[must_use]
    pub fn holds_on(self, day: NaiveDate) -> bool {
        match self {
            Self::Never => false,
            Self::Until(last) => day <= last,
            Self::Always => true,
        }
    }
}

/// The last day on which something counts that was done on a day and is good for so many months.
#[must_use]
pub fn counts_until(day: NaiveDate, months: u16) -> NaiveDate {
    day.checked_add_months(Months::new(months.into())).unwrap_or(NaiveDate::MAX)
}

/// Until when what was done by a day counts under a rule.
#[must_use]
pub fn covered(rule: &Rule, facts: &Facts<'_>, by: NaiveDate) -> Cover {
    let done = || facts.done.iter().filter(move |it| it.on <= by);
    match rule {
        Rule::Once => done().next().map_or(Cover::Never, |_| Cover::Always),
        Rule::Every { months } => {
            let last = done().map(|it| it.on).max();
            last.map_or(Cover::Never, |it| Cover::Until(counts_until(it, *months)))
        }
        Rule::Hours { minutes, months } => {
            let all: Vec<_> = done().collect();
            // It stops being enough only on a day on which something stops to count: the latest of those on which
            // what still counts is enough.
            let enough = |last: NaiveDate, first: NaiveDate| {
                let counts = all.iter().filter(|it| first <= it.on && it.on <= last);
                counts.map(|it| u64::from(it.minutes)).sum::<u64>() >= u64::from(*minutes)
            };
            let lasts = all.iter().map(|it| (counts_until(it.on, *months), it.on));
            let last = lasts.filter(|(last, first)| enough(*last, *first)).map(|it| it.0).max();
            last.map_or(Cover::Never, Cover::Until)
        }
        Rule::Parts { parts, months } => {
            let last = |part: &String| done().filter(|it| it.part == *part).map(|it| it.on).max();
            // As old as its oldest part.
            let oldest =
                parts.iter().map(last).collect::<Option<Vec<_>>>().and_then(|it| it.into_iter().min());
            match (oldest, months) {
                (None, _) => Cover::Never,
                (Some(_), None) => Cover::Always,
                (Some(oldest), Some(months)) => Cover::Until(counts_until(oldest, *months)),
            }
        }
        Rule::Read { edition } => {
            let accepted = || facts.accepted.iter().filter(|it| it.on <= by);
            match accepted().any(|it| it.edition == *edition) {
                true => Cover::Always,
                // It reads otherwise since: what was accepted before counts on no day any more.
                false => {
                    accepted().filter_map(|it| it.on.pred_opt()).max().map_or(Cover::Never, Cover::Until)
                }
            }
        }
    }
}

/// How much of it counts on a day, and how much is asked: minutes, parts, or editions of a policy. Nothing for what is
/// done in one go.
#[must_use]
pub(super) fn progress(rule: &Rule, facts: &Facts<'_>, today: NaiveDate) -> Option<(u32, u32)> {
    let counts = |it: &&Done, months: Option<u16>| {
        it.on <= today && months.is_none_or(|months| today <= counts_until(it.on, months))
    };
    match rule {
        Rule::Once | Rule::Every { .. } => None,
        Rule::Hours { minutes, months } => {
            let there = facts.done.iter().filter(|it| counts(it, Some(*months))).map(|it| it.minutes);
            Some((there.fold(0, u32::saturating_add), *minutes))
        }
        Rule::Parts { parts, months } => {
            let is_there =
                |part: &&String| facts.done.iter().any(|it| it.part == **part && counts(&it, *months));
            let there = parts.iter().filter(is_there).count();
            Some((u32::try_from(there).unwrap_or(u32::MAX), u32::try_from(parts.len()).unwrap_or(u32::MAX)))
        }
        Rule::Read { edition } => {
            let accepted = facts.accepted.iter().filter(|it| it.on <= today).map(|it| it.edition);
            Some((accepted.max().unwrap_or(0), *edition))
        }
    }
}
