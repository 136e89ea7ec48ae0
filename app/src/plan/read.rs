//! Plans that learners show to a tutor. Each reading is written down before anything is shown, and stands in the log
//! of the plan's owner.

use axum::http::StatusCode;
use domain::people::PersonId;
use leptos::prelude::*;
use store::audit::Event;
use store::me::Named;
use store::plans::{PLAN_READ, Plan};

use super::view::{Goals, Reviews, Words};
use crate::cx::Cx;
use crate::door::{Answer, Asks};
use crate::permits::{ReadsPlanOf, ReadsPlans};
use crate::ui::shell::{Area, Head};

/// On a page. One more is asked for, to know whether there is a next page.
const A_PAGE: usize = 25;

/// GET /plans
pub(crate) async fn list(cx: Cx, by: ReadsPlans, Asks(asks): Asks) -> Answer {
    let before: Option<PersonId> = asks.text("before").parse().ok();
    let page = (before, A_PAGE as u64 + 1);
    let mut people = store::plans::shared_with(cx.site.db(), (by.tutor, &by.gives), page, cx.today()).await?;
    let there_is_more = people.len() > A_PAGE;
    people.truncate(A_PAGE);
    let next = people.last().filter(|_| there_is_more).map(|it| format!("/plans?before={}", it.id));
    let head = Head::new("Plans", Area::Me);
    Ok(cx.page(StatusCode::OK, head, move || view! { <ListPage people next/> }).await)
}

#[component]
fn ListPage(people: Vec<Named>, next: Option<String>) -> impl IntoView {
    let none = people.is_empty();
    view! {
        <div class="wrap reading form-page stack">
            <p><a class="crumb" href="/me">"Me"</a></p>
            <h1>"Plans that learners show me"</h1>
            <p class="lead">"These learners chose to show you their plan. They can take it back at any time, and need no reason."</p>
            {none.then(|| view! { <p>"Nobody shows you their plan at the moment."</p> })}
            {(!none)
                .then(|| {
                    view! {
                        <ul role="list" class="stack">
                            {people
                                .into_iter()
                                .map(|it| {
                                    let href = format!("/plans/{}", it.id);
                                    view! { <li class="card"><a class="alone" href=href><bdi>{it.known_as}</bdi></a></li> }
                                })
                                .collect_view()}
                        </ul>
                    }
                })}
            {next.map(|it| view! { <p><a class="button quiet" href=it>"Show more people"</a></p> })}
        </div>
    }
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
    let head = Head::new("A plan", Area::Me);
    Ok(cx.page(StatusCode::OK, head, move || view! { <ReadPage known_as plan/> }).await)
}

#[component]
fn ReadPage(known_as: String, plan: Plan) -> impl IntoView {
    let Plan { words, goals, reviews, .. } = plan;
    view! {
        <div class="wrap reading plan stack">
            <p class="on-screen"><a class="crumb" href="/plans">"Plans that learners show me"</a></p>
            <h1>"The plan of "<bdi>{known_as}</bdi></h1>
            <p class="notice">"It is theirs. They show it to you and not to others: please tell nobody. Their log says that you have read it."</p>
            <Words words=words.value mine=false/>
            <Goals goals mine=false/>
            <Reviews reviews mine=false/>
        </div>
    }
}
