//! Sessions: how long somebody stays signed in, and how that is carried on without signing anybody out by
//! accident.
//!
//! A page is opened by a short-lived access token, which is believed without asking the database. When it has
//! run out, a refresh token is presented ([`present`]) and a child of it handed out along with a new access
//! token. Responses get lost on bad links and several tabs ask at once, so a token is not spent by being
//! presented: **the parent stays valid until its child has been used; theft is the parent after that.**
//!
//! It rests on one thing: a request and its answer take less time than an access token lives. Otherwise an
//! answer might bring a token that a brother of it has already overtaken, which looks like theft.

use chrono::{DateTime, TimeDelta, Utc};

use super::TokenHash;
use crate::people::{PersonId, ids, words};

#[cfg(test)]
mod tests;

ids! {
    /// One place in which somebody is signed in.
    SessionId;
}

words! {
    /// What somebody is signed in on: they say so when they sign in.
    pub enum SessionKind {
        /// Their own phone or computer.
        OwnDevice = "own_device",
        /// One that others use too: it locks soon and leaves nothing behind.
        SharedComputer = "shared_computer",
    }
}

/// How long the parts of a session of one kind last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spans {
    /// An access token. A session that was ended on another node is over by then at the latest.
    pub access: TimeDelta,
    /// From the last renewal to the next. Renewals happen when an access token has run out, so that the
    /// person may have been away for one access token less than this.
    pub idle: TimeDelta,
    /// From signing in, whatever happens.
    pub absolute: TimeDelta,
}

/// How long sessions last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lifetimes {
    /// On the person's own device.
    pub own_device: Spans,
    /// On a shared computer.
    pub shared_computer: Spans,
}

impl Lifetimes {
    /// For one kind of session.
    #[must_use]
    pub const fn of(&self, kind: SessionKind) -> Spans {
        match kind {
            SessionKind::OwnDevice => self.own_device,
            SessionKind::SharedComputer => self.shared_computer,
        }
    }
}

impl Default for Lifetimes {
    /// The client's choices: access for 10 minutes, and a shared computer that locks after 10 minutes.
    ///
    /// Our choices: access for 1 minute on a shared computer, else its lock could not tell 10 minutes of
    /// nothing from 10 minutes of reading; 30 days idle and 90 in all on one's own device, so that a learner
    /// who comes once in a few weeks finds the door open, and a lost phone closes by itself; 12 hours in all
    /// on a shared computer, which is longer than any shift.
    fn default() -> Self {
        Self {
            own_device: Spans {
                access: TimeDelta::minutes(10),
                idle: TimeDelta::days(30),
                absolute: TimeDelta::days(90),
            },
            shared_computer: Spans {
                access: TimeDelta::minutes(1),
                idle: TimeDelta::minutes(10),
                absolute: TimeDelta::hours(12),
            },
        }
    }
}

/// The newest refresh token that came back: its holder has seen it, so its parent is no longer needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proved {
    /// Which generation it is of.
    pub generation: i64,
    /// Which of that generation it is.
    pub token: TokenHash,
}

/// One place in which somebody is signed in, as it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Session {
    /// The row's name.
    pub id: SessionId,
    /// Who is signed in.
    pub person: PersonId,
    /// On what.
    pub kind: SessionKind,
    /// When they signed in.
    pub began_at: DateTime<Utc>,
    /// When it was last renewed.
    pub last_used_at: DateTime<Utc>,
    /// When it was ended, by the person or because of theft.
    pub ended_at: Option<DateTime<Utc>>,
    /// The newest token that came back, if any has.
    pub proved: Option<Proved>,
}

impl Session {
    /// Why the session is over at this time by itself, if it is: ended, too old, or not used for too long.
    #[must_use]
    pub fn over(&self, lifetimes: &Lifetimes, now: DateTime<Utc>) -> Option<SessionOver> {
        let spans = lifetimes.of(self.kind);
        if self.ended_at.is_some() {
            Some(SessionOver::Ended)
        } else if now >= self.began_at + spans.absolute {
            Some(SessionOver::Expired)
        } else if now >= self.last_used_at + spans.idle {
            Some(SessionOver::Idle)
        } else {
            None
        }
    }
}

/// A refresh token as it is kept. Every one that was handed out has a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RefreshToken {
    /// Its hash; the token itself is in the person's browser alone.
    pub hash: TokenHash,
    /// Which session it carries on.
    pub session: SessionId,
    /// How many tokens came before it: [`RefreshToken::FIRST_GENERATION`] for the one from signing in, and
    /// one more than its parent for each child.
    pub generation: i64,
    /// When it was handed out.
    pub made_at: DateTime<Utc>,
}

impl RefreshToken {
    /// The generation of the token that is handed out at sign-in.
    pub const FIRST_GENERATION: i64 = 0;
}

/// The session goes on. Only [`present`] makes one.
#[derive(Debug, PartialEq, Eq)]
pub struct Renewal {
    session: SessionId,
    proved: Proved,
    child_generation: i64,
    renewed_at: DateTime<Utc>,
    access_expires_at: DateTime<Utc>,
}

impl Renewal {
    /// Which session.
    #[must_use]
    pub const fn session(&self) -> SessionId {
        self.session
    }

    /// What is saved as the session's newest token that came back.
    #[must_use]
    pub const fn proved(&self) -> Proved {
        self.proved
    }

    /// The generation of the new refresh token to hand out.
    #[must_use]
    pub const fn child_generation(&self) -> i64 {
        self.child_generation
    }

    /// What is saved as the session's last use.
    #[must_use]
    pub const fn renewed_at(&self) -> DateTime<Utc> {
        self.renewed_at
    }

    /// When the new access token runs out: never later than the session itself.
    #[must_use]
    pub const fn access_expires_at(&self) -> DateTime<Utc> {
        self.access_expires_at
    }
}

/// Why a session does not go on. The sentence says what happened and what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SessionOver {
    /// Somebody signed out here, or ended it from elsewhere.
    #[error("You have been signed out here. Sign in to go on.")]
    Ended,
    /// Not used for too long.
    #[error("You were signed out because nothing happened here for a while. Sign in to go on.")]
    Idle,
    /// Begun too long ago.
    #[error("You were signed out because it was some time since you signed in. Sign in to go on.")]
    Expired,
    /// A token was presented that had been replaced: two hold what only one was given. End the whole session.
    #[error(
        "You were signed out to keep you safe: this sign-in may have been copied. Sign in to go on. \
         If you see this again, choose a new password."
    )]
    Theft,
}

/// Presents a refresh token of this session, and carries the session on unless it is over.
///
/// # Errors
/// [`SessionOver`]. On [`SessionOver::Theft`] save the end of the session, whatever else becomes of the
/// request.
///
/// # Panics
/// If the token belongs to another session, which would be a bug.
pub fn present(
    session: &Session,
    token: &RefreshToken,
    lifetimes: &Lifetimes,
    now: DateTime<Utc>,
) -> Result<Renewal, SessionOver> {
    assert!(token.session == session.id, "another session's token was presented");
    if let Some(over) = session.over(lifetimes, now) {
        return Err(over);
    }
    if is_replaced(token, session.proved) {
        return Err(SessionOver::Theft);
    }
    let spans = lifetimes.of(session.kind);
    let child_generation = token.generation.checked_add(1).expect("generations are counted one by one");
    Ok(Renewal {
        session: session.id,
        proved: Proved { generation: token.generation, token: token.hash },
        child_generation,
        renewed_at: now,
        access_expires_at: (now + spans.access).min(session.began_at + spans.absolute),
    })
}

/// Whether another token has come back that was handed out in this one's place or after it.
///
/// The same token again is none: its answer was lost, or two tabs asked at once. Another of the same
/// generation is: only one of them reached the person, and that one has been used.
fn is_replaced(token: &RefreshToken, proved: Option<Proved>) -> bool {
    match proved {
        None => false,
        Some(it) if token.generation == it.generation => token.hash != it.token,
        Some(it) => token.generation < it.generation,
    }
}

/// Whether an access token may be believed: not run out, and not issued later than [`CLOCK_SKEW`] from now.
#[must_use]
pub fn access_is_fresh(issued_at: DateTime<Utc>, expires_at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    issued_at <= now + CLOCK_SKEW && now < expires_at
}

/// How far the clocks of two nodes may be apart. Our choice; jsonwebtoken allows as much by default.
pub const CLOCK_SKEW: TimeDelta = TimeDelta::seconds(60);
