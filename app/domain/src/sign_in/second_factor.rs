//! The second factor: when it is asked, that a code works once, and what to do when the phone is lost.
//!
//! Computing and matching codes (RFC 6238, steps of 30 seconds) happens outside.

use chrono::{DateTime, TimeDelta, Utc};

use super::TokenHash;
use crate::people::{Actor, OrganisationId, words};

mod standing;
#[cfg(test)]
mod tests;

pub use standing::{AskedNext, HalfWay, HalfWayOver, Standing, StaysOn, SwitchedOff};

words! {
    /// What an organisation has decided for those who see other people's data in it.
    pub enum SecondFactorPolicy {
        /// A second factor is asked.
        Asked = "asked",
        /// None is asked, save before bank details and payments.
        SwitchedOff = "switched_off",
    }
}

/// Whether signing in asks this person for a second factor: because of anything they are to an organisation
/// or to another person that opens other people's data, unless that organisation has switched it off.
#[must_use]
pub fn second_factor_needed(actor: &Actor, policy_of: impl Fn(OrganisationId) -> SecondFactorPolicy) -> bool {
    let by_engagement =
        actor.engagements().iter().filter(|it| it.kind.sees_other_peoples_data()).map(|it| it.organisation);
    let by_relationship = actor.relationships().iter().map(|it| it.organisation);
    by_engagement.chain(by_relationship).any(|it| policy_of(it) == SecondFactorPolicy::Asked)
}

/// Why a code is not taken. The sentence says what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CodeRefused {
    /// It is not the code of now, nor of the step before or after.
    #[error(
        "That code doesn't match. Codes change every 30 seconds: type the one that your app shows now. \
         If none works, check that your phone sets its clock by itself."
    )]
    NoMatch,
    /// It has been used, or a later one has.
    #[error("That code has been used. Wait until your app shows the next one, and type that.")]
    UsedAlready,
    /// It is none of the person's recovery codes.
    #[error("That is none of your recovery codes. Check it letter by letter.")]
    NoSuchRecoveryCode,
    /// It is a recovery code that was spent.
    #[error("That recovery code has been used. Take the next one from your list.")]
    RecoveryCodeSpent,
}

/// Which code was last taken, so that none is taken twice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TotpGuard {
    /// The step (Unix time in seconds divided by 30) of the last code that was taken.
    pub last_step: Option<i64>,
}

impl TotpGuard {
    /// How many steps a phone's clock may be off, either way. RFC 6238 section 5.2 recommends one step for
    /// delay.
    pub const DRIFT: u64 = 1;

    /// Takes the code of `matched_step` at a time in `step_now`, and gives back what to save.
    ///
    /// # Errors
    /// [`CodeRefused::NoMatch`] beyond the drift; [`CodeRefused::UsedAlready`] unless the step is later than
    /// the last one taken (RFC 6238 section 5.2: a code is not accepted a second time).
    pub fn accept(self, step_now: i64, matched_step: i64) -> Result<Self, CodeRefused> {
        if step_now.abs_diff(matched_step) > Self::DRIFT {
            return Err(CodeRefused::NoMatch);
        }
        if self.last_step.is_some_and(|it| matched_step <= it) {
            return Err(CodeRefused::UsedAlready);
        }
        Ok(Self { last_step: Some(matched_step) })
    }
}

/// When somebody last typed a code to go further than signing in lets them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StepUp {
    /// When the code was taken.
    pub at: DateTime<Utc>,
}

/// Somebody has typed a code a short time ago. Only [`StepUp::prove`] makes one; what shows bank details and
/// what moves money take one.
#[derive(Debug, PartialEq, Eq)]
pub struct SteppedUp(());

/// A code is asked first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Type a code from your app to go on. We ask for it before bank details and payments.")]
pub struct StepUpNeeded;

impl StepUp {
    /// How long it lasts. Our choice, after the client's notes (at most 10 minutes): a payment run is looked
    /// through in that time, and a screen left open is not open for long.
    pub const LASTS: TimeDelta = TimeDelta::minutes(10);

    /// Whether it still counts.
    #[must_use]
    pub fn is_fresh(&self, now: DateTime<Utc>) -> bool {
        self.at <= now && now < self.at + Self::LASTS
    }

    /// The handle for what asks for it.
    ///
    /// # Errors
    /// [`StepUpNeeded`] if it was too long ago.
    pub fn prove(&self, now: DateTime<Utc>) -> Result<SteppedUp, StepUpNeeded> {
        if self.is_fresh(now) { Ok(SteppedUp(())) } else { Err(StepUpNeeded) }
    }
}

/// One recovery code, as it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecoveryCode {
    /// The hash of what [`code_as_typed`] makes of it.
    pub hash: TokenHash,
    /// When it was used, if it was.
    pub spent_at: Option<DateTime<Utc>>,
}

impl RecoveryCode {
    /// How many a person is given at a time. Our choice: they fit on a card, and last for years.
    pub const GIVEN: usize = 10;
}

/// A recovery code was used up. Only [`spend_recovery_code`] makes one.
#[derive(Debug, PartialEq, Eq)]
pub struct SpentCode {
    hash: TokenHash,
    at: DateTime<Utc>,
    left: usize,
}

impl SpentCode {
    /// Which one it was.
    #[must_use]
    pub const fn hash(&self) -> TokenHash {
        self.hash
    }

    /// When: what is saved.
    #[must_use]
    pub const fn at(&self) -> DateTime<Utc> {
        self.at
    }

    /// How many are left now, to be told to the person.
    #[must_use]
    pub const fn left(&self) -> usize {
        self.left
    }
}

/// Uses up one of a person's recovery codes.
///
/// # Errors
/// [`CodeRefused::NoSuchRecoveryCode`] or [`CodeRefused::RecoveryCodeSpent`].
pub fn spend_recovery_code(
    codes: &[RecoveryCode],
    typed: TokenHash,
    now: DateTime<Utc>,
) -> Result<SpentCode, CodeRefused> {
    let Some(code) = codes.iter().find(|it| it.hash == typed) else {
        return Err(CodeRefused::NoSuchRecoveryCode);
    };
    if code.spent_at.is_some() {
        return Err(CodeRefused::RecoveryCodeSpent);
    }
    let unspent = codes.iter().filter(|it| it.spent_at.is_none()).count();
    Ok(SpentCode { hash: typed, at: now, left: unspent - 1 })
}

/// A code as people type it, brought to the form that is matched or hashed: without spaces and hyphens, in
/// lower case.
#[must_use]
pub fn code_as_typed(typed: &str) -> String {
    typed.chars().filter(|it| it.is_ascii_alphanumeric()).map(|it| it.to_ascii_lowercase()).collect()
}
