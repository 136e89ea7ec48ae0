//! One session of a group: when, where and by whom it is held.

use chrono::NaiveDate;

use super::{LONGEST_NAME, Team, said};
use crate::day::TypedDay;
use crate::day::{NotATime, TimeOfDay};
use crate::people::{FieldFault, PersonId, TrainingCoordinator};

/// So many tutors hold a session; with fewer it saves and is flagged.
const TUTORS_FOR_A_SESSION: usize = 2;
/// The longest link to an online session, in characters.
const LONGEST_LINK: usize = 300;

/// What was typed about the hour and the place of a session.
#[derive(Clone, Copy, Debug)]
pub struct WhereForm<'a> {
    /// The field `time`.
    pub time: &'a str,
    /// The field `place`.
    pub place: &'a str,
    /// The field `link`.
    pub link: &'a str,
}

/// At which hour and where a session is held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Where {
    pub begins: TimeOfDay,
    /// Empty where it is only online.
    pub place: String,
    /// Empty where it is only in a room.
    pub link: String,
}

/// When, where and by whom one session is held, as may be kept. Only [`move_session`] makes it.
#[derive(Debug, PartialEq, Eq)]
pub struct MovedSession {
    day: NaiveDate,
    held: Where,
    tutors: Vec<PersonId>,
    is_off: bool,
}

impl MovedSession {
    /// On which day.
    #[must_use]
    pub const fn day(&self) -> NaiveDate {
        self.day
    }

    /// At which hour and where.
    #[must_use]
    pub const fn held(&self) -> &Where {
        &self.held
    }

    /// By whom.
    #[must_use]
    pub fn tutors(&self) -> &[PersonId] {
        &self.tutors
    }

    /// Whether it does not take place.
    #[must_use]
    pub const fn is_off(&self) -> bool {
        self.is_off
    }
}

/// What was typed about one session.
#[derive(Clone, Copy, Debug)]
pub struct SessionForm<'a> {
    /// The fields `held_day`, `held_month` and `held_year`.
    pub day: TypedDay<'a>,
    /// The hour and the place.
    pub place: WhereForm<'a>,
    /// The fields `tutor`.
    pub tutors: &'a [&'a str],
    /// The field `off`.
    pub is_off: bool,
}

/// Changes when, where and by whom one session is held. Fewer than two tutors is kept, and flagged.
///
/// # Errors
/// Every field that has to be put right.
pub fn move_session(
    _by: &TrainingCoordinator,
    form: &SessionForm<'_>,
    team: &Team,
) -> Result<MovedSession, Vec<FieldFault>> {
    let mut faults = Vec::new();
    let day = form.day.needed().map_err(|why| {
        faults.push(FieldFault { field: "held_day", remedy: why.to_string() });
    });
    let held = read_where(&form.place, &mut faults);
    let mut tutors: Vec<PersonId> = Vec::new();
    for typed in form.tutors {
        match typed.parse().ok().filter(|it| team.tutors.contains(it)) {
            Some(tutor) if tutors.contains(&tutor) => {}
            Some(tutor) => tutors.push(tutor),
            None => {
                let remedy =
                    "Choose from the list. Whoever is not on it does not hold this group’s sessions.";
                faults.push(FieldFault { field: "tutor", remedy: remedy.into() });
                break;
            }
        }
    }
    match (day, held) {
        (Ok(day), Some(held)) if faults.is_empty() => {
            Ok(MovedSession { day, held, tutors, is_off: form.is_off })
        }
        _ => Err(faults),
    }
}

pub(super) fn read_where(form: &WhereForm<'_>, faults: &mut Vec<FieldFault>) -> Option<Where> {
    let mut fault = |field, remedy: String| faults.push(FieldFault { field, remedy });
    let begins = TimeOfDay::parse(form.time).map_err(|why: NotATime| fault("time", why.to_string())).ok();
    let place = said(form.place, LONGEST_NAME).map_err(|remedy| fault("place", remedy)).ok();
    let link = said(form.link, LONGEST_LINK).map_err(|remedy| fault("link", remedy)).ok();
    let is_link = |it: &String| {
        it.strip_prefix("https://").is_some_and(|it| it.contains('.') && !it.contains(char::is_whitespace))
    };
    if link.as_ref().is_some_and(|it| !it.is_empty() && !is_link(it)) {
        fault("link", "Begin the link with https://, as you copied it, or leave it empty.".into());
    }
    if place.as_ref().zip(link.as_ref()).is_some_and(|(place, link)| place.is_empty() && link.is_empty()) {
        fault("place", "Write where it is, or below a link to where people meet online.".into());
    }
    Some(Where { begins: begins?, place: place?, link: link? })
}

/// Whether a session has tutors enough.
#[must_use]
pub const fn has_tutors_enough(tutors: usize) -> bool {
    tutors >= TUTORS_FOR_A_SESSION
}
