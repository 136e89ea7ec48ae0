//! Signing a text: by typing one's name under the very words that one's page showed.

use crate::people::FieldFault;
use crate::typed::needed_line;

/// The longest name, in characters. Our choice.
pub const LONGEST_NAME: usize = 120;

/// What was typed to sign.
#[derive(Clone, Copy, Debug)]
pub struct SignForm<'a> {
    /// Their name, as they sign.
    pub name: &'a str,
    /// They have ticked that they have read it.
    pub has_read: bool,
    /// The hash of the text that their page showed.
    pub shown: &'a str,
}

/// Why a text is not signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotSigned {
    /// Their page showed another text.
    OtherText,
    /// Something has to be put right.
    Faults(Vec<FieldFault>),
}

/// The name under which somebody signs the text of this hash, which they have read.
pub(crate) fn signed_name(form: &SignForm<'_>, hash: &str) -> Result<String, NotSigned> {
    if form.shown != hash {
        return Err(NotSigned::OtherText);
    }
    let mut faults = Vec::new();
    let name = needed_line(form.name, LONGEST_NAME, ("name", "Write your name to sign."), &mut faults);
    if !form.has_read {
        let remedy = "Read it first, then tick that you have read it.";
        faults.push(FieldFault { field: "read", remedy: remedy.into() });
    }
    if faults.is_empty() { Ok(name) } else { Err(NotSigned::Faults(faults)) }
}
