//! The parts of a plan as they are read: by their owner, with the ways to change them, or by a tutor, without.

use domain::plan::{GoalState, PlanWords, Rating};
use leptos::prelude::*;
use store::plans::{KeptGoal, KeptReview};

use crate::ui::chart::line::{LineChart, Point};
use crate::ui::words::date;

/// What the owner's figures are out of.
pub(super) const TOP: u32 = Rating::TOP as u32;

#[component]
pub(super) fn Words(words: PlanWords, mine: bool) -> impl IntoView {
    let is_empty = words.is_empty();
    let PlanWords { hopes, helps, hinders } = words;
    view! {
        <Own id="hopes" title="What I hope for" words=hopes/>
        <Own id="helps" title="What helps" words=helps/>
        <Own id="hinders" title="What gets in the way" words=hinders/>
        {mine
            .then(|| {
                let says = if is_empty { "Write what you hope for, and what helps" } else { "Change these words" };
                view! { <p class="on-screen"><a class="button quiet" href="/plan/words">{says}</a></p> }
            })}
    }
}

#[component]
fn Own(id: &'static str, title: &'static str, words: String) -> impl IntoView {
    view! {
        <section class="stack" aria-labelledby=id>
            <h2 id=id>{title}</h2>
            {if words.is_empty() {
                view! { <p class="soft">"Nothing written yet."</p> }.into_any()
            } else {
                view! { <p class="typed">{words}</p> }.into_any()
            }}
        </section>
    }
}

#[component]
pub(super) fn Goals(goals: Vec<KeptGoal>, mine: bool) -> impl IntoView {
    let none = goals.is_empty();
    let (under_way, put_by): (Vec<_>, Vec<_>) =
        goals.into_iter().partition(|it| it.state == GoalState::UnderWay);
    let (reached, set_aside): (Vec<_>, Vec<_>) =
        put_by.into_iter().partition(|it| it.state == GoalState::Reached);
    view! {
        <section class="stack" aria-labelledby="goals">
            <h2 id="goals">"Goals"</h2>
            {none.then(|| view! { <p class="soft">"None yet. A goal can be small, and it can change."</p> })}
            {under_way.into_iter().map(|goal| view! { <UnderWay goal mine/> }).collect_view()}
            {mine
                .then(|| {
                    let says = if none { "Set a first goal" } else { "Set another goal" };
                    view! { <p class="on-screen"><a class="button quiet" href="/plan/goals/new">{says}</a></p> }
                })}
            <PutBy title="Reached" goals=reached mine/>
            <PutBy title="Set aside, for now or for good" goals=set_aside mine/>
        </section>
    }
}

#[component]
fn UnderWay(goal: KeptGoal, mine: bool) -> impl IntoView {
    let KeptGoal { id, goal, ratings, .. } = goal;
    let goal = goal.value;
    view! {
        <article class="card stack goal">
            <h3 class="typed">{goal.words}</h3>
            {goal.heading.map(|it| view! { <p><span class="tag">{it.label()}</span></p> })}
            {(!goal.notice.is_empty())
                .then(|| view! { <h4>"How I will notice"</h4><p class="typed">{goal.notice}</p> })}
            {(!ratings.is_empty()).then(|| view! { <HowClose id=format!("close-{id}") ratings/> })}
            {mine
                .then(|| {
                    view! { <p class="on-screen"><a class="button quiet" href=format!("/plan/goals/{id}")>"How close does it feel today?"</a></p> }
                })}
        </article>
    }
}

/// How close a goal has felt, as its owner says.
#[component]
pub(super) fn HowClose(id: String, ratings: Vec<Point>) -> impl IntoView {
    view! { <LineChart id caption="How close it feels, from 0 to 10".to_owned() figure="How close" points=ratings top=TOP/> }
}

#[component]
fn PutBy(title: &'static str, goals: Vec<KeptGoal>, mine: bool) -> impl IntoView {
    (!goals.is_empty()).then(|| {
        let line = |it: KeptGoal| {
            let KeptGoal { id, goal, since, .. } = it;
            let words = goal.value.words;
            let words = match mine {
                true => view! { <a class="alone" href=format!("/plan/goals/{id}")>{words}</a> }.into_any(),
                false => words.into_any(),
            };
            view! { <li class="typed">{words}" "<span class="soft">{date(since)}</span></li> }
        };
        view! {
            <h3>{title}</h3>
            <ul role="list" class="stack">{goals.into_iter().map(line).collect_view()}</ul>
        }
    })
}

#[component]
pub(super) fn Reviews(reviews: Vec<KeptReview>, mine: bool) -> impl IntoView {
    let none = reviews.is_empty();
    view! {
        <section class="stack" aria-labelledby="reviews">
            <h2 id="reviews">"Looking back"</h2>
            {none.then(|| view! { <p class="soft">"Nothing yet. Some people look back now and then, alone or with a tutor."</p> })}
            {reviews.into_iter().map(|it| view! { <LookBack kept=it mine/> }).collect_view()}
            {mine.then(|| view! { <p class="on-screen"><a class="button quiet" href="/plan/reviews/new">"Look back now"</a></p> })}
        </section>
    }
}

#[component]
fn LookBack(kept: KeptReview, mine: bool) -> impl IntoView {
    let review = kept.review.value;
    view! {
        <article class="card stack">
            <h3>{date(review.held_on)}</h3>
            <p class="soft">{review.with.label()}</p>
            {(!review.went_well.is_empty())
                .then(|| view! { <h4>"What went well"</h4><p class="typed">{review.went_well}</p> })}
            {(!review.change.is_empty())
                .then(|| view! { <h4>"What to change"</h4><p class="typed">{review.change}</p> })}
            {mine
                .then(|| {
                    let href = format!("/plan/reviews/{}", kept.id);
                    let label = format!("Change what you wrote on {}", date(review.held_on));
                    view! { <p class="on-screen"><a class="alone" href=href aria-label=label>"Change what you wrote"</a></p> }
                })}
        </article>
    }
}
