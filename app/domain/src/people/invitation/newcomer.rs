//! Somebody new, whom an invitation brought: no more than a name to call them by and a password.

use super::OpenInvitation;
use crate::people::registration::kept;
use crate::people::{FieldFault, KnownAs};
use crate::sign_in::{EmailAddress, Guessability, NewPassword};

/// What was typed by somebody who is new.
#[derive(Clone, Copy)]
pub struct NewcomerForm<'a> {
    /// The field `known_as`.
    pub known_as: &'a str,
    /// The field `password`, as typed.
    pub password: &'a str,
}

impl core::fmt::Debug for NewcomerForm<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("NewcomerForm(…)")
    }
}

/// Somebody new, whose address is confirmed by the link that brought them. Only [`OpenInvitation::welcome`]
/// makes one.
#[derive(Debug)]
pub struct Newcomer {
    known_as: KnownAs,
    email: EmailAddress,
    password: NewPassword,
}

impl Newcomer {
    /// What the person wants to be called.
    #[must_use]
    pub const fn known_as(&self) -> &KnownAs {
        &self.known_as
    }

    /// The address that they sign in with.
    #[must_use]
    pub const fn email(&self) -> &EmailAddress {
        &self.email
    }

    /// The password to hash.
    #[must_use]
    pub const fn password(&self) -> &NewPassword {
        &self.password
    }
}

impl OpenInvitation<'_> {
    /// Welcomes somebody new. `how_easy` is what an estimator outside found out about the typed password.
    ///
    /// # Errors
    /// Every field that has to be put right.
    pub fn welcome(
        &self,
        form: &NewcomerForm<'_>,
        how_easy: Guessability,
    ) -> Result<Newcomer, Vec<FieldFault>> {
        let mut faults = Vec::new();
        let email = &self.invitation.email;
        let known_as = kept(KnownAs::parse(form.known_as), "known_as", &mut faults);
        let about = [form.known_as, email.as_str()];
        let password = kept(NewPassword::choose(form.password, &about, how_easy), "password", &mut faults);
        match (known_as, password) {
            (Some(known_as), Some(password)) => Ok(Newcomer { known_as, email: email.clone(), password }),
            _ => Err(faults),
        }
    }
}
