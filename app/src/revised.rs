//! Forms whose fields are kept with a number, so that what is newer is never overwritten unseen: how they come back.

use axum::http::StatusCode;
use domain::own_words::NotTaken;
use domain::own_words::{NotKept, Revised};
use domain::people::FieldFault;
use domain::plan::PlanRefused;

use crate::form::{FormState, Typed};

/// Why something is not kept.
pub(crate) enum Why {
    /// Something newer was kept since the page was opened.
    Newer,
    /// Everything that has to be put right.
    Faults(Vec<FieldFault>),
}

impl From<PlanRefused> for Why {
    fn from(refused: PlanRefused) -> Self {
        match refused {
            PlanRefused::Newer => Self::Newer,
            PlanRefused::Faults(faults) => Self::Faults(faults),
        }
    }
}

impl From<NotTaken> for Why {
    fn from(refused: NotTaken) -> Self {
        match refused {
            NotTaken::Newer => Self::Newer,
            NotTaken::Faults(faults) => Self::Faults(faults),
        }
    }
}

/// The revision that the page showed.
pub(crate) fn seen(typed: &Typed) -> i64 {
    typed.text("revision").parse().unwrap_or(0)
}

/// How a part of a plan comes back that was refused: with the status, with what has to be put right, and, if something
/// newer was kept, with its number, so that whoever has seen it may keep theirs.
pub(crate) fn refused<T>(
    typed: Typed,
    why: impl Into<Why>,
    (field, newer): (&'static str, i64),
    kept: T,
) -> Refused<T> {
    match why.into() {
        Why::Faults(faults) => Refused {
            status: StatusCode::UNPROCESSABLE_ENTITY,
            revision: typed.text("revision").to_owned(),
            form: FormState::refused(typed, faults),
            newer: None,
        },
        Why::Newer => {
            let fault = FieldFault { field, remedy: NotKept::Newer.to_string() };
            Refused {
                status: StatusCode::CONFLICT,
                revision: newer.to_string(),
                form: FormState::refused(typed, vec![fault]),
                newer: Some(kept),
            }
        }
    }
}

/// A form on its way back, or one that is opened.
pub(crate) struct Refused<T> {
    pub(crate) status: StatusCode,
    pub(crate) form: FormState,
    /// Of what the page shows.
    pub(crate) revision: String,
    /// What was kept meanwhile.
    pub(crate) newer: Option<T>,
}

impl<T> Refused<T> {
    /// Not refused: a form as somebody opens it.
    pub(crate) fn opened(form: FormState, revision: i64) -> Self {
        Self { status: StatusCode::OK, form, revision: revision.to_string(), newer: None }
    }
}

/// The number of what is kept, 0 for nothing.
pub(crate) fn revision_of<T>(kept: Option<&Revised<T>>) -> i64 {
    kept.map_or(0, |it| it.revision)
}
