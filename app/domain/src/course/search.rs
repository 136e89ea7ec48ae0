//! Finding courses by words. A slip of one letter still finds: what is not among our own words is taken for the one
//! that it is a slip away from.
//!
//! Everything is kept in memory and in order, so that the same words find the same courses in the same order
//! wherever they are asked for.

use std::collections::BTreeMap;
use std::ops::Bound;

#[cfg(test)]
mod tests;

/// What one course can be found by.
#[derive(Clone, Copy, Debug)]
pub struct Text<'a> {
    pub words: &'a str,
    pub weight: Weight,
}

/// How much it says about a course that a word stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// In what a lesson says.
    Passing,
    /// In what is said about the course, or in the title of a lesson.
    Telling,
    /// In the title of the course.
    Naming,
}

impl Weight {
    /// Our choice: a title outweighs a summary, and a summary a few mentions in passing.
    const fn points(self) -> u32 {
        match self {
            Self::Passing => 1,
            Self::Telling => 8,
            Self::Naming => 32,
        }
    }
}

/// The words of all courses.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// For each word, in which courses it stands and how much it says there; courses by their place.
    words: BTreeMap<String, BTreeMap<usize, u32>>,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The places of the courses, what fits best first.
    pub courses: Vec<usize>,
    /// What was taken for a slip, with what it was taken for.
    pub corrected: Vec<(String, String)>,
}

/// So much of a word in passing counts in one course: a long course is no better than a short one.
const MOST_IN_PASSING: u32 = 6;
/// What is asked for beyond so many words is not looked at.
const MOST_WORDS: usize = 12;
/// Shorter beginnings would find half of everything.
const SHORTEST_BEGINNING: usize = 3;
/// Shorter words are a slip away from too many others.
const SHORTEST_SLIP: usize = 4;

impl Index {
    /// Takes in the course at a place, which is the next one.
    pub fn add(&mut self, place: usize, texts: &[Text<'_>]) {
        for text in texts {
            for word in words(text.words) {
                let points = self.words.entry(word).or_default().entry(place).or_default();
                *points = match text.weight {
                    Weight::Passing if *points >= MOST_IN_PASSING => *points,
                    weight => *points + weight.points(),
                };
            }
        }
    }

    /// The courses in which all of these words stand; if there is none, those in which some do.
    #[must_use]
    pub fn find(&self, asked: &str) -> Found {
        let mut found = Found::default();
        let mut points: BTreeMap<usize, (usize, u32)> = BTreeMap::new();
        let asked: Vec<String> = words(asked).take(MOST_WORDS).collect();
        for word in &asked {
            let mut of_word = self.of(word);
            if of_word.is_empty()
                && let Some(meant) = self.meant(word)
            {
                of_word = self.of(meant);
                found.corrected.push((word.clone(), meant.to_owned()));
            }
            for (place, more) in of_word {
                let (words, sum) = points.entry(place).or_default();
                *words += 1;
                *sum += more;
            }
        }
        let most = points.values().map(|it| it.0).max().unwrap_or_default();
        let mut best: Vec<_> = points.into_iter().filter(|it| it.1.0 == most).collect();
        best.sort_by(|a, b| b.1.1.cmp(&a.1.1).then(a.0.cmp(&b.0)));
        found.courses = best.into_iter().map(|it| it.0).collect();
        found
    }

    /// The courses in which a word stands, or one that begins so.
    fn of(&self, word: &str) -> BTreeMap<usize, u32> {
        let mut all = BTreeMap::new();
        let whole = self.words.get(word).into_iter().flatten().map(|(place, points)| (*place, points * 3));
        let beginnings = self
            .words
            .range::<str, _>((Bound::Included(word), Bound::Unbounded))
            .skip_while(|it| it.0 == word);
        let beginnings = beginnings
            .take_while(|it| word.len() >= SHORTEST_BEGINNING && it.0.starts_with(word))
            .flat_map(|it| it.1.iter().map(|(place, points)| (*place, *points)));
        for (place, points) in whole.chain(beginnings) {
            let most: &mut u32 = all.entry(place).or_default();
            *most = points.max(*most);
        }
        all
    }

    /// The word of ours that is a slip away, and of several the one that says most.
    fn meant(&self, word: &str) -> Option<&str> {
        if word.len() < SHORTEST_SLIP {
            return None;
        }
        let near = self.words.iter().filter(|it| is_a_slip(word, it.0));
        near.max_by_key(|it| (it.1.values().sum::<u32>(), std::cmp::Reverse(it.0))).map(|it| it.0.as_str())
    }
}

/// The words of a text, as [`crate::people::filed`] spells names: in small Latin letters, without accents.
fn words(text: &str) -> impl Iterator<Item = String> {
    let spelled = deunicode::deunicode_with_tofu(text, " ").to_ascii_lowercase().replace('\'', "");
    let words: Vec<String> = spelled
        .split(|it: char| !it.is_ascii_alphanumeric())
        .filter(|it| (2..=40).contains(&it.len()))
        .map(ToOwned::to_owned)
        .collect();
    words.into_iter()
}

/// Whether one letter was left out, added, mistaken, or changed places with the next.
fn is_a_slip(typed: &str, meant: &str) -> bool {
    let (typed, meant) = (typed.as_bytes(), meant.as_bytes());
    let alike = typed.iter().zip(meant).take_while(|(a, b)| a == b).count();
    let (rest, other) = (&typed[alike..], &meant[alike..]);
    match (rest, other) {
        ([], []) => false,
        ([_, rest @ ..], [_, other @ ..]) if rest == other => true,
        ([_, rest @ ..], other) if *rest == *other => true,
        (rest, [_, other @ ..]) if *rest == *other => true,
        ([a, b, rest @ ..], [c, d, other @ ..]) => a == d && b == c && rest == other,
        _ => false,
    }
}
