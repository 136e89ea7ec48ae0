//! Papers of a placement: the agreement, in the organisation's words of the day on which it was arranged, and the
//! induction, item by item. Both are signed by two, each for themself and for the very text that they were shown.

use core::fmt::Write as _;
use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::placement::Placement;
use super::role_issue::NotActed;
use crate::day::TypedDay;
use crate::own_words::NotTaken;
use crate::own_words::{Next, Revised, revise};
use crate::people::{FieldFault, PersonId, PlacementSupervisor, TrainingCoordinator, line, words};
use crate::signing::{SignForm, signed_name};
use crate::typed::{kept, several_lines};

#[cfg(test)]
mod tests;

words! {
    /// A paper that two sign.
    pub enum Paper {
        /// What both agree to.
        Agreement = "agreement",
        /// What somebody was shown in their first days.
        Induction = "induction",
    }
}

impl Paper {
    /// What people read.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Agreement => "Placement agreement",
            Self::Induction => "Induction",
        }
    }
}

words! {
    /// Who signs.
    pub enum Side {
        /// Whoever is on the placement.
        Person = "person",
        /// Whoever looks after it.
        Supervisor = "supervisor",
    }
}

/// The longest agreement, in characters. Our choice: three pages.
const LONGEST_AGREEMENT: usize = 10_000;
/// The most items of an induction.
pub const MOST_ITEMS: usize = 40;
const LONGEST_ITEM: usize = 200;

/// What an organisation begins placements with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts {
    /// The agreement, in Markdown; it may be empty.
    pub agreement: String,
    /// What somebody is shown; it may be nothing.
    pub items: Vec<String>,
}

/// Keeps what placements begin with from now on; those that there are keep what they began with.
///
/// # Errors
/// [`NotTaken`].
pub fn keep_texts(
    _by: &TrainingCoordinator,
    current: Option<&Revised<Texts>>,
    (agreement, items): (&str, &str),
    seen: i64,
) -> Result<Next<Texts>, NotTaken> {
    let mut faults = Vec::new();
    let agreement = several_lines(agreement, LONGEST_AGREEMENT, "agreement", &mut faults);
    let typed = several_lines(items, MOST_ITEMS * (LONGEST_ITEM + 2), "items", &mut faults);
    let mut items: Vec<String> = Vec::new();
    for (at, it) in typed.lines().filter(|it| !it.trim().is_empty()).enumerate() {
        match line(it, LONGEST_ITEM) {
            Ok(it) => items.push(it.to_owned()),
            Err(why) => {
                faults.push(FieldFault { field: "items", remedy: format!("Line {}: {why}", at + 1) });
            }
        }
    }
    if items.len() > MOST_ITEMS {
        faults.push(FieldFault { field: "items", remedy: format!("Write at most {MOST_ITEMS} lines.") });
    }
    if !faults.is_empty() {
        return Err(NotTaken::Faults(faults));
    }
    Ok(revise(current, Texts { agreement, items }, seen)?)
}

/// An item of somebody's induction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// From one.
    pub number: u32,
    pub words: String,
    /// On which day it was done, and by whom.
    pub done: Option<(NaiveDate, PersonId)>,
}

/// Items that may be ticked. Only [`tick`] makes them.
#[derive(Debug, PartialEq, Eq)]
pub struct Ticked {
    numbers: Vec<u32>,
    day: NaiveDate,
    by: PersonId,
    text: Option<String>,
}

impl Ticked {
    /// Their numbers.
    #[must_use]
    pub fn numbers(&self) -> &[u32] {
        &self.numbers
    }

    /// On which day they were done.
    #[must_use]
    pub const fn day(&self) -> NaiveDate {
        self.day
    }

    /// By whom.
    #[must_use]
    pub const fn by(&self) -> PersonId {
        self.by
    }

    /// The text that both sign, if nothing is left to do.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        self.text.as_deref()
    }
}

/// Ticks what was done on a day. What is ticked stays so; a second tap changes nothing. `names` is what people are
/// called.
///
/// # Errors
/// Every field that has to be put right.
pub fn tick(
    by: &PlacementSupervisor,
    (placement, items): (&Placement, &[Item]),
    (ticked, day): (&[&str], TypedDay<'_>),
    names: &BTreeMap<PersonId, String>,
    today: NaiveDate,
) -> Result<Ticked, Vec<FieldFault>> {
    let mut faults = Vec::new();
    let day = kept(day.needed(), "day", &mut faults);
    if day.is_some_and(|it| it > today || it < placement.from) {
        let remedy = "Choose a day on which the placement was going on: today or before.";
        faults.push(FieldFault { field: "day", remedy: remedy.into() });
    }
    let of = |typed: &&str| items.iter().find(|it| it.number.to_string() == **typed);
    let chosen: Option<Vec<&Item>> = ticked.iter().map(of).collect();
    let chosen = chosen.filter(|it| !it.is_empty());
    if chosen.is_none() {
        faults.push(FieldFault { field: "item", remedy: "Tick at least one thing of the list.".into() });
    }
    let (Some(day), Some(chosen), true) = (day, chosen, faults.is_empty()) else { return Err(faults) };
    let mut numbers: Vec<_> = chosen.iter().filter(|it| it.done.is_none()).map(|it| it.number).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let done = items.iter().map(|it| match it.done {
        None if numbers.contains(&it.number) => Some((it, (day, by.person()))),
        done => done.map(|done| (it, done)),
    });
    let all: Option<Vec<_>> = done.collect();
    let text = all.filter(|_| !numbers.is_empty()).map(|it| induction(placement, &it, names));
    Ok(Ticked { numbers, day, by: by.person(), text })
}

/// The text of an agreement that both sign.
#[must_use]
pub fn agreement(placement: &Placement, words: &str, names: &BTreeMap<PersonId, String>) -> String {
    format!("{}Agreement:\n{words}\n", head("agreement", placement, names))
}

fn induction(
    placement: &Placement,
    done: &[(&Item, (NaiveDate, PersonId))],
    names: &BTreeMap<PersonId, String>,
) -> String {
    let mut out = head("induction", placement, names);
    for (it, (day, by)) in done {
        // Writing into a String never fails.
        let _ = writeln!(out, "{}. {} (done on {day} by {})", it.number, it.words, called(*by, names));
    }
    out
}

fn head(what: &str, placement: &Placement, names: &BTreeMap<PersonId, String>) -> String {
    format!(
        "Alongside placement {what}, format 1\nFor: {}\nWith: {}\nFrom: {}\nTo: {}\n",
        called(placement.person, names),
        called(placement.supervisor, names),
        placement.from,
        placement.to,
    )
}

fn called(person: PersonId, names: &BTreeMap<PersonId, String>) -> &str {
    names.get(&person).map_or("", String::as_str)
}

/// Who signs a paper.
#[derive(Clone, Copy, Debug)]
pub enum PaperSigner<'a> {
    /// Whoever is on the placement, if it is they.
    Person(PersonId),
    /// Whoever looks after it.
    Supervisor(&'a PlacementSupervisor),
}

/// A signature that may be kept. Only [`sign`] makes one.
#[derive(Debug, PartialEq, Eq)]
pub struct NewSignature {
    side: Side,
    by: PersonId,
    name: String,
}

impl NewSignature {
    /// Whose it is.
    #[must_use]
    pub const fn side(&self) -> Side {
        self.side
    }

    /// Who signs.
    #[must_use]
    pub const fn by(&self) -> PersonId {
        self.by
    }

    /// As they wrote it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}

/// Signs a paper with this hash, which these have signed.
///
/// # Errors
/// [`NotActed`].
pub fn sign(
    signer: PaperSigner<'_>,
    placement: &Placement,
    (hash, signed): (&str, &[Side]),
    form: &SignForm<'_>,
) -> Result<NewSignature, NotActed> {
    let (side, by) = match signer {
        PaperSigner::Person(person) if person == placement.person => (Side::Person, person),
        PaperSigner::Supervisor(it) if it.placement() == placement.id && it.person() != placement.person => {
            (Side::Supervisor, it.person())
        }
        _ => return Err(NotActed::NotTheirs),
    };
    if signed.contains(&side) {
        return Err(NotActed::Already);
    }
    let name = signed_name(form, hash)?;
    Ok(NewSignature { side, by, name })
}
