//! Answers to criteria: evidence in one's own words, a qualification, and what else the criterion accepts.
//!
//! Lived experience is a plain yes. There is no field for what it was, so nobody asks and nobody reads it.

use chrono::{Datelike, NaiveDate};

use super::criterion::Criterion;
use super::need::Need;
use crate::day::TypedDay;
use crate::own_words::NotTaken;
use crate::own_words::{Next, Revised, revise};
use crate::people::FieldFault;
use crate::typed::{kept, one_line, several_lines};

#[cfg(test)]
mod tests;

/// The longest evidence, in characters. Our choice: two pages.
const LONGEST_EVIDENCE: usize = 4000;
/// The longest words about something equivalent, in characters.
const LONGEST_EQUIVALENCE: usize = 2000;
/// The longest name of a qualification or of who gave it, in characters.
const LONGEST_NAME: usize = 150;
/// The earliest year of a qualification. Our choice: nobody here learnt before.
const FIRST_YEAR: i32 = 1950;

/// A qualification.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Qualification {
    /// What it is called; empty for none.
    pub title: String,
    /// Who gave it.
    pub body: String,
    /// In which year it was gained.
    pub year: Option<i32>,
    /// Until when it is valid, if it ends.
    pub valid_until: Option<NaiveDate>,
    /// Who has seen the certificate.
    pub seen_by: String,
}

/// An answer to one criterion.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// Evidence, in one's own words.
    pub evidence: String,
    /// A qualification.
    pub qualification: Qualification,
    /// Something equivalent.
    pub equivalence: String,
    /// Lived experience: yes, or nothing said.
    pub lived: bool,
    /// By when one is willing to learn it.
    pub willing_by: Option<NaiveDate>,
}

impl Answer {
    /// Whether nothing has been said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// What was typed.
#[derive(Clone, Copy)]
pub struct AnswerForm<'a> {
    /// The field `evidence`.
    pub evidence: &'a str,
    /// The field `title`.
    pub title: &'a str,
    /// The field `body`.
    pub body: &'a str,
    /// The field `year`.
    pub year: &'a str,
    /// The fields `valid_day`, `valid_month` and `valid_year`.
    pub valid_until: TypedDay<'a>,
    /// The field `seen_by`.
    pub seen_by: &'a str,
    /// The field `equivalence`.
    pub equivalence: &'a str,
    /// The field `lived`: `yes` or nothing.
    pub lived: &'a str,
    /// The fields `willing_day`, `willing_month` and `willing_year`.
    pub willing_by: TypedDay<'a>,
}

/// What people write gets into no log.
macro_rules! unspoken {
    ($($name:ty),+) => { $(
        impl core::fmt::Debug for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    )+ };
}
unspoken!(Answer, Qualification, AnswerForm<'_>);

/// Takes what was typed as an answer to a criterion, on a page that showed the `seen` revision. Ways that the criterion
/// does not accept are not read: its page does not show them.
///
/// # Errors
/// [`NotTaken`].
pub fn keep_answer(
    criterion: &Criterion,
    current: Option<&Revised<Answer>>,
    form: &AnswerForm<'_>,
    (seen, today): (i64, NaiveDate),
) -> Result<Next<Answer>, NotTaken> {
    let mut faults = Vec::new();
    let evidence = several_lines(form.evidence, LONGEST_EVIDENCE, "evidence", &mut faults);
    let qualification = qualification(form, today, &mut faults);
    let equivalence = match criterion.equivalence {
        true => several_lines(form.equivalence, LONGEST_EQUIVALENCE, "equivalence", &mut faults),
        false => String::new(),
    };
    let willing_by = match criterion.willing {
        true => kept(form.willing_by.perhaps(), "willing_day", &mut faults).flatten(),
        false => None,
    };
    // A day that was kept before stays good on its own page.
    let is_new = |day| current.is_none_or(|it| it.value.willing_by != Some(day));
    if willing_by.is_some_and(|day| day < today && is_new(day)) {
        let remedy = "Write a day that is still to come.".into();
        faults.push(FieldFault { field: "willing_day", remedy });
    }
    if !faults.is_empty() {
        return Err(NotTaken::Faults(faults));
    }
    let lived = criterion.lived && form.lived == "yes";
    Ok(revise(current, Answer { evidence, qualification, equivalence, lived, willing_by }, seen)?)
}

fn qualification(form: &AnswerForm<'_>, today: NaiveDate, faults: &mut Vec<FieldFault>) -> Qualification {
    let title = one_line(form.title, LONGEST_NAME, "title", faults);
    let body = one_line(form.body, LONGEST_NAME, "body", faults);
    let seen_by = one_line(form.seen_by, LONGEST_NAME, "seen_by", faults);
    let valid_until = kept(form.valid_until.perhaps(), "valid_day", faults).flatten();
    let year = match form.year.trim() {
        "" => None,
        typed => {
            let is_figures = typed.len() == 4 && typed.bytes().all(|it| it.is_ascii_digit());
            let year = typed.parse().ok().filter(|it| is_figures && (FIRST_YEAR..=today.year()).contains(it));
            if year.is_none() {
                let remedy = format!("Write the year in figures, from {FIRST_YEAR} to {}.", today.year());
                faults.push(FieldFault { field: "year", remedy });
            }
            year
        }
    };
    let more = !body.is_empty() || !seen_by.is_empty() || valid_until.is_some() || year.is_some();
    if title.is_empty() && more && !faults.iter().any(|it| it.field == "title") {
        faults.push(FieldFault { field: "title", remedy: "Write what the qualification is called.".into() });
    }
    Qualification { title, body, year, valid_until, seen_by }
}

/// What is essential and not yet answered, counted from one.
pub fn unanswered<'a>(
    criteria: &'a [Criterion],
    answered: impl Fn(&Criterion) -> bool + 'a,
) -> impl Iterator<Item = usize> + 'a {
    let missing = move |it: &Criterion| it.need == Need::Essential && !answered(it);
    criteria.iter().enumerate().filter(move |(_, it)| missing(it)).map(|(at, _)| at + 1)
}
