//! What waits for somebody's yes or for their name: a place that is offered, a role to sign, hours to agree, a question.

use chrono::Days;
use domain::people::{EngagementKind, OrganisationId, PersonId, RelationshipKind};
use domain::training::ApplicationState;
use domain::training::placement::may_supervise;
use domain::training::role_issue::IssueState;
use store::training::hours::{asked_about, waiting as waiting_lines};
use store::training::placements::{Whose, placements};
use store::training::{applications, board, issues};

use super::training::Soon;
use crate::cx::Cx;
use crate::permits::SignedIn;

/// Of each kind on Today: the latest.
const OF_EACH: u64 = 3;
/// Placements that are looked through for hours: more than anybody looks after at once.
const PLACEMENTS: u64 = 25;

/// How long a round stands on Today once it has closed. Our choice: whoever has applied knows by then.
const ROUNDS_FOR: Days = Days::new(90);

/// Everything of it, what is for oneself first.
pub(super) async fn waiting(cx: &Cx, me: &SignedIn) -> store::Result<Vec<Soon>> {
    let mut waiting = own(cx, me.id()).await?;
    waiting.extend(managed(cx, me).await?);
    waiting.extend(applied(cx, me).await?);
    waiting.extend(looked_after(cx, me).await?);
    Ok(waiting)
}

/// A place, a role or a question of one's own.
async fn own(cx: &Cx, me: PersonId) -> store::Result<Vec<Soon>> {
    let db = cx.site.db();
    let mut waiting = Vec::new();
    for it in applications::of_person(db, me, OF_EACH).await? {
        if it.standing.state == ApplicationState::Offered {
            waiting.push(Soon {
                what: "A place is offered to you".to_owned(),
                more: "Take it if you would like it. There is no hurry today.".to_owned(),
                href: format!("/training/applications/{}", it.id),
            });
        }
    }
    for it in issues::of_person(db, me, (None, OF_EACH)).await? {
        if it.issue.state == IssueState::Open && !it.issue.by_person {
            waiting.push(Soon {
                what: "Read a role, and sign it if you agree".to_owned(),
                more: it.title,
                href: format!("/training/roles/{}", it.issue.id),
            });
        }
    }
    for id in asked_about(db, me, OF_EACH).await? {
        waiting.push(Soon {
            what: "A question about your hours".to_owned(),
            more: "Whoever looks after your placement asks.".to_owned(),
            href: format!("/training/placements/{id}"),
        });
    }
    Ok(waiting)
}

/// Roles of those whom somebody manages.
async fn managed(cx: &Cx, me: &SignedIn) -> store::Result<Vec<Soon>> {
    let held = me.actor.relationships().iter().filter(|it| it.kind == RelationshipKind::LineManager);
    let managed: Vec<(PersonId, OrganisationId)> = held.map(|it| (it.person, it.organisation)).collect();
    let found = issues::of_managed(cx.site.db(), &managed, (None, OF_EACH)).await?;
    let open = found.into_iter().filter(|it| it.issue.state == IssueState::Open && !it.issue.by_manager);
    let soon = |it: issues::Issued| Soon {
        what: "A role of somebody you manage waits for you".to_owned(),
        more: it.title,
        href: format!("/training/roles/{}", it.issue.id),
    };
    Ok(open.map(soon).collect())
}

/// Applications, for whoever coordinates the training.
async fn applied(cx: &Cx, me: &SignedIn) -> store::Result<Vec<Soon>> {
    let organisations = me.actor.engagements().iter().map(|it| it.organisation);
    let mut theirs: Vec<OrganisationId> =
        organisations.filter(|it| me.actor.as_training_coordinator_of(*it).is_some()).collect();
    theirs.dedup();
    let waiting = board::waiting(cx.site.db(), &theirs, cx.today() - ROUNDS_FOR).await?;
    let line = |(round, organisation, name, many)| Soon {
        what: if many == 1 { "An application waits".to_owned() } else { format!("{many} applications wait") },
        more: name,
        href: format!("/training/at/{organisation}/rounds/{round}/board"),
    };
    Ok(waiting.into_iter().map(line).collect())
}

/// Hours of the placements that somebody looks after.
async fn looked_after(cx: &Cx, me: &SignedIn) -> store::Result<Vec<Soon>> {
    let (db, today) = (cx.site.db(), cx.today());
    let theirs = me.actor.engagements().iter().filter(|it| may_supervise(it.kind) && it.is_current(today));
    let organisations: Vec<OrganisationId> = theirs.map(|it| it.organisation).collect();
    if organisations.is_empty() {
        return Ok(Vec::new());
    }
    let found = placements(db, Whose::With(me.id()), (None, PLACEMENTS)).await?;
    let here = found.into_iter().filter(|it| organisations.contains(&it.organisation));
    let ids: Vec<_> = here.map(|it| it.id).collect();
    if waiting_lines(db, &ids).await?.values().all(|it| *it == 0) {
        return Ok(Vec::new());
    }
    Ok(vec![Soon {
        what: "Hours wait to be agreed".to_owned(),
        more: "They count once you have agreed them.".to_owned(),
        href: "/training/looking-after".to_owned(),
    }])
}

/// Whether what others are to somebody has to be read before it is known what waits for them.
pub(super) fn may_relate(kind: EngagementKind) -> bool {
    matches!(kind, EngagementKind::Assessor | EngagementKind::LineManager | EngagementKind::ServiceManager)
}
