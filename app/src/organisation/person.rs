//! One person as one organisation sees them: what they are to it, and who there is what to them.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use chrono::NaiveDate;
use domain::people::{Labels, OrganisationId, PersonId, RelationshipId, RelationshipKind};
use leptos::prelude::*;
use store::arranging::{Held, RELATIONSHIP_ENDED};
use store::organisations::{Colleague, Organisation};

use super::people::said;
use crate::cx::Cx;
use crate::door::{Answer, Asks, At, TurnedAway};
use crate::permits::AdministersHere;
use crate::ui::shell::{Area, Head};
use crate::ui::words::date;

/// GET /organisation/{organisation}/people/{person}
pub(crate) async fn show(
    cx: Cx,
    here: AdministersHere,
    At((_, person)): At<(OrganisationId, PersonId)>,
    Asks(asks): Asks,
) -> Answer {
    let (db, organisation, today) = (cx.site.db(), here.organisation, cx.today());
    let found = store::organisations::colleague(db, organisation.id, person, today).await?;
    let colleague = found.ok_or(TurnedAway::NotFound)?;
    let held = store::arranging::held_to(db, organisation.id, person, today).await?;
    let done = match asks.text("done") {
        "kept" => Some("It is kept."),
        "ended" => Some("It is ended. What has been done stays as it is."),
        _ => None,
    };
    let labels = store::organisations::labels(db, &[organisation.id]).await?;
    let head = Head::new("One person", Area::Me);
    let page = move || view! { <PersonPage organisation colleague held labels done today/> };
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

#[component]
fn PersonPage(
    organisation: Organisation,
    colleague: Colleague,
    held: Vec<Held>,
    labels: Labels,
    done: Option<&'static str>,
    today: NaiveDate,
) -> impl IntoView {
    let base = format!("/organisation/{}", organisation.id);
    let nobody = held.is_empty();
    let relate = format!("{base}/people/{}/relate", colleague.id);
    view! {
        <div class="wrap reading form-page stack">
            <p><a class="crumb" href=format!("{base}/people")>"People of "{organisation.name}</a></p>
            <h1><bdi>{colleague.known_as}</bdi></h1>
            {done.map(|it| view! { <p class="notice" role="status">{it}</p> })}
            <section class="stack" aria-labelledby="engagements">
                <h2 id="engagements">"What they are here"</h2>
                <ul role="list" class="stack">
                    {colleague
                        .engagements
                        .iter()
                        .map(|it| {
                            let href = format!("{base}/engagements/{}", it.id);
                            view! { <li class="card stack"><p><b>{said(&labels, it, today, None)}</b></p><p><a class="alone" href=href>"Change or end this"</a></p></li> }
                        })
                        .collect_view()}
                </ul>
            </section>
            <section class="stack" aria-labelledby="held">
                <h2 id="held">"Who is alongside them"</h2>
                {nobody.then(|| view! { <p>"Nobody is arranged yet."</p> })}
                {(!nobody).then(|| view! {
                    <ul role="list" class="stack">
                        {held.into_iter().map(|it| view! { <HeldCard base=base.clone() held=it today/> }).collect_view()}
                    </ul>
                })}
                <h3>"Choose somebody as their"</h3>
                <ul role="list">
                    {RelationshipKind::ALL
                        .into_iter()
                        .map(|it| {
                            view! { <li><a class="crumb" href=format!("{relate}/{}", it.as_str())>{it.label()}</a></li> }
                        })
                        .collect_view()}
                </ul>
            </section>
        </div>
    }
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
