//! Registering as a learner: the one thing that anybody may do without being invited.
//!
//! Somebody below the organisation's minimum age is shown where else to turn, and nothing that they typed is
//! kept: [`register`] then gives back nothing that could be.

use super::{KnownAs, words};
use crate::sign_in::{EmailAddress, Guessability, NewPassword};

#[cfg(test)]
mod tests;

words! {
    /// The answer to "Are you at least 18?". A date of birth is not asked, because nothing here needs one.
    pub enum AgeAnswer {
        /// At least that old.
        Yes = "yes",
        /// Younger.
        No = "no",
    }
}

/// The age from which an organisation takes learners, in years.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MinimumAge(u8);

/// Why a number is no [`MinimumAge`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Choose an age from {} to {}.", MinimumAge::LOWEST, MinimumAge::HIGHEST)]
pub struct NotAMinimumAge;

impl MinimumAge {
    /// The lowest an organisation may set, in years. Our choice: colleges for young people take learners from
    /// about here, and anything below asks for parents' consent, which this product does not handle.
    pub const LOWEST: u8 = 14;
    /// The highest an organisation may set, in years. Our choice: where services for young adults end.
    pub const HIGHEST: u8 = 25;

    /// An age an organisation may set.
    ///
    /// # Errors
    /// [`NotAMinimumAge`] outside [`Self::LOWEST`] to [`Self::HIGHEST`].
    pub const fn new(years: u8) -> Result<Self, NotAMinimumAge> {
        match years {
            Self::LOWEST..=Self::HIGHEST => Ok(Self(years)),
            _ => Err(NotAMinimumAge),
        }
    }

    /// In years.
    #[must_use]
    pub const fn years(self) -> u8 {
        self.0
    }

    /// What is asked.
    #[must_use]
    pub fn question(self) -> String {
        format!("Are you at least {}?", self.0)
    }
}

impl Default for MinimumAge {
    /// 18 years, the client's choice: services for adults.
    fn default() -> Self {
        Self(18)
    }
}

/// Somebody said that they are old enough. Only [`may_register`] makes one.
#[derive(Debug, PartialEq, Eq)]
pub struct OldEnough(());

/// Somebody said that they are younger. Show them where else to turn, and keep nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "This place is for people aged {} and over. We have kept nothing of what you wrote.",
    minimum.years()
)]
pub struct TooYoung {
    /// The age that was asked about.
    pub minimum: MinimumAge,
}

/// Lets somebody register who is old enough by their own answer.
///
/// # Errors
/// [`TooYoung`] for everybody else.
pub const fn may_register(answer: AgeAnswer, minimum: MinimumAge) -> Result<OldEnough, TooYoung> {
    match answer {
        AgeAnswer::Yes => Ok(OldEnough(())),
        AgeAnswer::No => Err(TooYoung { minimum }),
    }
}

/// One field of a form that has to be put right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldFault {
    /// The field's name in the form.
    pub field: &'static str,
    /// How to put it right: a sentence for the person.
    pub remedy: String,
}

/// What was typed into the registration form.
#[derive(Clone, Copy)]
pub struct RegistrationForm<'a> {
    /// The field `old_enough`, if it was answered. It comes first, so that nobody fills in a form for
    /// nothing.
    pub old_enough: Option<AgeAnswer>,
    /// The field `known_as`.
    pub known_as: &'a str,
    /// The field `email`.
    pub email: &'a str,
    /// The field `password`, as typed.
    pub password: &'a str,
}

impl core::fmt::Debug for RegistrationForm<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("RegistrationForm(…)")
    }
}

/// A registration that may be saved. Only [`register`] makes one. Whether the address has been here before is
/// not said on the page: the mail that follows says it to whoever reads that address.
#[derive(Debug)]
pub struct Registration {
    known_as: KnownAs,
    email: EmailAddress,
    password: NewPassword,
}

impl Registration {
    /// What the person wants to be called.
    #[must_use]
    pub const fn known_as(&self) -> &KnownAs {
        &self.known_as
    }

    /// Where the link to confirm goes.
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

/// Why somebody is not registered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RegisterRefused {
    /// By their own answer. Nothing else was looked at.
    TooYoung(TooYoung),
    /// Everything that has to be put right, all at once: the age first, since the form begins with it.
    Faults(Vec<FieldFault>),
}

/// Registers a learner. `how_easy` is what an estimator outside found out about the typed password.
///
/// # Errors
/// [`RegisterRefused::TooYoung`] before anything else is looked at; else every faulty field at once.
pub fn register(
    form: &RegistrationForm<'_>,
    how_easy: Guessability,
    minimum: MinimumAge,
) -> Result<Registration, RegisterRefused> {
    let answered = form.old_enough.map(|it| may_register(it, minimum));
    let old_enough = answered.transpose().map_err(RegisterRefused::TooYoung)?;
    let mut faults = Vec::new();
    if old_enough.is_none() {
        faults.push(FieldFault { field: "old_enough", remedy: "Choose yes or no.".into() });
    }
    let known_as = kept(KnownAs::parse(form.known_as), "known_as", &mut faults);
    let email = kept(EmailAddress::parse(form.email), "email", &mut faults);
    let about = [form.known_as, form.email];
    let password = kept(NewPassword::choose(form.password, &about, how_easy), "password", &mut faults);
    match (known_as, email, password, old_enough) {
        (Some(known_as), Some(email), Some(password), Some(OldEnough(()))) => {
            Ok(Registration { known_as, email, password })
        }
        _ => Err(RegisterRefused::Faults(faults)),
    }
}

/// The value, or `None` with its fault noted.
pub(super) fn kept<T, E: core::fmt::Display>(
    parsed: Result<T, E>,
    field: &'static str,
    faults: &mut Vec<FieldFault>,
) -> Option<T> {
    parsed.map_err(|it| faults.push(FieldFault { field, remedy: it.to_string() })).ok()
}
