//! What people need so that they can take part, for those whom they told. Each reading is written down before
//! anything is shown, and stands in the log of whom it is about.

use axum::http::StatusCode;
use domain::people::{EngagementKind, NeedsReader, NeedsShare};
use leptos::prelude::*;
use store::access_needs::{ACCESS_NEEDS_READ, Reading};
use store::audit::Event;

use crate::cx::Cx;
use crate::door::{Answer, Asks};
use crate::permits::{ReadsNeeds, ReadsNeedsOf, SignedIn};
use crate::shown_to_me::{List, asked, page};
use crate::ui::shell::{Area, Head};
use crate::ui::words::date;

/// The list of those who do.
const LIST: List = List {
    at: "/access-needs",
    tab: "What people need",
    heading: "What people need",
    lead: "These people chose to tell you what helps them take part, so that you can act on it.",
    nobody: "Nobody has told you anything yet.",
};

/// Whose needs somebody could be told of, because of what they are.
pub(crate) fn reading(me: &SignedIn) -> Reading {
    let group = |with, kind| {
        let of = me.actor.engagements().iter().filter(move |it| it.kind == kind);
        of.map(move |it| NeedsShare { organisation: it.organisation, with })
    };
    let tutors = group(NeedsReader::Tutors, EngagementKind::Tutor);
    let coordinators = group(NeedsReader::Coordinators, EngagementKind::Coordinator);
    let alongside = me.actor.relationships().iter().map(|it| (it.person, it.organisation));
    Reading { groups: tutors.chain(coordinators).collect(), alongside: alongside.collect() }
}

/// GET /access-needs
pub(crate) async fn list(cx: Cx, by: ReadsNeeds, Asks(asks): Asks) -> Answer {
    let people =
        store::access_needs::shared_with(cx.site.db(), &by.reading, asked(&asks), cx.today()).await?;
    page(&cx, LIST, people).await
}

/// GET /access-needs/{person}
pub(crate) async fn show(cx: Cx, by: ReadsNeedsOf) -> Answer {
    let ReadsNeedsOf { reading, known_as, kept } = by;
    let event = Event::new(cx.now(), ACCESS_NEEDS_READ)
        .by(reading.person().as_uuid())
        .about(reading.of().as_uuid())
        .within(reading.organisation().as_uuid());
    cx.keep(cx.site.db().begin().await?, event).await?;
    let head = Head::new("What somebody needs", Area::Me);
    let since = date(kept.changed_at.with_timezone(&chrono_tz::Europe::London).date_naive());
    let page = move || view! { <NeedsPage known_as needs=kept.needs since/> };
    Ok(cx.page(StatusCode::OK, head, page).await)
}

#[component]
fn NeedsPage(known_as: String, needs: String, since: String) -> impl IntoView {
    view! {
        <div class="wrap reading form-page stack">
            <p><a class="crumb" href="/access-needs">"What people need"</a></p>
            <h1><bdi>{known_as}</bdi></h1>
            <p>"In their own words, as of "{since}":"</p>
            <blockquote class="card typed">{needs}</blockquote>
            <p class="soft">"They told you so that you can act on it: please tell nobody else. Their log says that you have read it."</p>
        </div>
    }
}
