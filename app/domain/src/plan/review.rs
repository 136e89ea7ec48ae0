//! Reviews: now and then somebody looks back, alone or with their tutor.

use chrono::NaiveDate;

use super::{PlanRefused, next, taken, unspoken};
use crate::day::TypedDay;
use crate::own_words::{Next, Revised};
use crate::people::{FieldFault, words};

/// The longest of the two texts, in characters.
const LONGEST: usize = 2000;
/// The most reviews that a plan keeps. Our choice: one a month for eight years, and the plan stays one page.
pub const MOST_REVIEWS: usize = 100;

words! {
    /// With whom somebody looked back.
    pub enum ReviewedWith {
        /// On their own.
        Alone = "alone",
        /// With a tutor.
        Tutor = "tutor",
    }
}

impl ReviewedWith {
    /// What people read.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Alone => "On my own",
            Self::Tutor => "With my tutor",
        }
    }
}

/// A look back. Without words it has been taken back.
#[derive(Clone, PartialEq, Eq)]
pub struct Review {
    /// On which day.
    pub held_on: NaiveDate,
    /// With whom.
    pub with: ReviewedWith,
    /// What went well.
    pub went_well: String,
    /// What to change.
    pub change: String,
}

impl Review {
    /// Whether its author has taken it back.
    #[must_use]
    pub const fn is_taken_back(&self) -> bool {
        self.went_well.is_empty() && self.change.is_empty()
    }
}

/// What was typed.
#[derive(Clone, Copy)]
pub struct ReviewForm<'a> {
    /// The fields `held_day`, `held_month` and `held_year`.
    pub held_on: TypedDay<'a>,
    /// The field `with`.
    pub with: &'a str,
    /// The field `went_well`.
    pub went_well: &'a str,
    /// The field `change`.
    pub change: &'a str,
}

unspoken!(Review, ReviewForm<'_>);

/// Takes what was typed about a look back, on a page that showed the `seen` revision; the plan keeps so many
/// `others`. Without words, one that there was is taken back.
///
/// # Errors
/// [`PlanRefused`].
pub fn keep_review(
    current: Option<&Revised<Review>>,
    form: &ReviewForm<'_>,
    (seen, others): (i64, usize),
    today: NaiveDate,
) -> Result<Next<Review>, PlanRefused> {
    let mut faults = Vec::new();
    let mut fault = |field, remedy: String| faults.push(FieldFault { field, remedy });
    let held_on = match form.held_on.needed() {
        Ok(day) if day > today => {
            fault("held_day", "Write the day on which you looked back: today or before.".into());
            today
        }
        Ok(day) => day,
        Err(why) => {
            fault("held_day", why.to_string());
            today
        }
    };
    let with = ReviewedWith::parse(form.with).unwrap_or_else(|| {
        fault("with", "Choose whether you looked back on your own.".into());
        ReviewedWith::Alone
    });
    let went_well = taken(form.went_well, LONGEST, "went_well", &mut faults);
    let change = taken(form.change, LONGEST, "change", &mut faults);
    let review = Review { held_on, with, went_well, change };
    if current.is_none() && review.is_taken_back() && faults.is_empty() {
        let remedy = "Write a few words here, or below.".into();
        faults.push(FieldFault { field: "went_well", remedy });
    }
    let is_one_more = !review.is_taken_back() && current.is_none_or(|it| it.value.is_taken_back());
    if is_one_more && others >= MOST_REVIEWS {
        let remedy = format!(
            "A plan keeps {MOST_REVIEWS} reviews. Take back one that you need no more, then keep this one."
        );
        faults.push(FieldFault { field: "went_well", remedy });
    }
    next(current, review, seen, faults)
}
