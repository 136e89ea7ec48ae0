//! Arranging the conversation and choosing whom to offer a place: two things for two people.
//!
//! What somebody needs for the conversation is read by whoever arranges it, and never by whoever selects. So there is a
//! handle for each, and whoever has taken on arranging for somebody who asked for something cannot decide about them.
//! Nobody does either about themself.

use chrono::NaiveDate;

use super::application::{Actor, ApplicationStep, Moved, NotNow, Standing, step};
use crate::day::TypedDay;
use crate::people::{FieldFault, OrganisationId, PersonId, TrainingCoordinator};
use crate::typed::{kept, several_lines};

#[cfg(test)]
mod tests;

/// The longest words to somebody who is offered a place or not, in characters.
const LONGEST_WORDS: usize = 2000;

/// Who has to do with an application.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Concerned {
    /// Whose round it is.
    pub organisation: OrganisationId,
    /// Who applies.
    pub applicant: PersonId,
    /// Whether they asked for anything.
    pub asks: bool,
    /// Who has taken on arranging the conversation.
    pub arranger: Option<PersonId>,
    /// Who has decided.
    pub decided_by: Option<PersonId>,
}

/// Somebody who selects: reads answers, and decides.
#[derive(Debug, PartialEq, Eq)]
pub struct Deciding(PersonId);

/// Somebody who arranges the conversation: reads what was asked for, and does not decide.
#[derive(Debug, PartialEq, Eq)]
pub struct Arranging(PersonId);

impl Deciding {
    /// Who.
    #[must_use]
    pub const fn person(&self) -> PersonId {
        self.0
    }
}

impl Arranging {
    /// Who.
    #[must_use]
    pub const fn person(&self) -> PersonId {
        self.0
    }
}

/// Why something is for somebody else to do. The sentence says for whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotTheirs {
    /// It is their own application, or another organisation's.
    #[error("This application is not one that you look after. Another coordinator does.")]
    Own,
    /// They know what was asked for.
    #[error(
        "You arrange the conversation and have read what they asked for, so another coordinator decides. Ask them to open this application."
    )]
    Arranges,
    /// They have decided.
    #[error("You have decided about this application, so another coordinator arranges the conversation.")]
    Decided,
    /// Another coordinator has taken it on.
    #[error("Another coordinator has taken this on already.")]
    TakenOn,
    /// Nobody has taken it on.
    #[error("Take this on first.")]
    NotTakenOn,
}

fn looks_after(by: &TrainingCoordinator, it: &Concerned) -> Result<PersonId, NotTheirs> {
    let may = by.organisation() == it.organisation && by.person() != it.applicant;
    may.then_some(by.person()).ok_or(NotTheirs::Own)
}

/// As somebody who selects.
///
/// # Errors
/// [`NotTheirs`].
pub fn select(by: &TrainingCoordinator, it: &Concerned) -> Result<Deciding, NotTheirs> {
    let me = looks_after(by, it)?;
    if it.asks && it.arranger == Some(me) { Err(NotTheirs::Arranges) } else { Ok(Deciding(me)) }
}

/// Takes on arranging the conversation. A second tap changes nothing.
///
/// # Errors
/// [`NotTheirs`].
pub fn take_on(by: &TrainingCoordinator, it: &Concerned) -> Result<Arranging, NotTheirs> {
    let me = looks_after(by, it)?;
    match it.arranger {
        Some(other) if other != me => Err(NotTheirs::TakenOn),
        _ if it.decided_by == Some(me) => Err(NotTheirs::Decided),
        _ => Ok(Arranging(me)),
    }
}

/// As somebody who has taken on arranging the conversation.
///
/// # Errors
/// [`NotTheirs`].
pub fn arrange(by: &TrainingCoordinator, it: &Concerned) -> Result<Arranging, NotTheirs> {
    match it.arranger {
        None => Err(looks_after(by, it).err().unwrap_or(NotTheirs::NotTakenOn)),
        Some(_) => take_on(by, it),
    }
}

/// An informal conversation that was held. There is no score, and no field for an opinion of anybody's health.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Conversation {
    /// On which day.
    pub held_on: NaiveDate,
    /// By whom.
    pub held_by: PersonId,
}

/// What was typed about it.
#[derive(Clone, Copy, Debug)]
pub struct ConversationForm<'a> {
    /// The fields `held_day`, `held_month` and `held_year`.
    pub held_on: TypedDay<'a>,
    /// The field `held_by`.
    pub held_by: &'a str,
}

/// Takes that the conversation was held, by one of those who `act` for the organisation.
///
/// # Errors
/// Every field that has to be put right.
pub fn hold(
    by: &TrainingCoordinator,
    (now, concerned): (&Standing, &Concerned),
    form: &ConversationForm<'_>,
    (act, today): (&[PersonId], NaiveDate),
) -> Result<(Moved, Conversation), Vec<FieldFault>> {
    let mut faults = Vec::new();
    kept(looks_after(by, concerned), "held_day", &mut faults);
    let moved = kept(step(now, Actor::Coordinator, ApplicationStep::Talk), "held_day", &mut faults);
    let held_on = kept(form.held_on.needed(), "held_day", &mut faults);
    if held_on.is_some_and(|it| it > today) {
        let remedy = "Write the day on which you talked. It is kept once it has happened.".into();
        faults.push(FieldFault { field: "held_day", remedy });
    }
    let held_by = form.held_by.parse().ok().filter(|it| act.contains(it) && *it != concerned.applicant);
    if held_by.is_none() {
        faults.push(FieldFault { field: "held_by", remedy: "Choose who talked with them.".into() });
    }
    match (moved, held_on, held_by) {
        (Some(moved), Some(held_on), Some(held_by)) if faults.is_empty() => {
            Ok((moved, Conversation { held_on, held_by }))
        }
        _ => Err(faults),
    }
}

/// The places of a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Places {
    /// How many there are.
    pub all: u32,
    /// How many are offered or taken.
    pub held: u32,
}

/// Takes a decision: a place, or not this time with a reason that the applicant reads.
///
/// # Errors
/// Every field that has to be put right.
pub fn decide(
    _by: &Deciding,
    now: &Standing,
    (decision, typed): (&str, &str),
    places: Places,
) -> Result<Moved, Vec<FieldFault>> {
    let mut faults = Vec::new();
    let words = several_lines(typed, LONGEST_WORDS, "reason", &mut faults);
    let mut fault = |field, remedy: String| faults.push(FieldFault { field, remedy });
    let chosen = match ApplicationStep::parse(decision) {
        Some(it @ (ApplicationStep::Offer | ApplicationStep::NotThisTime)) => Some(it),
        _ => None,
    };
    let moved = match chosen.map(|it| step(now, Actor::Coordinator, it)) {
        None => {
            fault("decision", "Choose what you decide.".into());
            None
        }
        Some(Err(NotNow)) if !now.has_talked && now.state == super::ApplicationState::Sent => {
            fault("decision", "Talk with them first. A place is offered after the conversation.".into());
            None
        }
        Some(Err(refused)) => {
            fault("decision", refused.to_string());
            None
        }
        Some(Ok(moved)) => Some(moved),
    };
    if chosen == Some(ApplicationStep::Offer) && places.held >= places.all {
        let all = match places.all {
            1 => "The only place is offered or taken.".to_owned(),
            many => format!("All {many} places are offered or taken."),
        };
        let remedy = format!("{all} Wait until one comes free, or add places to the round.");
        fault("decision", remedy);
    }
    if chosen == Some(ApplicationStep::NotThisTime) && words.is_empty() {
        fault("reason", "Write why, in words that you would like to read yourself. They read it.".into());
    }
    match moved {
        Some(moved) if faults.is_empty() => Ok(moved.saying(words)),
        _ => Err(faults),
    }
}
