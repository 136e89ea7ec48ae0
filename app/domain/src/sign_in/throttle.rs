//! How often somebody may try to sign in: a few times freely, then with a wait that grows.
//!
//! There are two counts, one by account and one by network address, and both have to let a try through. The
//! count by account is kept under what was typed, so that an address that nobody has waits as well and is not
//! told apart. Nobody is locked out: a wait ends by itself. A stranger who keeps on trying can still make a
//! person wait, so a link for a new password, once followed, counts as success.
//!
//! Count a try as failed in one transaction with [`Throttle::may_try`], *before* the password is looked at,
//! and take it back with [`Throttle::after_success`]; else a hundred tries at once would be one.

use chrono::{DateTime, TimeDelta, Utc};

use crate::people::words;

#[cfg(test)]
mod tests;

words! {
    /// What tries are counted by.
    pub enum ThrottleKind {
        /// The e-mail address that was typed, whether or not anybody has it.
        Account = "account",
        /// The network address that the try came from. Whole hospitals share one.
        Address = "address",
    }
}

impl ThrottleKind {
    /// How many failures are followed by no wait. Our choice: everybody mistypes a few times; fifty mistakes
    /// from one network address are still a ward at shift change.
    #[must_use]
    pub const fn free_failures(self) -> u32 {
        match self {
            Self::Account => 5,
            Self::Address => 50,
        }
    }

    /// How many failures are forgotten from one moment to another, besides all being forgotten after
    /// [`Throttle::FORGOTTEN_AFTER`]. Our choice: of an account none, of a network address one at each ten
    /// minutes of the clock (which loses nothing, however often the count is looked at). In a hospital no day
    /// passes without a mistake, so its count would never start afresh and everybody there would wait for
    /// ever. Somebody who tries common passwords on many accounts gets about 144 tries a day from one address
    /// by this, against 96 without.
    fn forgets(self, from: DateTime<Utc>, to: DateTime<Utc>) -> u32 {
        const TEN_MINUTES: i64 = 600;
        let mark = |it: DateTime<Utc>| it.timestamp().div_euclid(TEN_MINUTES);
        match self {
            Self::Account => 0,
            Self::Address => u32::try_from((mark(to) - mark(from)).max(0)).unwrap_or(u32::MAX),
        }
    }
}

/// One count, as it is kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Throttle {
    /// How many tries failed.
    pub failures: u32,
    /// When the last of them was.
    pub last_at: Option<DateTime<Utc>>,
}

/// A try has to wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WaitUntil {
    asked_at: DateTime<Utc>,
    until: DateTime<Utc>,
}

impl Throttle {
    /// The wait after the first failure that is not free. Our choice: long enough to look the password up.
    pub const FIRST_WAIT: TimeDelta = TimeDelta::seconds(30);
    /// The longest wait. Our choice: a person can come back to it after a cup of tea, a guesser gets at most
    /// 96 tries a day on an account.
    pub const LONGEST_WAIT: TimeDelta = TimeDelta::minutes(15);
    /// Without a failure for this long, everything is forgotten. Our choice.
    pub const FORGOTTEN_AFTER: TimeDelta = TimeDelta::hours(24);

    /// Whether there may be a try now.
    ///
    /// # Errors
    /// [`WaitUntil`] if it is too soon.
    pub fn may_try(&self, kind: ThrottleKind, now: DateTime<Utc>) -> Result<(), WaitUntil> {
        let Some(last_at) = self.last_at else { return Ok(()) };
        let wait = self.wait(kind);
        // Requests that come at the same time are counted in any order: the last may be later than this one.
        if wait.is_zero() {
            return Ok(());
        }
        let until = last_at + wait;
        if now < until { Err(WaitUntil { asked_at: now, until }) } else { Ok(()) }
    }

    /// The count with one more failure.
    #[must_use]
    pub fn after_failure(&self, kind: ThrottleKind, now: DateTime<Utc>) -> Self {
        Self { failures: self.remembered(kind, now).saturating_add(1), last_at: Some(now) }
    }

    /// The count once somebody has got in whose try was counted as failed. By account everything is
    /// forgotten; by network address only that one try, or else a guesser would sign in to an account of
    /// their own now and then.
    #[must_use]
    pub const fn after_success(&self, kind: ThrottleKind) -> Self {
        match kind {
            ThrottleKind::Account => Self { failures: 0, last_at: None },
            ThrottleKind::Address => {
                Self { failures: self.failures.saturating_sub(1), last_at: self.last_at }
            }
        }
    }

    /// The wait that follows the last failure: none, 30 s, 1, 2, 4, 8 and then 15 minutes.
    fn wait(&self, kind: ThrottleKind) -> TimeDelta {
        match self.failures.saturating_sub(kind.free_failures()) {
            0 => TimeDelta::zero(),
            // Five doublings are past the longest wait already.
            beyond => (Self::FIRST_WAIT * (1 << (beyond - 1).min(5))).min(Self::LONGEST_WAIT),
        }
    }

    /// How many failures still count.
    fn remembered(&self, kind: ThrottleKind, now: DateTime<Utc>) -> u32 {
        let Some(last_at) = self.last_at else { return 0 };
        if now - last_at >= Self::FORGOTTEN_AFTER {
            return 0;
        }
        self.failures.saturating_sub(kind.forgets(last_at, now))
    }
}

impl WaitUntil {
    /// From when there may be another try.
    #[must_use]
    pub const fn until(&self) -> DateTime<Utc> {
        self.until
    }

    /// How long that is from when it was asked, in whole seconds, rounded up: for `Retry-After`.
    #[must_use]
    pub fn seconds(&self) -> i64 {
        let wait = self.until - self.asked_at;
        wait.num_seconds() + i64::from(wait.subsec_nanos() > 0)
    }
}

impl core::fmt::Display for WaitUntil {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self.seconds() {
            1 => f.write_str("Wait 1 second, then try again."),
            it @ ..60 => write!(f, "Wait {it} seconds, then try again."),
            60 => f.write_str("Wait 1 minute, then try again."),
            it => write!(f, "Wait {} minutes, then try again.", it / 60 + i64::from(it % 60 > 0)),
        }
    }
}

impl core::error::Error for WaitUntil {}
