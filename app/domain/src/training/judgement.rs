//! How a competence comes to be achieved, step by step. Learners say how far they are, somebody else says that it is
//! achieved, and no step is ever taken back: what changes is what comes after it.

use chrono::{Months, NaiveDate};

use super::framework::Levels;
use crate::day::TypedDay;
use crate::own_words::own_words;
use crate::people::{Assessor, FieldFault, PersonId, words};
use crate::personal::Personal;

#[cfg(test)]
mod tests;
pub mod together;

words! {
    /// How far somebody is with a competence. Where there is none they have not started.
    pub enum State {
        /// They are on their way.
        WorkingTowards = "working_towards",
        /// They say that they learned it before.
        PriorLearning = "prior_learning",
        /// They are willing to learn it by a day.
        Willing = "willing",
        /// They say that it may be looked at.
        Ready = "ready",
        /// They ask for somebody else to look at it.
        Appealed = "appealed",
        /// Somebody who assesses them says so.
        Achieved = "achieved",
        /// Somebody who assesses them says what is missing.
        NeedsMore = "needs_more",
        /// It is looked at again by a day.
        Revisit = "revisit",
    }
}

impl State {
    /// What people read.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::WorkingTowards => "Working towards it",
            Self::PriorLearning => "Learned before",
            Self::Willing => "Willing to learn it",
            Self::Ready => "Ready to be looked at",
            Self::Appealed => "Somebody else is asked to look",
            Self::Achieved => "Achieved",
            Self::NeedsMore => "Needs a little more",
            Self::Revisit => "To be looked at again",
        }
    }

    /// Whether it is for somebody else to say.
    #[must_use]
    pub const fn is_judged(self) -> bool {
        matches!(self, Self::Achieved | Self::NeedsMore | Self::Revisit)
    }

    /// Whether it waits for somebody who assesses.
    #[must_use]
    pub const fn waits(self) -> bool {
        matches!(self, Self::Ready | Self::Appealed)
    }
}

/// The longest comment, in characters. Our choice: a page.
pub const LONGEST_COMMENT: usize = 2000;
/// The furthest day that a step may name, in months.
const FURTHEST: u32 = 36;

/// One step, as it is kept.
#[derive(Clone, PartialEq, Eq)]
pub struct Step {
    pub state: State,
    /// Whose step it was.
    pub by: PersonId,
    /// What they said with it; it may be empty.
    pub comment: String,
    /// By when they are willing to learn it, or it is looked at again.
    pub day: Option<NaiveDate>,
    /// On the organisation's own scale, in its words of that day.
    pub level: Option<String>,
}

impl core::fmt::Debug for Step {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Step({}, …)", self.state.as_str())
    }
}

/// A step that may be kept, after those that were there. Only [`own_step`], [`begin`] and [`judge`] make one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewStep {
    step: Step,
    number: usize,
}

impl NewStep {
    /// What it is.
    #[must_use]
    pub const fn step(&self) -> &Step {
        &self.step
    }

    /// Its place in the history, from one.
    #[must_use]
    pub const fn number(&self) -> usize {
        self.number
    }
}

/// Why a step is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotTaken {
    /// Somebody would have judged themself. It is written down.
    JudgesThemself,
    /// Something was done since the page was opened: both are shown.
    Newer,
    /// Something has to be put right.
    Faults(Vec<FieldFault>),
    /// In these fields something looks as if it told who somebody is. It may stay, once it was looked at again.
    Personal(Vec<(&'static str, Personal)>),
}

impl NotTaken {
    fn fault(field: &'static str, remedy: impl Into<String>) -> Self {
        Self::Faults(vec![FieldFault { field, remedy: remedy.into() }])
    }
}

/// What somebody typed about their own competence.
#[derive(Clone, Copy, Debug)]
pub struct OwnForm<'a> {
    /// The state that they wish for.
    pub state: &'a str,
    /// Why they ask for somebody else.
    pub comment: &'a str,
    /// By when they are willing to learn it.
    pub day: TypedDay<'a>,
    /// How many steps their page showed.
    pub seen: &'a str,
    /// They have looked again at what looked personal.
    pub is_looked_at: bool,
}

/// Where a learner may go from where they are, in the order in which it is offered. Whoever has not started may begin
/// with what they bring.
#[must_use]
pub const fn ways_on(from: Option<State>) -> &'static [State] {
    use State as S;
    match from {
        None => &[S::WorkingTowards, S::PriorLearning, S::Willing],
        Some(S::WorkingTowards) => &[S::Ready, S::PriorLearning, S::Willing],
        Some(S::PriorLearning | S::Willing) => &[S::Ready, S::WorkingTowards],
        Some(S::Ready) => &[S::WorkingTowards],
        Some(S::NeedsMore) => &[S::Ready, S::Appealed],
        Some(S::Revisit) => &[S::Ready],
        Some(S::Appealed | S::Achieved) => &[],
    }
}

/// A learner's own step. `has_evidence` is whether there is anything for somebody else to look at.
///
/// # Errors
/// [`NotTaken`].
pub fn own_step(
    me: PersonId,
    history: &[Step],
    form: &OwnForm<'_>,
    has_evidence: bool,
    today: NaiveDate,
) -> Result<NewStep, NotTaken> {
    let wished = State::parse(form.state);
    if wished.is_some_and(State::is_judged) {
        return Err(NotTaken::JudgesThemself);
    }
    let now = history.last().map(|it| it.state);
    let Some(state) = wished else { return Err(NotTaken::fault("state", "Choose what comes next.")) };
    if form.seen != history.len().to_string() {
        return Err(NotTaken::Newer);
    }
    if !ways_on(now).contains(&state) {
        return Err(NotTaken::fault("state", "This step cannot be taken from where it is now."));
    }
    if state == State::Ready && !has_evidence {
        return Err(NotTaken::fault(
            "state",
            "Add a piece of evidence first, so that there is something to look at.",
        ));
    }
    let day = match state {
        State::Willing => Some(coming_day(form.day, today)?),
        _ => None,
    };
    let comment = match state {
        State::Appealed => {
            said(form.comment, "Say in a sentence why somebody else should look at it.", form.is_looked_at)?
        }
        _ => String::new(),
    };
    let step = Step { state, by: me, comment, day, level: None };
    Ok(NewStep { step, number: history.len() + 1 })
}

/// The step that comes by itself when somebody adds a first piece of evidence.
#[must_use]
pub fn begin(me: PersonId, history: &[Step]) -> Option<NewStep> {
    let step = Step { state: State::WorkingTowards, by: me, comment: String::new(), day: None, level: None };
    history.is_empty().then_some(NewStep { step, number: 1 })
}

/// What an assessor typed.
#[derive(Clone, Copy, Debug)]
pub struct JudgementForm<'a> {
    /// The state that they give.
    pub state: &'a str,
    pub comment: &'a str,
    /// By when it is looked at again.
    pub day: TypedDay<'a>,
    /// One of the organisation's own; it may be left open.
    pub level: &'a str,
    /// How many steps their page showed.
    pub seen: &'a str,
    /// They have looked again at what looked personal.
    pub is_looked_at: bool,
}

/// What an assessor may say of a competence that is so far.
#[must_use]
pub const fn judgements(now: Option<State>) -> &'static [State] {
    match now {
        Some(State::Ready | State::Appealed | State::Revisit) => &[State::Achieved, State::NeedsMore],
        Some(State::Achieved) => &[State::Revisit],
        _ => &[],
    }
}

/// Whether somebody else than this person has to look, because their own judgement is asked about.
#[must_use]
pub fn is_for_somebody_else(history: &[Step], assessor: PersonId) -> bool {
    let is_appealed = history.last().is_some_and(|it| it.state == State::Appealed);
    let judged = history.iter().rev().find(|it| it.state.is_judged());
    is_appealed && judged.is_some_and(|it| it.by == assessor)
}

/// An assessor's judgement of a candidate's competence.
///
/// # Errors
/// [`NotTaken`].
pub fn judge(
    assessor: &Assessor,
    candidate: PersonId,
    history: &[Step],
    form: &JudgementForm<'_>,
    (levels, today): (&Levels, NaiveDate),
) -> Result<NewStep, NotTaken> {
    if assessor.person() == candidate || assessor.candidate() != candidate {
        return Err(NotTaken::JudgesThemself);
    }
    if form.seen != history.len().to_string() {
        return Err(NotTaken::Newer);
    }
    let now = history.last().map(|it| it.state);
    if is_for_somebody_else(history, assessor.person()) {
        return Err(NotTaken::fault("state", "You judged this before, so somebody else looks at it now."));
    }
    let state = State::parse(form.state).filter(|it| judgements(now).contains(it));
    let Some(state) = state else { return Err(NotTaken::fault("state", "Choose what you say of it.")) };
    let needed =
        if state == State::NeedsMore { "Say what is still missing, so that they can go on." } else { "" };
    let comment = said(form.comment, needed, form.is_looked_at)?;
    let day = match state {
        State::Revisit => Some(coming_day(form.day, today)?),
        _ => None,
    };
    let level = Some(form.level).filter(|it| !it.is_empty() && state == State::Achieved);
    if level.is_some_and(|it| levels.all().iter().all(|level| level != it)) {
        return Err(NotTaken::fault("level", "Choose from the list, or leave it open."));
    }
    let step = Step { state, by: assessor.person(), comment, day, level: level.map(Into::into) };
    Ok(NewStep { step, number: history.len() + 1 })
}

fn said(typed: &str, missing: &str, is_looked_at: bool) -> Result<String, NotTaken> {
    let text = own_words(typed, LONGEST_COMMENT).map_err(|it| NotTaken::fault("comment", it.to_string()))?;
    if text.is_empty() && !missing.is_empty() {
        return Err(NotTaken::fault("comment", missing));
    }
    match Personal::in_text(&text).filter(|_| !is_looked_at) {
        Some(it) => Err(NotTaken::Personal(vec![("comment", it)])),
        None => Ok(text),
    }
}

fn coming_day(typed: TypedDay<'_>, today: NaiveDate) -> Result<NaiveDate, NotTaken> {
    let day = typed.needed().map_err(|it| NotTaken::fault("day", it.to_string()))?;
    let furthest = today.checked_add_months(Months::new(FURTHEST)).unwrap_or(today);
    if day <= today || day > furthest {
        return Err(NotTaken::fault(
            "day",
            format!("Choose a day after today and within {} years.", FURTHEST / 12),
        ));
    }
    Ok(day)
}
