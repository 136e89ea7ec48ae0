//! Reflective practice of the owner with whoever supervises them.

use domain::people::RelationshipKind;

use super::cast::{Cast, Who};
use crate::stage::Stage;
use crate::supervision;

/// What it is called in a path; `person` is the owner.
pub(super) async fn names(stage: &Stage, cast: &Cast<'_>, person: &str) -> Vec<(&'static str, String)> {
    let mut supervisor = cast.browser(Who::Holds(RelationshipKind::Supervisor));
    let begin = format!("/supervision/new/{}/{person}", stage.host());
    let pair = supervision::begin(&mut supervisor, &begin).await;
    vec![
        ("{begin with the owner}", begin),
        ("{something came up}", format!("/supervision/came-up/{}/{person}", stage.host())),
        ("{a supervision}", pair),
    ]
}
