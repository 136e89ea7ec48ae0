//! With whom somebody shares their plan: a tutor whom they name, at an organisation where they learn.

use chrono::NaiveDate;

use crate::people::{Engagement, EngagementKind, OrganisationId, PersonId};

/// The most tutors at once. Our choice.
pub const MOST_SHARES: usize = 10;

/// A tutor who may read somebody's plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlanShare {
    /// Whose plan.
    pub person: PersonId,
    /// Who may read it.
    pub tutor: PersonId,
    /// Where the one learns and the other gives courses.
    pub organisation: OrganisationId,
    /// Since which day.
    pub from: NaiveDate,
    /// Whether its owner agreed to show its courses as well.
    pub courses: bool,
}

/// A share that may be kept. Only [`share_plan`] makes one.
#[derive(Debug, PartialEq, Eq)]
pub struct NewPlanShare(PlanShare);

impl NewPlanShare {
    /// What is kept.
    #[must_use]
    pub const fn share(&self) -> PlanShare {
        self.0
    }
}

/// Why a plan is not shared. The sentence says how to put it right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotShared {
    /// They give no courses where the learner learns.
    #[error("Choose a tutor from the list. Whoever you chose gives no courses there now.")]
    NotATutor,
    /// It is shared with as many as can be.
    #[error("Your plan is shared with {MOST_SHARES} tutors. Take it back from one, then choose another.")]
    TooMany,
}

/// Shares a plan from today on with a tutor at an organisation: `mine` and `theirs` is what the two are, and with so
/// many `others` it is shared already. `courses` says whether its owner was told that its courses are shown as well.
///
/// # Errors
/// [`NotShared`].
pub fn share_plan(
    (person, mine): (PersonId, &[Engagement]),
    (tutor, theirs): (PersonId, &[Engagement]),
    (organisation, courses): (OrganisationId, bool),
    others: usize,
    today: NaiveDate,
) -> Result<NewPlanShare, NotShared> {
    let share = PlanShare { person, tutor, organisation, from: today, courses };
    if !is_open(&share, mine, theirs, today) {
        return Err(NotShared::NotATutor);
    }
    if others >= MOST_SHARES { Err(NotShared::TooMany) } else { Ok(NewPlanShare(share)) }
}

/// Whether a share is good on this day: the one has been learning there and the other giving courses ever since it
/// was made. Whoever leaves closes it, and coming back does not open it again: that takes a new choice.
#[must_use]
pub fn is_open(share: &PlanShare, mine: &[Engagement], theirs: &[Engagement], today: NaiveDate) -> bool {
    let is = |all: &[Engagement], person, kind| {
        all.iter().any(|it| {
            (it.person, it.kind, it.organisation) == (person, kind, share.organisation)
                && it.from <= share.from
                && it.is_current(today)
        })
    };
    share.person != share.tutor
        && is(mine, share.person, EngagementKind::Learner)
        && is(theirs, share.tutor, EngagementKind::Tutor)
}
