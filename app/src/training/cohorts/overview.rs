//! One group, for its coordinator: its sessions, tutors, people and places.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::http::StatusCode;
use domain::people::{OrganisationId, PersonId, filed};
use domain::training::cohort::{CohortId, PlaceState, Team, has_tutors_enough};
use leptos::prelude::*;
use store::content::Programme;
use store::training::cohorts::{Cohort, CohortSession};
use store::training::places::Member;
use uuid::Uuid;

use super::super::when;
use super::{base, found, path, programme_of};
use crate::cx::Cx;
use crate::door::{Answer, Asks, At};
use crate::permits::CoordinatesTrainingHere;
use crate::ui::shell::{Area, Head};
use crate::ui::words::{date, list};

/// What the page shows.
struct Shown {
    cohort: Cohort,
    programme: Arc<Programme>,
    sessions: Vec<CohortSession>,
    team: Team,
    members: Vec<Member>,
    names: BTreeMap<Uuid, String>,
    done: Option<&'static str>,
}

impl Shown {
    fn name(&self, person: PersonId) -> String {
        self.names.get(&person.as_uuid()).cloned().unwrap_or_default()
    }
}

/// GET /training/at/{organisation}/cohorts/{cohort}
pub(crate) async fn show(
    cx: Cx,
    here: CoordinatesTrainingHere,
    At((_, id)): At<(OrganisationId, CohortId)>,
    Asks(asks): Asks,
) -> Answer {
    let (cohort, db) = (found(&cx, &here, id).await?, cx.site.db());
    let programme = programme_of(&cx, &cohort).await?;
    let sessions = store::training::cohorts::sessions(db, id).await?;
    let team = store::training::cohorts::team(db, &cohort).await?;
    let mut members = store::training::places::members(db, id).await?;
    let tutors = team.tutors.iter().chain(sessions.iter().flat_map(|it| &it.tutors));
    let ids: Vec<_> = members.iter().map(|it| &it.person).chain(tutors).map(|it| it.as_uuid()).collect();
    let names = store::people::names(db, &ids).await?;
    members
        .sort_by_cached_key(|it| (it.state, names.get(&it.person.as_uuid()).map(|it| filed(it)), it.person));
    let done = match asks.text("done") {
        "begun" => Some("The group has begun. Next: choose its tutors, then give people places."),
        "kept" => Some("It is kept."),
        "competences" => Some("What the group works with is kept."),
        "tutors" => Some("The tutors are kept."),
        "given" => Some("They have a place."),
        "here" => Some("They are back."),
        "paused" => Some("They pause. Their place stays theirs."),
        "left" => Some("They have left, and their place is free. What they have done is kept."),
        _ => None,
    };
    let shown = Shown { cohort, programme, sessions, team, members, names, done };
    let head = Head::new("A group", Area::Me);
    Ok(cx.page(StatusCode::OK, head, move || view! { <CohortPage shown/> }).await)
}

#[component]
fn CohortPage(shown: Shown) -> impl IntoView {
    let (here, cohort) = (path(&shown.cohort), shown.cohort.clone());
    let taken = shown.members.iter().filter(|it| it.state.holds_a_place()).count();
    let tutors: Vec<_> = shown.team.tutors.iter().map(|it| shown.name(*it)).collect();
    let tutors = if tutors.is_empty() { "Nobody yet".to_owned() } else { list(&tutors) };
    let sessions: Vec<_> = shown
        .sessions
        .iter()
        .map(|it| {
            let title = shown.programme.session(&it.slug).map(|it| it.1.title.clone()).unwrap_or_default();
            let tutors: Vec<_> = it.tutors.iter().map(|it| shown.name(*it)).collect();
            view! { <SessionRow here=here.clone() session=it.clone() title tutors/> }
        })
        .collect();
    let members: Vec<_> = shown
        .members
        .iter()
        .map(|it| view! { <MemberCard here=here.clone() member=it.clone() name=shown.name(it.person)/> })
        .collect();
    let (nobody, programme) = (members.is_empty(), shown.programme.clone());
    view! {
        <div class="wrap stack">
            <p><a class="crumb" href=base(cohort.organisation)>"Groups"</a></p>
            <h1><bdi>{cohort.terms.name}</bdi></h1>
            {shown.done.map(|it| view! { <p class="notice" role="status">{it}</p> })}
            <dl class="summary">
                <div><dt>"Programme"</dt><dd><a class="alone" href=format!("/training/programmes/{}", programme.slug)>{programme.outline.title.clone()}</a></dd></div>
                <div><dt>"Tutors"</dt><dd><bdi>{tutors}</bdi></dd></div>
                <div><dt>"Places"</dt><dd>{taken}" of "{cohort.terms.places}" taken"</dd></div>
                <div><dt>"Asked for"</dt><dd>{cohort.terms.least_percent}" in 100 minutes, caught up included"</dd></div>
            </dl>
            <p class="row">
                <a class="button" href=format!("{here}/people")>"Give somebody a place"</a>
                <a href=format!("{here}/tutors")>"Choose tutors"</a>
                <a href=format!("{here}/terms")>"Change name and places"</a>
                <a href=format!("{here}/competences")>"Choose competences"</a>
                <a href=format!("/training/cohorts/{}", cohort.id)>"Registers"</a>
                <a href=format!("{here}/progress")>"How everybody is getting on"</a>
            </p>
            <section class="stack" aria-labelledby="people">
                <h2 id="people">"People"</h2>
                {nobody.then(|| view! { <p>"Nobody has a place yet."</p> })}
                {(!nobody).then(|| view! { <ul role="list" class="stack">{members}</ul> })}
            </section>
            <section class="stack" aria-labelledby="sessions">
                <h2 id="sessions">"Sessions"</h2>
                <table class="cards">
                    <caption class="hidden">"Sessions of this group"</caption>
                    <thead><tr><th scope="col">"Session"</th><th scope="col">"When"</th><th scope="col">"Where"</th><th scope="col">"Tutors"</th></tr></thead>
                    <tbody>{sessions}</tbody>
                </table>
            </section>
        </div>
    }
}

#[component]
fn SessionRow(here: String, session: CohortSession, title: String, tutors: Vec<String>) -> impl IntoView {
    let enough = session.held.is_off || has_tutors_enough(tutors.len());
    let place = match session.place.place.is_empty() {
        true => "Online".to_owned(),
        false => session.place.place.clone(),
    };
    let tutors = if tutors.is_empty() { "Nobody yet".to_owned() } else { list(&tutors) };
    view! {
        <tr>
            <th scope="row"><a class="alone" href=format!("{here}/sessions/{}", session.id)>{session.position}". "{title}</a></th>
            <td data-label="When">
                <span>
                    {session.held.is_off.then(|| view! { <span class="tag">"Does not take place"</span>" " })}
                    {when::said(session.held.on, session.place.begins)}
                </span>
            </td>
            <td data-label="Where"><bdi>{place}</bdi></td>
            <td data-label="Tutors">
                <span><bdi>{tutors}</bdi>{(!enough).then(|| view! { " "<span class="tag wait">"Fewer than two"</span> })}</span>
            </td>
        </tr>
    }
}

#[component]
fn MemberCard(here: String, member: Member, name: String) -> impl IntoView {
    let moves: &[(PlaceState, &str)] = match member.state {
        PlaceState::Here => &[(PlaceState::Paused, "Pause"), (PlaceState::Left, "Leave")],
        PlaceState::Paused => &[(PlaceState::Here, "Come back"), (PlaceState::Left, "Leave")],
        PlaceState::Left => &[(PlaceState::Here, "Come back")],
    };
    let action = format!("{here}/people/{}", member.person);
    let moves: Vec<_> = moves
        .iter()
        .map(|(state, label)| {
            let said = format!("{label}: {name}");
            view! {
                <form method="post" action=action.clone()>
                    <input type="hidden" name="state" value=state.as_str()/>
                    <button class="button quiet" aria-label=said>{*label}</button>
                </form>
            }
        })
        .collect();
    view! {
        <li class="card stack">
            <p><b><bdi>{name}</bdi></b>" "<span class="soft">{member.state.label()}" since "{date(member.since)}</span></p>
            <div class="row">{moves}</div>
        </li>
    }
}
