//! Judging a whole group against a few competences in one form. Each judgement follows the same rule as one by itself,
//! and either all of them are kept or none.

use chrono::NaiveDate;

use super::{JudgementForm, NewStep, NotTaken, State, Step, judge};
use crate::day::TypedDay;
use crate::people::Assessor;
use crate::training::framework::{Code, Levels};

/// The most competences in one form. Our choice: a session's worth, and a page that a phone still scrolls through.
pub const MOST_CODES: usize = 12;

/// What was typed about one person and one competence.
#[derive(Clone, Copy)]
pub struct CellForm<'a> {
    /// The state that is given; nothing leaves it as it is.
    pub state: &'a str,
    pub comment: &'a str,
    /// How many steps the page showed.
    pub seen: &'a str,
}

impl core::fmt::Debug for CellForm<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("CellForm(…)")
    }
}

/// One person and one competence, with what is known and what was typed.
#[derive(Debug)]
pub struct Cell<'a> {
    pub assessor: &'a Assessor,
    pub code: &'a Code,
    pub history: &'a [Step],
    pub typed: CellForm<'a>,
}

/// A judgement of a form that may be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// Whose of the cells it is, from nought.
    pub at: usize,
    pub step: NewStep,
}

/// Why a form is not kept: each cell that has to be looked at again, and why. None of the others is kept either.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Nothing was said of anybody.
    Nothing,
    Cells(Vec<(usize, NotTaken)>),
}

impl Refused {
    /// Whether somebody was quicker with any of them.
    #[must_use]
    pub fn is_newer(&self) -> bool {
        matches!(self, Self::Cells(cells) if cells.iter().any(|it| it.1 == NotTaken::Newer))
    }
}

/// Judges what was said of anybody. `is_looked_at` is for all of them together.
///
/// # Errors
/// [`Refused`].
pub fn judge_together(
    cells: &[Cell<'_>],
    is_looked_at: bool,
    today: NaiveDate,
) -> Result<Vec<Judged>, Refused> {
    let (mut judged, mut refused) = (Vec::new(), Vec::new());
    let none = Levels::default();
    // Words without a judgement are somebody's slip, which they are told of.
    let is_left = |it: &Cell<'_>| it.typed.state.is_empty() && it.typed.comment.trim().is_empty();
    for (at, cell) in cells.iter().enumerate().filter(|it| !is_left(it.1)) {
        let CellForm { state, comment, seen } = cell.typed;
        let day = TypedDay { day: "", month: "", year: "" };
        let form = JudgementForm { state, comment, day, level: "", seen, is_looked_at };
        let candidate = cell.assessor.candidate();
        match judge(cell.assessor, candidate, cell.history, &form, (&none, today)) {
            Ok(step) => judged.push(Judged { at, step }),
            Err(why) => refused.push((at, why)),
        }
    }
    match (judged.is_empty(), refused.is_empty()) {
        (_, false) => Err(Refused::Cells(refused)),
        (true, true) => Err(Refused::Nothing),
        (false, true) => Ok(judged),
    }
}

/// What a cell may be given in a form for many: what waits is achieved or needs a little more. To have something looked
/// at again takes a day, so that is said of one by itself.
#[must_use]
pub fn offered(now: Option<State>) -> &'static [State] {
    match now {
        Some(State::Ready | State::Appealed | State::Revisit) => super::judgements(now),
        _ => &[],
    }
}

#[cfg(test)]
mod tests;
