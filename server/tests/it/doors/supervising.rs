//! Reflective practice of the owner with whoever supervises them, and a group that a coordinator leads.

use domain::people::{EngagementKind, RelationshipKind};

use super::cast::{Cast, Who};
use crate::stage::Stage;
use crate::{supervision, supervision_groups};

/// What it is called in a path; `person` is the owner.
pub(super) async fn names(stage: &Stage, cast: &Cast<'_>, person: &str) -> Vec<(&'static str, String)> {
    let mut supervisor = cast.browser(Who::Holds(RelationshipKind::Supervisor));
    let begin = format!("/supervision/new/{}/{person}", stage.host());
    let pair = supervision::begin(&mut supervisor, &begin).await;
    let todo = supervision::agreed(&mut supervisor, &pair, person).await;
    let mut leader = cast.browser(Who::Is(EngagementKind::Coordinator));
    let host = stage.host().to_string();
    let group = supervision_groups::begin(&mut leader, &host).await;
    let (member, joined) = supervision_groups::add(&mut leader, &group, "volunteer", "1").await;
    assert!(joined.status.is_redirection(), "{}", joined.body);
    vec![
        ("{begin a group}", format!("/supervision/group/{host}/experts-by-experience")),
        ("{who belongs}", format!("{group}/members/{member}")),
        ("{a group of these}", group),
        ("{something agreed}", todo),
        ("{begin with the owner}", begin),
        ("{something came up}", format!("/supervision/came-up/{}/{person}", stage.host())),
        ("{a supervision}", pair),
    ]
}
