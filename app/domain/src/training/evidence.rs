//! Evidence, in words: what shows that somebody can do something. One piece may serve many competences.
//!
//! Some kinds are the learner's to tell and some are noted by whoever assesses them; no kind is both, so nobody
//! observes themself. Lived experience is a plain yes: there is no field to say more.

use super::framework::{Code, Competence};
use crate::own_words::own_words;
use crate::people::{Assessor, FieldFault, PersonId, ids, words};
use crate::personal::Personal;

pub mod file;
#[cfg(test)]
mod tests;
pub mod voices;
pub mod witness;

ids! {
    /// A piece of evidence.
    EvidenceId;
}

words! {
    /// What a piece of evidence is.
    pub enum Kind {
        /// A copy that the learner chose to make; what they write for themself stays theirs.
        Reflection = "reflection",
        /// A certificate from elsewhere. A course finished here counts by itself.
        Certificate = "certificate",
        /// What they learned before.
        PriorLearning = "prior_learning",
        /// What they learned in no classroom.
        Informal = "informal",
        /// Having lived through it: a plain yes.
        LivedExperience = "lived_experience",
        /// What the assessor saw.
        Observation = "observation",
        /// What somebody told the assessor.
        Witness = "witness",
        /// How something that was set for it went.
        Assessment = "assessment",
        /// What somebody without an account said when they were asked ([`witness`]).
        Testimony = "testimony",
        /// What people said who were supported, without a name ([`voices`]).
        Voices = "voices",
    }
}

impl Kind {
    /// What people read.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Reflection => "A reflection",
            Self::Certificate => "A certificate from somewhere else",
            Self::PriorLearning => "Something I learned before",
            Self::Informal => "Something I learned in daily life",
            Self::LivedExperience => "I have lived through it myself",
            Self::Observation => "Something that I saw them do",
            Self::Witness => "Something that somebody told me about them",
            Self::Assessment => "Something set for it, such as a role play",
            Self::Testimony => "What somebody said whom I asked",
            Self::Voices => "What people said without a name",
        }
    }

    /// What people read once it is there.
    #[must_use]
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Reflection => "Reflection",
            Self::Certificate => "Certificate",
            Self::PriorLearning => "Learned before",
            Self::Informal => "Learned in daily life",
            Self::LivedExperience => "Lived experience",
            Self::Observation => "Observation",
            Self::Witness => "Witness testimony",
            Self::Assessment => "Assessment",
            Self::Testimony => "Testimony",
            Self::Voices => "Voices without a name",
        }
    }

    /// Whether the learner tells it.
    #[must_use]
    pub const fn is_told_by_the_learner(self) -> bool {
        !self.is_noted_by_an_assessor() && !self.is_said_by_others()
    }

    /// Whether it is noted by whoever assesses the learner.
    #[must_use]
    pub const fn is_noted_by_an_assessor(self) -> bool {
        matches!(self, Self::Observation | Self::Witness | Self::Assessment)
    }

    /// Whether somebody says it who has no account. It came to the learner, who cannot change it.
    #[must_use]
    pub const fn is_said_by_others(self) -> bool {
        matches!(self, Self::Testimony | Self::Voices)
    }
}

/// The longest heading, in characters.
pub const LONGEST_TITLE: usize = 120;
/// The longest piece, in characters. Our choice: two pages, which whoever reads twenty of them still reads.
pub const LONGEST_WORDS: usize = 6000;
/// The most competences that one piece serves. Our choice: more shows nothing of any of them.
pub const MOST_COMPETENCES: usize = 20;

/// What was typed.
#[derive(Clone)]
pub struct EvidenceForm<'a> {
    pub kind: &'a str,
    pub title: &'a str,
    pub words: &'a str,
    /// The codes of the competences that it serves.
    pub serves: Vec<&'a str>,
    /// A file came with it.
    pub has_file: bool,
    /// They have looked again at what looked personal.
    pub is_looked_at: bool,
}

impl core::fmt::Debug for EvidenceForm<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("EvidenceForm(…)")
    }
}

/// A piece that may be kept. Only [`offer`], [`note`], [`witness::testify`] and [`voices::gather`] make one.
#[derive(Clone, PartialEq, Eq)]
pub struct NewEvidence {
    kind: Kind,
    of: PersonId,
    by: PersonId,
    title: String,
    words: String,
    serves: Vec<Code>,
}

impl core::fmt::Debug for NewEvidence {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "NewEvidence({}, …)", self.kind.as_str())
    }
}

impl NewEvidence {
    /// What it is.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// Whose competences it is about.
    #[must_use]
    pub const fn of(&self) -> PersonId {
        self.of
    }

    /// Who wrote it.
    #[must_use]
    pub const fn by(&self) -> PersonId {
        self.by
    }

    /// Its heading; none for lived experience.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Its words; none for lived experience.
    #[must_use]
    pub fn words(&self) -> &str {
        &self.words
    }

    /// The competences that it serves, at least one.
    #[must_use]
    pub fn serves(&self) -> &[Code] {
        &self.serves
    }
}

/// Why a piece is not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotKept {
    /// It is of a kind that others note. It is written down that somebody tried it on themself.
    JudgesThemself,
    /// Something has to be put right.
    Faults(Vec<FieldFault>),
    /// In these fields something looks as if it told who somebody is. It may stay, once it was looked at again.
    Personal(Vec<(&'static str, Personal)>),
}

/// A learner's own piece, for competences of one framework.
///
/// # Errors
/// [`NotKept`].
pub fn offer(me: PersonId, form: &EvidenceForm<'_>, there: &[Competence]) -> Result<NewEvidence, NotKept> {
    let kind = Kind::parse(form.kind);
    if kind.is_some_and(|it| !it.is_told_by_the_learner()) {
        return Err(NotKept::JudgesThemself);
    }
    taken((me, me), kind, form, there)
}

/// What an assessor notes about their candidate.
///
/// # Errors
/// [`NotKept`].
pub fn note(by: &Assessor, form: &EvidenceForm<'_>, there: &[Competence]) -> Result<NewEvidence, NotKept> {
    if by.person() == by.candidate() {
        return Err(NotKept::JudgesThemself);
    }
    let kind = Kind::parse(form.kind).filter(|it| it.is_noted_by_an_assessor());
    taken((by.candidate(), by.person()), kind, form, there)
}

fn taken(
    (of, by): (PersonId, PersonId),
    kind: Option<Kind>,
    form: &EvidenceForm<'_>,
    there: &[Competence],
) -> Result<NewEvidence, NotKept> {
    let mut faults = Vec::new();
    let mut fault = |field, remedy: String| faults.push(FieldFault { field, remedy });
    if kind.is_none() {
        fault("kind", "Choose what it is.".into());
    }
    let is_plain_yes = kind == Some(Kind::LivedExperience);
    if is_plain_yes && form.has_file {
        fault("file", "For lived experience a plain yes is enough. Leave the file out.".into());
    }
    let mut text = |field, typed: &str, longest, missing: &str| match own_words(typed, longest) {
        Ok(it) => {
            if it.is_empty() && !missing.is_empty() {
                fault(field, missing.into());
            }
            it
        }
        Err(refused) => {
            fault(field, refused.to_string());
            String::new()
        }
    };
    let (title, words) = if is_plain_yes {
        Default::default()
    } else {
        let title = text("title", form.title, LONGEST_TITLE, "Give it a heading, so that it is found again.");
        let missing = if kind == Some(Kind::Certificate) { "" } else { "Write a few sentences about it." };
        (title.replace('\n', " "), text("words", form.words, LONGEST_WORDS, missing))
    };
    let mut serves: Vec<&Competence> = Vec::new();
    for typed in &form.serves {
        match there.iter().find(|it| it.code.as_str() == *typed) {
            Some(it) if !serves.iter().any(|other| other.code == it.code) => serves.push(it),
            Some(_) => {}
            None => fault("serves", "Choose from the list: one of these is not in it any more.".into()),
        }
    }
    if serves.is_empty() || serves.len() > MOST_COMPETENCES {
        fault("serves", format!("Choose what it shows: one competence to {MOST_COMPETENCES}."));
    }
    if let Some(it) = serves.iter().find(|it| is_plain_yes && !it.accepts_lived_experience) {
        fault(
            "serves",
            format!("Lived experience does not count for {}. Leave it out, or add something else.", it.code),
        );
    }
    let Some(kind) = kind.filter(|_| faults.is_empty()) else { return Err(NotKept::Faults(faults)) };
    let looks = [("title", &title), ("words", &words)];
    let looks: Vec<_> = looks.into_iter().filter_map(|it| Some((it.0, Personal::in_text(it.1)?))).collect();
    if !looks.is_empty() && !form.is_looked_at {
        return Err(NotKept::Personal(looks));
    }
    let serves = serves.into_iter().map(|it| it.code.clone()).collect();
    Ok(NewEvidence { kind, of, by, title, words, serves })
}

/// What becomes of a piece that its author takes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TakenBack {
    /// Nobody has judged by it: nothing of it is kept.
    Gone,
    /// Somebody has: it stays in the history, marked.
    Marked,
}

/// Takes a piece back. Nothing is answered to anybody but its author. What others said stays in any case, marked: it is
/// not the learner's to choose among.
#[must_use]
pub fn take_back((me, author): (PersonId, PersonId), kind: Kind, was_judged: bool) -> Option<TakenBack> {
    let stays = was_judged || kind.is_said_by_others();
    let what = if stays { TakenBack::Marked } else { TakenBack::Gone };
    (me == author).then_some(what)
}
