//! Concerns: what is kept of whom each reached, and of who took it on.

use super::{Kept, accounted, nobody};

/// Who reads a concern.
const ROUTE: &str = "Whoever raised it; whoever covers such concerns there, unless they were named as whom it is about; each of their readings is written down";

pub(super) const ROWS: &[Kept] = &[
    nobody("concern_route", "The kinds of concerns, each with people of its own"),
    nobody("concern_knows", "Whether somebody knows that a concern about them was raised"),
    accounted(
        "concern_cover",
        "How fast concerns are answered, who is rung out of hours, and which administrator said so",
        "Everybody of that organisation; who said so, nobody but those who look after the database",
    ),
    accounted("concern_holder", "Whether you cover concerns of a kind", "Everybody of that organisation"),
    accounted("concern", "That you raised a concern, of which kind and when; not what happened", ROUTE),
    accounted(
        "concern_about",
        "Which of those who would be told were named as whom it is about, so that it does not reach them",
        ROUTE,
    ),
    accounted("concern_told", "Whom a concern reached, and when", ROUTE),
    accounted("concern_taken_on", "Who took a concern on, and when", ROUTE),
    accounted("concern_unanswered", "That nobody had taken a concern on in time", ROUTE),
    accounted(
        "concern_written",
        "In which other system a concern is written down, and its number there",
        ROUTE,
    ),
];
