//! How somebody stands with the second factor, and the way between a right password and a session.

use chrono::{DateTime, TimeDelta, Utc};

use super::SteppedUp;
use crate::people::PersonId;
use crate::sign_in::SessionKind;

#[cfg(test)]
mod tests;

/// Whether a second factor is asked of a person, and whether they have one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Because of what they are to somebody: [`super::second_factor_needed`].
    pub is_needed: bool,
    /// They have set up an app that shows codes, asked or not.
    pub is_set_up: bool,
}

/// What signing in asks after a right password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AskedNext {
    /// Nothing: the session begins.
    Nothing,
    /// A code.
    Code,
    /// To set it up first: nothing else opens before.
    SetUp,
}

/// Why the second factor stays on. The sentence says what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("It stays on: an organisation that you do something for asks for it.")]
pub struct StaysOn;

/// The second factor is switched off. [`Standing::switch_off`] makes one, and whoever holds the machine.
#[derive(Debug, PartialEq, Eq)]
pub struct SwitchedOff(());

impl SwitchedOff {
    /// For somebody who has lost their phone and their recovery codes, by whoever holds the machine: they have made
    /// sure, in person, who asks. What an organisation asks for is then set up anew at the next sign-in.
    #[must_use]
    pub const fn because_it_was_lost() -> Self {
        Self(())
    }
}

impl Standing {
    /// What signing in asks next. Who has set it up is asked for a code also where nobody asks for it.
    #[must_use]
    pub const fn asked_next(self) -> AskedNext {
        match (self.is_set_up, self.is_needed) {
            (true, _) => AskedNext::Code,
            (false, true) => AskedNext::SetUp,
            (false, false) => AskedNext::Nothing,
        }
    }

    /// Switches it off, for somebody who has just shown that it is them.
    ///
    /// # Errors
    /// [`StaysOn`] while an organisation asks for it.
    pub const fn switch_off(self, _by: &SteppedUp) -> Result<SwitchedOff, StaysOn> {
        if self.is_needed { Err(StaysOn) } else { Ok(SwitchedOff(())) }
    }
}

/// Somebody has typed a right password, and is asked for more before a session begins. It is kept nowhere but
/// in the page that asks, sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HalfWay {
    /// Whose password it was.
    pub person: PersonId,
    /// What kind of session is to begin.
    pub kind: SessionKind,
    /// When the password was found right.
    pub since: DateTime<Utc>,
}

/// Why somebody has to begin signing in afresh. The sentence says what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HalfWayOver {
    /// Too long ago.
    #[error("That took a little long, so we ask for your password once more.")]
    TooLate,
    /// Not made by us, used before, or the password or the app has changed since: not told apart.
    #[error("That page does not count any more. Type your password once more to go on.")]
    Void,
}

impl HalfWay {
    /// How long there is for a code. Our choice, after the client's notes: long enough to find the phone.
    pub const LASTS: TimeDelta = TimeDelta::minutes(10);
    /// How long there is for setting up an app. Our choice: some have to find and install one first.
    pub const SETTING_UP_LASTS: TimeDelta = TimeDelta::minutes(30);

    /// Whether it still counts.
    ///
    /// # Errors
    /// [`HalfWayOver::TooLate`] after `lasts`.
    pub fn goes_on(&self, lasts: TimeDelta, now: DateTime<Utc>) -> Result<(), HalfWayOver> {
        if self.since <= now && now < self.since + lasts { Ok(()) } else { Err(HalfWayOver::TooLate) }
    }
}
