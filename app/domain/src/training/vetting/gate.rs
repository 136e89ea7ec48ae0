//! The gate before a placement or an engagement begins.

use chrono::{Days, NaiveDate};

use super::{Check, Outcome, RoleCheck};
use crate::day::TypedDay;
use crate::people::{EngagementKind, FieldFault, PersonId, VettingOfficer};
use crate::personal::Personal;
use crate::typed::needed_line;

/// The longest text about duties, in characters. Our choice: a sentence or two.
pub const LONGEST_DUTIES: usize = 200;

/// For how long somebody may start before their checks are there, in days. Our choice: three months, and then it is
/// looked at again.
const LONGEST: u64 = 92;

/// That somebody may start before their checks are there, with whom alongside, and until when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exception {
    /// As what they start.
    pub kind: EngagementKind,
    /// Who decided it.
    pub by: PersonId,
    /// Who is alongside them all the time.
    pub guide: PersonId,
    /// What they do meanwhile.
    pub duties: String,
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub until: NaiveDate,
}

/// Why somebody may not start yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unmet {
    /// The check that the role asks for is not there, or not enough.
    Check,
    /// They may not. No exception opens this.
    MayNot,
}

/// That somebody may start on a day. Only [`may_start`] makes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MayStart {
    with: Option<Exception>,
}

impl MayStart {
    /// The exception that it rests on: until its last day they are never without the one who is alongside them.
    #[must_use]
    pub const fn with(&self) -> Option<&Exception> {
        self.with.as_ref()
    }
}

/// Whether somebody may start as `kind` on a day: the placement or the engagement that begins takes what this gives.
///
/// `roles` is what the organisation asks for, `latest` the latest check that it knows, and `exceptions` all that were
/// decided about the person there; of those one that holds on the day is enough, unless they may not start at all.
///
/// # Errors
/// [`Unmet`].
pub fn may_start(
    kind: EngagementKind,
    (roles, latest): (&[RoleCheck], Option<&Check>),
    exceptions: &[Exception],
    on: NaiveDate,
) -> Result<MayStart, Unmet> {
    let Some(role) = roles.iter().find(|it| it.kind == kind) else { return Ok(MayStart { with: None }) };
    if latest.is_some_and(|it| it.outcome == Outcome::MayNot) {
        return Err(Unmet::MayNot);
    }
    if latest.is_some_and(|it| it.is_enough(role, on)) {
        return Ok(MayStart { with: None });
    }
    let holds = |it: &&Exception| it.kind == kind && it.from <= on && on <= it.until;
    let with = exceptions.iter().find(holds).cloned().ok_or(Unmet::Check)?;
    Ok(MayStart { with: Some(with) })
}

/// Whether somebody may start on a day as all that they are there, with the exceptions that it rests on.
///
/// # Errors
/// [`Unmet`].
pub fn may_start_as_all(
    kinds: &[EngagementKind],
    (roles, latest): (&[RoleCheck], Option<&Check>),
    exceptions: &[Exception],
    on: NaiveDate,
) -> Result<Vec<MayStart>, Unmet> {
    kinds.iter().map(|it| may_start(*it, (roles, latest), exceptions, on)).collect()
}

/// What was typed about an exception.
#[derive(Clone, Copy, Debug)]
pub struct ExceptionForm<'a> {
    /// As what they start.
    pub kind: EngagementKind,
    /// Who is alongside them.
    pub guide: Option<PersonId>,
    /// The field `duties`.
    pub duties: &'a str,
    /// The fields of the last day.
    pub until: TypedDay<'a>,
    /// Whether they have looked again at what seems personal.
    pub is_looked_at: bool,
}

/// An exception that may be kept. Only [`except`] makes one.
#[derive(Debug, PartialEq, Eq)]
pub struct NewException {
    of: PersonId,
    exception: Exception,
}

impl NewException {
    /// Who may start.
    #[must_use]
    pub const fn of(&self) -> PersonId {
        self.of
    }

    /// How.
    #[must_use]
    pub const fn exception(&self) -> &Exception {
        &self.exception
    }
}

/// Why no exception is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotExcepted {
    /// It is about whoever decides it.
    Oneself,
    /// They may not start, and no exception opens that.
    MayNot,
    /// Something in it looks personal. It may stay, once whoever wrote it has looked again.
    Personal(Personal),
    /// Something has to be put right.
    Faults(Vec<FieldFault>),
}

/// Lets somebody start before their checks are there, from today to a day, with somebody alongside.
///
/// # Errors
/// [`NotExcepted`].
pub fn except(
    by: &VettingOfficer,
    (of, latest): (PersonId, Option<&Check>),
    form: &ExceptionForm<'_>,
    today: NaiveDate,
) -> Result<NewException, NotExcepted> {
    if by.person() == of {
        return Err(NotExcepted::Oneself);
    }
    if latest.is_some_and(|it| it.outcome == Outcome::MayNot) {
        return Err(NotExcepted::MayNot);
    }
    let mut faults = Vec::new();
    let guide = form.guide.filter(|it| *it != of);
    if guide.is_none() {
        let remedy = "Choose who is alongside them all the time.";
        faults.push(FieldFault { field: "guide", remedy: remedy.into() });
    }
    let missing = ("duties", "Write what they do meanwhile, such as: makes tea, with Kim there.");
    let duties = needed_line(form.duties, LONGEST_DUTIES, missing, &mut faults);
    let furthest = today.checked_add_days(Days::new(LONGEST)).unwrap_or(today);
    let until = match form.until.needed() {
        Ok(day) if (today..=furthest).contains(&day) => Ok(day),
        Ok(_) => Err("Write a day from today on, within three months.".to_owned()),
        Err(why) => Err(why.to_string()),
    };
    let until = until.map_err(|remedy| faults.push(FieldFault { field: "until_day", remedy })).ok();
    match (guide, until) {
        (Some(guide), Some(until)) if faults.is_empty() => {
            match Personal::in_text(&duties) {
                Some(personal) if !form.is_looked_at => return Err(NotExcepted::Personal(personal)),
                _ => {}
            }
            let by = by.person();
            let exception = Exception { kind: form.kind, by, guide, duties, from: today, until };
            Ok(NewException { of, exception })
        }
        _ => Err(NotExcepted::Faults(faults)),
    }
}
