//! Somebody who has seen what a learner does, and says so without an account. They are asked by a letter, answer once
//! within four weeks, or say that they would rather not. Who they are is kept until then and no longer: afterwards there
//! are only the words that they wanted to stand.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Kind, NewEvidence, NotKept};
use crate::own_words::own_words;
use crate::people::{FieldFault, PersonId, ids, words};
use crate::personal::Personal;
use crate::sign_in::EmailAddress;
use crate::training::framework::{Code, Competence};

#[cfg(test)]
mod tests;

ids! {
    /// That somebody was asked.
    AskedId;
}

words! {
    /// How asking somebody ended.
    pub enum Ending {
        Answered = "answered",
        /// They would rather not.
        Declined = "declined",
        /// Whoever asked takes it back.
        Withdrawn = "withdrawn",
        /// Nothing came in time.
        Late = "late",
    }
}

impl Ending {
    /// What whoever asked reads.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Answered => "They answered",
            Self::Declined => "They would rather not",
            Self::Withdrawn => "You took it back",
            Self::Late => "Nothing came within four weeks",
        }
    }
}

/// How long somebody has to answer.
pub const TIME: TimeDelta = TimeDelta::weeks(4);
/// How many somebody may ask within that time. Our choice: nobody needs more, and no letter goes to strangers in heaps.
pub const MOST_ASKED: u64 = 12;
/// The most competences that one is asked about. Our choice: whoever has ten minutes says something of these.
pub const MOST_ASKED_ABOUT: usize = 6;
/// The longest name.
const LONGEST_NAME: usize = 60;
/// How two people know each other's work, at most.
const LONGEST_HOW: usize = 300;
/// The longest words, in characters: with what stands before them they fit into a piece of evidence.
pub const LONGEST_TESTIMONY: usize = 4000;

/// What was typed to ask somebody.
#[derive(Clone)]
pub struct AskForm<'a> {
    pub known_as: &'a str,
    pub email: &'a str,
    pub serves: Vec<&'a str>,
}

impl core::fmt::Debug for AskForm<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("AskForm(…)")
    }
}

/// Somebody who may be asked. Only [`ask`] makes one.
#[derive(Clone, PartialEq, Eq)]
pub struct NewAsk {
    of: PersonId,
    known_as: String,
    email: EmailAddress,
    serves: Vec<Code>,
}

impl core::fmt::Debug for NewAsk {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("NewAsk(…)")
    }
}

impl NewAsk {
    /// Who asks, about themself.
    #[must_use]
    pub const fn of(&self) -> PersonId {
        self.of
    }

    #[must_use]
    pub fn known_as(&self) -> &str {
        &self.known_as
    }

    #[must_use]
    pub const fn email(&self) -> &EmailAddress {
        &self.email
    }

    /// What about, at least one.
    #[must_use]
    pub fn serves(&self) -> &[Code] {
        &self.serves
    }
}

/// Asks somebody about competences of one framework. `lately` is how many were asked within [`TIME`].
///
/// # Errors
/// Every field that has to be put right.
pub fn ask(
    (me, own): (PersonId, &EmailAddress),
    form: &AskForm<'_>,
    there: &[Competence],
    lately: u64,
) -> Result<NewAsk, Vec<FieldFault>> {
    let mut faults = Vec::new();
    let mut fault = |field, remedy: String| faults.push(FieldFault { field, remedy });
    let known_as = own_words(form.known_as, LONGEST_NAME).unwrap_or_default().replace('\n', " ");
    if known_as.is_empty() {
        fault("known_as", format!("Say what they are called, in {LONGEST_NAME} signs at most."));
    }
    let email = match EmailAddress::parse(form.email) {
        Ok(it) if it == *own => {
            fault("email", "Ask somebody else than yourself.".into());
            None
        }
        Ok(it) => Some(it),
        Err(refused) => {
            fault("email", refused.to_string());
            None
        }
    };
    let mut serves: Vec<Code> = Vec::new();
    for typed in &form.serves {
        match there.iter().find(|it| it.code.as_str() == *typed) {
            Some(it) if !serves.contains(&it.code) => serves.push(it.code.clone()),
            Some(_) => {}
            None => fault("serves", "Choose from the list: one of these is not in it any more.".into()),
        }
    }
    if serves.is_empty() || serves.len() > MOST_ASKED_ABOUT {
        fault("serves", format!("Choose what you ask about: one competence to {MOST_ASKED_ABOUT}."));
    }
    if lately >= MOST_ASKED {
        fault("email", format!("You have asked {lately} people in four weeks. Wait for what they say."));
    }
    match email.filter(|_| faults.is_empty()) {
        Some(email) => Ok(NewAsk { of: me, known_as, email, serves }),
        None => Err(faults),
    }
}

/// Somebody who was asked, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    pub id: AskedId,
    /// Who asked, about themself.
    pub of: PersonId,
    pub serves: Vec<Code>,
    pub made_at: DateTime<Utc>,
    pub ending: Option<Ending>,
}

/// Somebody who may still answer. Only [`Asked::open`] makes one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenAsk<'a>(&'a Asked);

/// Why a link leads nowhere any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AskGone {
    #[error("This was answered already. Thank you. Nothing more is needed.")]
    Answered,
    #[error("Nothing more is needed here. Thank you for looking.")]
    NotNeeded,
    #[error(
        "This link was good for four weeks, which are over. If you would still like to say something, tell whoever asked you."
    )]
    Late,
}

impl Asked {
    /// Whether somebody may still answer.
    ///
    /// # Errors
    /// [`AskGone`].
    pub fn open(&self, now: DateTime<Utc>) -> Result<OpenAsk<'_>, AskGone> {
        match self.ending {
            Some(Ending::Answered) => Err(AskGone::Answered),
            Some(Ending::Declined | Ending::Withdrawn) => Err(AskGone::NotNeeded),
            Some(Ending::Late) => Err(AskGone::Late),
            None if now - self.made_at >= TIME => Err(AskGone::Late),
            None => Ok(OpenAsk(self)),
        }
    }
}

/// What a witness typed.
#[derive(Clone, Copy)]
pub struct TestimonyForm<'a> {
    /// How they know each other's work.
    pub how: &'a str,
    pub words: &'a str,
    /// The name that they would like to stand with it; it may be empty.
    pub signed: &'a str,
    /// They agree that it is read by the two whom it concerns.
    pub agrees: bool,
    /// They have looked again at what looked personal.
    pub is_looked_at: bool,
}

impl core::fmt::Debug for TestimonyForm<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("TestimonyForm(…)")
    }
}

/// What a witness says, as a piece of evidence that whoever asked can neither write nor change.
///
/// # Errors
/// [`NotKept`].
pub fn testify(open: OpenAsk<'_>, form: &TestimonyForm<'_>) -> Result<NewEvidence, NotKept> {
    let mut faults = Vec::new();
    let mut text = |field, typed: &str, longest, missing: &str| match own_words(typed, longest) {
        Ok(it) if it.is_empty() && !missing.is_empty() => {
            faults.push(FieldFault { field, remedy: missing.into() });
            it
        }
        Ok(it) => it,
        Err(refused) => {
            faults.push(FieldFault { field, remedy: refused.to_string() });
            String::new()
        }
    };
    let how = text("how", form.how, LONGEST_HOW, "Say in a few words how you know each other’s work.");
    let words =
        text("words", form.words, LONGEST_TESTIMONY, "Write a few sentences about what you have seen.");
    let signed = text("signed", form.signed, LONGEST_NAME, "").replace('\n', " ");
    if !form.agrees {
        let remedy = "Say that they may read it. Without that we keep nothing.".into();
        faults.push(FieldFault { field: "agrees", remedy });
    }
    if !faults.is_empty() {
        return Err(NotKept::Faults(faults));
    }
    let looks = [("how", &how), ("words", &words)];
    let looks: Vec<_> = looks.into_iter().filter_map(|it| Some((it.0, Personal::in_text(it.1)?))).collect();
    if !looks.is_empty() && !form.is_looked_at {
        return Err(NotKept::Personal(looks));
    }
    let from = if signed.is_empty() { "somebody who knows my work" } else { &signed };
    let asked = open.0;
    Ok(NewEvidence {
        kind: Kind::Testimony,
        of: asked.of,
        by: asked.of,
        title: format!("From {from}"),
        words: format!("How we know each other’s work: {how}\n\n{words}"),
        serves: asked.serves.clone(),
    })
}

/// What somebody who was asked about competences may be shown of them, in the order of the list.
#[must_use]
pub fn asked_about<'a>(asked: &Asked, there: &'a [Competence]) -> Vec<&'a Competence> {
    there.iter().filter(|it| asked.serves.contains(&it.code)).collect()
}
