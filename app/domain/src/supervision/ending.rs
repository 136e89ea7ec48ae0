//! Ending a pair or group. What was agreed and written down stays; whoever belonged to it reads it still.

use chrono::{Months, NaiveDate};

use super::arrangement::{Arrangement, ArrangementId, Part};
use crate::day::TypedDay;
use crate::people::{FieldFault, StrandMember};
use crate::typed::kept;

#[cfg(test)]
mod tests;

/// How far ahead a last day may be. Our choice.
const ENDS_WITHIN: Months = Months::new(12);

/// That a pair or group ends. Only [`end`] makes one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ended {
    arrangement: ArrangementId,
    last: NaiveDate,
}

impl Ended {
    #[must_use]
    pub const fn arrangement(&self) -> ArrangementId {
        self.arrangement
    }

    /// Its last day, and that of everybody who still belongs to it.
    #[must_use]
    pub const fn last(&self) -> NaiveDate {
        self.last
    }
}

/// Why it does not end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotEnded {
    /// It has a last day already, as after a second tap.
    Already,
    /// What has to be put right.
    Faults(Vec<FieldFault>),
}

/// Whether somebody may end it: whoever supervises or leads.
#[must_use]
pub fn may_end(by: &StrandMember) -> bool {
    by.part() == Part::Supervisor
}

/// Ends a pair or group on a last day. `written_on` is the last day on which a session is written down, `planned` are
/// the days of those that are planned, and `calls_off` says that those after the last day do not take place.
///
/// # Errors
/// [`NotEnded`].
///
/// # Panics
/// If somebody ends it who may not ([`may_end`]), which would be a bug.
pub fn end(
    by: &StrandMember,
    arrangement: &Arrangement,
    (last, today): (TypedDay<'_>, NaiveDate),
    (written_on, planned, calls_off): (Option<NaiveDate>, &[NaiveDate], bool),
) -> Result<Ended, NotEnded> {
    assert!(may_end(by), "somebody else ends it");
    if arrangement.ended_on.is_some() {
        return Err(NotEnded::Already);
    }
    let mut faults = Vec::new();
    let last = kept(last.needed(), "last_day", &mut faults);
    let said = |it: NaiveDate| it.format("%-d %B %Y").to_string();
    let latest = today.checked_add_months(ENDS_WITHIN).unwrap_or(NaiveDate::MAX);
    let remedy = match last {
        Some(last) if last < arrangement.from => {
            Some(format!("It begins on {}. Choose that day or a later one.", said(arrangement.from)))
        }
        Some(last) if written_on.is_some_and(|it| it > last) => {
            let written = said(written_on.unwrap_or(last));
            Some(format!("You met on {written}. Choose that day or a later one."))
        }
        Some(last) if last > latest => Some("Choose a day within a year of today.".to_owned()),
        _ => None,
    };
    faults.extend(remedy.map(|remedy| FieldFault { field: "last_day", remedy }));
    let after = last.map_or(0, |last| planned.iter().filter(|it| **it > last).count());
    if after > 0 && !calls_off {
        let remedy = match after {
            1 => "A session is planned after that day. Say that it is called off, or choose a later day."
                .to_owned(),
            more => format!(
                "{more} sessions are planned after that day. Say that they are called off, or choose a later day."
            ),
        };
        faults.push(FieldFault { field: "calls_off", remedy });
    }
    match last {
        Some(last) if faults.is_empty() => Ok(Ended { arrangement: arrangement.id, last }),
        _ => Err(NotEnded::Faults(faults)),
    }
}
