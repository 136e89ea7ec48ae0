//! What agreements begin with: a suggestion for each kind of supervision, which an organisation words as it likes.

use super::Strand;
use super::terms::{Rhythm, TermsForm, Words, rhythm, words_of};
use crate::people::FieldFault;
use crate::typed::needed_line;

/// The longest title, in characters.
pub const LONGEST_TITLE: usize = 80;

/// A suggestion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// What people read.
    pub title: String,
    pub strand: Strand,
    pub is_for_a_group: bool,
    pub rhythm: Rhythm,
    pub words: Words,
}

/// Reads a suggestion; days are nothing that it could suggest.
///
/// # Errors
/// Every field that has to be put right.
pub fn template(
    title: &str,
    (strand, is_for_a_group): (Strand, bool),
    form: &TermsForm<'_>,
) -> Result<Template, Vec<FieldFault>> {
    let mut faults = Vec::new();
    let missing = ("title", "Write what it is called, such as: Reflective practice.");
    let title = needed_line(title, LONGEST_TITLE, missing, &mut faults);
    let may = if is_for_a_group { strand.is_for_a_group() } else { strand.is_for_two() };
    if !may || !strand.is_agreed_on() {
        let remedy =
            "This kind is not agreed on in that way. Choose another, or say the other of a pair and a group.";
        faults.push(FieldFault { field: "strand", remedy: remedy.into() });
    }
    let (rhythm, words) = (rhythm(form, &mut faults), words_of(form, &mut faults));
    match rhythm {
        Some(rhythm) if faults.is_empty() => Ok(Template { title, strand, is_for_a_group, rhythm, words }),
        _ => Err(faults),
    }
}
