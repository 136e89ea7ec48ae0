//! Links that are sent by mail and work once.
//!
//! Opening the page of a link uses nothing up: programs that look through mail open links too. What uses it
//! up is the button on that page, which [`follow`]s it in the transaction that marks it used.

use chrono::{DateTime, TimeDelta, Utc};

use crate::people::{ids, words};

#[cfg(test)]
mod tests;

ids! {
    /// One link that was sent.
    LinkId;
}

words! {
    /// What a link is for.
    pub enum LinkPurpose {
        /// Shows that a new learner reads mail at their address.
        Confirm = "confirm",
        /// Lets somebody choose a new password.
        ResetPassword = "reset_password",
        /// Shows that somebody reads mail at the address they want to change to.
        ChangeAddress = "change_address",
        /// Invites somebody to an organisation.
        Invite = "invite",
        /// Shows that somebody would like to be told when training begins.
        ExpressInterest = "express_interest",
    }
}

impl LinkPurpose {
    /// How long a link works. Our choices. Three days to confirm: many people read mail once in a few days,
    /// and the link opens nothing by itself. One hour for a new password: whoever reads that mail has the
    /// account, and the person is waiting for it. One day to change an address: they are signed in and have
    /// just asked. Fourteen days for an invitation: nobody is waiting for it, and people are on leave or
    /// unwell. Three days for interest in training, as to confirm.
    #[must_use]
    pub const fn lifetime(self) -> TimeDelta {
        match self {
            Self::Confirm | Self::ExpressInterest => TimeDelta::days(3),
            Self::ResetPassword => TimeDelta::hours(1),
            Self::ChangeAddress => TimeDelta::hours(24),
            Self::Invite => TimeDelta::days(14),
        }
    }
}

/// A link as it is kept; to whom it was sent and the hash of its secret stay in the row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// The row's name.
    pub id: LinkId,
    /// What it is for.
    pub purpose: LinkPurpose,
    /// When it was sent.
    pub made_at: DateTime<Utc>,
    /// When it was used, if it was.
    pub used_at: Option<DateTime<Utc>>,
}

/// Somebody has followed this link for its purpose and in time. Only [`follow`] makes one, and what the link
/// is for takes one.
#[derive(Debug, PartialEq, Eq)]
pub struct FollowedLink {
    id: LinkId,
    purpose: LinkPurpose,
    at: DateTime<Utc>,
}

impl FollowedLink {
    /// Which link: whom it is about stands in its row, and nowhere else.
    #[must_use]
    pub const fn id(&self) -> LinkId {
        self.id
    }

    /// What it was for.
    #[must_use]
    pub const fn purpose(&self) -> LinkPurpose {
        self.purpose
    }

    /// When it was followed: what is saved as its use.
    #[must_use]
    pub const fn at(&self) -> DateTime<Utc> {
        self.at
    }
}

/// Why a link does nothing. The sentence says what to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LinkRefused {
    /// It is for something else than the page that was asked for.
    #[error("This link is for something else. Open the newest message from us and use the link in it.")]
    WrongPurpose,
    /// It was used before.
    #[error("{}", after_use(*.0))]
    AlreadyUsed(LinkPurpose),
    /// It is too old.
    #[error("{}", after_expiry(*.0))]
    Expired(LinkPurpose),
}

/// Follows a link to the page for `purpose`.
///
/// # Errors
/// [`LinkRefused`]: another purpose, used before, or too old, in this order.
pub fn follow(link: &Link, purpose: LinkPurpose, now: DateTime<Utc>) -> Result<FollowedLink, LinkRefused> {
    if link.purpose != purpose {
        return Err(LinkRefused::WrongPurpose);
    }
    if link.used_at.is_some() {
        return Err(LinkRefused::AlreadyUsed(purpose));
    }
    if now >= link.made_at + purpose.lifetime() {
        return Err(LinkRefused::Expired(purpose));
    }
    Ok(FollowedLink { id: link.id, purpose, at: now })
}

const fn after_use(purpose: LinkPurpose) -> &'static str {
    match purpose {
        LinkPurpose::Confirm => "This link has been used, so your address is confirmed. Sign in to go on.",
        LinkPurpose::ResetPassword => {
            "This link has been used. Sign in with your new password, or ask for another link."
        }
        LinkPurpose::ChangeAddress => "This link has been used. Sign in with your new e-mail address.",
        LinkPurpose::Invite => "This invitation has been used. Sign in to go on.",
        LinkPurpose::ExpressInterest => "This link has been used, so you are on the list.",
    }
}

const fn after_expiry(purpose: LinkPurpose) -> &'static str {
    match purpose {
        LinkPurpose::Confirm => "This link was good for 3 days. Register again and we will send you another.",
        LinkPurpose::ResetPassword => {
            "This link was good for 1 hour. Ask for another and use it straight away."
        }
        LinkPurpose::ChangeAddress => {
            "This link was good for 24 hours. Your address has not changed. Sign in and ask to change it again."
        }
        LinkPurpose::Invite => "This invitation was good for 14 days. Ask whoever invited you for another.",
        LinkPurpose::ExpressInterest => {
            "This link was good for 3 days. You are not on the list. Ask once more and we will send you another."
        }
    }
}
