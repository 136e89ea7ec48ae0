//! Plans that learners show to a tutor. Each reading is written down before anything is shown, and stands in the log
//! of the plan's owner.

use axum::http::StatusCode;
use leptos::prelude::*;
use store::audit::Event;
use store::plans::{PLAN_READ, Plan};

use super::suggested::{Suggested, Suggestions};
use super::view::{Goals, Reviews, Words};
use crate::cx::Cx;
use crate::door::{Answer, Asks};
use crate::permits::{ReadsPlanOf, ReadsPlans};
use crate::shown_to_me::{List, asked, page};
use crate::ui::shell::{Area, Head};

/// The list of those who do.
const LIST: List = List {
    at: "/plans",
    tab: "Plans",
    heading: "Plans that learners show me",
    lead: "These learners chose to show you their plan. They can take it back at any time, and need no reason.",
    nobody: "Nobody shows you their plan at the moment.",
};

/// GET /plans
pub(crate) async fn list(cx: Cx, by: ReadsPlans, Asks(asks): Asks) -> Answer {
    let people =
        store::plans::shared_with(cx.site.db(), (by.tutor, &by.gives), asked(&asks), cx.today()).await?;
    page(&cx, LIST, people).await
}

/// GET /plans/{person}
pub(crate) async fn show(cx: Cx, by: ReadsPlanOf) -> Answer {
    let ReadsPlanOf { reading, known_as } = by;
    let event = Event::new(cx.now(), PLAN_READ)
        .by(reading.person().as_uuid())
        .about(reading.of().as_uuid())
        .within(reading.organisation().as_uuid());
    cx.keep(cx.site.db().begin().await?, event).await?;
    let plan = store::plans::of(cx.site.db(), reading.of()).await?;
    let suggested = match reading.courses() {
        true => {
            let enrolled = store::learning::enrolments_of(cx.site.db(), reading.of()).await?;
            Some(Suggested::of(&cx, &enrolled))
        }
        false => None,
    };
    let head = Head::new("A plan", Area::Me);
    Ok(cx.page(StatusCode::OK, head, move || view! { <ReadPage known_as plan suggested/> }).await)
}

#[component]
fn ReadPage(
    known_as: String,
    plan: Plan,
    /// Its courses, if its owner agreed to show them.
    suggested: Option<Suggested>,
) -> impl IntoView {
    let Plan { words, goals, reviews, .. } = plan;
    view! {
        <div class="wrap reading plan stack">
            <p class="on-screen"><a class="crumb" href="/plans">"Plans that learners show me"</a></p>
            <h1>"The plan of "<bdi>{known_as}</bdi></h1>
            <p class="notice">"It is theirs. They show it to you and not to others: please tell nobody. Their log says that you have read it."</p>
            <Words words=words.value mine=false/>
            <Goals goals mine=false/>
            {suggested.map(|suggested| view! { <Suggestions suggested mine=false/> })}
            <Reviews reviews mine=false/>
        </div>
    }
}
