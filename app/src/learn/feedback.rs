//! What somebody says about a course they have taken up, finished or not: theirs until it is counted.

use std::sync::Arc;

use axum::http::StatusCode;
use domain::course::Slug;
use domain::course::feedback::{Asked, FeedbackForm, NotGiven, Question, Said, give};
use domain::course::term::Term;
use leptos::prelude::*;
use store::content::Course;
use store::feedback::Given;

use crate::cx::Cx;
use crate::door::{Answer, Asks, At};
use crate::form::{FormState, Typed};
use crate::permits::{EnrolledHere, OwnHere};
use crate::personal::looks;
use crate::ui::choose::filled;
use crate::ui::form::{Choices, ErrorSummary, Tick};
use crate::ui::shell::{Area, Head};
use crate::ui::text_area::TextArea;
use crate::ui::words::date;

/// The box that says that what looks personal is not.
const LOOKED_AT: &str = "looked_at";

/// What the page shows besides the form.
struct Shown {
    form: FormState,
    given: Option<Given>,
    /// What was just done, if something was.
    done: Option<&'static str>,
    /// What was typed looks personal.
    looks_personal: bool,
}

/// GET /courses/{slug}/feedback
pub(crate) async fn show(cx: Cx, here: OwnHere, At(_): At<Slug>, Asks(asks): Asks) -> Answer {
    let given = store::feedback::of(cx.site.db(), here.me.id(), here.published.id).await?;
    let done = match asks.text("done") {
        "kept" => Some("Thank you. It is kept, and it waits to be counted."),
        "back" => Some("It is taken back. Nothing of it is kept."),
        "words" => Some("Your words are gone, from the college’s page too."),
        _ => None,
    };
    let form = given.as_ref().map(typed_before).unwrap_or_default();
    let shown = Shown { form, given, done, looks_personal: false };
    page(&cx, (here.published.course, here.learner.is_some()), StatusCode::OK, shown).await
}

/// POST /courses/{slug}/feedback
pub(crate) async fn keep(cx: Cx, here: EnrolledHere, At(slug): At<Slug>, typed: Typed) -> Answer {
    let (person, course) = (here.learning.learner.person(), here.published.id);
    let tx = cx.site.db().begin().await?;
    let given = store::feedback::of_now(&tx, person, course).await?;
    let form = FeedbackForm {
        ticks: Question::ALL.map(|it| typed.text(it.as_str())),
        words: Asked::ALL.map(|it| typed.text(it.as_str())),
        is_looked_at: typed.text(LOOKED_AT) == "yes",
    };
    let counted = given.as_ref().is_some_and(|it| it.counted.is_some());
    let (status, faults, looks_personal) = match give(&form, counted, Term::of(cx.today())) {
        Ok(said) => {
            store::feedback::save(&tx, person, course, &said).await?;
            tx.commit().await?;
            return Ok(cx.done(&format!("/courses/{slug}/feedback?done=kept")));
        }
        Err(NotGiven::Counted) => (StatusCode::CONFLICT, Vec::new(), false),
        Err(NotGiven::Faults(faults)) => (StatusCode::UNPROCESSABLE_ENTITY, faults, false),
        Err(NotGiven::Personal(found)) => (
            StatusCode::UNPROCESSABLE_ENTITY,
            found.into_iter().map(|(asked, like)| looks(asked.as_str(), like)).collect(),
            true,
        ),
    };
    drop(tx);
    let form = FormState::refused(typed, faults);
    let shown = Shown { form, given, done: None, looks_personal };
    page(&cx, (here.published.course, true), status, shown).await
}

/// POST /courses/{slug}/feedback/take-back
pub(crate) async fn take_back(cx: Cx, here: OwnHere, At(slug): At<Slug>) -> Answer {
    let (person, course) = (here.me.id(), here.published.id);
    let tx = cx.site.db().begin().await?;
    let given = store::feedback::of_now(&tx, person, course).await?;
    store::feedback::take_back(&tx, person, course).await?;
    tx.commit().await?;
    let done = if given.is_some_and(|it| it.counted.is_some()) { "words" } else { "back" };
    Ok(cx.done(&format!("/courses/{slug}/feedback?done={done}")))
}

fn typed_before(given: &Given) -> FormState {
    let ticks = Question::ALL.into_iter().zip(given.ticks);
    let ticks = ticks.map(|(it, said)| (it.as_str(), said.map(Said::as_str).unwrap_or_default().to_owned()));
    let words = Asked::ALL.into_iter().zip(given.words.clone()).map(|(it, words)| (it.as_str(), words));
    filled(&ticks.chain(words).collect::<Vec<_>>())
}

async fn page(cx: &Cx, (course, learns): (Arc<Course>, bool), status: StatusCode, shown: Shown) -> Answer {
    let title = format!("{}, what you say about it", course.outline.discreet_title);
    let head = Head::new(&title, Area::Learn).failed(!shown.form.faults.is_empty());
    let ends = date(Term::of(cx.today()).ends());
    let page = move || {
        let (back, action) =
            (format!("/courses/{}", course.slug), format!("/courses/{}/feedback", course.slug));
        let Shown { form, given, done, looks_personal } = shown;
        let is_counted = given.as_ref().is_some_and(|it| it.counted.is_some());
        let counted = given.clone().filter(|it| it.counted.is_some());
        let take_back = match &counted {
            Some(it) => it.words.iter().any(|it| !it.is_empty()).then_some("Take my words back"),
            None => given.is_some().then_some("Take it all back"),
        };
        view! {
            <div class="wrap reading form-page stack">
                <ErrorSummary form=form.clone()/>
                <p><a class="crumb" href=back>{course.outline.title.clone()}</a></p>
                <h1>"How was it for you?"</h1>
                {done.map(|it| view! { <p class="notice" role="status">{it}</p> })}
                {match counted {
                    Some(given) => view! { <Counted given typed=form.typed/> }.into_any(),
                    None if !learns => view! { <Waiting given/> }.into_any(),
                    None => view! { <Form form action=action.clone() looks_personal/> }.into_any(),
                }}
                {take_back.map(|it| view! {
                    <form method="post" action=format!("{action}/take-back")><button class="button quiet">{it}</button></form>
                })}
                <WhatIsSeen ends=(!is_counted).then_some(ends)/>
            </div>
        }
    };
    Ok(cx.page(status, head, page).await)
}

#[component]
fn Form(form: FormState, action: String, looks_personal: bool) -> impl IntoView {
    let choices = |question: Question| {
        let said = Said::ALL.into_iter().map(move |it| (it.as_str(), question.label(it)));
        said.chain([("", "I leave this open")]).collect::<Vec<_>>()
    };
    let (ticked, looked) = (form.clone(), form.clone());
    view! {
        <p class="lead">"Say as much or as little as you like. It is just as welcome if you stopped half way, and it changes nothing about your place."</p>
        <form method="post" action=action class="stack" novalidate>
            {Question::ALL
                .into_iter()
                .map(|it| view! { <Choices form=ticked.clone() name=it.as_str() legend=it.asks().to_owned() choices=choices(it)/> })
                .collect_view()}
            {Asked::ALL
                .into_iter()
                .map(|it| view! {
                    <TextArea form=form.clone() name=it.as_str() label=it.asks() hint="Names of people do not belong here, nor anything else that says who somebody is."/>
                })
                .collect_view()}
            {looks_personal.then(|| view! { <Tick form=looked name=LOOKED_AT label="I have looked again: it says nothing about who somebody is"/> })}
            <p class="row"><button class="button">"Keep what I say"</button></p>
        </form>
    }
}

/// What waits to be counted of somebody who does not learn here any more.
#[component]
fn Waiting(given: Option<Given>) -> impl IntoView {
    let says = match given {
        Some(_) => {
            "You are not a learner here at the moment. What you said waits to be counted, and you can take it back."
        }
        None => "You are not a learner here at the moment, and you have said nothing about this course.",
    };
    let words =
        given.into_iter().flat_map(|it| Asked::ALL.into_iter().zip(it.words)).filter(|it| !it.1.is_empty());
    view! {
        <p class="lead">{says}</p>
        {words
            .map(|(asked, words)| view! { <section><h2>{asked.asks()}</h2><p class="typed">{words}</p></section> })
            .collect_view()}
    }
}

/// What is left once an answer has been counted: the words. `typed` is what came too late, if something did.
#[component]
fn Counted(given: Given, typed: Typed) -> impl IntoView {
    let late: Vec<_> = Asked::ALL.iter().map(|it| typed.text(it.as_str()).trim().to_owned()).collect();
    let is_late = late.iter().zip(&given.words).any(|(late, kept)| !late.is_empty() && late != kept);
    let words = Asked::ALL.into_iter().zip(given.words).filter(|it| !it.1.is_empty());
    let taken_out =
        Asked::ALL.into_iter().zip(given.taken_out).filter_map(|(asked, why)| Some((asked, why?)));
    view! {
        <p class="lead">"You have said how it was, and it has been counted. Thank you."</p>
        {is_late.then(|| view! {
            <section class="notice care stack" aria-labelledby="late">
                <h2 id="late">"This came too late to be counted"</h2>
                {late.into_iter().filter(|it| !it.is_empty()).map(|it| view! { <p class="typed">{it}</p> }).collect_view()}
            </section>
        })}
        <p>"What you ticked is forgotten: it is in the numbers, and nothing says any more whose it was. So it cannot be taken out again. A number that went down by one would tell what you had said."</p>
        {words
            .map(|(asked, words)| view! { <section><h2>{asked.asks()}</h2><p class="typed">{words}</p></section> })
            .collect_view()}
        {taken_out
            .map(|(asked, why)| view! {
                <section>
                    <h2>{asked.asks()}</h2>
                    <p>"What you wrote here was taken out by the college, because "{why.because()}". The words are deleted. Your answer still counts."</p>
                </section>
            })
            .collect_view()}
    }
}

/// `ends` is when it is counted, if it has not been.
#[component]
fn WhatIsSeen(ends: Option<String>) -> impl IntoView {
    let waits = ends.is_some();
    view! {
        <section class="prose" aria-labelledby="seen">
            <h2 id="seen">"What the college sees of it"</h2>
            <ul>
                {ends.map(|it| view! { <li>"Nothing before this term is over, on "{it}", and nothing until five people have said something about this course. If there are fewer, all of it waits for the next term."</li> })}
                <li>{if waits { "Then it" } else { "It" }}" sees how many people said what. A number of fewer than five is not shown, and neither is one from which a smaller number could be worked out."</li>
                <li>"It reads what you write, word for word, without your name, mixed with what others wrote. Somebody may know you by your way of writing."</li>
                <li>"If what you write names somebody, or tells who somebody is, the college takes it out: it is deleted. You read here that it was, and why."</li>
                <li>"No page shows anybody who has answered, or who has not."</li>
            </ul>
            <p>{if waits { "Nobody reads it for weeks" } else { "Nobody watches it for emergencies" }}": if you are not safe, please ring or text one of the numbers below."</p>
            <h2>"What is kept, and for how long"</h2>
            <ul>
                {waits.then(|| view! {
                    <li>"Until it is counted you can change it or take it back."</li>
                    <li>"What you tick is kept with your account until then. When it is counted it is forgotten."</li>
                })}
                <li>"What you write stays with your account, so that you can still take it back. It is gone from the college’s page the same moment."</li>
                <li>{if waits { "After that your" } else { "Besides, your" }}" account knows only that you have answered, so that nobody answers twice."</li>
                <li>"Whoever holds the database, or a copy of it, could technically read what is kept."</li>
            </ul>
        </section>
    }
}
