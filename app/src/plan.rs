//! My plan: what I hope for, what helps, what gets in the way, my goals, and how I looked back on them. It is the
//! learner's own, and nobody reads it but the tutors whom they name.

use axum::http::StatusCode;
use domain::people::PersonId;
use leptos::prelude::*;
use store::plans::Plan;

use crate::cx::Cx;
use crate::door::{Answer, Asks};
use crate::permits::OwnPlan;
use crate::revised::{Refused, refused, revision_of, seen};
use crate::ui::shell::{Area, Head};
use crate::ui::words::date;

pub(crate) mod erase;
pub(crate) mod goal;
pub(crate) mod read;
pub(crate) mod review;
pub(crate) mod share;
pub(crate) mod suggested;
mod view;
pub(crate) mod words;

use suggested::{Suggested, Suggestions};
use view::{Goals, Reviews, Words};

/// What is said beside every field of a plan.
pub(crate) const REMINDER: &str = "Please write no names of other people, and nothing about their health. Nobody asks for a diagnosis here.";

/// GET /plan
pub(crate) async fn show(cx: Cx, me: OwnPlan, Asks(asks): Asks) -> Answer {
    let person = me.me.id();
    let plan = store::plans::of(cx.site.db(), person).await?;
    let learning = match me.learner {
        None => None,
        Some(_) => {
            let enrolled = store::learning::enrolments_of(cx.site.db(), person).await?;
            let readers = share::readers(&cx, &me.me).await?.into_iter().filter(|it| it.is_open);
            Some((Suggested::of(&cx, &enrolled), readers.map(|it| it.known_as).collect()))
        }
    };
    let done = done(asks.text("done"));
    let owner = format!("{}, {}", me.me.known_as, date(cx.today()));
    let head = Head::new("My plan", Area::Learn);
    Ok(cx.page(StatusCode::OK, head, move || view! { <PlanPage plan learning owner done/> }).await)
}

fn done(word: &str) -> Option<&'static str> {
    match word {
        "kept" => Some("It is kept."),
        "gone" => Some("You have taken it back. It is gone from your plan."),
        "erased" => Some("Your plan is erased. Nothing of it is kept."),
        _ => None,
    }
}

#[component]
fn PlanPage(
    plan: Plan,
    /// Of whoever learns: what is suggested, and the tutors who may read it now. Else it is to read, print and erase.
    learning: Option<(Suggested, Vec<String>)>,
    /// Whose it is and of which day, for paper.
    owner: String,
    done: Option<&'static str>,
) -> impl IntoView {
    let Plan { words, changed_at: _, goals, reviews } = plan;
    let is_empty = words.value.is_empty() && goals.is_empty() && reviews.is_empty();
    let learns = learning.is_some();
    let (suggested, readers) = learning.unzip();
    view! {
        <div class="wrap reading plan stack">
            <p class="on-screen"><a class="crumb" href="/learn">"My courses"</a></p>
            <h1>"My plan"</h1>
            <p class="on-paper"><bdi>{owner}</bdi></p>
            <p class="lead on-screen">"What you hope for, and small steps towards it. It is yours: nobody gives it to you, and nobody marks it."</p>
            {done.map(|it| view! { <p class="notice on-screen" role="status">{it}</p> })}
            {(!learns)
                .then(|| {
                    view! {
                        <p class="notice on-screen">"You are not a learner here at the moment. Your plan stays yours: you can read it, print it and erase it. Nobody else reads it, whoever you showed it to."</p>
                    }
                })}
            {(is_empty && learns)
                .then(|| {
                    view! {
                        <p class="notice">"It is still empty, and that is fine. A plan can be three words. Begin wherever you like, and leave out what does not fit."</p>
                    }
                })}
            <Words words=words.value mine=learns/>
            <Goals goals mine=learns/>
            {suggested.map(|suggested| view! { <Suggestions suggested mine=true/> })}
            <Reviews reviews mine=learns/>
            {readers.map(|readers| view! { <Readers readers/> })}
            {(!learns).then(|| view! { <section class="on-screen"><WhoCould/></section> })}
            {(!is_empty).then(|| view! { <p class="on-screen"><a class="alone" href="/plan/erase">"Erase my plan"</a></p> })}
        </div>
    }
}

#[component]
fn Readers(readers: Vec<String>) -> impl IntoView {
    let nobody = readers.is_empty();
    view! {
        <section class="stack on-screen" aria-labelledby="readers">
            <h2 id="readers">"Who reads this"</h2>
            {nobody.then(|| view! { <p>"Only you. You can show it to a tutor, and take it back whenever you like."</p> })}
            {(!nobody)
                .then(|| {
                    view! {
                        <p>"You, and the tutors to whom you show it:"</p>
                        <ul role="list">{readers.into_iter().map(|it| view! { <li><bdi>{it}</bdi></li> }).collect_view()}</ul>
                    }
                })}
            <p><a class="button quiet" href="/plan/share">"Choose who reads it"</a></p>
            <WhoCould/>
            <p class="soft">"If you would like it on paper, print this page: the buttons stay behind."</p>
        </section>
    }
}

/// Who could technically read a plan.
#[component]
fn WhoCould() -> impl IntoView {
    view! {
        <p class="soft">"No coordinator, manager or administrator has a page that shows your plan. It is not sealed: whoever holds the database, or a copy of it, could technically read it. Nobody watches it for you either: if you are not safe, please ring or text one of the numbers below."</p>
    }
}

/// What somebody has under its id, if it is theirs or nobody's yet.
fn own<T>(found: Option<(PersonId, T)>, person: PersonId) -> Result<Option<T>, crate::door::TurnedAway> {
    match found {
        Some((owner, _)) if owner != person => Err(crate::door::TurnedAway::NotFound),
        found => Ok(found.map(|it| it.1)),
    }
}
