//! What looks as if it told who somebody is, in a form that comes back.

use domain::people::FieldFault;
use domain::personal::Personal;

/// That something in a field looks as if it told who somebody is, and what to do about it.
pub(crate) fn looks(field: &'static str, like: Personal) -> FieldFault {
    let remedy = format!(
        "There is something in it that looks like {}. Nobody who uses a service is named here. Take it out, or say below that you have looked again.",
        like.label()
    );
    FieldFault { field, remedy }
}
