//! Who sees how far somebody is with what their role asks of them. An employer sees the competences that its own role
//! profile names, and nothing that somebody chose for themself.

use super::Issue;
use crate::people::PersonId;

/// That somebody may see how far the person of an issue is with the competences that the role names, and with no
/// others. Only [`sees_asked`] makes one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeesAsked(PersonId);

impl SeesAsked {
    /// Of whom.
    #[must_use]
    pub const fn of(self) -> PersonId {
        self.0
    }
}

/// Whether whoever may read an issue also sees how far its person is. The person does while it holds or may still come
/// to. Others do from the moment on in which the person has signed: a role that was only issued opens nothing.
#[must_use]
pub fn sees_asked(issue: &Issue, reader: PersonId) -> Option<SeesAsked> {
    let is_open = issue.state.is_live() && (issue.by_person || reader == issue.person);
    is_open.then_some(SeesAsked(issue.person))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::people::OrganisationId;
    use crate::training::role_issue::{IssueState, RoleIssueId};

    #[test]
    fn a_role_opens_nothing_to_others_before_its_person_has_signed_nor_once_it_is_over() {
        let [sam, max] = [1, 2].map(|it| PersonId::from_uuid(Uuid::from_u128(it)));
        for state in IssueState::ALL {
            for by_person in [false, true] {
                let issue = Issue {
                    id: RoleIssueId::from_uuid(Uuid::nil()),
                    person: sam,
                    organisation: OrganisationId::from_uuid(Uuid::nil()),
                    version: 1,
                    hash: String::new(),
                    state,
                    by_person,
                    by_manager: true,
                    acts: 1,
                };
                let holds = matches!(state, IssueState::Open | IssueState::Signed);
                assert_eq!(sees_asked(&issue, sam).map(SeesAsked::of), holds.then_some(sam), "{state:?}");
                let others = (holds && by_person).then_some(sam);
                assert_eq!(sees_asked(&issue, max).map(SeesAsked::of), others, "{state:?} {by_person}");
            }
        }
    }
}
