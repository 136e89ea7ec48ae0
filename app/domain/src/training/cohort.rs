//! A cohort: a group that goes through a programme together, with its tutors, its days and its places.

mod competences;
pub mod figures;
mod notes;
mod places;
mod session;
mod team;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;

use super::timetable::Rhythm;
use crate::day::TypedDay;
use crate::people::{FieldFault, OrganisationId, TrainingCoordinator, ids, line};
use crate::typed::number;

pub use competences::{ChosenFramework, choose_framework, covered};
pub use notes::{Accreditation, Adjustment, LONGEST_WHY, NoteRefused, accredit, adjust};
pub(super) use places::carry;
pub use places::{GivenPlace, NoPlace, PlaceState, Places, closed_up, give, move_place};
pub use session::{MovedSession, SessionForm, Where, WhereForm, has_tutors_enough, move_session};
pub use team::{ChosenTutors, MOST_TUTORS, NotChosen, Team, choose_tutors};

use session::read_where;

ids! {
    /// A group that goes through a programme.
    CohortId;
    /// A session as one group holds it.
    CohortSessionId;
}

/// What a group is called and how it is held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    pub name: String,
    pub places: u16,
    /// Of a hundred minutes, how many one is there for, caught up included, to complete the programme.
    pub least_percent: u8,
}

/// The longest name of a group, and of a place, in characters. Our choice: a line of print.
pub const LONGEST_NAME: usize = 80;
/// The most places. Our choice: more is no group.
pub const MOST_PLACES: u16 = 60;

/// What was typed about a group.
#[derive(Clone, Copy, Debug)]
pub struct TermsForm<'a> {
    /// The field `name`.
    pub name: &'a str,
    /// The field `places`.
    pub places: &'a str,
    /// The field `least`; empty for what the programme says.
    pub least: &'a str,
}

/// What was typed about when and where a group meets.
#[derive(Clone, Copy, Debug)]
pub struct DaysForm<'a> {
    /// The fields `first_day`, `first_month` and `first_year`.
    pub first: TypedDay<'a>,
    /// The field `rhythm`.
    pub rhythm: &'a str,
    /// The fields of the place.
    pub place: WhereForm<'a>,
}

/// Terms that may be kept. Only [`begin`] and [`settle`] make them.
#[derive(Debug, PartialEq, Eq)]
pub struct KeptTerms(Terms);

impl KeptTerms {
    /// What is kept.
    #[must_use]
    pub const fn terms(&self) -> &Terms {
        &self.0
    }
}

/// A group that may be begun. Only [`begin`] makes one.
#[derive(Debug, PartialEq, Eq)]
pub struct NewCohort {
    organisation: OrganisationId,
    terms: KeptTerms,
    days: Vec<NaiveDate>,
    held: Where,
}

impl NewCohort {
    /// Whose group it is.
    #[must_use]
    pub const fn organisation(&self) -> OrganisationId {
        self.organisation
    }

    /// What it is called and how it is held.
    #[must_use]
    pub const fn terms(&self) -> &Terms {
        self.terms.terms()
    }

    /// A day for each session.
    #[must_use]
    pub fn days(&self) -> &[NaiveDate] {
        &self.days
    }

    /// At which hour and where all of them are held to begin with.
    #[must_use]
    pub const fn held(&self) -> &Where {
        &self.held
    }
}

/// Begins a group for a programme of so many `sessions`, of which one is there for `least_percent` in a hundred minutes
/// unless the form says otherwise.
///
/// # Errors
/// Every field that has to be put right.
pub fn begin(
    by: &TrainingCoordinator,
    terms: &TermsForm<'_>,
    days: &DaysForm<'_>,
    (sessions, least_percent): (usize, u8),
) -> Result<NewCohort, Vec<FieldFault>> {
    let mut faults = Vec::new();
    let terms = read_terms(terms, least_percent, 0, &mut faults);
    let first = days.first.needed().map_err(|why| {
        faults.push(FieldFault { field: "first_day", remedy: why.to_string() });
    });
    let rhythm = Rhythm::parse(days.rhythm);
    if rhythm.is_none() {
        faults.push(FieldFault { field: "rhythm", remedy: "Choose how often the group meets.".into() });
    }
    let held = read_where(&days.place, &mut faults);
    match (terms, first, rhythm, held) {
        (Some(terms), Ok(first), Some(rhythm), Some(held)) if faults.is_empty() => Ok(NewCohort {
            organisation: by.organisation(),
            terms: KeptTerms(terms),
            days: super::timetable::days(first, rhythm, sessions),
            held,
        }),
        _ => Err(faults),
    }
}

/// Changes what a group is called and how it is held, while so many places are `taken`.
///
/// # Errors
/// Every field that has to be put right.
pub fn settle(
    _by: &TrainingCoordinator,
    form: &TermsForm<'_>,
    (least_percent, taken): (u8, usize),
) -> Result<KeptTerms, Vec<FieldFault>> {
    let mut faults = Vec::new();
    match read_terms(form, least_percent, taken, &mut faults) {
        Some(terms) if faults.is_empty() => Ok(KeptTerms(terms)),
        _ => Err(faults),
    }
}

fn read_terms(
    form: &TermsForm<'_>,
    least_percent: u8,
    taken: usize,
    faults: &mut Vec<FieldFault>,
) -> Option<Terms> {
    let mut fault = |field, remedy: String| faults.push(FieldFault { field, remedy });
    let name = said(form.name, LONGEST_NAME);
    let name = match name {
        Ok(name) if name.is_empty() => {
            fault("name", "Write what the group is called, such as Spring 2027.".into());
            None
        }
        Ok(name) => Some(name),
        Err(remedy) => {
            fault("name", remedy);
            None
        }
    };
    let places = number(form.places).filter(|it| (1..=MOST_PLACES).contains(it));
    match places {
        None => fault("places", format!("Write how many people fit, from 1 to {MOST_PLACES}.")),
        Some(places) if usize::from(places) < taken => {
            fault("places", format!("{taken} places are taken: write at least {taken}."));
        }
        Some(_) => {}
    }
    let least = match form.least.trim().trim_end_matches('%').trim_end() {
        "" => Some(least_percent),
        typed => number(typed).and_then(|it| u8::try_from(it).ok()).filter(|it| (1..=100).contains(it)),
    };
    if least.is_none() {
        fault("least", "Write a whole number from 1 to 100, or leave it empty.".into());
    }
    Some(Terms { name: name?, places: places?, least_percent: least? })
}

/// A line that may be empty.
fn said(typed: &str, longest: usize) -> Result<String, String> {
    if typed.trim().is_empty() {
        return Ok(String::new());
    }
    line(typed, longest).map(ToOwned::to_owned).map_err(|why| why.to_string())
}
