//! Whether those who were there agree with what is written down of a session. Each says it for themself, of the version
//! that they were shown; a newer version is asked about anew.

use chrono::{Days, NaiveDate};

use super::arrangement::{Arrangement, With};
use crate::own_words::own_words;
use crate::people::{FieldFault, PersonId, StrandMember, words};
use crate::personal::Personal;

#[cfg(test)]
mod tests;

words! {
    /// Whether somebody agrees.
    pub enum Stand {
        /// It was so.
        Agreed = "agreed",
        /// It was otherwise.
        Disagreed = "disagreed",
    }
}

impl Stand {
    /// What people read.
    #[must_use]
    pub const fn label(self, has_comment: bool) -> &'static str {
        match (self, has_comment) {
            (Self::Agreed, false) => "Agreed",
            (Self::Agreed, true) => "Agreed, with a comment",
            (Self::Disagreed, _) => "Did not agree",
        }
    }
}

/// The longest comment, in characters. Our choice.
pub const LONGEST_COMMENT: usize = 600;
/// After how many days a session counts on which not everybody has agreed. Our choice: two weeks, so that nobody's
/// holiday takes somebody's hours away.
pub const COUNTS_AFTER: Days = Days::new(14);

/// What is written down of a session, as far as it is asked about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Which version.
    pub number: i64,
    /// Who wrote it.
    pub by: PersonId,
    /// On which day.
    pub written_on: NaiveDate,
    /// Of whom it says whether they came.
    pub people: Vec<PersonId>,
    /// Who has said something about it.
    pub said: Vec<(PersonId, Stand)>,
}

impl Record {
    /// Who is asked: whoever it is about, and in a pair whoever supervises, but not whoever wrote it.
    #[must_use]
    pub fn asked(&self, arrangement: &Arrangement) -> Vec<PersonId> {
        asked(arrangement, self.by, self.people.iter().copied())
    }

    /// Whether it waits for somebody.
    #[must_use]
    pub fn waits_for(&self, arrangement: &Arrangement, person: PersonId) -> bool {
        self.asked(arrangement).contains(&person) && !self.said.iter().any(|it| it.0 == person)
    }

    /// Whether all who are asked have agreed.
    #[must_use]
    pub fn is_agreed(&self, arrangement: &Arrangement) -> bool {
        let agrees = |it: &PersonId| self.said.contains(&(*it, Stand::Agreed));
        self.asked(arrangement).iter().all(agrees)
    }

    /// From which day on it counts, though not everybody has agreed.
    #[must_use]
    pub fn counts_from(&self) -> NaiveDate {
        self.written_on.checked_add_days(COUNTS_AFTER).unwrap_or(NaiveDate::MAX)
    }
}

/// Who is asked about what `by` wrote of these people.
pub fn asked(
    arrangement: &Arrangement,
    by: PersonId,
    people: impl Iterator<Item = PersonId>,
) -> Vec<PersonId> {
    let supervisor = match arrangement.with {
        With::One(_) => Some(arrangement.supervisor),
        With::Group(_) => None,
    };
    people.chain(supervisor).filter(|it| *it != by).collect()
}

/// What was typed.
#[derive(Clone, Copy, Debug)]
pub struct StandForm<'a> {
    /// A [`Stand`].
    pub stand: &'a str,
    pub comment: &'a str,
    /// The version that the page showed.
    pub seen: i64,
    /// They have looked again at what looked as if it told who somebody is.
    pub has_looked: bool,
}

/// What somebody says. Only [`take`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewStand {
    number: i64,
    person: PersonId,
    stand: Stand,
    comment: String,
}

impl NewStand {
    /// Of which version.
    #[must_use]
    pub const fn number(&self) -> i64 {
        self.number
    }

    #[must_use]
    pub const fn person(&self) -> PersonId {
        self.person
    }

    #[must_use]
    pub const fn stand(&self) -> Stand {
        self.stand
    }

    /// Shared with those who were there.
    #[must_use]
    pub fn comment(&self) -> &str {
        &self.comment
    }
}

/// Why it is not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotStood {
    /// They have said so, as after a second tap, or are not asked.
    Already,
    /// There is a newer version than the one that they were shown.
    Newer,
    /// The comment looks as if it told who somebody is. The page asks to look again.
    Personal(Personal),
    /// What has to be put right.
    Faults(Vec<FieldFault>),
}

/// Says whether it was so.
///
/// # Errors
/// [`NotStood`].
pub fn take(
    by: &StrandMember,
    (arrangement, record): (&Arrangement, &Record),
    form: &StandForm<'_>,
) -> Result<NewStand, NotStood> {
    if !record.waits_for(arrangement, by.person()) {
        return Err(NotStood::Already);
    }
    if form.seen != record.number {
        return Err(NotStood::Newer);
    }
    let mut faults = Vec::new();
    let mut fault = |field, remedy: String| faults.push(FieldFault { field, remedy });
    let stand = Stand::parse(form.stand);
    let comment = match own_words(form.comment, LONGEST_COMMENT) {
        Ok(comment) => comment,
        Err(why) => {
            fault("comment", why.to_string());
            String::new()
        }
    };
    match stand {
        None => fault("stand", "Choose whether it was so.".to_owned()),
        Some(Stand::Disagreed) if form.comment.trim().is_empty() => {
            fault("comment", "Write in a few words how it was, so that it can be put right.".to_owned());
        }
        Some(_) => {}
    }
    let Some(stand) = stand.filter(|_| faults.is_empty()) else { return Err(NotStood::Faults(faults)) };
    if let Some(like) = Personal::in_text(&comment).filter(|_| !form.has_looked) {
        return Err(NotStood::Personal(like));
    }
    Ok(NewStand { number: record.number, person: by.person(), stand, comment })
}
