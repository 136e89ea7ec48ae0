//! One person as one organisation sees them: what they are to it, and who there is what to them.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use chrono::NaiveDate;
use domain::people::{
    Engagement, EngagementId, OrganisationId, PersonId, Place, PlaceId, RelationshipId, RelationshipKind,
};
use leptos::prelude::*;
use store::arranging::{Held, Placement, RELATIONSHIP_ENDED};
use store::organisations::{Colleague, Organisation};

use super::people::said;
use crate::cx::Cx;
use crate::door::{Answer, Asks, At, TurnedAway};
use crate::permits::AdministersHere;
use crate::ui::shell::{Area, Head};
use crate::ui::words::{date, list};

/// GET /organisation/{organisation}/people/{person}
pub(crate) async fn show(
    cx: Cx,
    here: AdministersHere,
    At((_, person)): At<(OrganisationId, PersonId)>,
    Asks(asks): Asks,
) -> Answer {
    let (db, organisation, today) = (cx.site.db(), here.organisation, cx.today());
    let found = store::organisations::acquaintance(db, organisation.id, person, today).await?;
    let colleague = found.ok_or(TurnedAway::NotFound)?;
    let placements = store::arranging::placements(db, organisation.id, person).await?;
    let places = store::arranging::places(db, organisation.id).await?;
    let held = store::arranging::held_to(db, organisation.id, person, today).await?;
    let done = match asks.text("done") {
        "kept" => Some("It is kept."),
        "ended" => Some("It is ended. What has been done stays as it is."),
        _ => None,
    };
    let labels = store::organisations::labels(db, &[organisation.id]).await?;
    let head = Head::new("One person", Area::Me);
    let facts = |it: Engagement| Fact {
        what: said(&labels, &it, today, None),
        place: placements.get(&it.id).and_then(|it| whereabouts(it, &places)),
        id: it.id,
    };
    let Colleague { known_as, pronouns, engagements, former, .. } = colleague;
    let name = (known_as, pronouns);
    let [now, before] = [engagements, former].map(|it| it.into_iter().map(facts).collect::<Vec<_>>());
    let page = move || view! { <PersonPage organisation person name now before held done today/> };
    Ok(cx.page(StatusCode::OK, head, page).await)
}

/// POST /organisation/{organisation}/relationships/{id}/end: today is the last day.
pub(crate) async fn end(
    cx: Cx,
    here: AdministersHere,
    At((_, id)): At<(OrganisationId, RelationshipId)>,
) -> Answer {
    let organisation = here.organisation.id;
    let tx = cx.site.db().begin().await?;
    let found = store::arranging::relationship_now(&tx, organisation, id).await?;
    let relationship = found.ok_or(TurnedAway::NotFound)?;
    let last = relationship.ended_on(cx.today());
    store::arranging::end_relationship(&tx, id, last).await?;
    let event = here.event(&cx, RELATIONSHIP_ENDED).to(id.as_uuid());
    cx.keep(tx, event.about(relationship.person.as_uuid())).await?;
    Ok(Redirect::to(&path(organisation, relationship.person, "ended")).into_response())
}

/// Where a person's page is, with what was just done.
pub(crate) fn path(organisation: OrganisationId, person: PersonId, done: &str) -> String {
    format!("/organisation/{organisation}/people/{person}?done={done}")
}

/// What somebody is or was here.
struct Fact {
    id: EngagementId,
    what: String,
    place: Option<String>,
}

/// Where an engagement is: "Early Intervention, North team, based at Willow House and The Mill".
fn whereabouts(placement: &Placement, places: &[Place]) -> Option<String> {
    let name = |id: &PlaceId| places.iter().find(|it| it.id == *id).map(|it| it.name.clone());
    let sites: Vec<_> = placement.sites.iter().filter_map(name).collect();
    let base = (!sites.is_empty()).then(|| format!("based at {}", list(&sites)));
    let within = [&placement.service, &placement.team].into_iter().flatten().filter_map(name);
    let all: Vec<_> = within.chain(base).collect();
    (!all.is_empty()).then(|| all.join(", "))
}

#[component]
fn PersonPage(
    organisation: Organisation,
    person: PersonId,
    /// What they are called, and their pronouns.
    name: (String, String),
    now: Vec<Fact>,
    before: Vec<Fact>,
    held: Vec<Held>,
    done: Option<&'static str>,
    today: NaiveDate,
) -> impl IntoView {
    let base = format!("/organisation/{}", organisation.id);
    let (nobody, has_left) = (held.is_empty(), now.is_empty());
    let (known_as, pronouns) = name;
    let relate = format!("{base}/people/{person}/relate");
    view! {
        <div class="wrap reading form-page stack">
            <p><a class="crumb" href=format!("{base}/people")>"People of "{organisation.name}</a></p>
            <h1><bdi>{known_as}</bdi></h1>
            {(!pronouns.is_empty()).then(|| view! { <p class="soft"><bdi>{pronouns}</bdi></p> })}
            {done.map(|it| view! { <p class="notice" role="status">{it}</p> })}
            {has_left.then(|| view! { <p><span class="tag">"Has left"</span>" To have them back, invite them again."</p> })}
            <Facts base=base.clone() id="engagements" heading="What they are here" facts=now/>
            {(!has_left || !nobody).then(|| view! {
                <section class="stack" aria-labelledby="held">
                    <h2 id="held">"Who is alongside them"</h2>
                    {nobody.then(|| view! { <p>"Nobody is arranged yet."</p> })}
                    {(!nobody).then(|| view! {
                        <ul role="list" class="stack">
                            {held.into_iter().map(|it| view! { <HeldCard base=base.clone() held=it today/> }).collect_view()}
                        </ul>
                    })}
                    {(!has_left).then(|| view! {
                        <h3>"Choose somebody as their"</h3>
                        <ul role="list">
                            {RelationshipKind::ALL
                                .into_iter()
                                .map(|it| view! { <li><a class="crumb" href=format!("{relate}/{}", it.as_str())>{it.label()}</a></li> })
                                .collect_view()}
                        </ul>
                    })}
                </section>
            })}
            <Facts base=base.clone() id="former" heading="What they were here" facts=before/>
        </div>
    }
}

#[component]
fn Facts(base: String, id: &'static str, heading: &'static str, facts: Vec<Fact>) -> impl IntoView {
    (!facts.is_empty()).then(|| {
        let card = |it: Fact| {
            let href = format!("{base}/engagements/{}", it.id);
            view! {
                <li class="card stack">
                    <p><b>{it.what}</b></p>
                    {it.place.map(|it| view! { <p>{it}</p> })}
                    <p><a class="alone" href=href>"Change or end this"</a></p>
                </li>
            }
        };
        view! {
            <section class="stack" aria-labelledby=id>
                <h2 id=id>{heading}</h2>
                <ul role="list" class="stack">{facts.into_iter().map(card).collect_view()}</ul>
            </section>
        }
    })
}

#[component]
fn HeldCard(base: String, held: Held, today: NaiveDate) -> impl IntoView {
    let it = held.relationship;
    let since = if it.from > today { "from" } else { "since" };
    let until = it.to.map(|to| format!(", until {}", date(to))).unwrap_or_default();
    let (what, days) = (format!("{}: ", it.kind.label()), format!(" {since} {}{until}", date(it.from)));
    view! {
        <li class="card stack">
            <p><b>{what}<bdi>{held.holder_known_as}</bdi></b>{days}</p>
            <form method="post" action=format!("{base}/relationships/{}/end", held.id)>
                <button class="button quiet">"End this today"</button>
            </form>
        </li>
    }
}
