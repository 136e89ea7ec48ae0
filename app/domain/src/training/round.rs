//! Rounds: from which day to which an organisation takes applications, for how many places, and for what.

use chrono::NaiveDate;

use super::interest::WantedRole;
use crate::day::TypedDay;
use crate::own_words::NotTaken;
use crate::own_words::{Next, Revised, revise};
use crate::people::{FieldFault, OrganisationId, TrainingCoordinator, ids, words};
use crate::typed::{kept, needed_line};

#[cfg(test)]
pub(super) mod tests;

/// The longest name, in characters.
const LONGEST_NAME: usize = 80;
/// The longest sentence, in characters.
const LONGEST_SENTENCE: usize = 300;
/// The most places. Our choice: the largest programmes train a few dozen at a time.
const MOST_PLACES: u32 = 500;

ids! {
    /// One round.
    RoundId;
}

words! {
    /// For what kind of role a round is.
    pub enum RoundRole {
        /// For volunteers.
        Volunteer = "volunteer",
        /// For paid workers.
        Paid = "paid",
        /// For both.
        Both = "both",
    }
}

impl RoundRole {
    /// What people read.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Volunteer => "Volunteers",
            Self::Paid => "Paid workers",
            Self::Both => "Volunteers and paid workers",
        }
    }

    /// Who asked to be told of it. Whoever is not sure is told of all.
    #[must_use]
    pub const fn wanted_by(self) -> &'static [WantedRole] {
        match self {
            Self::Volunteer => &[WantedRole::Volunteer, WantedRole::Either, WantedRole::NotSure],
            Self::Paid => &[WantedRole::Paid, WantedRole::Either, WantedRole::NotSure],
            Self::Both => &WantedRole::ALL,
        }
    }
}

/// What is said of a round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoundAbout {
    /// What it is called.
    pub name: String,
    /// What it is, in a sentence.
    pub sentence: String,
    /// The first day on which applications are taken.
    pub opens: NaiveDate,
    /// The last.
    pub closes: NaiveDate,
    /// How many can be offered a place.
    pub places: u32,
    /// For what kind of role.
    pub role: RoundRole,
}

/// A round as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Round {
    /// The row's name.
    pub id: RoundId,
    /// Whose it is.
    pub organisation: OrganisationId,
    /// What is said of it.
    pub about: Revised<RoundAbout>,
    /// Counts how often its criteria were kept.
    pub criteria: i64,
    /// Whether it was opened. Until then only coordinators see it.
    pub is_opened: bool,
}

impl Round {
    /// Whether applications are taken on a day.
    #[must_use]
    pub fn takes(&self, today: NaiveDate) -> bool {
        let about = &self.about.value;
        self.is_opened && about.opens <= today && today <= about.closes
    }

    /// Whether it is in the past.
    #[must_use]
    pub fn is_over(&self, today: NaiveDate) -> bool {
        self.about.value.closes < today
    }
}

/// What was typed.
#[derive(Clone, Copy, Debug)]
pub struct RoundForm<'a> {
    /// The field `name`.
    pub name: &'a str,
    /// The field `sentence`.
    pub sentence: &'a str,
    /// The fields `opens_day`, `opens_month` and `opens_year`.
    pub opens: TypedDay<'a>,
    /// The fields `closes_day`, `closes_month` and `closes_year`.
    pub closes: TypedDay<'a>,
    /// The field `places`.
    pub places: &'a str,
    /// The field `role`.
    pub role: &'a str,
}

/// Takes what a coordinator typed about a round, on a page that showed the `seen` revision.
///
/// # Errors
/// [`NotTaken`].
pub fn keep_round(
    _by: &TrainingCoordinator,
    current: Option<&Revised<RoundAbout>>,
    form: &RoundForm<'_>,
    seen: i64,
) -> Result<Next<RoundAbout>, NotTaken> {
    let mut faults = Vec::new();
    let name = needed_line(form.name, LONGEST_NAME, ("name", "Write what the round is called."), &mut faults);
    let missing = "Write in a sentence what it is about.";
    let sentence = needed_line(form.sentence, LONGEST_SENTENCE, ("sentence", missing), &mut faults);
    let opens = kept(form.opens.needed(), "opens_day", &mut faults);
    let closes = kept(form.closes.needed(), "closes_day", &mut faults);
    if opens.zip(closes).is_some_and(|(opens, closes)| closes < opens) {
        let remedy = "Write a last day that is not before the first.".into();
        faults.push(FieldFault { field: "closes_day", remedy });
    }
    let places = form.places.trim();
    let is_figures = (1..=3).contains(&places.len()) && places.bytes().all(|it| it.is_ascii_digit());
    let places = places.parse().ok().filter(|it| is_figures && (1..=MOST_PLACES).contains(it));
    if places.is_none() {
        let remedy = format!("Write how many places there are, from 1 to {MOST_PLACES}.");
        faults.push(FieldFault { field: "places", remedy });
    }
    let role = RoundRole::parse(form.role);
    if role.is_none() {
        faults.push(FieldFault { field: "role", remedy: "Choose for whom it is.".into() });
    }
    match (opens, closes, places, role) {
        (Some(opens), Some(closes), Some(places), Some(role)) if faults.is_empty() => {
            Ok(revise(current, RoundAbout { name, sentence, opens, closes, places, role }, seen)?)
        }
        _ => Err(NotTaken::Faults(faults)),
    }
}

/// A round that may be opened. Only [`open`] makes one.
#[derive(Debug, PartialEq, Eq)]
pub struct Opened(RoundId);

impl Opened {
    /// Which.
    #[must_use]
    pub const fn round(&self) -> RoundId {
        self.0
    }
}

/// Why a round is not opened. The sentence says how to put it right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotOpened {
    /// It has been.
    #[error("This round was opened before. Nobody is written to a second time.")]
    Already,
    /// There is nothing to answer.
    #[error("Write at least one criterion first, so that people know what to answer.")]
    NoCriteria,
    /// Nobody could apply any more.
    #[error("Its last day is over. Change the days first.")]
    Over,
}

/// Opens a round that has so many `criteria`.
///
/// # Errors
/// [`NotOpened`].
pub fn open(
    _by: &TrainingCoordinator,
    round: &Round,
    criteria: usize,
    today: NaiveDate,
) -> Result<Opened, NotOpened> {
    if round.is_opened {
        return Err(NotOpened::Already);
    }
    if criteria == 0 {
        return Err(NotOpened::NoCriteria);
    }
    if round.is_over(today) { Err(NotOpened::Over) } else { Ok(Opened(round.id)) }
}
