//! One competence of a candidate, and what their assessor says of it.

use axum::http::StatusCode;
use domain::people::PersonId;
use domain::training::framework::{FrameworkId, Levels};
use domain::training::judgement::{JudgementForm, NotTaken, State, is_for_somebody_else, judge, judgements};
use leptos::prelude::*;
use store::training::frameworks::levels;
use store::training::judgements::{JUDGED, KeptStep, Place, history_now, save_step};

use super::DESK;
use crate::cx::Cx;
use crate::door::{Answer, Asks, At};
use crate::form::{FormState, Typed};
use crate::permits::AssessesHere;
use crate::training::competences::one::{DAY, LOOKED_AT, faults_of, steps, whole};
use crate::training::competences::view::{History, HistoryLine, Pieces, WhatItIs, Whole};
use crate::ui::choose::{DayField, OneOf, typed_day};
use crate::ui::form::{Choices, ErrorSummary, Tick};
use crate::ui::shell::{Area, Head};
use crate::ui::text_area::TextArea;

/// What the page shows besides the competence.
struct Shown {
    status: StatusCode,
    form: FormState,
    /// What somebody was about to say, when another did meanwhile.
    stale: Option<(Option<State>, String)>,
    done: Option<&'static str>,
}

/// GET /training/assessing/{person}/{framework}/{code}
pub(crate) async fn show(
    cx: Cx,
    here: AssessesHere,
    At((_, _, code)): At<(PersonId, FrameworkId, String)>,
    Asks(asks): Asks,
) -> Answer {
    let done = match asks.text("done") {
        "judged" => Some("It is kept. They see it on their page, with what you wrote."),
        "added" => Some("What you noted is kept. They see it too."),
        "gone" => Some("It is taken back. Nothing of it is kept."),
        "marked" => {
            Some("It is taken back. It was judged by, so it stays in the history, marked as withdrawn.")
        }
        _ => None,
    };
    let shown = Shown { status: StatusCode::OK, form: FormState::default(), stale: None, done };
    page(&cx, &here, &code, shown).await
}

/// POST /training/assessing/{person}/{framework}/{code}
pub(crate) async fn keep(
    cx: Cx,
    here: AssessesHere,
    At((_, _, code)): At<(PersonId, FrameworkId, String)>,
    typed: Typed,
) -> Answer {
    let (candidate, framework) = (here.assessor.candidate(), &here.framework);
    let whole = whole(&cx, candidate, framework, &code).await?;
    let levels = levels(cx.site.db(), framework.organisation).await?;
    let place = Place { person: candidate, framework: framework.id, code: &code };
    let tx = cx.site.db().begin().await?;
    let history = history_now(&tx, place).await?;
    let form = JudgementForm {
        state: typed.text("state"),
        comment: typed.text("comment"),
        day: typed_day(&typed, DAY),
        level: typed.text("level"),
        seen: typed.text("seen"),
        is_looked_at: typed.text(LOOKED_AT) == "yes",
    };
    match judge(&here.assessor, candidate, &steps(&history), &form, (&levels, cx.today())) {
        Ok(new) => {
            save_step(&tx, place, (whole.version, &new), cx.now()).await?;
            store::training::evidence::mark_judged(&tx, place, new.number()).await?;
            cx.keep(tx, here.event(&cx, JUDGED)).await?;
            Ok(cx.done(&format!("{DESK}/{candidate}/{}/{code}?done=judged", framework.id)))
        }
        Err(refused) => {
            drop(tx);
            let stale = (refused == NotTaken::Newer)
                .then(|| (State::parse(typed.text("state")), typed.text("comment").to_owned()));
            let (status, faults) = faults_of(refused);
            let form = FormState::refused(typed, faults);
            page(&cx, &here, &code, Shown { status, form, stale, done: None }).await
        }
    }
}

async fn page(cx: &Cx, here: &AssessesHere, code: &str, shown: Shown) -> Answer {
    let Shown { status, form, stale, done } = shown;
    let (candidate, me) = (here.assessor.candidate(), here.assessor.person());
    let whole = whole(cx, candidate, &here.framework, code).await?;
    let levels = levels(cx.site.db(), here.framework.organisation).await?;
    let head = Head::new("Assessing", Area::Me).failed(!form.faults.is_empty());
    let base = format!("{DESK}/{candidate}/{}", here.framework.id);
    let (path, known_as) = (format!("{base}/{code}"), here.known_as.clone());
    let page = move || {
        let heading = format!("{} {}", whole.competence.code, whole.competence.title);
        let latest = whole.history.last().cloned();
        let by = latest.as_ref().and_then(|it| whole.names.get(&it.step.by.as_uuid()).cloned());
        view! {
            <div class="wrap reading form-page stack">
                <ErrorSummary form=form.clone()/>
                <p><a class="crumb" href=base><bdi>{known_as}</bdi></a></p>
                <h1>{heading}</h1>
                {done.map(|it| view! { <p class="notice" role="status">{it}</p> <p><a class="alone" href=DESK>"See who else waits"</a></p> })}
                {stale.zip(latest).map(|(mine, theirs)| view! { <Both mine theirs by/> })}
                <WhatItIs whole=whole.clone()/>
                <Pieces whole=whole.clone() reader=me/>
                <p><a class="button quiet" href=format!("{path}/evidence")>"Note something that shows it"</a></p>
                <Judging path whole=whole.clone() form levels me/>
                <History whole/>
            </div>
        }
    };
    Ok(cx.page(status, head, page).await)
}

/// What was done meanwhile, and what somebody was about to say.
#[component]
fn Both(mine: (Option<State>, String), theirs: KeptStep, by: Option<String>) -> impl IntoView {
    let (state, comment) = mine;
    view! {
        <section class="notice care stack" aria-labelledby="both">
            <h2 id="both">"Somebody was quicker"</h2>
            <p>"This was done meanwhile:"</p>
            <ul role="list"><HistoryLine step=theirs by worded=None/></ul>
            <p>"This is what you were about to say. It is not kept:"</p>
            <p><b>{state.map_or("Nothing chosen", State::label)}</b></p>
            {(!comment.is_empty()).then(|| view! { <p class="typed">{comment}</p> })}
        </section>
    }
}

/// The form, where there is something to say.
#[component]
fn Judging(path: String, whole: Whole, form: FormState, levels: Levels, me: PersonId) -> impl IntoView {
    let ways = judgements(whole.state());
    let is_for_another = is_for_somebody_else(&steps(&whole.history), me);
    if ways.is_empty() || is_for_another {
        let says = match is_for_another {
            true => "They ask for somebody else than you to look at it.",
            false => "They have not said that it may be looked at. Until then there is nothing to say of it.",
        };
        return view! { <p class="notice" id="state">{says}</p> }.into_any();
    }
    let seen = whole.history.len().to_string();
    let looks_personal = form.fault("comment").is_some_and(|it| it.contains("looks like"));
    let choices = ways.iter().map(|it| (it.as_str(), it.label())).collect();
    let scale: Vec<_> = levels.all().iter().map(|it| (it.clone(), it.clone())).collect();
    let has_levels = !scale.is_empty() && ways.contains(&State::Achieved);
    let is_revisit = ways.contains(&State::Revisit);
    view! {
        <form method="post" action=path class="card stack" novalidate>
            <h2>"What do you say of it?"</h2>
            <Choices form=form.clone() name="state" legend="It is".to_owned() choices/>
            {has_levels.then(|| view! { <OneOf form=form.clone() name="level" label="At which level?" choices=scale none="I leave this open"/> })}
            {is_revisit.then(|| view! { <DayField form=form.clone() names=DAY legend="Look at it again by" hint="For example 31 3 2027"/> })}
            <TextArea form=form.clone() name="comment" label="What do you tell them?" hint="Needed when something is missing: say what would be enough. Name nobody they support."/>
            {looks_personal.then(|| view! { <Tick form=form.clone() name=LOOKED_AT label="I have looked again: it says nothing about who somebody is"/> })}
            <input type="hidden" name="seen" value=seen/>
            <p><button class="button">"Keep this"</button></p>
            <p class="soft">"It stands in their history under your name, and is never rewritten."</p>
        </form>
    }
    .into_any()
}
