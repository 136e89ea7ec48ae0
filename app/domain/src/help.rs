//! Where somebody can turn when things are bad: shown at the foot of every page.

use chrono::NaiveDate;

/// One line of the help band, such as "**Samaritans** 116 123, free, any time".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HelpLine {
    /// Who answers.
    pub label: String,
    /// How and when to reach them, in words.
    pub detail: String,
    /// What a phone does when the line is tapped (`tel:` or `sms:`), if anything.
    pub link: Option<String>,
    /// Where the line was last seen in public.
    pub source: String,
    /// The day on which somebody last compared it with its source.
    pub verified_on: NaiveDate,
}
