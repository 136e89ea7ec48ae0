//! What is typed into forms: lines, paragraphs and numbers.

use core::fmt::Display;

use crate::own_words::own_words;
use crate::people::{FieldFault, line, shows_nothing};

/// What was read, or a note of what is wrong with the field.
pub(crate) fn kept<T, E: Display>(
    read: Result<T, E>,
    field: &'static str,
    faults: &mut Vec<FieldFault>,
) -> Option<T> {
    read.map_err(|it| faults.push(FieldFault { field, remedy: it.to_string() })).ok()
}

/// One line, which may be empty.
pub(crate) fn one_line(
    typed: &str,
    longest: usize,
    field: &'static str,
    faults: &mut Vec<FieldFault>,
) -> String {
    kept(line(typed, longest), field, faults).unwrap_or_default().to_owned()
}

/// One line that shows something; `missing` says what to write.
pub(crate) fn needed_line(
    typed: &str,
    longest: usize,
    (field, missing): (&'static str, &str),
    faults: &mut Vec<FieldFault>,
) -> String {
    let before = faults.len();
    let text = one_line(typed, longest, field, faults);
    if faults.len() == before && text.chars().all(shows_nothing) {
        faults.push(FieldFault { field, remedy: missing.to_owned() });
    }
    text
}

/// Whether a line is an address on the web.
#[must_use]
pub fn is_link(line: &str) -> bool {
    line.starts_with("https://") && !line.contains(char::is_whitespace)
}

/// Several lines, which may be empty.
pub(crate) fn several_lines(
    typed: &str,
    longest: usize,
    field: &'static str,
    faults: &mut Vec<FieldFault>,
) -> String {
    kept(own_words(typed, longest), field, faults).unwrap_or_default()
}

/// A whole number in figures: `parse` alone would take "+7".
pub(crate) fn number(typed: &str) -> Option<u16> {
    let typed = typed.trim();
    let is_figures = typed.bytes().all(|it| it.is_ascii_digit());
    if is_figures { typed.parse().ok() } else { None }
}
