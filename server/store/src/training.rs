//! Training: the way to a place; programmes, and the groups that go through them; frameworks of competences, how far
//! people are with them, and the evidence that shows it; what is required of people, and checks before they start; roles
//! that are signed by two, and placements.

pub mod admission;
pub mod ahead;
pub mod answers;
pub mod applications;
pub mod board;
pub mod cohort_framework;
pub mod cohorts;
pub mod conversations;
pub mod evidence;
pub mod evidence_files;
pub mod frameworks;
pub mod hours;
pub mod interest;
pub mod issues;
pub mod judgements;
pub mod ladder;
pub mod matrix;
pub mod outcomes;
pub mod papers;
pub mod placements;
pub mod places;
pub mod policies;
pub mod programmes;
pub mod records;
pub mod registers;
pub mod reminders;
pub mod requirements;
pub mod role_profiles;
pub mod rounds;
pub mod starts;
pub mod vetting;
pub mod voices;
pub mod witnesses;

use domain::training::framework::Code;

/// Codes as a row holds them: one on each line.
fn lines(codes: &[Code]) -> String {
    codes.iter().map(Code::as_str).collect::<Vec<_>>().join("\n")
}

/// The codes that a row holds.
fn codes(lines: &str) -> crate::Result<Vec<Code>> {
    lines.lines().map(|it| Code::parse(it).ok_or_else(|| crate::people::unknown("code", it))).collect()
}
