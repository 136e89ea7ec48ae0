//! From co-facilitating a group to leading one, step by step, with somebody registered who guides it. Whoever looks
//! after the placement records each step; nothing of it is taken back.

use chrono::NaiveDate;

use super::placement::Placement;
use crate::day::TypedDay;
use crate::people::{FieldFault, PersonId, PlacementSupervisor, Relationship, RelationshipKind, words};
use crate::personal::Personal;
use crate::typed::{kept, several_lines};

#[cfg(test)]
mod tests;

words! {
    /// A step towards leading a group.
    pub enum Rung {
        /// They led a group together with somebody.
        CoFacilitated = "co_facilitated",
        /// They led one with the guide in the room.
        LedWithGuide = "led_with_guide",
        /// They lead one, and the guide is there to turn to.
        Leads = "leads",
    }
}

impl Rung {
    /// What people read.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::CoFacilitated => "Co-facilitated a group",
            Self::LedWithGuide => "Led a group with the guide in the room",
            Self::Leads => "Leads a group, with the guide to turn to",
        }
    }
}

/// The longest reason, in characters. Our choice: two sentences.
const LONGEST_WHY: usize = 300;

/// A step as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Climbed {
    pub rung: Rung,
    pub day: NaiveDate,
    /// The registered guide.
    pub guide: PersonId,
    /// Why a step was left out before it; it may be empty.
    pub why: String,
}

/// What was typed.
#[derive(Clone, Copy, Debug)]
pub struct RungForm<'a> {
    pub rung: &'a str,
    pub day: TypedDay<'a>,
    pub guide: &'a str,
    pub why: &'a str,
    /// They have looked again at what looked personal.
    pub is_looked_at: bool,
}

/// A step that may be kept. Only [`climb`] makes one.
#[derive(Debug, PartialEq, Eq)]
pub struct NewRung {
    climbed: Climbed,
    by: PersonId,
}

impl NewRung {
    /// What is kept.
    #[must_use]
    pub const fn climbed(&self) -> &Climbed {
        &self.climbed
    }

    /// Who recorded it.
    #[must_use]
    pub const fn by(&self) -> PersonId {
        self.by
    }
}

/// Why a step is not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotClimbed {
    /// It was recorded already, as after a second tap.
    Already,
    /// Something has to be put right.
    Faults(Vec<FieldFault>),
    /// The reason looks as if it told who somebody is. It may stay, once it was looked at again.
    Personal(Personal),
}

/// The steps that are left, in order.
#[must_use]
pub fn rungs_left(climbed: &[Climbed]) -> Vec<Rung> {
    let highest = climbed.iter().map(|it| it.rung).max();
    Rung::ALL.into_iter().filter(|it| highest.is_none_or(|highest| *it > highest)).collect()
}

/// Who may be named as the guide on a day: whoever guides the person for the placement's organisation then, or leads the
/// clinical side of what they do.
pub fn guides<'a>(
    placement: &'a Placement,
    theirs: &'a [Relationship],
    on: NaiveDate,
) -> impl Iterator<Item = PersonId> + use<'a> {
    let guides = move |it: &&Relationship| {
        matches!(it.kind, RelationshipKind::Guide | RelationshipKind::ClinicalLead)
            && it.person == placement.person
            && it.organisation == placement.organisation
            && it.is_current(on)
    };
    theirs.iter().filter(guides).map(|it| it.holder)
}

/// Records a step. `theirs` is what others are to the person.
///
/// # Errors
/// [`NotClimbed`].
pub fn climb(
    by: &PlacementSupervisor,
    (placement, climbed): (&Placement, &[Climbed]),
    form: &RungForm<'_>,
    theirs: &[Relationship],
    today: NaiveDate,
) -> Result<NewRung, NotClimbed> {
    let rung = Rung::parse(form.rung);
    if rung.is_some_and(|rung| climbed.iter().any(|it| it.rung == rung)) {
        return Err(NotClimbed::Already);
    }
    let left = rungs_left(climbed);
    let mut faults = Vec::new();
    let rung = rung.filter(|it| left.contains(it));
    if rung.is_none() {
        faults.push(FieldFault { field: "rung", remedy: "Choose the step.".into() });
    }
    let day = kept(form.day.needed(), "day", &mut faults);
    let before = climbed.iter().map(|it| it.day).max();
    let day = day.filter(|day| {
        let remedy = match () {
            () if *day > today => Some("Choose today or a day before."),
            () if *day < placement.from => Some("Choose a day on which the placement was going on."),
            () if before.is_some_and(|it| it > *day) => {
                Some("Choose a day that is not before the last step.")
            }
            () => None,
        };
        faults.extend(remedy.map(|it| FieldFault { field: "day", remedy: it.into() }));
        remedy.is_none()
    });
    let guide = form
        .guide
        .parse()
        .ok()
        .filter(|guide| guides(placement, theirs, day.unwrap_or(today)).any(|it| it == *guide));
    if guide.is_none() {
        faults.push(FieldFault {
            field: "guide",
            remedy: "Choose who guided it on that day, from the list.".into(),
        });
    }
    let why = several_lines(form.why, LONGEST_WHY, "why", &mut faults);
    let skips = rung.is_some_and(|it| left.first() != Some(&it));
    if skips && why.is_empty() {
        faults.push(FieldFault { field: "why", remedy: "Say in a word why a step was left out.".into() });
    }
    let (Some(rung), Some(day), Some(guide), true) = (rung, day, guide, faults.is_empty()) else {
        return Err(NotClimbed::Faults(faults));
    };
    match Personal::in_text(&why).filter(|_| !form.is_looked_at) {
        Some(it) => Err(NotClimbed::Personal(it)),
        None => Ok(NewRung { climbed: Climbed { rung, day, guide, why }, by: by.person() }),
    }
}
