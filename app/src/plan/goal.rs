//! A goal: a page to set it, say how close it feels, change it, mark it as reached or set it aside.

use axum::http::StatusCode;
use chrono::NaiveDate;
use domain::chime::Chime;
use domain::people::{FieldFault, PersonId};
use domain::plan::{Goal, GoalForm, GoalId, GoalState, keep_goal, move_goal, rate as rate_it};
use leptos::prelude::*;
use store::Tx;
use store::plans::KeptGoal;

use super::view::HowClose;
use super::{REMINDER, Refused, own, refused, revision_of, seen};
use crate::cx::Cx;
use crate::door::{Answer, Asks, At, TurnedAway};
use crate::form::{FormState, Typed};
use crate::permits::Learning;
use crate::ui::chart::line::Point;
use crate::ui::choose::{OneOf, filled, worded};
use crate::ui::form::{ErrorSummary, Hint, Why};
use crate::ui::newer::Newer;
use crate::ui::shell::{Area, Head};
use crate::ui::text_area::TextArea;

/// GET /plan/goals/new: its id is made here, so that a second tap does not set it twice.
pub(crate) async fn show_new(cx: Cx, _: Learning) -> Answer {
    let id = GoalId::from_uuid(uuid::Uuid::now_v7());
    set_page(&cx, id, Refused::opened(FormState::default(), 0)).await
}

/// GET /plan/goals/{goal}
pub(crate) async fn show(cx: Cx, me: Learning, At(id): At<GoalId>, Asks(asks): Asks) -> Answer {
    let person = me.learner.person();
    let kept = store::plans::goal_of(cx.site.db(), person, id).await?.ok_or(TurnedAway::NotFound)?;
    let done = match asks.text("done") {
        "set" => Some("Your goal stands in your plan."),
        "rated" => Some("Today’s number is kept."),
        "reached" => Some("It stands in your plan as reached."),
        "set_aside" => Some("It is set aside. You can bring it back whenever you like."),
        "under_way" => Some("It is under way again."),
        _ => None,
    };
    let Goal { words, notice, heading } = kept.goal.value.clone();
    let heading = heading.map_or("", Chime::as_str).to_owned();
    let form = filled(&[("words", words), ("notice", notice), ("heading", heading)]);
    let opened = Refused::opened(form, kept.goal.revision);
    goal_page(&cx, kept, (opened, asks.text("before").parse().ok()), done).await
}

/// POST /plan/goals/{goal}: sets it or changes it.
pub(crate) async fn keep(cx: Cx, me: Learning, At(id): At<GoalId>, typed: Typed) -> Answer {
    let person = me.learner.person();
    let (tx, current) = turn(&cx, person, id).await?;
    let under_way = store::plans::under_way(&tx, person).await?;
    let goal = current.as_ref().map(|it| &it.goal);
    let form =
        GoalForm { words: typed.text("words"), notice: typed.text("notice"), heading: typed.text("heading") };
    match keep_goal(goal, &form, (seen(&typed), under_way)) {
        Ok(next) => {
            store::plans::save_goal(&tx, (person, id), &next, (cx.now(), cx.today())).await?;
            tx.commit().await?;
            Ok(cx.done(&match (next.value().is_taken_back(), current) {
                (true, _) => "/plan?done=gone".to_owned(),
                (false, None) => format!("/plan/goals/{id}?done=set"),
                (false, Some(_)) => "/plan?done=kept".to_owned(),
            }))
        }
        Err(why) => {
            drop(tx);
            let newer = goal.map_or_else(Goal::default, |it| it.value.clone());
            let opened = refused(typed, why, ("words", revision_of(goal)), newer);
            match current.filter(|it| !it.goal.value.is_taken_back()) {
                Some(kept) => goal_page(&cx, kept, (opened, None), None).await,
                None => set_page(&cx, id, opened).await,
            }
        }
    }
}

/// POST /plan/goals/{goal}/rate: how close it feels today. The latest of the day stands.
pub(crate) async fn rate(cx: Cx, me: Learning, At(id): At<GoalId>, typed: Typed) -> Answer {
    let (tx, current) = turn(&cx, me.learner.person(), id).await?;
    let kept = current.filter(|it| !it.goal.value.is_taken_back()).ok_or(TurnedAway::NotFound)?;
    match rate_it(kept.state, typed.text("rating")) {
        Ok(rating) => {
            store::plans::save_rating(&tx, id, rating, cx.today()).await?;
            tx.commit().await?;
            Ok(cx.done(&format!("/plan/goals/{id}?done=rated")))
        }
        Err(remedy) => {
            drop(tx);
            wrong(&cx, kept, FieldFault { field: "rating", remedy: remedy.into() }).await
        }
    }
}

/// POST /plan/goals/{goal}/state: reached, set aside, or under way again.
pub(crate) async fn move_it(cx: Cx, me: Learning, At(id): At<GoalId>, typed: Typed) -> Answer {
    let person = me.learner.person();
    let (tx, current) = turn(&cx, person, id).await?;
    let kept = current.filter(|it| !it.goal.value.is_taken_back()).ok_or(TurnedAway::NotFound)?;
    let under_way = store::plans::under_way(&tx, person).await?;
    match move_goal(kept.state, typed.text("state"), under_way) {
        Ok(to) => {
            // A second tap leaves the day on which it was done.
            if to.to() != kept.state {
                store::plans::save_move(&tx, id, to, cx.today()).await?;
            }
            tx.commit().await?;
            Ok(cx.done(&format!("/plan/goals/{id}?done={}", to.to().as_str())))
        }
        Err(remedy) => {
            drop(tx);
            wrong(&cx, kept, FieldFault { field: "state", remedy }).await
        }
    }
}

/// The person's turn to change their plan, and the goal as it is now.
async fn turn(cx: &Cx, person: PersonId, id: GoalId) -> Result<(Tx, Option<KeptGoal>), TurnedAway> {
    let tx = cx.site.db().begin().await?;
    store::plans::take_turns(&tx, person, cx.now()).await?;
    let current = own(store::plans::goal_now(&tx, id).await?, person)?;
    Ok((tx, current))
}

/// The goal's page with one thing to put right, and its words as they are kept.
async fn wrong(cx: &Cx, kept: KeptGoal, fault: FieldFault) -> Answer {
    let Goal { words, notice, heading } = kept.goal.value.clone();
    let heading = heading.map_or("", Chime::as_str).to_owned();
    let typed = filled(&[("words", words), ("notice", notice), ("heading", heading)]).typed;
    let opened = Refused {
        status: StatusCode::UNPROCESSABLE_ENTITY,
        form: FormState::refused(typed, vec![fault]),
        revision: kept.goal.revision.to_string(),
        newer: None,
    };
    goal_page(cx, kept, (opened, None), None).await
}

/// The page on which a goal is set.
async fn set_page(cx: &Cx, id: GoalId, opened: Refused<Goal>) -> Answer {
    let status = opened.status;
    let head = Head::new("A goal", Area::Learn).failed(!opened.form.faults.is_empty());
    let page = move || {
        view! {
            <div class="wrap reading form-page stack">
                <ErrorSummary form=opened.form.clone()/>
                <p><a class="crumb" href="/plan">"My plan"</a></p>
                <h1>"A goal"</h1>
                <p class="lead">"Something that you would like, in your own words. Small is fine."</p>
                <GoalFields id opened says="Set this goal"/>
            </div>
        }
    };
    Ok(cx.page(status, head, page).await)
}

/// The page of a goal that there is.
async fn goal_page(
    cx: &Cx,
    kept: KeptGoal,
    (opened, before): (Refused<Goal>, Option<NaiveDate>),
    done: Option<&'static str>,
) -> Answer {
    let (ratings, there_are_earlier) = store::plans::ratings(cx.site.db(), kept.id, before).await?;
    let today = cx.today();
    let status = opened.status;
    let head = Head::new("A goal", Area::Learn).failed(!opened.form.faults.is_empty());
    let page = move || {
        let KeptGoal { id, goal, state, .. } = kept;
        let earlier = ratings.first().filter(|_| there_are_earlier);
        let earlier = earlier.map(|(day, _)| format!("/plan/goals/{id}?before={day}"));
        let latest = ratings.last().filter(|it| it.0 == today).map(|it| it.1);
        view! {
            <div class="wrap reading form-page stack">
                <ErrorSummary form=opened.form.clone()/>
                <p><a class="crumb" href="/plan">"My plan"</a></p>
                <h1>"A goal"</h1>
                {done.map(|it| view! { <p class="notice" role="status">{it}</p> })}
                <p class="lead typed">{goal.value.words}</p>
                {(state == GoalState::UnderWay).then(|| view! { <Rate id form=opened.form.clone() latest/> })}
                <Felt id ratings earlier/>
                <Becomes id form=opened.form.clone() state/>
                <section class="stack" aria-labelledby="change">
                    <h2 id="change">"Change the words"</h2>
                    <p class="soft">"Empty the first field to take the goal back, with its numbers."</p>
                    <GoalFields id opened says="Keep this"/>
                </section>
            </div>
        }
    };
    Ok(cx.page(status, head, page).await)
}

#[component]
fn GoalFields(id: GoalId, opened: Refused<Goal>, says: &'static str) -> impl IntoView {
    let Refused { form, revision, newer, .. } = opened;
    let headings = worded(Chime::ALL.map(|it| (it.as_str(), it.means())));
    let newer = newer.map(|it| {
        let heading = it.heading.map_or(String::new(), |it| it.label().to_owned());
        let texts =
            vec![("What I would like", it.words), ("How I will notice", it.notice), ("A heading", heading)];
        view! { <Newer texts/> }
    });
    view! {
        {newer}
        <form method="post" action=format!("/plan/goals/{id}") class="stack" novalidate>
            <TextArea form=form.clone() name="words" label="What would I like?" hint="Such as: take the bus on my own; cook for a friend."/>
            <TextArea form=form.clone() name="notice" label="How will I notice?" hint="If you like: something that you would see, do or feel."/>
            <OneOf
                form
                name="heading"
                label="What has it to do with?"
                hint="If you like. These five headings come from a review of what people say recovery is made of (Leamy and others, 2011)."
                none="I would rather not say"
                choices=headings
            />
            <p>{REMINDER}</p>
            <input type="hidden" name="revision" value=revision/>
            <p class="row"><button class="button">{says}</button><a href="/plan">"Back to my plan"</a></p>
        </form>
    }
}

/// How close does it feel today?
#[component]
fn Rate(id: GoalId, form: FormState, latest: Option<u32>) -> impl IntoView {
    let fault = form.fault("rating");
    let wrong = fault.is_some();
    let mark = move |value: u32| {
        // The first carries the field's own id, so that the summary's link lands on it.
        let place = if value == 0 { "rating".to_owned() } else { format!("rating-{value}") };
        let of = place.clone();
        view! {
            <label class="mark" for=of>
                <input type="radio" id=place name="rating" value=value checked=latest == Some(value)/>
                <span>{value}</span>
            </label>
        }
    };
    view! {
        <form method="post" action=format!("/plan/goals/{id}/rate") class="stack" novalidate>
            <fieldset class=if wrong { "field wrong" } else { "field" } aria-describedby="rating-hint">
                <legend>"How close does it feel today?"</legend>
                <Hint name="rating" hint="0 is far away, 10 is there. Nobody else says what is right. One number a day is kept, the latest."/>
                <Why name="rating" fault/>
                <div class="scale">{(0..=super::view::TOP).map(mark).collect_view()}</div>
            </fieldset>
            <p class="row"><button class="button">"Keep today’s number"</button></p>
        </form>
    }
}

/// How close it has felt.
#[component]
fn Felt(id: GoalId, ratings: Vec<Point>, earlier: Option<String>) -> impl IntoView {
    (!ratings.is_empty()).then(|| {
        view! {
            <HowClose id=format!("close-{id}") ratings/>
            {earlier.map(|it| view! { <p><a class="button quiet" href=it>"Show earlier numbers"</a></p> })}
        }
    })
}

/// What becomes of it.
#[component]
fn Becomes(id: GoalId, form: FormState, state: GoalState) -> impl IntoView {
    let ways: &[(GoalState, &str)] = match state {
        GoalState::UnderWay => {
            &[(GoalState::Reached, "It is reached"), (GoalState::SetAside, "Set it aside")]
        }
        GoalState::Reached | GoalState::SetAside => &[(GoalState::UnderWay, "Bring it back")],
    };
    view! {
        <form method="post" action=format!("/plan/goals/{id}/state") class="stack">
            <Why name="state" fault=form.fault("state")/>
            <p class="row" id="state" tabindex="-1">
                {(state != GoalState::UnderWay).then(|| view! { <span class="tag good">{state.label()}</span> })}
                {ways
                    .iter()
                    .map(|(to, says)| view! { <button class="button quiet" name="state" value=to.as_str()>{*says}</button> })
                    .collect_view()}
            </p>
        </form>
    }
}
