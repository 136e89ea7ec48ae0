//! Checks before somebody starts. The role says which check it may ask for and why; of somebody's certificate is kept
//! its level, its day and what follows from it, and never anything that stands in it. There is no field for that.

mod gate;
mod role;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;

use super::requirement::counts_until;
use crate::day::TypedDay;
use crate::people::{Engagement, FieldFault, PersonId, VettingOfficer, ids, words};

pub use gate::{
    Exception, ExceptionForm, LONGEST_DUTIES, MayStart, NewException, NotExcepted, Unmet, except, may_start,
    may_start_as_all,
};
pub use role::{LONGEST_REASON, NO_CHECK, NewRoleCheck, RoleCheck, RoleForm, settle_role};

ids! {
    /// What was kept of one check.
    VettingId;
    /// That somebody may start before their checks are there.
    ExceptionId;
}

words! {
    /// How much a check looks at.
    pub enum Level {
        /// What is not spent.
        Basic = "basic",
        /// More, for roles that the law names.
        Standard = "standard",
        /// Most, for roles that the law names.
        Enhanced = "enhanced",
    }
}

impl Level {
    /// What people read.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Basic => "Basic",
            Self::Standard => "Standard",
            Self::Enhanced => "Enhanced",
        }
    }
}

words! {
    /// With whom the role works.
    pub enum Workforce {
        /// Adults.
        Adult = "adult",
        /// Children.
        Child = "child",
        /// Both.
        Both = "adult_and_child",
        /// Neither.
        Other = "other",
    }
}

impl Workforce {
    /// What people read.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Adult => "Adult workforce",
            Self::Child => "Child workforce",
            Self::Both => "Adult and child workforce",
            Self::Other => "Other workforce",
        }
    }

    /// Whether a check for this one says enough about another.
    const fn covers(self, other: Self) -> bool {
        match self {
            Self::Both => matches!(other, Self::Both | Self::Adult | Self::Child),
            Self::Adult => matches!(other, Self::Adult),
            Self::Child => matches!(other, Self::Child),
            Self::Other => matches!(other, Self::Other),
        }
    }
}

words! {
    /// What follows from a check. Nothing else of it is kept.
    pub enum Outcome {
        /// They may start.
        MayStart = "may_start",
        /// They may start, with conditions that are kept elsewhere.
        Conditions = "conditions",
        /// They may not.
        MayNot = "may_not",
    }
}

impl Outcome {
    /// What people read.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::MayStart => "May start",
            Self::Conditions => "May start, with conditions",
            Self::MayNot => "May not start",
        }
    }
}

/// What was kept of one check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Check {
    /// How much it looked at.
    pub level: Level,
    /// For which workforce; none for a basic one.
    pub workforce: Option<Workforce>,
    /// Whether it looked at a barred list.
    pub barred_list: bool,
    /// The day of the certificate.
    pub issued_on: NaiveDate,
    /// The day on which the Update Service was looked at last.
    pub updated_on: Option<NaiveDate>,
    /// What follows.
    pub outcome: Outcome,
}

impl Check {
    /// Whether it is enough for a role on a day. Checks have no end of their own: only where the organisation asks for
    /// it again does one run out.
    #[must_use]
    pub fn is_enough(&self, role: &RoleCheck, today: NaiveDate) -> bool {
        let covers = match (role.workforce, self.workforce) {
            (None, _) => true,
            (Some(needed), Some(looked_at)) => looked_at.covers(needed),
            (Some(_), None) => false,
        };
        let last = self.updated_on.map_or(self.issued_on, |it| it.max(self.issued_on));
        self.outcome != Outcome::MayNot
            && self.level >= role.level
            && covers
            && (self.barred_list || !role.barred_list)
            && role.repeat_months.is_none_or(|it| today <= counts_until(last, it))
    }
}

/// How somebody stands with the checks of what they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vetted {
    /// Nothing that they are asks for one.
    NotAsked,
    /// It is enough for all that they are.
    Current,
    /// It is not.
    NotCurrent,
}

impl Vetted {
    /// What people read.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::NotAsked => "Not asked",
            Self::Current => "Current",
            Self::NotCurrent => "Not current",
        }
    }
}

/// How somebody stands with the checks that their `roles` here ask for. Only the latest check counts.
#[must_use]
pub fn vetted(
    engagements: &[Engagement],
    roles: &[RoleCheck],
    latest: Option<&Check>,
    today: NaiveDate,
) -> Vetted {
    let mut asked = engagements
        .iter()
        .filter(|it| it.to.is_none_or(|to| to >= today))
        .filter_map(|it| roles.iter().find(|role| role.kind == it.kind))
        .peekable();
    if asked.peek().is_none() {
        return Vetted::NotAsked;
    }
    match asked.all(|role| latest.is_some_and(|it| it.is_enough(role, today))) {
        true => Vetted::Current,
        false => Vetted::NotCurrent,
    }
}

/// What was chosen about a check.
#[derive(Clone, Copy, Debug)]
pub struct CheckForm<'a> {
    /// The field `level`.
    pub level: &'a str,
    /// The field `workforce`.
    pub workforce: &'a str,
    /// Whether `barred` is ticked.
    pub barred_list: bool,
    /// The fields of the certificate's day.
    pub issued_on: TypedDay<'a>,
    /// The fields of the day of the Update Service; may be empty.
    pub updated_on: TypedDay<'a>,
    /// The field `outcome`.
    pub outcome: &'a str,
}

/// What may be kept of a check. Only [`note_check`] makes it.
#[derive(Debug, PartialEq, Eq)]
pub struct NewCheck {
    of: PersonId,
    by: PersonId,
    check: Check,
}

impl NewCheck {
    /// Whose.
    #[must_use]
    pub const fn of(&self) -> PersonId {
        self.of
    }

    /// Who saw it.
    #[must_use]
    pub const fn by(&self) -> PersonId {
        self.by
    }

    /// What is kept.
    #[must_use]
    pub const fn check(&self) -> &Check {
        &self.check
    }
}

/// Why nothing is kept of a check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotChecked {
    /// It is about whoever notes it.
    Oneself,
    /// Nothing that they are asks for a check, and it is an offence to ask for one that the role does not allow.
    NotAsked,
    /// Something has to be put right.
    Faults(Vec<FieldFault>),
}

/// Notes what follows from somebody's check. `is_asked` says whether anything that they are asks for one.
///
/// # Errors
/// [`NotChecked`].
pub fn note_check(
    by: &VettingOfficer,
    (of, is_asked): (PersonId, bool),
    form: &CheckForm<'_>,
    today: NaiveDate,
) -> Result<NewCheck, NotChecked> {
    if by.person() == of {
        return Err(NotChecked::Oneself);
    }
    if !is_asked {
        return Err(NotChecked::NotAsked);
    }
    let mut faults = Vec::new();
    let what = role::read_level(form.level, form.workforce, form.barred_list, &mut faults);
    let issued_on = past(form.issued_on.needed().map(Some), ("issued_day", today), &mut faults).flatten();
    let updated_on = past(form.updated_on.perhaps(), ("updated_day", today), &mut faults).flatten();
    if let (Some(issued), Some(updated)) = (issued_on, updated_on)
        && updated < issued
    {
        let remedy = "Write a day on or after that of the certificate, or leave it empty.";
        faults.push(FieldFault { field: "updated_day", remedy: remedy.into() });
    }
    let outcome = Outcome::parse(form.outcome);
    if outcome.is_none() {
        faults.push(FieldFault { field: "outcome", remedy: "Choose what follows from it.".into() });
    }
    match (what, issued_on, outcome) {
        (Some((level, workforce)), Some(issued_on), Some(outcome)) if faults.is_empty() => {
            let barred_list = form.barred_list;
            let check = Check { level, workforce, barred_list, issued_on, updated_on, outcome };
            Ok(NewCheck { of, by: by.person(), check })
        }
        _ => Err(NotChecked::Faults(faults)),
    }
}

/// A day that is not ahead.
fn past<E: core::fmt::Display>(
    read: Result<Option<NaiveDate>, E>,
    (field, today): (&'static str, NaiveDate),
    faults: &mut Vec<FieldFault>,
) -> Option<Option<NaiveDate>> {
    let remedy = match read {
        Ok(Some(day)) if day > today => "Write today or a day before.".to_owned(),
        Ok(day) => return Some(day),
        Err(why) => why.to_string(),
    };
    faults.push(FieldFault { field, remedy });
    None
}
