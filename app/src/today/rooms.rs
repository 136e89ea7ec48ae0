//! Where whoever acts for an organisation does so: a way in from Today for each thing that they look after.

use domain::people::{EngagementKind, OrganisationId, RelationshipKind};
use domain::training::placement::may_supervise;

use crate::cx::Cx;
use crate::permits::SignedIn;

/// What each is called, and where it is.
pub(super) async fn rooms(cx: &Cx, me: &SignedIn) -> store::Result<Vec<(String, String)>> {
    let (actor, today) = (&me.actor, cx.today());
    let mut rooms = Vec::new();
    let coordinates = |id: OrganisationId| actor.as_training_coordinator_of(id).is_some();
    let vets = |id: OrganisationId| actor.as_vetting_officer_of(id).is_some();
    let mut here: Vec<_> = actor.engagements().iter().map(|it| it.organisation).collect();
    here.retain(|it| coordinates(*it) || vets(*it));
    here.sort_unstable();
    here.dedup();
    if !here.is_empty() {
        for it in store::organisations::organisations(cx.site.db(), &here).await? {
            let at = format!("/training/at/{}", it.id);
            if coordinates(it.id) {
                rooms.push((format!("Training at {}", it.name), at.clone()));
            }
            if vets(it.id) {
                rooms.push((format!("Checks at {}", it.name), format!("{at}/checks")));
            }
        }
    }
    let is = |of: fn(EngagementKind) -> bool| {
        actor.engagements().iter().any(|it| it.is_current(today) && of(it.kind))
    };
    let holds = |kind: RelationshipKind| actor.relationships().iter().any(|it| it.kind == kind);
    // Whoever assesses or manages nobody yet would find nothing behind the door.
    let own: [(bool, &str, &str); 4] = [
        (is(|it| it == EngagementKind::Tutor), "My groups", "/training/cohorts"),
        (holds(RelationshipKind::Assessor), "Competences that I assess", "/training/assessing"),
        (is(may_supervise), "Placements that I look after", "/training/looking-after"),
        (holds(RelationshipKind::LineManager), "Roles of the people I manage", "/training/managing"),
    ];
    rooms.extend(own.into_iter().filter(|it| it.0).map(|it| (it.1.to_owned(), it.2.to_owned())));
    Ok(rooms)
}
