//! Who supervises whom in one strand: a pair, or a group with whoever leads it. What both agree on, and every session,
//! belongs to one of these.

use chrono::NaiveDate;

use super::Strand;
use crate::people::{
    FieldFault, GroupLeader, NotWith, OrganisationId, PersonId, Purpose, StrandMember, StrandSupervisor,
    days_hold, ids, may_be_assigned,
};
use crate::typed::needed_line;

#[cfg(test)]
mod tests;

ids! {
    /// One pair or group in one strand.
    ArrangementId;
}

/// Whom it is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum With {
    /// One person.
    One(PersonId),
    /// A group of this name.
    Group(String),
}

impl With {
    /// What a group is called.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::One(_) => None,
            Self::Group(name) => Some(name),
        }
    }
}

/// A pair or a group, as it is kept. Dates are days in the organisation's own time zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrangement {
    pub id: ArrangementId,
    /// For whose people.
    pub organisation: OrganisationId,
    pub strand: Strand,
    /// Who supervises, or leads the group.
    pub supervisor: PersonId,
    /// For which organisation they act.
    pub comes_from: OrganisationId,
    pub with: With,
    /// The first day.
    pub from: NaiveDate,
    /// The last day, once it is over.
    pub ended_on: Option<NaiveDate>,
}

impl Arrangement {
    /// Whether it goes on today.
    #[must_use]
    pub fn is_open(&self, today: NaiveDate) -> bool {
        self.ended_on.is_none_or(|it| it >= today)
    }

    /// What somebody who belongs to it is in it.
    #[must_use]
    pub fn part_of(&self, person: PersonId) -> Part {
        if self.supervisor == person { Part::Supervisor } else { Part::Supervisee }
    }

    /// The other of a pair.
    #[must_use]
    pub const fn other(&self, part: Part) -> Option<PersonId> {
        match (&self.with, part) {
            (With::One(person), Part::Supervisor) => Some(*person),
            (With::One(_), Part::Supervisee) => Some(self.supervisor),
            (With::Group(_), _) => None,
        }
    }

    /// Somebody's last day in it, where they have one. `spells` are all that belong to it.
    #[must_use]
    pub fn last_day_of(&self, spells: &[Spell], person: PersonId) -> Option<NaiveDate> {
        let own = latest_of(spells, person).filter(|_| person != self.supervisor);
        own.map_or(self.ended_on, |it| it.to.or(self.ended_on))
    }

    /// Whether somebody who belongs to it still does, or will: what is agreed anew is theirs to agree to.
    #[must_use]
    pub fn goes_on_for(&self, spells: &[Spell], person: PersonId, today: NaiveDate) -> bool {
        self.last_day_of(spells, person).is_none_or(|last| last >= today)
    }

    /// Everybody for whom it goes on but `person`: who hears of what changes. Each once.
    #[must_use]
    pub fn others(&self, spells: &[Spell], person: PersonId, today: NaiveDate) -> Vec<PersonId> {
        let mut all: Vec<PersonId> = Vec::new();
        for it in spells.iter().map(|it| it.person).chain([self.supervisor]) {
            if it != person && !all.contains(&it) && self.goes_on_for(spells, it, today) {
                all.push(it);
            }
        }
        all
    }
}

/// From when to when somebody is supervised in it. Whoever comes back has another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spell {
    pub person: PersonId,
    pub from: NaiveDate,
    pub to: Option<NaiveDate>,
}

impl Spell {
    /// Whether they belong to it on a day. Both the first and the last day count.
    #[must_use]
    pub fn holds(&self, on: NaiveDate) -> bool {
        days_hold(self.from, self.to, on)
    }
}

/// The last time that somebody belonged to it, or belongs or will belong to it.
#[must_use]
pub fn latest_of(spells: &[Spell], person: PersonId) -> Option<&Spell> {
    spells.iter().filter(|it| it.person == person).max_by_key(|it| it.from)
}

/// Who belonged to it on a day, each once, in the order in which they are given.
#[must_use]
pub fn members_on(spells: &[Spell], on: NaiveDate) -> Vec<PersonId> {
    let mut there: Vec<PersonId> = Vec::new();
    for it in spells.iter().filter(|it| it.holds(on)) {
        if !there.contains(&it.person) {
            there.push(it.person);
        }
    }
    there
}

/// A pair or group that may be kept. Only the rules here make one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewArrangement {
    arrangement: Arrangement,
    spells: Vec<Spell>,
}

impl NewArrangement {
    #[must_use]
    pub const fn arrangement(&self) -> &Arrangement {
        &self.arrangement
    }

    /// Who belongs to it from the beginning.
    #[must_use]
    pub fn spells(&self) -> &[Spell] {
        &self.spells
    }
}

/// Somebody who can't be chosen. Why is told to nobody: the sentence would give away what somebody keeps to themself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("This person can't be chosen here.")]
pub struct CannotBeChosen;

/// Begins a pair in the strand that `by` holds. `not_with` is the list of whoever is supervised.
///
/// # Errors
/// [`CannotBeChosen`].
///
/// # Panics
/// If `not_with` is somebody else's list, which would be a bug.
pub fn pair(
    by: &StrandSupervisor,
    id: ArrangementId,
    from: NaiveDate,
    not_with: &NotWith,
) -> Result<NewArrangement, CannotBeChosen> {
    let person = by.supervisee();
    assert!(not_with.person() == person, "somebody else's not-with list was asked");
    if !by.strand().is_for_two() || !may_be_assigned(Purpose::Supervise, by.person(), not_with) {
        return Err(CannotBeChosen);
    }
    let arrangement = Arrangement {
        id,
        organisation: by.organisation(),
        strand: by.strand(),
        supervisor: by.person(),
        comes_from: by.comes_from(),
        with: With::One(person),
        from,
        ended_on: None,
    };
    Ok(NewArrangement { arrangement, spells: vec![Spell { person, from, to: None }] })
}

/// The longest name of a group, in characters.
const LONGEST_NAME: usize = 80;

/// Begins a group in a strand, with nobody in it yet.
///
/// # Errors
/// What has to be put right.
pub fn lead(
    by: &GroupLeader,
    (id, strand): (ArrangementId, Strand),
    name: &str,
    from: NaiveDate,
) -> Result<NewArrangement, Vec<FieldFault>> {
    let mut faults = Vec::new();
    let missing = ("name", "Write what the group is called, such as: Tuesday group.");
    let name = needed_line(name, LONGEST_NAME, missing, &mut faults);
    if !strand.is_for_a_group() {
        let remedy = "A group does not meet in this kind. Begin with a group in another one.".into();
        faults.push(FieldFault { field: "name", remedy });
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let arrangement = Arrangement {
        id,
        organisation: by.organisation(),
        strand,
        supervisor: by.person(),
        comes_from: by.organisation(),
        with: With::Group(name),
        from,
        ended_on: None,
    };
    Ok(NewArrangement { arrangement, spells: Vec::new() })
}

/// The days that somebody reads along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Days {
    /// Every day.
    All,
    /// Those on which they were a member.
    Within(Vec<Spell>),
}

impl Days {
    /// Whether a day is among them.
    #[must_use]
    pub fn contain(&self, on: NaiveDate) -> bool {
        match self {
            Self::All => true,
            Self::Within(spells) => spells.iter().any(|it| it.holds(on)),
        }
    }
}

/// Of which days somebody reads what is shared: in a pair of all, in a group of those on which they were a member, and
/// whoever leads it of all.
#[must_use]
pub fn days_of(by: &StrandMember, arrangement: &Arrangement, spells: &[Spell]) -> Days {
    match (&arrangement.with, by.part()) {
        (With::One(_), _) | (With::Group(_), Part::Supervisor) => Days::All,
        (With::Group(_), Part::Supervisee) => {
            Days::Within(spells.iter().filter(|it| it.person == by.person()).copied().collect())
        }
    }
}

/// What somebody is in a strand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Who supervises, or leads the group.
    Supervisor,
    /// Who is supervised.
    Supervisee,
}
