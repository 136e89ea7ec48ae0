//! Who makes a course the college's own: two people sign its exact text, one out of lived experience and one by
//! profession, and where it touches self-harm or suicide somebody signs for its safety as well.
//!
//! On which side somebody signs they say themselves, for that text; nobody is asked for details, and nobody else
//! can say it of them. Whoever signs for safety may be one of the two: a college that has three such people will
//! use them, and one that has two would otherwise invite a third for form's sake. What counts is that somebody puts
//! their name to having looked for it, and a day by which it is looked at again.

use chrono::{Months, NaiveDate};

use crate::day::TypedDay;
use crate::people::{CourseEditor, FieldFault, PersonId, words};

#[cfg(test)]
mod tests;

words! {
    /// Out of what somebody signs.
    pub enum Side {
        /// They have been where the course's readers are.
        LivedExperience = "lived_experience",
        /// It is their work.
        Profession = "profession",
        /// They have looked at what it says about self-harm and suicide.
        Safety = "safety",
    }
}

words! {
    /// What a lesson touches that is looked at for its safety.
    pub enum Touches {
        /// Self-harm.
        SelfHarm = "self-harm",
        /// Suicide.
        Suicide = "suicide",
    }
}

/// The longest until a safety review is due again, in months. Our choice: guidance on what is safe to say moves in
/// about that time.
const LONGEST_REVIEW: u32 = 24;

/// The exact text of a course, by a hash over everything that was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextHash(pub [u8; 32]);

impl core::fmt::Display for TextHash {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        self.0.iter().try_for_each(|it| write!(f, "{it:02x}"))
    }
}

/// Whether publishing a text settles a newer one that waits to be taken or left: it is that very text, or its draft
/// took that one in and was changed since. What came after that is another text, and goes on waiting.
#[must_use]
pub fn settles(published: TextHash, took: Option<TextHash>, waits: TextHash) -> bool {
    waits == published || took == Some(waits)
}

/// What is known of a draft before anybody signs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Its text.
    pub text: TextHash,
    /// So many things in it have to be put right.
    pub faults: usize,
    /// A lesson of it touches self-harm or suicide.
    pub touches: bool,
    /// It began from what learners read now.
    pub is_up_to_date: bool,
}

/// A signature as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// Who signed.
    pub person: PersonId,
    /// Out of what.
    pub side: Side,
    /// Which text.
    pub text: TextHash,
    /// Whether the course's page says who it was.
    pub shows_name: bool,
    /// By when it is looked at again: on the side of safety alone.
    pub review_by: Option<NaiveDate>,
}

/// What was ticked and typed under a text.
#[derive(Clone, Copy, Debug)]
pub struct SignatureForm<'a> {
    /// The field `side`.
    pub side: &'a str,
    /// The field `name`.
    pub shows_name: bool,
    /// The fields of `review_by`.
    pub review_by: TypedDay<'a>,
    /// The hidden field `text`: what the page showed.
    pub seen: &'a str,
}

/// A signature that counts. Only [`sign`] makes one.
#[derive(Debug, PartialEq, Eq)]
pub struct Signed(Signature);

impl Signed {
    /// What it says.
    #[must_use]
    pub const fn signature(&self) -> &Signature {
        &self.0
    }
}

/// Signs the text of a draft that others, `there`, may have signed.
///
/// # Errors
/// Every field that has to be put right.
pub fn sign(
    editor: &CourseEditor,
    draft: &Standing,
    there: &[Signature],
    form: &SignatureForm<'_>,
    today: NaiveDate,
) -> Result<Signed, Vec<FieldFault>> {
    let refused = |field, remedy: &str| Err(vec![FieldFault { field, remedy: remedy.into() }]);
    if form.seen != draft.text.to_string() {
        return refused(
            "side",
            "The text has changed since you opened this page. Look at it again, then sign.",
        );
    }
    if draft.faults > 0 {
        return refused(
            "side",
            "There is something to put right in the text first. It is listed on this page.",
        );
    }
    let Some(side) = Side::parse(form.side) else {
        return refused("side", "Choose how you sign: out of lived experience or by profession.");
    };
    let on = |side| there.iter().find(move |it| it.side == side && it.text == draft.text);
    if on(side).is_some_and(|it| it.person != editor.person()) {
        return refused("side", "Somebody has signed this text on that side already.");
    }
    let other = match side {
        Side::LivedExperience => Some(Side::Profession),
        Side::Profession => Some(Side::LivedExperience),
        Side::Safety => None,
    };
    if other.and_then(on).is_some_and(|it| it.person == editor.person()) {
        return refused("side", "You have signed on the other side. It takes somebody else for this one.");
    }
    let review_by = match side {
        Side::Safety if !draft.touches => {
            return refused(
                "side",
                "No lesson of it touches self-harm or suicide, so there is nothing to sign.",
            );
        }
        Side::Safety => Some(review_by(form.review_by, today)?),
        Side::LivedExperience | Side::Profession => None,
    };
    let (person, text) = (editor.person(), draft.text);
    Ok(Signed(Signature { person, side, text, shows_name: form.shows_name, review_by }))
}

fn review_by(typed: TypedDay<'_>, today: NaiveDate) -> Result<NaiveDate, Vec<FieldFault>> {
    let fault = |remedy: String| vec![FieldFault { field: "review_by", remedy }];
    let day = typed.needed().map_err(|refused| fault(refused.to_string()))?;
    let latest = today.checked_add_months(Months::new(LONGEST_REVIEW)).unwrap_or(today);
    if day <= today || day > latest {
        return Err(fault(format!("Choose a day after today and within {LONGEST_REVIEW} months.")));
    }
    Ok(day)
}

/// What is missing before a draft can be published. The sentence says what comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotYet {
    /// The checker found something.
    #[error("Put right what was found in the text.")]
    Faults,
    /// Learners read something newer than what the draft began from.
    #[error("What learners read has changed since this draft began. Look at what is different first.")]
    Behind,
    /// Nobody has signed on that side.
    #[error("Somebody signs it out of lived experience.")]
    LivedExperience,
    /// Nobody has signed on that side.
    #[error("Somebody else signs it by profession.")]
    Profession,
    /// A lesson touches self-harm or suicide, and nobody has signed for that.
    #[error("Somebody signs that they have looked at what it says about self-harm and suicide.")]
    Safety,
}

/// That a text is to be published, and who adopted it. Only [`publishable`] makes one.
#[derive(Debug, PartialEq, Eq)]
pub struct Publishable {
    text: TextHash,
    lived_experience: Signature,
    profession: Signature,
    safety: Option<(Signature, NaiveDate)>,
}

impl Publishable {
    /// Which text.
    #[must_use]
    pub const fn text(&self) -> TextHash {
        self.text
    }

    /// Who signed out of lived experience.
    #[must_use]
    pub const fn lived_experience(&self) -> &Signature {
        &self.lived_experience
    }

    /// Who signed by profession: never the same person.
    #[must_use]
    pub const fn profession(&self) -> &Signature {
        &self.profession
    }

    /// Who signed for its safety and by when it is looked at again, where a lesson touches self-harm or suicide.
    #[must_use]
    pub const fn safety(&self) -> Option<&(Signature, NaiveDate)> {
        self.safety.as_ref()
    }
}

/// Publishes a draft that two people have signed.
///
/// # Errors
/// Everything that is missing.
pub fn publishable(
    draft: &Standing,
    signatures: &[Signature],
    today: NaiveDate,
) -> Result<Publishable, Vec<NotYet>> {
    let on = |side| signatures.iter().find(move |it| it.side == side && it.text == draft.text).cloned();
    let lived_experience = on(Side::LivedExperience);
    let person = lived_experience.as_ref().map(|it| it.person);
    let profession = on(Side::Profession).filter(|it| Some(it.person) != person);
    let due = |it: Signature| it.review_by.filter(|by| *by > today).map(|by| (it, by));
    let safety = on(Side::Safety).and_then(due);
    let missing = [
        (draft.faults > 0, NotYet::Faults),
        (!draft.is_up_to_date, NotYet::Behind),
        (lived_experience.is_none(), NotYet::LivedExperience),
        (profession.is_none(), NotYet::Profession),
        (draft.touches && safety.is_none(), NotYet::Safety),
    ];
    let missing: Vec<_> = missing.into_iter().filter(|it| it.0).map(|it| it.1).collect();
    match (lived_experience, profession) {
        (Some(lived_experience), Some(profession)) if missing.is_empty() => {
            let safety = safety.filter(|_| draft.touches);
            Ok(Publishable { text: draft.text, lived_experience, profession, safety })
        }
        _ => Err(missing),
    }
}

/// How a course was adopted, as its page tells it: names only of those who wished it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Adoption {
    /// The day.
    pub on: NaiveDate,
    /// Who signed out of lived experience.
    pub lived_experience: Option<String>,
    /// Who signed by profession.
    pub profession: Option<String>,
    /// Who looked at what it says about self-harm and suicide, where it does.
    pub safety: Option<SafetyReview>,
}

/// That somebody has looked at what a course says about self-harm and suicide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SafetyReview {
    /// Who, if they wished to be named.
    pub by: Option<String>,
    /// When it is looked at again.
    pub again_by: NaiveDate,
}

impl Adoption {
    /// Whether its safety ought to have been looked at again. Learners keep the course: nothing in it has become
    /// wrong on that day, and what is taken from somebody who is in the middle of it may be what they needed.
    #[must_use]
    pub fn is_overdue(&self, today: NaiveDate) -> bool {
        self.safety.as_ref().is_some_and(|it| it.again_by < today)
    }
}
