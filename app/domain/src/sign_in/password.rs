//! Choosing a password: long enough, not made of one's own name, not one that is guessed first.
//!
//! Nothing else is asked: no capitals, digits or signs, and no change after so many weeks, because both lead
//! to worse passwords. NIST SP 800-63B-4 section 3.1.1.2 forbids such rules as well (known from other
//! people's quotations of it, compared in November 2026; the document itself was not at hand).

#[cfg(test)]
mod tests;

/// What an estimator outside found out about a password: whether it is among those that are tried first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guessability {
    /// Common, or soon found.
    Easy,
    /// Not soon found.
    Hard,
}

/// A password that somebody may use from now on: what is hashed. Only [`NewPassword::choose`] makes one.
///
/// It is taken letter for letter, spaces too. The same letter can be typed as one character or as two (é);
/// bringing both to one form (NFKC) needs tables that this crate does not have. Whoever calls may do so, then
/// both when a password is chosen and whenever it is checked.
pub struct NewPassword(String);

/// Why a password is not taken. The sentence says what to do instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PasswordRefused {
    /// Fewer than [`NewPassword::SHORTEST`] characters, or nothing but spaces.
    #[error(
        "Use at least {} characters. A few words that don't belong together are easy to remember.",
        NewPassword::SHORTEST
    )]
    TooShort,
    /// More than [`NewPassword::LONGEST`] characters.
    #[error("Use at most {} characters.", NewPassword::LONGEST)]
    TooLong,
    /// Made of the person's own name or address, or of the name of this place.
    #[error("Choose something without your name, your e-mail address or the name of this place.")]
    AboutYou,
    /// Among the passwords that are tried first.
    #[error("Choose something harder to guess. A few words that don't belong together work well.")]
    EasyToGuess,
}

impl NewPassword {
    /// The shortest it may be, in characters (Unicode scalar values). Our choice. NIST SP 800-63B-4 is quoted
    /// as asking for 15 where the password is all there is and 8 where a second factor is asked as well;
    /// learners have no second factor, and are often on a phone and unwell. Between the two, with easy ones
    /// refused and tries throttled, ten locks nobody out of a course.
    pub const SHORTEST: usize = 10;
    /// The longest it may be, in characters. Our choice: any sentence fits, and hashing has an end. NIST
    /// SP 800-63B-4 is quoted as asking for room for at least 64.
    pub const LONGEST: usize = 200;
    /// How many letters and digits have to be left when what is known about the person is taken out. Our
    /// choice: a year or "123!" after one's name is no secret, a word is.
    const LEFT_AT_LEAST: usize = 6;
    /// Shorter words about a person are part of too many other words to be looked for, in characters.
    const SHORTEST_WORD: usize = 3;
    /// The name of this place.
    const PLACE: &'static str = "alongside";

    /// Takes a password as it was typed. `about` is what anybody may know of the person: the e-mail address
    /// and the name they are known by. `how_easy` is what an estimator made of `typed`; it need not look
    /// further than [`Self::LONGEST`] characters.
    ///
    /// # Errors
    /// [`PasswordRefused`], the length first.
    pub fn choose(typed: &str, about: &[&str], how_easy: Guessability) -> Result<Self, PasswordRefused> {
        if typed.trim().is_empty() || typed.chars().nth(Self::SHORTEST - 1).is_none() {
            return Err(PasswordRefused::TooShort);
        }
        if typed.chars().nth(Self::LONGEST).is_some() {
            return Err(PasswordRefused::TooLong);
        }
        if is_about(typed, about) {
            return Err(PasswordRefused::AboutYou);
        }
        match how_easy {
            Guessability::Easy => Err(PasswordRefused::EasyToGuess),
            Guessability::Hard => Ok(Self(typed.into())),
        }
    }

    /// The password itself, for hashing and for nothing else.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl core::fmt::Debug for NewPassword {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("NewPassword(…)")
    }
}

/// Whether little is left of a password once the person's own words are taken out of it.
fn is_about(typed: &str, about: &[&str]) -> bool {
    let mut words: Vec<String> = about.iter().copied().flat_map(whole_and_parts).map(letters).collect();
    words.push(NewPassword::PLACE.into());
    words.retain(|it| it.chars().count() >= NewPassword::SHORTEST_WORD);
    // The longest first, so that a whole name goes before a part of it.
    words.sort_by_key(|it| core::cmp::Reverse(it.len()));
    let all = letters(typed);
    let left = words.iter().fold(all.clone(), |left, word| left.replace(word.as_str(), ""));
    left != all && left.chars().count() < NewPassword::LEFT_AT_LEAST
}

/// `jo.bloggs@demo.example`, and `jo`, `bloggs`, `demo`, `example`.
fn whole_and_parts(text: &str) -> impl Iterator<Item = &str> {
    core::iter::once(text).chain(text.split(|it: char| !it.is_alphanumeric()))
}

/// Letters and digits in lower case: what stays recognisable however it is dressed up.
fn letters(text: &str) -> String {
    text.chars().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
