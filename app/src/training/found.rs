//! What tells people of one name apart where they are found by it.

use chrono::NaiveDate;
use domain::people::Labels;
use store::organisations::Colleague;

use crate::organisation::people::said;

/// What somebody is to the organisation now, and since when: "Volunteer since 1 December 2026".
pub(super) fn what_they_are(labels: &Labels, who: &Colleague, today: NaiveDate) -> String {
    let now = who.engagements.iter().filter(|it| it.to.is_none_or(|to| to >= today));
    now.map(|it| said(labels, it, today, None)).collect::<Vec<_>>().join(". ")
}
