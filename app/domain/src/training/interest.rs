//! Interest in training: who would like to be told when an organisation looks for people.
//!
//! Nobody is written to who did not ask. Whoever is not signed in confirms by a link in a letter, so that nobody
//! puts somebody else on the list; whoever is has shown that their address is theirs. It is forgotten a while after
//! it was last confirmed.

use chrono::{DateTime, TimeDelta, Utc};

use crate::people::{FieldFault, KnownAs, OrganisationId, PersonId, ids, words};
use crate::sign_in::{EmailAddress, FollowedLink, Link, LinkPurpose, LinkRefused, follow};
use crate::typed::kept;

#[cfg(test)]
mod tests;

ids! {
    /// One address on the list of one organisation.
    InterestId;
}

words! {
    /// What kind of role somebody would like.
    pub enum WantedRole {
        /// As a volunteer.
        Volunteer = "volunteer",
        /// For pay.
        Paid = "paid",
        /// Whichever there is.
        Either = "either",
        /// They do not know yet.
        NotSure = "not_sure",
    }
}

impl WantedRole {
    /// What people read.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Volunteer => "As a volunteer",
            Self::Paid => "As a paid worker",
            Self::Either => "Either",
            Self::NotSure => "I am not sure yet",
        }
    }
}

/// To what people have agreed, by version, counted from one. What somebody has agreed to is never reworded: other
/// words are another version at the end.
pub const CONSENTS: [&str; 1] = [
    "I agree that the organisation I chose may write to me by e-mail when it looks for people for such a role. It \
     keeps my name, my e-mail address and my choice for this, and for nothing else. I can leave the list at any \
     time, by a link in each letter. It forgets me two years after I last confirmed.",
];

/// How soon another letter goes to the same address. Our choice: a second tap sends none, and nobody fills somebody
/// else's mail box.
pub const AGAIN_AFTER: TimeDelta = TimeDelta::minutes(10);

/// What was typed.
#[derive(Clone, Copy)]
pub struct InterestForm<'a> {
    /// The field `organisation`.
    pub organisation: &'a str,
    /// The field `known_as`.
    pub known_as: &'a str,
    /// The field `email`; what whoever is signed in signs in with stands instead.
    pub email: &'a str,
    /// The field `role`.
    pub role: &'a str,
    /// The field `consent`: the version that the page showed, if the box was ticked.
    pub consent: &'a str,
}

/// That somebody would like to be told. It is kept on a list once it is [`Confirmed`].
#[derive(Clone, PartialEq, Eq)]
pub struct Interest {
    /// By which organisation.
    pub organisation: OrganisationId,
    /// Where they are told.
    pub email: EmailAddress,
    /// What they would like to be called.
    pub known_as: KnownAs,
    /// Of what kind of role.
    pub role: WantedRole,
    /// To which version of [`CONSENTS`] they agreed.
    pub consent: usize,
    /// Whose account it is, if they were signed in.
    pub person: Option<PersonId>,
}

/// Interest that was expressed, with its link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The link in the letter.
    pub link: Link,
    /// What it confirms.
    pub interest: Interest,
}

/// Interest of somebody who reads mail at its address. Only [`confirm`] and [`express_signed_in`] make one.
#[derive(PartialEq, Eq)]
pub struct Confirmed(Interest);

/// Names and addresses get into no log.
macro_rules! unspoken {
    ($($name:ty),+) => { $(
        impl core::fmt::Debug for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    )+ };
}
unspoken!(InterestForm<'_>, Interest, Confirmed);

impl Interest {
    /// How long it is kept after it was last confirmed. Our choice: as long as training takes to come round twice.
    pub const KEPT: TimeDelta = TimeDelta::days(730);
    /// How long what was never confirmed is kept. Our choice: its link says for a few more days why it does nothing.
    pub const ASKED_KEPT: TimeDelta = TimeDelta::days(7);
}

impl Confirmed {
    /// What goes onto the list.
    #[must_use]
    pub const fn interest(&self) -> &Interest {
        &self.0
    }
}

/// Takes what was typed by somebody who is not signed in. It is on no list before it is confirmed.
///
/// # Errors
/// Every field that has to be put right.
pub fn express(
    form: &InterestForm<'_>,
    organisations: &[OrganisationId],
) -> Result<Interest, Vec<FieldFault>> {
    let mut faults = Vec::new();
    let email = kept(EmailAddress::parse(form.email), "email", &mut faults);
    read(form, (email, None), organisations, faults)
}

/// Takes what was typed by somebody who is signed in, and so has shown that this is their address.
///
/// # Errors
/// Every field that has to be put right.
pub fn express_signed_in(
    form: &InterestForm<'_>,
    (person, email): (PersonId, EmailAddress),
    organisations: &[OrganisationId],
) -> Result<Confirmed, Vec<FieldFault>> {
    read(form, (Some(email), Some(person)), organisations, Vec::new()).map(Confirmed)
}

fn read(
    form: &InterestForm<'_>,
    (email, person): (Option<EmailAddress>, Option<PersonId>),
    organisations: &[OrganisationId],
    mut faults: Vec<FieldFault>,
) -> Result<Interest, Vec<FieldFault>> {
    let mut chosen = |field, is_chosen: bool, remedy: &str| {
        if !is_chosen {
            faults.push(FieldFault { field, remedy: remedy.into() });
        }
    };
    let organisation = form.organisation.parse().ok().filter(|it| organisations.contains(it));
    chosen("organisation", organisation.is_some(), "Choose who should write to you.");
    let role = WantedRole::parse(form.role);
    chosen(
        "role",
        role.is_some(),
        "Choose how you would like to do it. You can say that you are not sure yet.",
    );
    let consent = form.consent.parse().ok().filter(|it| *it == CONSENTS.len());
    chosen("consent", consent.is_some(), "Tick the box if you agree. Without it we do not write to you.");
    let known_as = kept(KnownAs::parse(form.known_as), "known_as", &mut faults);
    match (organisation, email, known_as, role, consent) {
        (Some(organisation), Some(email), Some(known_as), Some(role), Some(consent)) => {
            Ok(Interest { organisation, email, known_as, role, consent, person })
        }
        _ => Err(faults),
    }
}

/// Whether another letter may go to an address that was last written to then.
#[must_use]
pub fn may_ask_again(last: Option<DateTime<Utc>>, now: DateTime<Utc>) -> bool {
    last.is_none_or(|it| now >= it + AGAIN_AFTER)
}

/// Confirms interest by the link in a letter.
///
/// # Errors
/// [`LinkRefused`].
pub fn confirm(asked: Asked, now: DateTime<Utc>) -> Result<(FollowedLink, Confirmed), LinkRefused> {
    let followed = follow(&asked.link, LinkPurpose::ExpressInterest, now)?;
    Ok((followed, Confirmed(asked.interest)))
}
