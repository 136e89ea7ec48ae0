//! Signing in: how people prove who they are, how often they may try, and how long that lasts.
//!
//! The rules only. Hashing, signing, making tokens, guessing how easy a password is and matching codes happen
//! outside; what comes in here is what they found. No type of this module shows an address, a password or a
//! token in `Debug`.

mod email;
mod link;
mod password;
mod second_factor;
mod session;
mod throttle;
mod token;

pub use email::{EmailAddress, NotAnEmail};
pub use link::{FollowedLink, Link, LinkId, LinkPurpose, LinkRefused, follow};
pub use password::{Guessability, NewPassword, PasswordRefused};
pub use second_factor::{
    AskedNext, CodeRefused, HalfWay, HalfWayOver, RecoveryCode, SecondFactorPolicy, SpentCode, Standing,
    StaysOn, StepUp, StepUpNeeded, SteppedUp, SwitchedOff, TotpGuard, code_as_typed, second_factor_needed,
    spend_recovery_code,
};
pub use session::{
    Lifetimes, Proved, RefreshToken, Renewal, Session, SessionId, SessionKind, SessionOver, Spans,
    access_is_fresh, present,
};
pub use throttle::{Throttle, ThrottleKind, WaitUntil};
pub use token::TokenHash;

/// Why somebody is not signed in.
///
/// There is one answer for an address that nobody has and for a password that does not go with it, so that
/// nobody can find out who is here. The throttle counts for addresses that nobody has as well. Take the same
/// time over both: look at a password even where there is no account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignInRefused {
    /// No such account, or another password: not told apart.
    #[error(
        "That e-mail address and password don't go together. Check both and try again, \
         or ask for a link to choose a new password."
    )]
    NoMatch,
    /// Too many tries, whether or not there is such an account.
    #[error("There have been many tries to sign in. {0}")]
    TooManyTries(#[from] WaitUntil),
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;

    #[test]
    fn the_refusal_does_not_say_which_of_the_two_was_wrong() {
        let sentence = SignInRefused::NoMatch.to_string();
        assert!(sentence.starts_with("That e-mail address and password don't go together."), "{sentence}");
    }

    #[test]
    fn somebody_throttled_is_told_how_long_to_wait() {
        let now = DateTime::from_timestamp(1_795_000_000, 0).unwrap();
        let throttle = Throttle { failures: 6, last_at: Some(now) };
        let refused = SignInRefused::from(throttle.may_try(ThrottleKind::Account, now).unwrap_err());
        assert_eq!(
            refused.to_string(),
            "There have been many tries to sign in. Wait 30 seconds, then try again."
        );
    }
}
