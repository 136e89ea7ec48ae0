//! Codes as an app shows them (RFC 6238 as every app has it: SHA-1, six figures, steps of 30 seconds).

use chrono::{DateTime, Utc};
use domain::people::PersonId;
use domain::sign_in::{EmailAddress, TotpGuard};
use totp_rs::{Builder, Totp};

use crate::sign_in::Secrets;
use crate::sign_in::secrets::random_bytes;

/// What somebody's codes are made of: 160 bits, as RFC 4226 section 4 recommends.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct AppSecret([u8; 20]);

/// What apps list the codes under.
const ISSUER: &str = "Alongside";

const STEP_SECONDS: i64 = 30;

const PURPOSE: &str = "what the codes of an app are made of";

impl AppSecret {
    pub(super) fn random() -> Self {
        Self(random_bytes())
    }

    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    pub(super) const fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// For the database, where it opens for this person only.
    pub(super) fn lock(&self, secrets: &Secrets, person: PersonId) -> Vec<u8> {
        secrets.lock(PURPOSE, person.as_uuid().as_bytes(), &self.0)
    }

    /// Nothing if it was locked with other keys than ours.
    pub(super) fn unlock(secrets: &Secrets, person: PersonId, locked: &[u8]) -> Option<Self> {
        Self::from_bytes(&secrets.unlock(PURPOSE, person.as_uuid().as_bytes(), locked)?)
    }

    /// The step whose code this is, if it is the code of one that [`TotpGuard::accept`] may take.
    pub(super) fn step_of(&self, code: &str, now: DateTime<Utc>) -> Option<i64> {
        let now = u64::try_from(now.timestamp()).ok()?;
        self.totp("").check(code, now).and_then(|it| i64::try_from(it).ok())
    }

    /// The code of a step.
    pub(super) fn code_at(&self, step: i64) -> String {
        let seconds = u64::try_from(step * STEP_SECONDS).unwrap_or_default();
        self.totp("").generate(seconds).to_string()
    }

    /// The code that would be taken next: the demo shows it, because nobody there has an app.
    pub(super) fn next_code(&self, guard: TotpGuard, now: DateTime<Utc>) -> String {
        self.code_at(guard.last_step.map_or(step_at(now), |it| step_at(now).max(it + 1)))
    }

    /// To be typed into an app by hand, in groups of four.
    pub(super) fn key_in_groups(&self) -> String {
        in_groups(&self.totp("").secret().to_base32(), " ")
    }

    /// To be opened by an app, or drawn as a square and scanned.
    pub(super) fn address(&self, email: &EmailAddress) -> String {
        // A colon would end the issuer's name; an address that has one is still told apart without it.
        match self.totp(&email.as_str().replace(':', "")).to_url() {
            Ok(address) => address,
            Err(error) => unreachable!("no colon, and an account's name: {error}"),
        }
    }

    fn totp(&self, account: &str) -> Totp {
        let totp = Builder::new()
            .with_secret(self.0.to_vec())
            .with_skew(u16::try_from(TotpGuard::DRIFT).unwrap_or(1))
            .with_account_name(account)
            .with_issuer(Some(ISSUER))
            .build();
        match totp {
            Ok(totp) => totp,
            Err(error) => unreachable!("20 bytes make six figures every 30 seconds: {error}"),
        }
    }
}

impl std::fmt::Debug for AppSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AppSecret(…)")
    }
}

/// The step that a time lies in.
pub(super) const fn step_at(now: DateTime<Utc>) -> i64 {
    now.timestamp().div_euclid(STEP_SECONDS)
}

/// `abcdefgh` as `abcd-efgh`.
pub(super) fn in_groups(text: &str, between: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    letters.chunks(4).map(|it| it.iter().collect::<String>()).collect::<Vec<_>>().join(between)
}

#[cfg(test)]
mod tests;
