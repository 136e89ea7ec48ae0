//! Reflective practice of the owner with whoever supervises them, and a group that a coordinator leads.

use domain::people::{EngagementKind, RelationshipKind};

use super::cast::{Cast, Who};
use crate::me::link;
use crate::second_factor::hidden;
use crate::stage::Stage;
use crate::{concerns, supervision, supervision_calendar, supervision_groups, supervision_planning};

/// What the owner writes about a session for themself, what the supervisor does, what the owner shares, and what they
/// might share.
const OWNERS: &str = "Canary of the owner alone";
const SUPERVISORS: &str = "Canary of the supervisor alone";
const SHARED: &str = "Canary of both";
const DRAFT: &str = "Canary of a draft";
/// Where a concern of the owner is written down.
const WHERE: &str = "Canary of a concern";

/// What somebody reads that is not for them.
pub(super) fn heard(body: &str, who: Who) -> impl Iterator<Item = &'static str> {
    let supervises = who == Who::Holds(RelationshipKind::Supervisor);
    let is_owner = who == Who::Owner;
    let layers = [
        (OWNERS, is_owner),
        (SUPERVISORS, supervises),
        (SHARED, is_owner || supervises),
        (DRAFT, is_owner),
        (WHERE, is_owner || who == Who::Is(EngagementKind::SafeguardingDeputy)),
    ];
    layers.into_iter().filter(move |(canary, may)| !may && body.contains(canary)).map(|it| it.0)
}

/// What it is called in a path; `person` is the owner.
pub(super) async fn names(stage: &Stage, cast: &Cast<'_>, person: &str) -> Vec<(&'static str, String)> {
    let mut supervisor = cast.browser(Who::Holds(RelationshipKind::Supervisor));
    let begin = format!("/supervision/new/{}/{person}", stage.host());
    let pair = supervision::begin(&mut supervisor, &begin).await;
    let todo = supervision::agreed(&mut supervisor, &pair, person).await;
    let session = link(&supervisor.get(&pair).await, &format!("{pair}/sessions/"));
    let note = format!("/supervision/notes/{}", session.rsplit('/').next().unwrap());
    let planned = supervision_planning::plan_once(&mut supervisor, &pair, "1", "10:00").await;
    let mut owner = cast.browser(Who::Owner);
    let calendar = supervision_calendar::link_of(&mut owner).await;
    let share = format!("{session}/share");
    for (is_owner, path, text, is_shared) in [
        (true, &note, OWNERS, ""),
        (false, &note, SUPERVISORS, ""),
        (true, &share, SHARED, "yes"),
        (true, &share, DRAFT, ""),
    ] {
        let who = if is_owner { &mut owner } else { &mut supervisor };
        let page = who.get(path).await;
        let revision = hidden(&page, "revision");
        let number = if path == &share { hidden(&page, "number") } else { String::new() };
        let form = [("text", text), ("share", is_shared), ("revision", &*revision), ("number", &*number)];
        assert!(who.post(path, &form).await.status.is_redirection(), "{text}");
    }
    let mut leader = cast.browser(Who::Is(EngagementKind::Coordinator));
    let host = stage.host().to_string();
    let group = supervision_groups::begin(&mut leader, &host).await;
    let (member, joined) = supervision_groups::add(&mut leader, &group, "volunteer", "1").await;
    assert!(joined.status.is_redirection(), "{}", joined.body);
    let mut admin = cast.browser(Who::Is(EngagementKind::Administrator));
    concerns::cover(&mut admin, &host, "adult", ["safeguarding lead", "safeguarding deputy"]).await;
    let concern = concerns::raise(&mut owner, &host, "adult", &[("safeguarding lead", WHERE)]).await;
    vec![
        ("{a concern}", concern),
        ("{the host}", host.clone()),
        ("{begin a group}", format!("/supervision/group/{host}/experts-by-experience")),
        ("{who belongs}", format!("{group}/members/{member}")),
        ("{a group of these}", group),
        ("{something agreed}", todo),
        ("{a session of theirs}", session),
        ("{a note of theirs}", note),
        ("{something planned}", planned),
        ("{a calendar}", calendar),
        ("{begin with the owner}", begin),
        ("{something came up}", format!("/supervision/came-up/{}/{person}", stage.host())),
        ("{a supervision}", pair),
    ]
}
