//! What a role asks for, and why it may.

use super::{Level, Workforce};
use crate::own_words::NotTaken;
use crate::own_words::next_revision;
use crate::people::{EngagementKind, FieldFault, VettingOfficer};
use crate::typed::needed_line;

/// The longest reason, in characters. Our choice: a sentence or two.
pub const LONGEST_REASON: usize = 200;

/// The most months after which a check is repeated. Our choice: ten years.
const MOST_MONTHS: u16 = 120;

/// Which check is asked for of those who are something to an organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleCheck {
    /// As what.
    pub kind: EngagementKind,
    /// How much it looks at.
    pub level: Level,
    /// For which workforce; none for a basic one.
    pub workforce: Option<Workforce>,
    /// Whether a barred list is looked at.
    pub barred_list: bool,
    /// Why the role may be checked so.
    pub reason: String,
    /// After how many months it is looked at again: the organisation's own rule, off unless it says so.
    pub repeat_months: Option<u16>,
}

/// What was typed about a role.
#[derive(Clone, Copy, Debug)]
pub struct RoleForm<'a> {
    /// The field `level`; `none` where no check is asked for.
    pub level: &'a str,
    /// The field `workforce`.
    pub workforce: &'a str,
    /// Whether `barred` is ticked.
    pub barred_list: bool,
    /// The field `reason`.
    pub reason: &'a str,
    /// The field `repeat`; empty where it is not repeated.
    pub repeat: &'a str,
}

/// What the form says where no check is asked for.
pub const NO_CHECK: &str = "none";

/// What a role asks for from now on. Only [`settle_role`] makes it.
#[derive(Debug, PartialEq, Eq)]
pub struct NewRoleCheck {
    kind: EngagementKind,
    check: Option<RoleCheck>,
    revision: i64,
}

impl NewRoleCheck {
    /// As what.
    #[must_use]
    pub const fn kind(&self) -> EngagementKind {
        self.kind
    }

    /// Which check; none where none is asked for.
    #[must_use]
    pub const fn check(&self) -> Option<&RoleCheck> {
        self.check.as_ref()
    }

    /// Counts how often it was kept.
    #[must_use]
    pub const fn revision(&self) -> i64 {
        self.revision
    }
}

/// Settles which check is asked for of those who are `kind`, over what has the number `current` when the page showed
/// the number `seen`.
///
/// # Errors
/// Something newer, or every field that has to be put right.
pub fn settle_role(
    _by: &VettingOfficer,
    kind: EngagementKind,
    form: &RoleForm<'_>,
    (current, seen): (i64, i64),
) -> Result<NewRoleCheck, NotTaken> {
    let revision = next_revision(current, seen, false)?;
    if form.level == NO_CHECK {
        return Ok(NewRoleCheck { kind, check: None, revision });
    }
    let mut faults = Vec::new();
    let what = read_level(form.level, form.workforce, form.barred_list, &mut faults);
    let missing = (
        "reason",
        "Write why this role may be checked so. It is an offence to ask for a check that it does not allow.",
    );
    let reason = needed_line(form.reason, LONGEST_REASON, missing, &mut faults);
    let repeat_months = match form.repeat.trim() {
        "" => Some(None),
        typed => typed.parse().ok().filter(|it| (1..=MOST_MONTHS).contains(it)).map(Some),
    };
    if repeat_months.is_none() {
        let remedy = format!("Write a number of months from 1 to {MOST_MONTHS}, or leave it empty.");
        faults.push(FieldFault { field: "repeat", remedy });
    }
    match (what, repeat_months) {
        (Some((level, workforce)), Some(repeat_months)) if faults.is_empty() => {
            let barred_list = form.barred_list;
            let check = RoleCheck { kind, level, workforce, barred_list, reason, repeat_months };
            Ok(NewRoleCheck { kind, check: Some(check), revision })
        }
        _ => Err(NotTaken::Faults(faults)),
    }
}

/// A level with its workforce. Basic ones have none, and only enhanced ones look at a barred list.
pub(super) fn read_level(
    level: &str,
    workforce: &str,
    barred_list: bool,
    faults: &mut Vec<FieldFault>,
) -> Option<(Level, Option<Workforce>)> {
    let mut fault = |field, remedy: &str| faults.push(FieldFault { field, remedy: remedy.into() });
    let Some(level) = Level::parse(level) else {
        fault("level", "Choose a level.");
        return None;
    };
    if barred_list && level != Level::Enhanced {
        fault(
            "barred",
            "Only an enhanced check looks at a barred list: take the tick away, or choose enhanced.",
        );
        return None;
    }
    match (level, Workforce::parse(workforce)) {
        (Level::Basic, _) => Some((level, None)),
        (_, Some(workforce)) => Some((level, Some(workforce))),
        (_, None) => {
            fault("workforce", "Choose a workforce.");
            None
        }
    }
}
