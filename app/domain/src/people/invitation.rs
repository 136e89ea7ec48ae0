//! Invitations: how somebody becomes more to an organisation than a learner.
//!
//! An invitation goes to an e-mail address, not to a person: whoever invites learns neither whether there is
//! an account with that address nor what its owner is to anybody else. It is its own link ([`crate::sign_in`]):
//! single use, fourteen days, and what uses it up is a button on its page.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::registration::kept;
use super::{Administrator, Basis, Engagement, EngagementKind, FieldFault, OrganisationId, PersonId, ids};
use crate::day::TypedDay;
use crate::sign_in::{EmailAddress, Link, LinkId, LinkPurpose, LinkRefused, follow};

mod newcomer;
#[cfg(test)]
mod tests;

pub use newcomer::{Newcomer, NewcomerForm};

ids! {
    /// One invitation.
    InvitationId;
}

/// One thing that somebody is invited to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offer {
    /// As what.
    pub kind: EngagementKind,
    /// On what footing, where that has been settled.
    pub basis: Option<Basis>,
    /// The first day.
    pub from: NaiveDate,
}

/// An invitation as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// The row's name.
    pub id: InvitationId,
    /// Who invites. No other organisation sees it.
    pub organisation: OrganisationId,
    /// Who is invited: whoever reads mail at this address.
    pub email: EmailAddress,
    /// What they are invited to be.
    pub offers: Vec<Offer>,
    /// When the letter went out.
    pub made_at: DateTime<Utc>,
    /// When it was withdrawn, if it was.
    pub withdrawn_at: Option<DateTime<Utc>>,
    /// When it was accepted and by whom, if it was.
    pub accepted: Option<(DateTime<Utc>, PersonId)>,
}

impl Invitation {
    /// How long one is kept, whatever became of it: the address in it is that of somebody who may never have
    /// come. Our choice: six weeks after its link stopped working, whoever invited has noticed.
    pub const KEPT: TimeDelta = TimeDelta::days(LinkPurpose::Invite.lifetime().num_days() + 42);
}

/// What was typed into the form for an invitation.
#[derive(Clone, Copy)]
pub struct InvitationForm<'a> {
    /// The field `email`.
    pub email: &'a str,
    /// Every value of the field `kind`.
    pub kinds: &'a [&'a str],
    /// The field `basis`: a basis, or `none` where it has not been settled.
    pub basis: &'a str,
    /// The fields `from_day`, `from_month` and `from_year`.
    pub from: TypedDay<'a>,
}

impl core::fmt::Debug for InvitationForm<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("InvitationForm(…)")
    }
}

/// An invitation that may be saved. Only [`invite`] and [`invite_first`] make one.
#[derive(Debug, PartialEq, Eq)]
pub struct NewInvitation {
    organisation: OrganisationId,
    by: Option<PersonId>,
    email: EmailAddress,
    offers: Vec<Offer>,
}

impl NewInvitation {
    /// Who invites.
    #[must_use]
    pub const fn organisation(&self) -> OrganisationId {
        self.organisation
    }

    /// Which administrator did; nobody for one made on the command line.
    #[must_use]
    pub const fn by(&self) -> Option<PersonId> {
        self.by
    }

    /// Where the letter goes.
    #[must_use]
    pub const fn email(&self) -> &EmailAddress {
        &self.email
    }

    /// What they are invited to be.
    #[must_use]
    pub fn offers(&self) -> &[Offer] {
        &self.offers
    }

    /// Lets it stand beside the `last` invitation of the same organisation to the same address.
    ///
    /// # Errors
    /// [`InvitedAlready`] while that one is open.
    pub fn beside(self, last: Option<&Invitation>, now: DateTime<Utc>) -> Result<Self, InvitedAlready> {
        match last {
            Some(last) if last.open(now).is_ok() => Err(InvitedAlready),
            _ => Ok(self),
        }
    }
}

/// This organisation has invited this address, and waits for an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("You have invited this address already, and the invitation is open. Withdraw it to send another.")]
pub struct InvitedAlready;

/// What the word in a form stands for when no basis has been settled.
pub const NO_BASIS: &str = "none";

/// Invites somebody to the organisation that `by` administers.
///
/// # Errors
/// Every field that has to be put right.
pub fn invite(by: &Administrator, form: &InvitationForm<'_>) -> Result<NewInvitation, Vec<FieldFault>> {
    let mut faults = Vec::new();
    let email = kept(EmailAddress::parse(form.email), "email", &mut faults);
    let kinds = kinds(form.kinds);
    if kinds.is_none() {
        faults.push(FieldFault { field: "kind", remedy: "Choose at least one of these.".into() });
    }
    let basis = kept(basis(form.basis), "basis", &mut faults);
    let from = kept(form.from.needed(), "from_day", &mut faults);
    match (email, kinds, basis, from) {
        (Some(email), Some(kinds), Some(basis), Some(from)) => {
            let offers = kinds.into_iter().map(|kind| Offer { kind, basis, from }).collect();
            let (organisation, by) = (by.organisation(), Some(by.person()));
            Ok(NewInvitation { organisation, by, email, offers })
        }
        _ => Err(faults),
    }
}

/// The kinds that were ticked, each once, in reading order; none if nothing was, or something that is no kind.
fn kinds(typed: &[&str]) -> Option<Vec<EngagementKind>> {
    let mut kinds = typed.iter().map(|it| EngagementKind::parse(it)).collect::<Option<Vec<_>>>()?;
    kinds.sort_unstable();
    kinds.dedup();
    (!kinds.is_empty()).then_some(kinds)
}

/// Nothing of the list was chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Choose one of these.")]
pub struct NotChosen;

/// Reads the basis that was chosen.
///
/// # Errors
/// [`NotChosen`].
pub fn basis(typed: &str) -> Result<Option<Basis>, NotChosen> {
    match typed {
        NO_BASIS => Ok(None),
        word => Basis::parse(word).map(Some).ok_or(NotChosen),
    }
}

/// Who may be invited from the command line, which anybody may use who holds the machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// The very first administrator.
    First,
    /// One more, said in so many words.
    Another,
}

/// There is an administrator, who can invite others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "There is an administrator already, who can invite others on the site. If nobody can sign in as one any \
     more, add --another."
)]
pub struct AdministratedAlready;

/// Invites an administrator from the command line. `administrators` is how many there are today.
///
/// # Errors
/// [`AdministratedAlready`] for the first where there is one.
pub fn invite_first(
    organisation: OrganisationId,
    email: EmailAddress,
    (which, administrators): (Which, u64),
    today: NaiveDate,
) -> Result<NewInvitation, AdministratedAlready> {
    if which == Which::First && administrators > 0 {
        return Err(AdministratedAlready);
    }
    let offers = vec![Offer { kind: EngagementKind::Administrator, basis: None, from: today }];
    Ok(NewInvitation { organisation, by: None, email, offers })
}

/// Why an invitation opens nothing. The sentence says what to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvitationRefused {
    /// Whoever sent it took it back.
    #[error("This invitation has been withdrawn. Ask whoever invited you if you think that is a mistake.")]
    Withdrawn,
    /// It was used before, or is too old.
    #[error(transparent)]
    Link(#[from] LinkRefused),
}

/// An invitation that can be accepted now. Only [`Invitation::open`] makes one.
#[derive(Debug)]
pub struct OpenInvitation<'a> {
    invitation: &'a Invitation,
    at: DateTime<Utc>,
}

impl Invitation {
    /// Opens it, if it was neither withdrawn nor used and is not too old.
    ///
    /// # Errors
    /// [`InvitationRefused`], what was withdrawn first.
    pub fn open(&self, now: DateTime<Utc>) -> Result<OpenInvitation<'_>, InvitationRefused> {
        if self.withdrawn_at.is_some() {
            return Err(InvitationRefused::Withdrawn);
        }
        let (id, purpose) = (LinkId::from_uuid(self.id.as_uuid()), LinkPurpose::Invite);
        let link = Link { id, purpose, made_at: self.made_at, used_at: self.accepted.map(|it| it.0) };
        let followed = follow(&link, purpose, now)?;
        Ok(OpenInvitation { invitation: self, at: followed.at() })
    }
}

/// Somebody who wants to accept: who they are, the address they sign in with, and what they are already.
#[derive(Debug)]
pub struct Accepting<'a> {
    /// Who.
    pub person: PersonId,
    /// With which address they sign in.
    pub email: &'a EmailAddress,
    /// What they are to any organisation.
    pub engagements: &'a [Engagement],
}

/// An invitation that somebody has accepted. Only [`OpenInvitation::accept`] makes one.
#[derive(Debug, PartialEq, Eq)]
pub struct Accepted {
    invitation: InvitationId,
    organisation: OrganisationId,
    person: PersonId,
    at: DateTime<Utc>,
    begins: Vec<Offer>,
}

impl Accepted {
    /// Which.
    #[must_use]
    pub const fn invitation(&self) -> InvitationId {
        self.invitation
    }

    /// Whose.
    #[must_use]
    pub const fn organisation(&self) -> OrganisationId {
        self.organisation
    }

    /// Who has accepted.
    #[must_use]
    pub const fn person(&self) -> PersonId {
        self.person
    }

    /// When.
    #[must_use]
    pub const fn at(&self) -> DateTime<Utc> {
        self.at
    }

    /// What they are from now on and were not before.
    #[must_use]
    pub fn begins(&self) -> &[Offer] {
        &self.begins
    }
}

/// Somebody else is signed in than the one who was invited. To whom it went is not said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("This invitation went to another address than the one you sign in with.")]
pub struct SomebodyElses;

impl OpenInvitation<'_> {
    /// Whether it went to this address.
    #[must_use]
    pub fn went_to(&self, email: &EmailAddress) -> bool {
        self.invitation.email == *email
    }

    /// Accepts it. What they are already to that organisation, and have not stopped being, they stay.
    ///
    /// # Errors
    /// [`SomebodyElses`] unless it went to the address that they sign in with.
    pub fn accept(&self, who: &Accepting<'_>, today: NaiveDate) -> Result<Accepted, SomebodyElses> {
        if !self.went_to(who.email) {
            return Err(SomebodyElses);
        }
        let organisation = self.invitation.organisation;
        let is_already = |offer: &&Offer| {
            let goes_on = |it: &Engagement| it.to.is_none_or(|to| to >= offer.from.max(today));
            let same = |it: &&Engagement| it.organisation == organisation && it.kind == offer.kind;
            who.engagements.iter().filter(same).any(goes_on)
        };
        let begins = self.invitation.offers.iter().filter(|it| !is_already(it)).copied().collect();
        Ok(Accepted { invitation: self.invitation.id, organisation, person: who.person, at: self.at, begins })
    }
}
