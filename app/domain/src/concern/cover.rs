//! Who covers a way: who is told first, who then, and who is there when none of them is.

use super::Route;
use crate::own_words::NotTaken;
use crate::people::{Administrator, FieldFault, OrganisationId, PersonId};
use crate::typed::{needed_line, number};

/// The most people who cover a way: a lead and three deputies. Our choice.
pub const MOST_HOLDERS: usize = 4;
/// How many hours somebody may have at most. Our choice: three days, a long weekend.
const HOURS: core::ops::RangeInclusive<u16> = 1..=72;
/// The longest line about who is there when, in characters.
const LONGEST_LINE: usize = 200;

/// How a way is covered at an organisation, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cover {
    pub organisation: OrganisationId,
    pub route: Route,
    /// Counts its versions, from one.
    pub number: i64,
    /// The lead first, then deputies.
    pub holders: Vec<PersonId>,
    /// Hours until it goes on to the next.
    pub answer_within: u16,
    /// When they are there.
    pub there: String,
    /// Who is rung when they are not.
    pub out_of_hours: String,
    /// Who is rung outside of the organisation, such as when it is about all of them.
    pub outside: String,
}

/// Somebody who may be told such things today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct There {
    pub person: PersonId,
    /// They are away: others are told before them.
    pub is_away: bool,
}

impl Cover {
    /// Whom a concern could reach, in their order: those who cover it and may be told such things today (`there`),
    /// without whoever raises it and whom it is about. Whoever is away comes last.
    #[must_use]
    pub fn reach(&self, there: &[There], by: PersonId, about: &[PersonId]) -> Vec<PersonId> {
        let may = |it: &&PersonId| **it != by && !about.contains(it);
        let here = self.holders.iter().filter(may).filter_map(|it| there.iter().find(|on| on.person == *it));
        let (away, at_work): (Vec<&There>, Vec<&There>) = here.partition(|it| it.is_away);
        at_work.into_iter().chain(away).map(|it| it.person).collect()
    }
}

/// What was typed.
#[derive(Clone, Copy, Debug)]
pub struct CoverForm<'a> {
    /// People's ids, the lead's first; empty ones are left out.
    pub holders: [&'a str; MOST_HOLDERS],
    pub answer_within: &'a str,
    pub there: &'a str,
    pub out_of_hours: &'a str,
    pub outside: &'a str,
    /// The version that the page showed.
    pub seen: i64,
}

/// A cover that may be kept. Only [`cover`] makes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCover {
    cover: Cover,
    by: PersonId,
}

impl NewCover {
    #[must_use]
    pub const fn cover(&self) -> &Cover {
        &self.cover
    }

    /// Who says so.
    #[must_use]
    pub const fn by(&self) -> PersonId {
        self.by
    }
}

/// Reads how a way is covered; `None` if it is so already. `may` are those who may be told such things today.
///
/// # Errors
/// [`NotTaken`].
pub fn cover(
    by: &Administrator,
    (route, last): (Route, Option<&Cover>),
    may: &[PersonId],
    form: &CoverForm<'_>,
) -> Result<Option<NewCover>, NotTaken> {
    let mut faults = Vec::new();
    let mut holders: Vec<PersonId> = Vec::new();
    for (field, typed) in HOLDERS.into_iter().zip(form.holders) {
        let mut fault = |remedy: &str| faults.push(FieldFault { field, remedy: remedy.into() });
        match typed.parse::<PersonId>() {
            Ok(it) if holders.contains(&it) => {
                fault("They stand here twice. Choose somebody else, or nobody.");
            }
            Ok(it) if may.contains(&it) => holders.push(it),
            Err(_) if typed.is_empty() && field != HOLDERS[0] => {}
            Ok(_) | Err(_) => fault("Choose somebody from the list."),
        }
    }
    let answer_within = number(form.answer_within).filter(|it| HOURS.contains(it));
    if answer_within.is_none() {
        let (least, most) = (HOURS.start(), HOURS.end());
        let remedy = format!("Write after how many hours it goes on to the next, from {least} to {most}.");
        faults.push(FieldFault { field: "answer_within", remedy });
    }
    let mut line = |typed, field, missing| needed_line(typed, LONGEST_LINE, (field, missing), &mut faults);
    let there = line(form.there, "there", "Write when they are there, such as: Monday to Friday, 9 to 5.");
    let out_of_hours = line(form.out_of_hours, "out_of_hours", "Write who is rung when they are not there.");
    let outside = line(form.outside, "outside", "Write who is rung outside of your organisation.");
    let Some(answer_within) = answer_within.filter(|_| faults.is_empty()) else {
        return Err(NotTaken::Faults(faults));
    };
    let number = last.map_or(0, |it| it.number);
    let organisation = by.organisation();
    let new = Cover {
        organisation,
        route,
        number: number + 1,
        holders,
        answer_within,
        there,
        out_of_hours,
        outside,
    };
    // A second tap finds what the first one kept.
    if last.is_some_and(|it| Cover { number: new.number, ..it.clone() } == new) {
        return Ok(None);
    }
    if number != form.seen {
        return Err(NotTaken::Newer);
    }
    Ok(Some(NewCover { cover: new, by: by.person() }))
}

/// The fields of those who cover a way.
pub(super) const HOLDERS: [&str; MOST_HOLDERS] = ["first", "second", "third", "fourth"];
