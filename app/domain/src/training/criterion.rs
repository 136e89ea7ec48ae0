//! Criteria: what is asked of whoever applies, and in which ways it may be answered.
//!
//! Everything may be answered by evidence in one's own words or by a qualification. Which criteria may also be
//! answered by something equivalent, by lived experience as a plain yes, or by being willing to learn it by a day, is
//! the coordinator's choice. Once somebody has begun to answer, the criteria of a round stay as they are: people are
//! measured by what they read. Our choice over versions, which would measure two people of one round by two lists.

use super::need::Need;
use crate::own_words::next_revision;
use crate::people::{FieldFault, TrainingCoordinator, ids, shows_nothing};
use crate::typed::several_lines;

#[cfg(test)]
mod tests;

/// The most criteria of a round. Our choice: the longest person specification in the client's documents has 13.
pub const MOST_CRITERIA: usize = 20;
/// The longest words of a criterion, in characters.
const LONGEST: usize = 300;

ids! {
    /// One criterion.
    CriterionId;
}

/// One criterion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Criterion {
    /// The row's name.
    pub id: CriterionId,
    /// What is asked.
    pub words: String,
    /// How much is made of it.
    pub need: Need,
    /// Whether something equivalent counts.
    pub equivalence: bool,
    /// Whether lived experience counts, as a plain yes.
    pub lived: bool,
    /// Whether being willing to learn it by a day counts.
    pub willing: bool,
}

/// What was typed.
#[derive(Clone, Copy, Debug)]
pub struct CriterionForm<'a> {
    /// The field `words`; empty to take the criterion out.
    pub words: &'a str,
    /// The field `need`.
    pub need: &'a str,
    /// Every value of the field `ways`: `equivalence`, `lived`, `willing`.
    pub ways: &'a [&'a str],
    /// The field `place`: where it stands among them, counted from one; empty for the end.
    pub place: &'a str,
}

/// The criteria of a round from now on. Only [`keep_criterion`] makes them.
#[derive(Debug, PartialEq, Eq)]
pub struct Criteria {
    criteria: Vec<Criterion>,
    revision: i64,
}

impl Criteria {
    /// They, in order.
    #[must_use]
    pub fn criteria(&self) -> &[Criterion] {
        &self.criteria
    }

    /// Their number from now on.
    #[must_use]
    pub const fn revision(&self) -> i64 {
        self.revision
    }
}

/// Why criteria are not changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CriteriaRefused {
    /// Somebody has begun to answer them.
    Answered,
    /// Something newer was kept since the page was opened.
    Newer,
    /// Everything that has to be put right.
    Faults(Vec<FieldFault>),
}

/// Adds a criterion to those of a round, changes it, moves it, or takes it out. The page showed the `seen` revision of
/// what has the number `revision` now.
///
/// # Errors
/// [`CriteriaRefused`].
pub fn keep_criterion(
    _by: &TrainingCoordinator,
    (current, revision): (&[Criterion], i64),
    (id, form): (CriterionId, &CriterionForm<'_>),
    seen: i64,
    is_answered: bool,
) -> Result<Criteria, CriteriaRefused> {
    if is_answered {
        return Err(CriteriaRefused::Answered);
    }
    let mut criteria: Vec<_> = current.iter().filter(|it| it.id != id).cloned().collect();
    let is_known = criteria.len() < current.len();
    let mut faults = Vec::new();
    let text = several_lines(form.words, LONGEST, "words", &mut faults);
    let is_taken_out = is_known && faults.is_empty() && text.is_empty();
    if !is_taken_out {
        let criterion = read(id, text, form, &mut faults);
        if criteria.len() >= MOST_CRITERIA {
            let remedy =
                format!("There are {MOST_CRITERIA} criteria, and more do not fit. Take one out first.");
            faults.push(FieldFault { field: "words", remedy });
        }
        let place = place(form.place, criteria.len(), &mut faults);
        if let (Some(criterion), Some(place)) = (criterion, place)
            && faults.is_empty()
        {
            criteria.insert(place, criterion);
        }
    }
    if !faults.is_empty() {
        return Err(CriteriaRefused::Faults(faults));
    }
    let is_the_same = criteria == current;
    let revision = next_revision(revision, seen, is_the_same).map_err(|_| CriteriaRefused::Newer)?;
    Ok(Criteria { criteria, revision })
}

fn read(
    id: CriterionId,
    words: String,
    form: &CriterionForm<'_>,
    faults: &mut Vec<FieldFault>,
) -> Option<Criterion> {
    if words.chars().all(shows_nothing) && !faults.iter().any(|it| it.field == "words") {
        faults.push(FieldFault { field: "words", remedy: "Write what you ask of people.".into() });
    }
    let need = Need::parse(form.need);
    if need.is_none() {
        faults.push(FieldFault { field: "need", remedy: "Choose how much it matters.".into() });
    }
    let takes = |way| form.ways.contains(&way);
    let (equivalence, lived, willing) = (takes("equivalence"), takes("lived"), takes("willing"));
    Some(Criterion { id, words, need: need?, equivalence, lived, willing })
}

/// Before how many others it stands, out of so many.
fn place(typed: &str, others: usize, faults: &mut Vec<FieldFault>) -> Option<usize> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Some(others);
    }
    let is_figures = typed.len() <= 2 && typed.bytes().all(|it| it.is_ascii_digit());
    let place = typed.parse::<usize>().ok().filter(|it| is_figures && *it >= 1);
    if place.is_none() {
        let remedy = "Write where it should stand, such as 1 for the first.".into();
        faults.push(FieldFault { field: "place", remedy });
    }
    place.map(|it| (it - 1).min(others))
}
