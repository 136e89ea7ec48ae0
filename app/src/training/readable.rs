//! What somebody writes in Markdown, in a field among others.

use domain::own_words::NotTaken;
use domain::people::FieldFault;
use store::content::{Fault, written};

/// What a rule keeps of a form, if what is typed in `field` can be shown; otherwise that is told with everything else
/// that has to be put right.
pub(super) fn readable<T>(
    kept: Result<T, NotTaken>,
    (field, typed): (&'static str, &str),
) -> Result<T, NotTaken> {
    // As it is kept, so that lines are counted alike.
    let text = typed.replace("\r\n", "\n");
    let Err(found) = written(text.trim()) else { return kept };
    let fault = |it: Fault| FieldFault { field, remedy: format!("Line {}: {}.", it.line, it.remedy) };
    let found = found.into_iter().map(fault);
    match kept {
        Ok(_) => Err(NotTaken::Faults(found.collect())),
        Err(NotTaken::Faults(faults)) => Err(NotTaken::Faults(faults.into_iter().chain(found).collect())),
        Err(NotTaken::Newer) => Err(NotTaken::Newer),
    }
}
