//! Goals: what somebody would like, how they will notice, and how close it feels to them from day to day.

use super::{PlanRefused, next, taken, unspoken};
use crate::chime::Chime;
use crate::own_words::{Next, Revised};
use crate::people::{FieldFault, words};

/// The longest words of a goal, in characters. Our choice: what is remembered on a bad day.
const LONGEST: usize = 300;
/// The longest words about how somebody will notice, in characters.
const LONGEST_NOTICE: usize = 1000;
/// The most goals that are under way at once. Our choice: more is a list of worries, and the plan stays on a page.
pub const MOST_UNDER_WAY: usize = 12;

words! {
    /// What its owner has made of a goal.
    pub enum GoalState {
        /// It is being gone after.
        UnderWay = "under_way",
        /// Its owner says that it is there.
        Reached = "reached",
        /// Its owner has put it by, for now or for good.
        SetAside = "set_aside",
    }
}

impl GoalState {
    /// What people read.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::UnderWay => "Under way",
            Self::Reached => "Reached",
            Self::SetAside => "Set aside",
        }
    }
}

/// A goal in its owner's words. Without words it has been taken back.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Goal {
    /// What I would like.
    pub words: String,
    /// How I will notice.
    pub notice: String,
    /// What it has to do with, if that was said.
    pub heading: Option<Chime>,
}

impl Goal {
    /// Whether its owner has taken it back.
    #[must_use]
    pub const fn is_taken_back(&self) -> bool {
        self.words.is_empty()
    }
}

/// What was typed.
#[derive(Clone, Copy)]
pub struct GoalForm<'a> {
    /// The field `words`.
    pub words: &'a str,
    /// The field `notice`.
    pub notice: &'a str,
    /// The field `heading`, empty for none.
    pub heading: &'a str,
}

unspoken!(Goal, GoalForm<'_>);

/// Takes what was typed about a goal on a page that showed the `seen` revision; there are so many goals `under_way`.
/// Without words, a goal that there was is taken back whole.
///
/// # Errors
/// [`PlanRefused`].
pub fn keep_goal(
    current: Option<&Revised<Goal>>,
    form: &GoalForm<'_>,
    (seen, under_way): (i64, usize),
) -> Result<Next<Goal>, PlanRefused> {
    let mut faults = Vec::new();
    let words = taken(form.words, LONGEST, "words", &mut faults);
    let notice = taken(form.notice, LONGEST_NOTICE, "notice", &mut faults);
    let heading = match form.heading {
        "" => None,
        typed => {
            let heading = Chime::parse(typed);
            if heading.is_none() {
                faults.push(FieldFault { field: "heading", remedy: "Choose from the list.".into() });
            }
            heading
        }
    };
    if current.is_none() && words.is_empty() && faults.is_empty() {
        faults.push(FieldFault { field: "words", remedy: "Write what you would like.".into() });
    }
    let is_one_more = !words.is_empty() && current.is_none_or(|it| it.value.is_taken_back());
    if is_one_more && under_way >= MOST_UNDER_WAY {
        faults.push(FieldFault { field: "words", remedy: too_many("write this one") });
    }
    let goal = if words.is_empty() { Goal::default() } else { Goal { words, notice, heading } };
    next(current, goal, seen, faults)
}

fn too_many(then: &str) -> String {
    format!(
        "{MOST_UNDER_WAY} goals are under way, and more do not fit. Mark one as reached or set one aside, then {then}."
    )
}

/// What becomes of a goal. Only [`move_goal`] makes one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GoalMove(GoalState);

impl GoalMove {
    /// What it is from now on.
    #[must_use]
    pub const fn to(self) -> GoalState {
        self.0
    }
}

/// Marks a goal as reached, sets it aside or brings it back, when so many others are `under_way`.
///
/// # Errors
/// A sentence that says how to put it right.
pub fn move_goal(now: GoalState, typed: &str, under_way: usize) -> Result<GoalMove, String> {
    let to = GoalState::parse(typed).ok_or("Choose what becomes of it.")?;
    if to == GoalState::UnderWay && now != to && under_way >= MOST_UNDER_WAY {
        return Err(too_many("bring this one back"));
    }
    Ok(GoalMove(to))
}

/// How close a goal feels to its owner, from 0 to 10. Only [`rate`] makes one from what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rating(u8);

impl Rating {
    /// As close as can be.
    pub const TOP: u8 = 10;

    /// From 0 to [`Rating::TOP`].
    #[must_use]
    pub const fn value(self) -> u8 {
        self.0
    }
}

/// Takes how close a goal feels. Only one that is under way is rated.
///
/// # Errors
/// A sentence that says how to put it right.
pub fn rate(state: GoalState, typed: &str) -> Result<Rating, &'static str> {
    if state != GoalState::UnderWay {
        return Err("This goal is not under way now. Bring it back first, if you like.");
    }
    let is_figures = typed.len() <= 2 && typed.bytes().all(|it| it.is_ascii_digit());
    let value = typed.parse().ok().filter(|it| is_figures && *it <= Rating::TOP);
    value.map(Rating).ok_or("Choose a number from 0 to 10.")
}
