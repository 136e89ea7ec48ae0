//! An application: where it is, and which step leads where. Every step of everybody goes through [`step`], so that a
//! page, a form and a test cannot think differently. Nothing is lost by stepping back or pausing.

use chrono::NaiveDate;

use super::round::Round;
use crate::own_words::NotTaken;
use crate::own_words::{Next, Revised, revise};
use crate::people::{ids, words};
use crate::typed::several_lines;

#[cfg(test)]
mod tests;

/// The longest words about what would help, in characters.
const LONGEST_ADJUSTMENTS: usize = 2000;

ids! {
    /// One application of one person to one round.
    ApplicationId;
}

words! {
    /// Where an application is.
    pub enum ApplicationState {
        /// It is being written. Nobody else sees it.
        Draft = "draft",
        /// It was sent.
        Sent = "sent",
        /// The informal conversation was held.
        Talked = "talked",
        /// A place is offered.
        Offered = "offered",
        /// The place is taken.
        Accepted = "accepted",
        /// It does not lead to a place in this round.
        NotThisTime = "not_this_time",
        /// Whose it is has paused.
        Paused = "paused",
        /// Whose it is has stepped back.
        SteppedBack = "stepped_back",
    }
}

impl ApplicationState {
    /// What people read.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Draft => "Being written",
            Self::Sent => "Sent",
            Self::Talked => "Talked with",
            Self::Offered => "Place offered",
            Self::Accepted => "Place taken",
            Self::NotThisTime => "Not this time",
            Self::Paused => "Paused",
            Self::SteppedBack => "Stepped back",
        }
    }

    /// Whether a place is held for it.
    #[must_use]
    pub const fn holds_a_place(self) -> bool {
        matches!(self, Self::Offered | Self::Accepted)
    }

    /// Whether its answers, and what would help, may still be written.
    #[must_use]
    pub const fn is_open_for_adjustments(self) -> bool {
        matches!(self, Self::Draft | Self::Sent | Self::Talked)
    }
}

words! {
    /// What somebody does with an application.
    pub enum ApplicationStep {
        /// Send it.
        Send = "send",
        /// Step back.
        StepBack = "step_back",
        /// Pause.
        Pause = "pause",
        /// Return after pausing or stepping back.
        Return = "return",
        /// Take the place.
        Accept = "accept",
        /// Hold the conversation.
        Talk = "talk",
        /// Offer a place.
        Offer = "offer",
        /// Say that it is not this time.
        NotThisTime = "not_this_time",
    }
}

/// Who takes a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Actor {
    /// Whose application it is.
    Applicant,
    /// A coordinator of the organisation.
    Coordinator,
}

/// Where an application stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Where it is.
    pub state: ApplicationState,
    /// Where it was before the pause, if it is paused.
    pub was: Option<ApplicationState>,
    /// Whether it was ever sent.
    pub is_sent: bool,
    /// Whether the conversation was held.
    pub has_talked: bool,
}

impl Standing {
    /// That of an application which has just been begun.
    pub const BEGUN: Self =
        Self { state: ApplicationState::Draft, was: None, is_sent: false, has_talked: false };
}

/// A step that may be kept. Only the rules of this module and of its neighbour make one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    step: ApplicationStep,
    from: Standing,
    to: Standing,
    words: String,
}

impl Moved {
    /// Which step.
    #[must_use]
    pub const fn step(&self) -> ApplicationStep {
        self.step
    }

    /// Where the application stood.
    #[must_use]
    pub const fn from(&self) -> Standing {
        self.from
    }

    /// Where it stands from now on.
    #[must_use]
    pub const fn to(&self) -> Standing {
        self.to
    }

    /// What the applicant reads about it; often nothing.
    #[must_use]
    pub fn words(&self) -> &str {
        &self.words
    }

    pub(super) fn saying(self, words: String) -> Self {
        Self { words, ..self }
    }
}

/// This step does not lead on from where the application is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("The application has moved on since this page was opened. Look at where it is now.")]
pub struct NotNow;

/// The one rule of where a step leads.
pub(super) fn step(now: &Standing, who: Actor, step: ApplicationStep) -> Result<Moved, NotNow> {
    use ApplicationState::{Accepted, Draft, NotThisTime, Offered, Paused, Sent, SteppedBack, Talked};
    use ApplicationStep as Step;
    let to = match (who, step, now.state) {
        (Actor::Applicant, Step::Send, Draft) => Standing { state: Sent, is_sent: true, ..*now },
        (Actor::Applicant, Step::Pause, Draft | Sent | Talked | Offered | Accepted) => {
            Standing { state: Paused, was: Some(now.state), ..*now }
        }
        (Actor::Applicant, Step::StepBack, Draft | Sent | Talked | Offered | Accepted | Paused) => {
            Standing { state: SteppedBack, was: None, ..*now }
        }
        (Actor::Applicant, Step::Return, Paused) => {
            Standing { state: now.was.unwrap_or_else(|| written(now)), was: None, ..*now }
        }
        // A place that was given up may be somebody else's by now.
        (Actor::Applicant, Step::Return, SteppedBack) => Standing { state: written(now), ..*now },
        (Actor::Applicant, Step::Accept, Offered) => Standing { state: Accepted, ..*now },
        (Actor::Coordinator, Step::Talk, Sent | Talked) => {
            Standing { state: Talked, has_talked: true, ..*now }
        }
        (Actor::Coordinator, Step::Offer, Talked) => Standing { state: Offered, ..*now },
        // A place has come free.
        (Actor::Coordinator, Step::Offer, NotThisTime) if now.has_talked => {
            Standing { state: Offered, ..*now }
        }
        (Actor::Coordinator, Step::NotThisTime, Sent | Talked) => Standing { state: NotThisTime, ..*now },
        _ => return Err(NotNow),
    };
    Ok(Moved { step, from: *now, to, words: String::new() })
}

/// Where an application is by what has been done with it.
const fn written(now: &Standing) -> ApplicationState {
    match (now.is_sent, now.has_talked) {
        (false, _) => ApplicationState::Draft,
        (true, false) => ApplicationState::Sent,
        (true, true) => ApplicationState::Talked,
    }
}

/// Takes a step of whose application it is that needs nothing else: stepping back, pausing, returning, taking the place.
///
/// # Errors
/// [`NotNow`].
pub fn go(now: &Standing, typed: &str) -> Result<Moved, NotNow> {
    use ApplicationStep::{Accept, Pause, Return, StepBack};
    match ApplicationStep::parse(typed) {
        Some(it @ (StepBack | Pause | Return | Accept)) => step(now, Actor::Applicant, it),
        _ => Err(NotNow),
    }
}

/// Why an application is not sent. The sentence says how to put it right.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotSent {
    /// The round takes none today.
    #[error("This round takes no applications today. What you wrote is kept, and you can open it here.")]
    Closed,
    /// Something essential is not answered, by the numbers of the criteria.
    #[error("{}", missing(.0))]
    Missing(Vec<usize>),
    /// It has been sent, or is not there any more.
    #[error("{0}")]
    NotNow(#[from] NotNow),
}

fn missing(numbers: &[usize]) -> String {
    let said: Vec<_> = numbers.iter().map(ToString::to_string).collect();
    match said.as_slice() {
        [one] => format!(
            "Number {one} is essential and has no answer yet. Say something about it, then send this."
        ),
        _ => format!(
            "Numbers {} are essential and have no answer yet. Say something about them, then send this.",
            said.join(", ")
        ),
    }
}

/// Sends an application to its round; these numbers are essential and not answered.
///
/// # Errors
/// [`NotSent`].
pub fn send(
    now: &Standing,
    round: &Round,
    unanswered: Vec<usize>,
    today: NaiveDate,
) -> Result<Moved, NotSent> {
    let moved = step(now, Actor::Applicant, ApplicationStep::Send)?;
    if !round.takes(today) {
        return Err(NotSent::Closed);
    }
    if unanswered.is_empty() { Ok(moved) } else { Err(NotSent::Missing(unanswered)) }
}

/// Takes what would help somebody with the application and the conversation, on a page that showed the `seen`
/// revision. It is the one thing about support that is asked before an offer.
///
/// # Errors
/// [`NotTaken`].
pub fn keep_adjustments(
    current: Option<&Revised<String>>,
    typed: &str,
    seen: i64,
) -> Result<Next<String>, NotTaken> {
    let mut faults = Vec::new();
    let words = several_lines(typed, LONGEST_ADJUSTMENTS, "adjustments", &mut faults);
    if !faults.is_empty() {
        return Err(NotTaken::Faults(faults));
    }
    Ok(revise(current, words, seen)?)
}
