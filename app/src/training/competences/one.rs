//! One of my competences: the evidence, what happened, and what comes next.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use domain::people::{FieldFault, PersonId};
use domain::training::framework::FrameworkId;
use domain::training::judgement::{NotTaken, OwnForm, State, Step, own_step, ways_on};
use leptos::prelude::*;
use store::training::frameworks::{self, Framework};
use store::training::judgements::{self, APPEALED, KeptStep, Place, history_now, save_step};

use super::view::{History, Pieces, WhatItIs, Whole};
use super::{MINE, finished};
use crate::cx::Cx;
use crate::door::{Answer, Asks, At, TurnedAway};
use crate::form::{FormState, Typed};
use crate::permits::WorksTowards;
use crate::permits::oneself;
use crate::personal::looks;
use crate::ui::choose::{DayField, DayNames, typed_day};
use crate::ui::form::{ErrorSummary, Tick};
use crate::ui::shell::{Area, Head};
use crate::ui::text_area::TextArea;

/// The fields of a day that a step names.
pub(crate) const DAY: DayNames = ["day", "day_month", "day_year"];

/// The box that says that what looks personal is not.
pub(crate) const LOOKED_AT: &str = "looked_at";

/// Everything about one competence of somebody.
pub(crate) async fn whole(
    cx: &Cx,
    person: PersonId,
    framework: &Framework,
    code: &str,
) -> Result<Whole, TurnedAway> {
    let (db, id) = (cx.site.db(), framework.id);
    let place = Place { person, framework: id, code };
    let history = judgements::history(db, place).await?;
    let latest = frameworks::competence(db, (id, code), framework.version).await?;
    let is_earlier = latest.is_none();
    let (version, competence) = match latest {
        Some(it) => (framework.version, it),
        None => {
            let version = history.last().ok_or(TurnedAway::NotFound)?.version;
            let it = frameworks::competence(db, (id, code), version).await?;
            (version, it.ok_or(TurnedAway::NotFound)?)
        }
    };
    let mut worded = BTreeMap::new();
    for it in history.iter().filter(|it| it.version != version) {
        if !worded.contains_key(&it.version) {
            let then = frameworks::competence(db, (id, code), it.version).await?;
            let then = then.map(|it| it.title).filter(|it| *it != competence.title);
            worded.extend(then.map(|title| (it.version, title)));
        }
    }
    let pieces = store::training::evidence::of(db, place).await?;
    let done = finished(cx, person).await?;
    let counting = competence.courses.iter().filter(|it| done.contains(it));
    let finished =
        counting.filter_map(|it| Some(cx.public.course(it)?.course.outline.title.clone())).collect();
    let who = history.iter().map(|it| it.step.by).chain(pieces.iter().map(|it| it.by));
    let who: Vec<_> = who.map(PersonId::as_uuid).collect();
    let names = store::people::names(db, &who).await?;
    Ok(Whole { competence, version, is_earlier, history, worded, pieces, finished, names })
}

/// What somebody reads when a step was not taken.
pub(crate) fn faults_of(refused: NotTaken) -> (StatusCode, Vec<FieldFault>) {
    let fault = |remedy: &str| vec![FieldFault { field: "state", remedy: remedy.into() }];
    match refused {
        NotTaken::Newer => (
            StatusCode::CONFLICT,
            fault("Something was done since you opened this page. Look at both, then go on."),
        ),
        NotTaken::JudgesThemself => (
            StatusCode::UNPROCESSABLE_ENTITY,
            fault(
                "Nobody judges their own competences. Whoever assesses you does. This try was written down.",
            ),
        ),
        NotTaken::Faults(faults) => (StatusCode::UNPROCESSABLE_ENTITY, faults),
        NotTaken::Personal(found) => (
            StatusCode::UNPROCESSABLE_ENTITY,
            found.into_iter().map(|(field, like)| looks(field, like)).collect(),
        ),
    }
}

/// The steps without what surrounds them, for the rule.
pub(crate) fn steps(history: &[KeptStep]) -> Vec<Step> {
    history.iter().map(|it| it.step.clone()).collect()
}

/// GET /training/competences/{framework}/{code}
pub(crate) async fn show(
    cx: Cx,
    mine: WorksTowards,
    At((_, code)): At<(FrameworkId, String)>,
    Asks(asks): Asks,
) -> Answer {
    let done = match asks.text("done") {
        "ready" => Some("It waits for somebody who assesses you. They see it on their list."),
        "appealed" => Some("Somebody else than before will look at it. It waits on their list."),
        "added" => Some("It is kept, and it stands below."),
        "gone" => Some("It is taken back. Nothing of it is kept."),
        "marked" => {
            Some("It is taken back. It was judged by, so it stays in the history, marked as withdrawn.")
        }
        "kept" => Some("It is kept."),
        _ => None,
    };
    page(&cx, &mine, &code, (StatusCode::OK, FormState::default()), done).await
}

/// POST /training/competences/{framework}/{code}: the learner's own step.
pub(crate) async fn step(
    cx: Cx,
    mine: WorksTowards,
    At((_, code)): At<(FrameworkId, String)>,
    typed: Typed,
) -> Answer {
    let whole = whole(&cx, mine.me, &mine.framework, &code).await?;
    let place = Place { person: mine.me, framework: mine.framework.id, code: &code };
    let tx = cx.site.db().begin().await?;
    let history = history_now(&tx, place).await?;
    let form = OwnForm {
        state: typed.text("state"),
        comment: typed.text("comment"),
        day: typed_day(&typed, DAY),
        seen: typed.text("seen"),
        is_looked_at: typed.text(LOOKED_AT) == "yes",
    };
    match own_step(mine.me, &steps(&history), &form, whole.has_evidence(), cx.today()) {
        Ok(new) => {
            save_step(&tx, place, (whole.version, &new), cx.now()).await?;
            let done = match new.step().state {
                State::Ready => "ready",
                State::Appealed => "appealed",
                _ => "kept",
            };
            if new.step().state == State::Appealed {
                let event = cx.event(APPEALED, mine.me).within(mine.framework.organisation.as_uuid());
                cx.keep(tx, event.to(mine.framework.id.as_uuid())).await?;
            } else {
                tx.commit().await?;
            }
            Ok(cx.done(&format!("{MINE}/{}/{code}?done={done}", mine.framework.id)))
        }
        Err(refused) => {
            drop(tx);
            if refused == NotTaken::JudgesThemself {
                oneself(&cx, mine.me, &mine.framework).await?;
            }
            let (status, faults) = faults_of(refused);
            page(&cx, &mine, &code, (status, FormState::refused(typed, faults)), None).await
        }
    }
}

async fn page(
    cx: &Cx,
    mine: &WorksTowards,
    code: &str,
    (status, form): (StatusCode, FormState),
    done: Option<&'static str>,
) -> Answer {
    let whole = whole(cx, mine.me, &mine.framework, code).await?;
    let head = Head::new("One competence", Area::Me).failed(!form.faults.is_empty());
    let (me, path) = (mine.me, format!("{MINE}/{}/{code}", mine.framework.id));
    let title = mine.framework.title.clone();
    let page = move || {
        let says = match whole.state() {
            None => "You have not started with this one.",
            Some(State::Ready | State::Appealed) => {
                "It waits for somebody who assesses you. You need do nothing."
            }
            Some(State::Achieved) => "You have it.",
            Some(State::NeedsMore) => "Almost there. This is still missing:",
            Some(State::Revisit) => "It is time to look at it again. Say when you are ready.",
            Some(_) => "When there is something to look at, say that you are ready.",
        };
        let heading = format!("{} {}", whole.competence.code, whole.competence.title);
        // What is still missing stands beside what can be done about it, and not only in the history.
        let is_open = matches!(whole.state(), Some(State::NeedsMore | State::Revisit));
        let missing = whole.history.last().filter(|_| is_open).map(|it| it.step.comment.clone());
        let missing = missing.filter(|it| !it.is_empty());
        view! {
            <div class="wrap reading form-page plan stack">
                <ErrorSummary form=form.clone()/>
                <p class="on-screen"><a class="crumb" href=MINE>"My competences"</a></p>
                <h1>{heading}</h1>
                <p class="soft">{title}</p>
                {done.map(|it| view! { <p class="notice" role="status">{it}</p> })}
                <WhatItIs whole=whole.clone()/>
                <p class="lead">{says}</p>
                {missing.map(|it| view! { <p class="notice care typed">{it}</p> })}
                <Next path=path.clone() whole=whole.clone() form/>
                <Pieces whole=whole.clone() reader=me/>
                <p class="on-screen"><a class="button quiet" href=format!("{path}/evidence")>"Add something that shows it"</a></p>
                {(!whole.is_earlier).then(|| view! {
                    <ul role="list" class="on-screen">
                        <li><a class="alone" href=format!("{path}/witness")>"Ask somebody who has seen it"</a></li>
                        <li><a class="alone" href=format!("{path}/codes")>"Hear from people whom I support"</a></li>
                    </ul>
                })}
                <History whole/>
            </div>
        }
    };
    Ok(cx.page(status, head, page).await)
}

/// What the learner may do next. What needs a day or a sentence folds, unless it has to be put right.
#[component]
fn Next(path: String, whole: Whole, form: FormState) -> impl IntoView {
    let seen = whole.history.len().to_string();
    let ways = ways_on(whole.state());
    let looks_personal = form.fault("comment").is_some_and(|it| it.contains("looks like"));
    let tapped = ways.iter().filter(|it| !matches!(it, State::Willing | State::Appealed));
    let button = |(at, state): (usize, &State)| {
        let says = match (state, whole.state()) {
            (State::Ready, _) => "I am ready",
            (State::WorkingTowards, None) => "I am working towards it",
            (State::WorkingTowards, Some(State::Ready)) => "Not ready after all",
            (State::WorkingTowards, _) => "I am working towards it now",
            (State::PriorLearning, _) => "I learned this before",
            (other, _) => other.label(),
        };
        // To say that it may be looked at after all is not what a page urges.
        let is_first = at == 0 && whole.state() != Some(State::Ready);
        let class = if is_first { "button" } else { "button quiet" };
        view! { <button class=class name="state" value=state.as_str()>{says}</button> }
    };
    let buttons: Vec<_> = tapped.enumerate().map(button).collect();
    let hidden = |state: State| {
        view! { <input type="hidden" name="state" value=state.as_str()/><input type="hidden" name="seen" value=seen.clone()/> }
    };
    view! {
        <div class="on-screen stack" id="state">
            {(!buttons.is_empty()).then(|| view! {
                <form method="post" action=path.clone() class="row"><input type="hidden" name="seen" value=seen.clone()/>{buttons}</form>
            })}
            {ways.contains(&State::Willing).then(|| view! {
                <details open=form.fault("day").is_some()>
                    <summary>"I am willing to learn it by a day"</summary>
                    <form method="post" action=path.clone() class="stack" novalidate>
                        <DayField form=form.clone() names=DAY legend="By when?" hint="For example 31 3 2027"/>
                        {hidden(State::Willing)}
                        <p><button class="button quiet">"Keep this day"</button></p>
                    </form>
                </details>
            })}
            {ways.contains(&State::Appealed).then(|| view! {
                <details open=form.fault("comment").is_some()>
                    <summary>"I would like somebody else to look at it"</summary>
                    <form method="post" action=path.clone() class="stack" novalidate>
                        <TextArea form=form.clone() name="comment" label="Why?" rows="4" hint="Whoever looks next reads it. Please name nobody you support."/>
                        {looks_personal.then(|| view! { <Tick form=form.clone() name=LOOKED_AT label="I have looked again: it says nothing about who somebody is"/> })}
                        {hidden(State::Appealed)}
                        <p><button class="button quiet">"Ask for somebody else"</button></p>
                    </form>
                </details>
            })}
        </div>
    }
}
