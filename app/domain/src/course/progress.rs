//! How far somebody is in a lesson, and when it is finished: read or gone round, and every check question tried.
//! How well somebody did has no part in it.

use std::collections::BTreeSet;

use super::Slug;

#[cfg(test)]
mod tests;

/// A lesson as far as somebody is in it.
#[derive(Clone, Copy, Debug)]
pub struct UnderWay<'a> {
    /// They have said that they read it.
    pub is_read: bool,
    /// The check questions that it has now.
    pub questions: &'a [&'a str],
    /// Those that they have tried, among them perhaps some that the lesson has no more.
    pub tried: &'a BTreeSet<String>,
}

/// That a lesson is finished. Only the rules here make one.
#[derive(Debug, PartialEq, Eq)]
pub struct Finished(());

/// What came of a step.
#[derive(Debug, PartialEq, Eq)]
pub enum Step {
    /// There is more to do, if they like: so many questions have not been tried.
    Goes { untried: usize },
    /// That was the last of it.
    Finishes(Finished),
}

/// That a course is finished. Only [`course`] makes one.
#[derive(Debug, PartialEq, Eq)]
pub struct CourseFinished(());

/// The lesson has nothing that one might want to go round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("There is nothing in this lesson to go round.")]
pub struct NothingToGoRound;

impl UnderWay<'_> {
    /// How many questions have not been tried.
    #[must_use]
    pub fn untried(&self) -> usize {
        self.questions.iter().filter(|it| !self.tried.contains(**it)).count()
    }

    /// Whether it could be finished by what has been done.
    #[must_use]
    pub fn step(&self) -> Step {
        match self.untried() {
            0 if self.is_read => Step::Finishes(Finished(())),
            untried => Step::Goes { untried },
        }
    }
}

/// Goes round a lesson, which counts as having done it. Nobody is asked why.
///
/// # Errors
/// [`NothingToGoRound`] when it carries no note of what is in it.
pub const fn go_round(has_content_note: bool) -> Result<Finished, NothingToGoRound> {
    if has_content_note { Ok(Finished(())) } else { Err(NothingToGoRound) }
}

/// Whether a course of these lessons is finished by whoever has finished those. A course without a lesson never is.
#[must_use]
pub fn course<'a>(
    lessons: impl IntoIterator<Item = &'a Slug>,
    finished: &BTreeSet<String>,
) -> Option<CourseFinished> {
    let mut lessons = lessons.into_iter().peekable();
    lessons.peek()?;
    lessons.all(|it| finished.contains(it.as_str())).then_some(CourseFinished(()))
}
