//! A role that was issued to the owner, and their placement with a line of hours.

use domain::people::EngagementKind;

use super::cast::{Cast, Who};
use crate::me::link;
use crate::stage::Stage;
use crate::{training_placement, training_roles};

/// What they are called in a path; `person` is the owner.
pub(super) async fn names(stage: &Stage, cast: &Cast<'_>, person: &str) -> Vec<(&'static str, String)> {
    let mut admin = cast.browser(Who::Is(EngagementKind::Administrator));
    let mut coordinator = cast.browser(Who::Is(EngagementKind::Coordinator));
    let mut owner = cast.browser(Who::Owner);
    let role = training_roles::write(stage, &mut coordinator).await;
    training_roles::publish(&mut coordinator, &role).await;
    training_roles::issue(&mut coordinator, &role, "owner").await;
    let issued = link(&owner.get("/training/roles").await, "/training/roles/");
    let about = (stage, person, "placement supervisor");
    let placement = training_placement::arrange(&mut admin, &mut coordinator, about).await;
    training_placement::tell(&mut owner, &placement, &training_placement::LINE).await;
    let line = link(&owner.get(&placement).await, &format!("{placement}/hours/"));
    let (desk, after) = ("/training/looking-after", "/training/placements");
    vec![
        ("{roles}", training_roles::base(stage)),
        ("{a role}", role),
        ("{an issued role}", issued),
        ("{a placement here}", placement.replace("/training/", &format!("/training/at/{}/", stage.host()))),
        ("{placements}", format!("/training/at/{}/placements", stage.host())),
        ("{a line asked about}", format!("{}/ask", line.replace(after, desk))),
        ("{a line}", line),
        ("{what is looked after}", placement.replace(after, desk)),
        ("{a placement}", placement),
    ]
}
