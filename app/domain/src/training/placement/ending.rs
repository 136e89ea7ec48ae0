//! A placement that ends earlier than was arranged. What was done on it stays, and whoever looks after it still agrees it;
//! somebody else may look after another placement from the next day on.

use chrono::NaiveDate;

use super::{Placement, PlacementId};
use crate::day::TypedDay;
use crate::people::{FieldFault, PersonId, TrainingCoordinator};
use crate::personal::Personal;
use crate::typed::{kept, needed_line};

/// The longest reason, in characters. Our choice: a few words.
pub const LONGEST_WHY: usize = 60;

/// What was typed about it.
#[derive(Clone, Copy, Debug)]
pub struct EndForm<'a> {
    /// The fields of the last day.
    pub on: TypedDay<'a>,
    /// The field `why`.
    pub why: &'a str,
    /// Whether they have looked again at what seems personal.
    pub is_looked_at: bool,
}

/// What is known of a placement that is to end.
#[derive(Clone, Copy, Debug)]
pub struct Ending<'a> {
    /// The placement as it is now.
    pub placement: &'a Placement,
    /// The latest day of which hours were told.
    pub last_told: Option<NaiveDate>,
    /// Whether it was ended early before.
    pub is_ended: bool,
}

/// A placement that ends early. Only [`end`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    placement: PlacementId,
    person: PersonId,
    by: PersonId,
    on: NaiveDate,
    was_to: NaiveDate,
    why: String,
}

impl Ended {
    /// Which.
    #[must_use]
    pub const fn placement(&self) -> PlacementId {
        self.placement
    }

    /// Whose.
    #[must_use]
    pub const fn person(&self) -> PersonId {
        self.person
    }

    /// Who ends it.
    #[must_use]
    pub const fn by(&self) -> PersonId {
        self.by
    }

    /// The last day.
    #[must_use]
    pub const fn on(&self) -> NaiveDate {
        self.on
    }

    /// What the last day was.
    #[must_use]
    pub const fn was_to(&self) -> NaiveDate {
        self.was_to
    }

    /// Why, in a few words.
    #[must_use]
    pub fn why(&self) -> &str {
        &self.why
    }
}

/// Why it does not end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotEnded {
    /// It is their own, or of another organisation.
    NotTheirs,
    /// It was ended early before, and that stays.
    Already,
    /// Something in the reason looks personal. It may stay, once whoever wrote it has looked again.
    Personal(Personal),
    /// Something has to be put right.
    Faults(Vec<FieldFault>),
}

/// Ends a placement early.
///
/// # Errors
/// [`NotEnded`].
pub fn end(by: &TrainingCoordinator, ending: Ending<'_>, form: &EndForm<'_>) -> Result<Ended, NotEnded> {
    let Ending { placement, last_told, is_ended } = ending;
    if by.person() == placement.person || by.organisation() != placement.organisation {
        return Err(NotEnded::NotTheirs);
    }
    if is_ended {
        return Err(NotEnded::Already);
    }
    let mut faults = Vec::new();
    let on = kept(form.on.needed(), "on_day", &mut faults);
    let said = |it: NaiveDate| it.format("%-d %B %Y").to_string();
    if let Some(on) = on {
        let told = last_told.filter(|it| *it > on);
        let remedy = match told {
            _ if !(placement.from..placement.to).contains(&on) => {
                let (from, to) = (said(placement.from), said(placement.to));
                Some(format!("Choose a day from {from} on and before {to}, on which it ends anyway."))
            }
            Some(told) => {
                Some(format!("Hours of {} are written down. Choose that day or a later one.", said(told)))
            }
            None => None,
        };
        faults.extend(remedy.map(|remedy| FieldFault { field: "on_day", remedy }));
    }
    let missing = ("why", "Write in a few words why, such as: moves to another site.");
    let why = needed_line(form.why, LONGEST_WHY, missing, &mut faults);
    match on {
        Some(on) if faults.is_empty() => {
            if let Some(like) = Personal::in_text(&why).filter(|_| !form.is_looked_at) {
                return Err(NotEnded::Personal(like));
            }
            let (by, was_to) = (by.person(), placement.to);
            Ok(Ended { placement: placement.id, person: placement.person, by, on, was_to, why })
        }
        _ => Err(NotEnded::Faults(faults)),
    }
}
