//! A version of a role profile that was issued to somebody: read, and signed by two. Each signs for themself only, and
//! signs the very text that they were shown. What was done is never taken back; it is followed by something else.

use crate::people::{
    Engagement, FieldFault, LineManager, OrganisationId, PersonId, TrainingCoordinator, ids, words,
};
use crate::personal::Personal;
use crate::signing::{NotSigned, SignForm, signed_name};
use crate::typed::several_lines;

mod asked;
#[cfg(test)]
mod tests;

pub use asked::{SeesAsked, sees_asked};

ids! {
    /// A role as it was issued to one person.
    RoleIssueId;
}

words! {
    /// Where an issue is.
    pub enum IssueState {
        /// It waits for a signature or two.
        Open = "open",
        /// Both have signed it.
        Signed = "signed",
        /// One of the two would not sign it.
        Declined = "declined",
        /// It does not hold any more.
        Revoked = "revoked",
        /// Another version was issued in its place.
        Replaced = "replaced",
    }
}

impl IssueState {
    /// What people read.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Open => "Waits to be signed",
            Self::Signed => "Signed by both",
            Self::Declined => "Declined",
            Self::Revoked => "Taken back",
            Self::Replaced => "Replaced by a later version",
        }
    }

    /// Whether it holds, or may still come to.
    #[must_use]
    pub const fn is_live(self) -> bool {
        matches!(self, Self::Open | Self::Signed)
    }
}

words! {
    /// What was done with an issue.
    pub enum IssueAct {
        /// It was issued.
        Issued = "issued",
        /// Its person signed it.
        SignedByPerson = "signed_by_person",
        /// Their line manager signed it.
        SignedByManager = "signed_by_manager",
        /// One of the two would not sign it.
        Declined = "declined",
        /// A coordinator took it back.
        Revoked = "revoked",
        /// Another version was issued in its place.
        Replaced = "replaced",
    }
}

impl IssueAct {
    /// What people read.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Issued => "Issued",
            Self::SignedByPerson => "Signed by the person",
            Self::SignedByManager => "Signed by the line manager",
            Self::Declined => "Declined",
            Self::Revoked => "Taken back",
            Self::Replaced => "Replaced by a later version",
        }
    }
}

/// The longest reason, in characters. Our choice: a few sentences.
const LONGEST_WHY: usize = 500;

/// An issue as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    pub id: RoleIssueId,
    pub person: PersonId,
    pub organisation: OrganisationId,
    /// Which version of its profile.
    pub version: i64,
    /// The hash of that version's text, as it is shown.
    pub hash: String,
    pub state: IssueState,
    /// Whether its person has signed.
    pub by_person: bool,
    /// Whether their line manager has.
    pub by_manager: bool,
    /// How many acts its history has.
    pub acts: u32,
}

/// An act that may be kept. Only the rules here make one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAct {
    act: IssueAct,
    by: PersonId,
    number: u32,
    state: IssueState,
    name: String,
    words: String,
}

impl NewAct {
    fn of(issue: &Issue, act: IssueAct, by: PersonId, state: IssueState) -> Self {
        Self { act, by, number: issue.acts + 1, state, name: String::new(), words: String::new() }
    }

    /// What was done.
    #[must_use]
    pub const fn act(&self) -> IssueAct {
        self.act
    }

    /// By whom.
    #[must_use]
    pub const fn by(&self) -> PersonId {
        self.by
    }

    /// Its place in the history, from one.
    #[must_use]
    pub const fn number(&self) -> u32 {
        self.number
    }

    /// Where the issue is after it.
    #[must_use]
    pub const fn state(&self) -> IssueState {
        self.state
    }

    /// The name that was typed; of signatures only.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Why; of what was declined or taken back only.
    #[must_use]
    pub fn words(&self) -> &str {
        &self.words
    }
}

/// Who signs, or would not: the person for themself, or their line manager.
#[derive(Clone, Copy, Debug)]
pub enum Signer<'a> {
    /// Whoever it was issued to, if it is they.
    Person(PersonId),
    /// Who manages them.
    Manager(&'a LineManager),
}

impl Signer<'_> {
    /// Who it is.
    #[must_use]
    pub const fn person(&self) -> PersonId {
        match self {
            Self::Person(person) => *person,
            Self::Manager(manager) => manager.person(),
        }
    }

    /// Whether this signature is asked for.
    fn is_asked(&self, issue: &Issue) -> bool {
        match self {
            Self::Person(person) => *person == issue.person,
            Self::Manager(it) => {
                it.person() != issue.person
                    && it.managed() == issue.person
                    && it.organisation() == issue.organisation
            }
        }
    }

    /// Whether they have signed.
    #[must_use]
    pub const fn has_signed(&self, issue: &Issue) -> bool {
        match self {
            Self::Person(_) => issue.by_person,
            Self::Manager(_) => issue.by_manager,
        }
    }
}

/// Why an act is not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotActed {
    /// It is not theirs to sign.
    NotTheirs,
    /// They have signed it already, as after a second tap.
    Already,
    /// It is over: declined, taken back or replaced. The state says which.
    Over(IssueState),
    /// Their page showed another text.
    OtherText,
    /// Something has to be put right.
    Faults(Vec<FieldFault>),
    /// The reason looks as if it told who somebody is. It may stay, once it was looked at again.
    Personal(Personal),
}

impl From<NotSigned> for NotActed {
    fn from(why: NotSigned) -> Self {
        match why {
            NotSigned::OtherText => Self::OtherText,
            NotSigned::Faults(faults) => Self::Faults(faults),
        }
    }
}

/// Signs an issue.
///
/// # Errors
/// [`NotActed`].
pub fn sign(signer: Signer<'_>, issue: &Issue, form: &SignForm<'_>) -> Result<NewAct, NotActed> {
    may_act(signer, issue)?;
    let name = signed_name(form, &issue.hash)?;
    let (act, is_last) = match signer {
        Signer::Person(_) => (IssueAct::SignedByPerson, issue.by_manager),
        Signer::Manager(_) => (IssueAct::SignedByManager, issue.by_person),
    };
    let state = if is_last { IssueState::Signed } else { IssueState::Open };
    Ok(NewAct { name, ..NewAct::of(issue, act, signer.person(), state) })
}

/// Says that somebody does not sign, and why in a word. Whoever has signed has signed.
///
/// # Errors
/// [`NotActed`].
pub fn decline(signer: Signer<'_>, issue: &Issue, why: &str, is_looked_at: bool) -> Result<NewAct, NotActed> {
    may_act(signer, issue)?;
    let words = reason(why, "Say in a word why, so that it can be put right.", is_looked_at)?;
    Ok(NewAct { words, ..NewAct::of(issue, IssueAct::Declined, signer.person(), IssueState::Declined) })
}

/// Takes an issue back, signed or not. What was signed stays in the history.
///
/// # Errors
/// [`NotActed`].
pub fn revoke(
    by: &TrainingCoordinator,
    issue: &Issue,
    why: &str,
    is_looked_at: bool,
) -> Result<NewAct, NotActed> {
    if by.organisation() != issue.organisation || by.person() == issue.person {
        return Err(NotActed::NotTheirs);
    }
    if !issue.state.is_live() {
        return Err(NotActed::Over(issue.state));
    }
    let words = reason(why, "Say in a word why it does not hold any more.", is_looked_at)?;
    Ok(NewAct { words, ..NewAct::of(issue, IssueAct::Revoked, by.person(), IssueState::Revoked) })
}

fn may_act(signer: Signer<'_>, issue: &Issue) -> Result<(), NotActed> {
    if !signer.is_asked(issue) {
        return Err(NotActed::NotTheirs);
    }
    match issue.state {
        IssueState::Open | IssueState::Signed if signer.has_signed(issue) => Err(NotActed::Already),
        IssueState::Open => Ok(()),
        over => Err(NotActed::Over(over)),
    }
}

fn reason(typed: &str, missing: &str, is_looked_at: bool) -> Result<String, NotActed> {
    let mut faults = Vec::new();
    let words = several_lines(typed, LONGEST_WHY, "why", &mut faults);
    if faults.is_empty() && words.is_empty() {
        faults.push(FieldFault { field: "why", remedy: missing.into() });
    }
    if !faults.is_empty() {
        return Err(NotActed::Faults(faults));
    }
    match Personal::in_text(&words).filter(|_| !is_looked_at) {
        Some(it) => Err(NotActed::Personal(it)),
        None => Ok(words),
    }
}

/// An issue that may be begun. Only [`issue`] makes one.
#[derive(Debug, PartialEq, Eq)]
pub struct NewIssue {
    person: PersonId,
    by: PersonId,
    organisation: OrganisationId,
    version: i64,
    replaces: Option<(RoleIssueId, NewAct)>,
}

impl NewIssue {
    /// To whom.
    #[must_use]
    pub const fn person(&self) -> PersonId {
        self.person
    }

    /// By whom.
    #[must_use]
    pub const fn by(&self) -> PersonId {
        self.by
    }

    /// For which organisation.
    #[must_use]
    pub const fn organisation(&self) -> OrganisationId {
        self.organisation
    }

    /// Which version.
    #[must_use]
    pub const fn version(&self) -> i64 {
        self.version
    }

    /// What it takes the place of, and how that ends.
    #[must_use]
    pub const fn replaces(&self) -> Option<&(RoleIssueId, NewAct)> {
        self.replaces.as_ref()
    }
}

/// Why a role is not issued. The sentence says how to put it right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotIssued {
    /// They are nothing to the organisation today.
    #[error("Choose somebody who is with your organisation today.")]
    NotKnownHere,
    /// It would be the coordinator's own.
    #[error("Nobody issues a role to themself: ask another coordinator.")]
    ToThemself,
    /// They have this version.
    #[error("They have this version already.")]
    HasIt,
}

/// Issues a version of a role to somebody. `theirs` is what they are to organisations; `live` is what they have of the
/// same role, which this takes the place of.
///
/// # Errors
/// [`NotIssued`].
pub fn issue(
    by: &TrainingCoordinator,
    (person, theirs): (PersonId, &[Engagement]),
    version: i64,
    live: Option<&Issue>,
    today: chrono::NaiveDate,
) -> Result<NewIssue, NotIssued> {
    let organisation = by.organisation();
    let is_here =
        |it: &Engagement| it.person == person && it.organisation == organisation && it.is_current(today);
    if !theirs.iter().any(is_here) {
        return Err(NotIssued::NotKnownHere);
    }
    if person == by.person() {
        return Err(NotIssued::ToThemself);
    }
    let live = live.filter(|it| it.state.is_live());
    if live.is_some_and(|it| it.version == version) {
        return Err(NotIssued::HasIt);
    }
    let replaces =
        live.map(|it| (it.id, NewAct::of(it, IssueAct::Replaced, by.person(), IssueState::Replaced)));
    Ok(NewIssue { person, by: by.person(), organisation, version, replaces })
}
