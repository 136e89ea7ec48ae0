//! Keeping what somebody writes while they write it: when it is sent, and what is said about it.
//!
//! It decides only; the island that carries it out is `islands::LiveKeep`. What is kept, and what is newer than it,
//! is decided where it is kept.

use core::time::Duration;

#[cfg(test)]
mod tests;

/// From the first letter that is not kept to sending: the most that anybody loses. Our choice: about a sentence.
pub const PAUSE: Duration = Duration::from_secs(3);
/// From finding no connection to trying again, unless the browser says before that it is back. Our choice.
pub const PAUSE_WITHOUT_LINE: Duration = Duration::from_secs(10);

/// Something that happened to a page on which somebody writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Happened {
    /// They wrote, or had written when the page woke.
    Typed,
    /// A pause that was asked for is over.
    PauseOver,
    /// The page went out of sight, from where it may never come back; or the connection is there again.
    NowOrNever,
    /// They pressed the button.
    Asked,
    /// What was sent has been answered.
    Came(Came),
}

/// What came of sending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Came {
    /// It is kept.
    Kept,
    /// The line is down.
    Nothing,
    /// Something newer was kept elsewhere: nothing was overwritten.
    Newer,
    /// Something has to be put right, which a page has to tell.
    Refused,
}

/// What is to be done about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Nothing.
    Rest,
    /// Say so when this time is over.
    Pause(Duration),
    /// Send the form and stay.
    Send,
    /// Send the form and go on, as without any of this.
    SendAndGo,
}

/// What is said beside the button.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Said {
    /// Nothing.
    #[default]
    Nothing,
    /// That everything there is, is kept.
    Kept,
    /// Why it is not.
    Not(Came),
}

/// One form, as far as its words are kept.
#[derive(Clone, Debug, Default)]
pub struct Keeper {
    /// There is something that has not been sent.
    has_new: bool,
    is_sending: bool,
    /// The pause that is under way.
    pausing: Option<Duration>,
    /// Whoever pressed the button while something was on its way.
    is_asked: bool,
    /// Nothing goes by itself any more: they have to look at both first.
    is_over: bool,
    said: Said,
}

impl Keeper {
    /// What is said at present.
    #[must_use]
    pub const fn said(&self) -> Said {
        self.said
    }

    /// What is to be done now that this happened.
    pub fn happened(&mut self, what: Happened) -> Act {
        match what {
            Happened::Typed => {
                self.has_new = true;
                if !self.is_over {
                    self.said = Said::Nothing;
                }
                self.pause(PAUSE)
            }
            Happened::PauseOver => {
                self.pausing = None;
                self.send()
            }
            Happened::NowOrNever => self.send(),
            Happened::Asked if self.is_sending => {
                self.is_asked = true;
                Act::Rest
            }
            Happened::Asked => self.go(),
            Happened::Came(came) => {
                self.is_sending = false;
                if self.is_asked { self.go() } else { self.answered(came) }
            }
        }
    }

    fn answered(&mut self, came: Came) -> Act {
        self.said = match came {
            Came::Kept if self.has_new => Said::Nothing,
            Came::Kept => Said::Kept,
            other => Said::Not(other),
        };
        match came {
            Came::Kept | Came::Refused if self.has_new => self.pause(PAUSE),
            Came::Kept | Came::Refused => Act::Rest,
            Came::Nothing => {
                self.has_new = true;
                self.pause(PAUSE_WITHOUT_LINE)
            }
            Came::Newer => {
                self.is_over = true;
                Act::Rest
            }
        }
    }

    fn pause(&mut self, time: Duration) -> Act {
        // A long one, begun while there was no line, does not hold up a short one.
        if self.pausing.is_some_and(|it| it <= time) || self.is_sending || self.is_over {
            return Act::Rest;
        }
        self.pausing = Some(time);
        Act::Pause(time)
    }

    fn send(&mut self) -> Act {
        if !self.has_new || self.is_sending || self.is_over {
            return Act::Rest;
        }
        (self.has_new, self.is_sending) = (false, true);
        Act::Send
    }

    fn go(&mut self) -> Act {
        (self.has_new, self.is_sending, self.is_asked) = (false, true, false);
        Act::SendAndGo
    }
}
