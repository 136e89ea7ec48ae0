//! What somebody wrote about a course may tell who somebody is. Whoever reads it for the college takes it out for good
//! then. It is no way to be rid of what is hard to hear: a reason is asked for, and who gave it is written down.

use crate::people::{FieldFault, words};

words! {
    /// Why something is taken out.
    pub enum TakenOut {
        /// There is a name in it.
        NamesSomebody = "names_somebody",
        /// Somebody could find out whom it is about.
        TellsWho = "tells_who",
        /// Something else, said in a word.
        SomethingElse = "something_else",
    }
}

impl TakenOut {
    /// As whoever takes it out chooses it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::NamesSomebody => "It names somebody",
            Self::TellsWho => "Somebody could find out whom it is about",
            Self::SomethingElse => "Something else",
        }
    }

    /// As its author reads it, after "because".
    #[must_use]
    pub const fn because(self) -> &'static str {
        match self {
            Self::NamesSomebody => "it named somebody",
            Self::TellsWho => "somebody could have found out whom it was about",
            Self::SomethingElse => "of something else that was in it",
        }
    }
}

/// The longest word for something else, in characters. Our choice: a word or a few, and no report.
pub const LONGEST_WORD: usize = 60;

/// What becomes of something that somebody wrote. Only [`take_out`] makes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakingOut {
    why: TakenOut,
    word: String,
}

impl TakingOut {
    /// Why.
    #[must_use]
    pub const fn why(&self) -> TakenOut {
        self.why
    }

    /// What is written down of it.
    #[must_use]
    pub fn said(&self) -> String {
        match self.why {
            TakenOut::SomethingElse => format!("{}: {}", self.why.as_str(), self.word),
            why => why.as_str().to_owned(),
        }
    }
}

/// Takes out what somebody wrote, for the reason in the fields `why` and `word`. The word is kept with something else
/// only.
///
/// # Errors
/// What has to be put right.
pub fn take_out(why: &str, word: &str) -> Result<TakingOut, Vec<FieldFault>> {
    let fault = |field, remedy: String| Err(vec![FieldFault { field, remedy }]);
    let Some(why) = TakenOut::parse(why) else {
        return fault("why", "Choose why it is taken out.".into());
    };
    if why != TakenOut::SomethingElse {
        return Ok(TakingOut { why, word: String::new() });
    }
    let word = word.trim();
    let length = word.chars().count();
    if word.is_empty() {
        return fault("word", "Say in a word what it is.".into());
    }
    if length > LONGEST_WORD {
        let remedy =
            format!("Make this shorter: it has {length} characters, and at most {LONGEST_WORD} fit.");
        return fault("word", remedy);
    }
    if word.chars().any(char::is_control) {
        return fault("word", "Leave out hidden characters. If you pasted this, type it by hand.".into());
    }
    Ok(TakingOut { why, word: word.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(why: &str, word: &str) -> Result<String, &'static str> {
        take_out(why, word).map(|it| it.said()).map_err(|faults| faults[0].field)
    }

    #[test]
    fn something_is_taken_out_for_a_reason_of_the_list_or_in_a_word() {
        assert_eq!(said("names_somebody", ""), Ok("names_somebody".into()));
        assert_eq!(said("something_else", " a threat "), Ok("something_else: a threat".into()));
        for odd in ["", "Names_somebody", "other"] {
            assert_eq!(said(odd, "a threat"), Err("why"), "{odd:?}");
        }
        for odd in ["", "  ", "a\u{0}b", "two\nlines", &"x".repeat(LONGEST_WORD + 1)] {
            assert_eq!(said("something_else", odd), Err("word"), "{odd:?}");
        }
        assert!(said("something_else", &"🦋".repeat(LONGEST_WORD)).is_ok());
    }

    #[test]
    fn a_word_that_is_not_asked_for_is_not_kept() {
        assert_eq!(said("tells_who", "Kim Lee"), Ok("tells_who".into()));
    }
}
