//! What training asks of somebody soon: a session of their group, a register to keep, evidence to look at.

use domain::people::{EngagementKind, RelationshipKind};
use store::training::{ahead, judgements};

use crate::cx::Cx;
use crate::door::TurnedAway;
use crate::permits::SignedIn;
use crate::training::{session_title, when};

/// Sessions on Today: one of each group for most people.
const SESSIONS: u64 = 2;
/// Registers on Today.
const REGISTERS: u64 = 3;

/// One thing: what it is, more about it, and where it is.
pub(super) struct Soon {
    pub(super) what: String,
    pub(super) more: String,
    pub(super) href: String,
}

/// In the order in which it is due.
pub(super) async fn soon(cx: &Cx, me: &SignedIn) -> Result<Vec<Soon>, TurnedAway> {
    let (db, today) = (cx.site.db(), cx.today());
    let mut soon = Vec::new();
    for (session, group) in ahead::sessions_of(db, me.id(), today, SESSIONS).await? {
        let what = session_title(cx, &session, &group).await?;
        let at = when::said(session.held.on, session.place.begins);
        let place = if session.place.place.is_empty() { "online".to_owned() } else { session.place.place };
        let href = format!("/training/cohorts/{}", group.id);
        soon.push(Soon { what, more: format!("{at}, {place}. {}", group.terms.name), href });
    }
    let is = |kind| me.actor.engagements().iter().any(|it| it.kind == kind && it.is_current(today));
    if is(EngagementKind::Tutor) {
        for (session, group) in ahead::registers_of(db, me.id(), today, REGISTERS).await? {
            let title = session_title(cx, &session, &group).await?;
            let at = when::said(session.held.on, session.place.begins);
            let href = format!("/training/cohorts/{}/sessions/{}/register", group.id, session.id);
            let what = format!("Keep the register: {title}");
            soon.push(Soon { what, more: format!("{at}. {}", group.terms.name), href });
        }
    }
    if is(EngagementKind::Assessor) {
        let held = me.actor.relationships().iter().filter(|it| it.kind == RelationshipKind::Assessor);
        let candidates: Vec<_> = held.map(|it| (it.person, it.organisation)).collect();
        if !judgements::waiting(db, me.id(), &candidates, (None, 1)).await?.is_empty() {
            let (what, more) = ("Evidence waits to be looked at", "Whoever waits longest stands first.");
            let href = "/training/assessing".to_owned();
            soon.push(Soon { what: what.to_owned(), more: more.to_owned(), href });
        }
    }
    Ok(soon)
}
