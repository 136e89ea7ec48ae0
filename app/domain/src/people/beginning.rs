//! Beginning to learn: the one thing that somebody who has an account may become by themselves. Colleges are for
//! everybody, so whoever works here learns here as well (domain.md section 6).

use super::{Engagement, EngagementKind, OrganisationId, PersonId};

/// Somebody who learns from today on. Only [`begin_to_learn`] makes one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewLearner {
    person: PersonId,
    organisation: OrganisationId,
}

impl NewLearner {
    /// Who.
    #[must_use]
    pub const fn person(&self) -> PersonId {
        self.person
    }

    /// Where.
    #[must_use]
    pub const fn organisation(&self) -> OrganisationId {
        self.organisation
    }
}

/// Lets somebody learn where they never have. Whoever has learned there already either does so now, or it was ended,
/// which is not theirs to undo.
#[must_use]
pub fn begin_to_learn(
    person: PersonId,
    organisation: OrganisationId,
    engagements: &[Engagement],
) -> Option<NewLearner> {
    let ever = |it: &Engagement| it.organisation == organisation && it.kind == EngagementKind::Learner;
    (!engagements.iter().any(ever)).then_some(NewLearner { person, organisation })
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use uuid::Uuid;

    use super::*;
    use crate::people::EngagementId;

    #[test]
    fn whoever_works_here_may_learn_here_and_whoever_was_ended_may_not_begin_again() {
        let [me, here, there] = [1, 2, 3].map(Uuid::from_u128);
        let (me, here) = (PersonId::from_uuid(me), OrganisationId::from_uuid(here));
        let engaged = |kind, organisation, to| Engagement {
            id: EngagementId::from_uuid(Uuid::from_u128(4)),
            person: me,
            organisation,
            kind,
            basis: None,
            from: NaiveDate::MIN,
            to,
            away: None,
        };
        let begins = |engagements: &[Engagement]| begin_to_learn(me, here, engagements).is_some();
        assert!(begins(&[]));
        assert!(begins(&[engaged(EngagementKind::Tutor, here, None)]));
        let elsewhere = OrganisationId::from_uuid(there);
        assert!(begins(&[engaged(EngagementKind::Learner, elsewhere, None)]));
        assert!(!begins(&[engaged(EngagementKind::Learner, here, None)]));
        assert!(!begins(&[engaged(EngagementKind::Learner, here, Some(NaiveDate::MIN))]));
    }
}
