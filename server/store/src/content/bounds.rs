//! How much is read at all: what is longer is told so, and costs no more than a look.

use domain::course::writing::LONGEST;

use super::fault::Faults;

/// Whether a file is short enough to be read.
pub(super) fn fits(text: &str, faults: &mut Faults<'_>) -> bool {
    // Counting stops where it is known.
    let is_short = text.len() <= LONGEST || text.chars().nth(LONGEST).is_none();
    if !is_short {
        faults.at(0, format!("make this file shorter: at most {LONGEST} characters of it fit"));
    }
    is_short
}
