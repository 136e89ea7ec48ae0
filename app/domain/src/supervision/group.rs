//! The members of a group: who joins it, and who leaves.

use chrono::{Months, NaiveDate};

use super::arrangement::{Arrangement, CannotBeChosen, Part, Spell, With, latest_of, members_on};
use crate::day::TypedDay;
use crate::people::{
    Engagement, EngagementKind, FieldFault, NotWith, PersonId, Purpose, StrandMember, may_be_assigned,
};
use crate::typed::kept;

#[cfg(test)]
mod tests;

/// How many members leave time for everybody. More are let in, with a word about it. Our choice, from what training
/// schemes and providers plan with: three to ten.
pub const LEAVES_TIME_FOR: usize = 8;
/// The most at one time. Our choice: they all stand in one form.
pub const MOST_MEMBERS: usize = 40;
/// How far from today somebody may join or leave, before or after.
const WITHIN: Months = Months::new(24);

/// That somebody joins. Only [`join`] makes one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewSpell(Spell);

impl NewSpell {
    #[must_use]
    pub const fn spell(&self) -> &Spell {
        &self.0
    }
}

/// Why somebody does not join.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotJoined {
    /// They have, on that very day, as after a second tap.
    Already,
    /// What has to be put right.
    Faults(Vec<FieldFault>),
}

/// Whether somebody who is this to an organisation is supervised there in groups: everybody but those who only learn
/// or have only applied.
#[must_use]
pub const fn is_supervised(kind: EngagementKind) -> bool {
    !matches!(kind, EngagementKind::Learner | EngagementKind::Applicant)
}

/// Somebody joins a group. `engagements` are what they are to its organisation today, and `not_with` is their list.
///
/// # Errors
/// [`NotJoined`].
///
/// # Panics
/// If `not_with` is somebody else's list, which would be a bug.
pub fn join(
    by: &StrandMember,
    (arrangement, spells): (&Arrangement, &[Spell]),
    (person, engagements, not_with): (PersonId, &[Engagement], &NotWith),
    (from, today): (TypedDay<'_>, NaiveDate),
) -> Result<NewSpell, NotJoined> {
    assert!(not_with.person() == person, "somebody else's not-with list was asked");
    let mut faults = Vec::new();
    let is_theirs = |it: &Engagement| {
        it.person == person
            && it.organisation == arrangement.organisation
            && it.is_current(today)
            && is_supervised(it.kind)
    };
    let may = by.part() == Part::Supervisor
        && matches!(arrangement.with, With::Group(_))
        && person != arrangement.supervisor
        && engagements.iter().any(is_theirs)
        && may_be_assigned(Purpose::Supervise, arrangement.supervisor, not_with);
    if !may {
        faults.push(FieldFault { field: "person", remedy: CannotBeChosen.to_string() });
    }
    let Some(from) = kept(from.needed(), "from_day", &mut faults) else {
        return Err(NotJoined::Faults(faults));
    };
    let mut theirs = spells.iter().filter(|it| it.person == person);
    if theirs.clone().any(|it| it.from == from) {
        return Err(NotJoined::Already);
    }
    let mut fault = |remedy: String| faults.push(FieldFault { field: "from_day", remedy });
    if theirs.any(|it| it.to.is_none_or(|last| last >= from)) {
        fault(
            "They belong to the group on that day, or come to it later. Choose a day after their last one."
                .to_owned(),
        );
    }
    if from < arrangement.from {
        let first = arrangement.from.format("%-d %B %Y");
        fault(format!("The group begins on {first}. Choose that day or a later one."));
    }
    if is_far(from, today) {
        fault("Choose a day within two years of today.".to_owned());
    }
    if arrangement.ended_on.is_some_and(|last| from > last) {
        fault("The group has ended by then.".to_owned());
    }
    if members_on(spells, from).len() >= MOST_MEMBERS {
        fault(format!("{MOST_MEMBERS} people belong to the group on that day. Begin a second one."));
    }
    match faults.is_empty() {
        true => Ok(NewSpell(Spell { person, from, to: None })),
        false => Err(NotJoined::Faults(faults)),
    }
}

fn is_far(day: NaiveDate, today: NaiveDate) -> bool {
    day < today - WITHIN || day > today.checked_add_months(WITHIN).unwrap_or(NaiveDate::MAX)
}

/// That somebody leaves. Only [`leave`] makes one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EndedSpell {
    spell: Spell,
    last: NaiveDate,
}

impl EndedSpell {
    /// As it was.
    #[must_use]
    pub const fn spell(&self) -> &Spell {
        &self.spell
    }

    /// Their last day.
    #[must_use]
    pub const fn last(&self) -> NaiveDate {
        self.last
    }
}

/// Somebody leaves a group on a last day. `written_on` is the last day of which it is written down whether they came.
///
/// # Errors
/// What has to be put right.
pub fn leave(
    by: &StrandMember,
    (arrangement, spells, person): (&Arrangement, &[Spell], PersonId),
    (last, today): (TypedDay<'_>, NaiveDate),
    written_on: Option<NaiveDate>,
) -> Result<EndedSpell, Vec<FieldFault>> {
    let mut faults = Vec::new();
    let spell = latest_of(spells, person).filter(|_| by.part() == Part::Supervisor).copied();
    if spell.is_none() {
        faults.push(FieldFault { field: "last_day", remedy: "They do not belong to this group.".into() });
    }
    let last = kept(last.needed(), "last_day", &mut faults);
    let (Some(spell), Some(last)) = (spell, last) else { return Err(faults) };
    let said = |it: NaiveDate| it.format("%-d %B %Y").to_string();
    let mut fault = |remedy: String| faults.push(FieldFault { field: "last_day", remedy });
    if last < spell.from {
        fault(format!("They joined on {}. Choose that day or a later one.", said(spell.from)));
    } else if let Some(written) = written_on.filter(|it| last < *it && spell.holds(*it)) {
        let written = said(written);
        fault(format!("It is written down whether they came on {written}. Choose that day or a later one."));
    } else if let Some(end) = arrangement.ended_on.filter(|it| last > *it) {
        fault(format!("The group itself ends on {}. Choose that day or an earlier one.", said(end)));
    } else if is_far(last, today) {
        fault("Choose a day within two years of today.".to_owned());
    }
    if faults.is_empty() { Ok(EndedSpell { spell, last }) } else { Err(faults) }
}
