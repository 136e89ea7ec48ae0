//! A check question: as it stands in its lesson, and on a page of its own once it has been tried.
//!
//! What an answer says for itself is there from the start, out of sight until the question has been tried; then
//! styles alone show it beside what was chosen. So a page needs no script for it, and the island no markup.

mod form;

use axum::http::StatusCode;
use domain::course::Slug;
use domain::course::check::{Choice, NotChosen, Shape};
use domain::course::progress::Step;
use domain::people::FieldFault;
use leptos::prelude::*;
use store::content::{Asks, Lesson, Question};
use store::learning::{InLesson, Tried};

pub(super) use form::CheckForm;

use crate::cx::Cx;
use crate::door::{Answer, At, TurnedAway};
use crate::form::{FormState, Typed};
use crate::permits::EnrolledHere;
use crate::ui::form::ErrorSummary;
use crate::ui::shell::{Area, Head};

/// A course, a lesson in it, and the name of a question.
type Asked = (Slug, Slug, String);

/// The field of the answers that are ticked.
const ANSWER: &str = "answer";
/// The field of places and partners, one for each thing that is shown.
const PLACE: &str = "place";

/// GET /learn/{slug}/{lesson}/check/{question}: what was chosen, and why it fits or does not.
pub(crate) async fn show(cx: Cx, here: EnrolledHere, At((_, lesson, id)): At<Asked>) -> Answer {
    let (_, lesson) = here.published.course.lesson(&lesson).ok_or(TurnedAway::NotFound)?;
    let Some(question) = lesson.questions().find(|it| it.id == id) else {
        return gone(&cx, &here, lesson).await;
    };
    let in_lesson = store::learning::in_lesson(cx.site.db(), here.place(&lesson.slug)).await?;
    page(&cx, &here, (lesson, question, &in_lesson), FormState::default()).await
}

/// POST /learn/{slug}/{lesson}/check/{question}: tries it, as often as somebody likes.
pub(crate) async fn try_it(
    cx: Cx,
    here: EnrolledHere,
    At((slug, lesson, id)): At<Asked>,
    typed: Typed,
) -> Answer {
    let (_, lesson) = here.published.course.lesson(&lesson).ok_or(TurnedAway::NotFound)?;
    let Some(question) = lesson.questions().find(|it| it.id == id) else {
        return gone(&cx, &here, lesson).await;
    };
    let (place, shape) = (here.place(&lesson.slug), question.shape());
    let chosen = match typed.text("way") {
        "past" if lesson.is_noted() => Ok(Choice::LEFT_OUT),
        _ => chosen(&shape, &typed),
    };
    let choice = match chosen {
        Ok(choice) => choice,
        Err(refused) => {
            let fault = FieldFault { field: ANSWER, remedy: refused.to_string() };
            let in_lesson = store::learning::in_lesson(cx.site.db(), place).await?;
            return page(&cx, &here, (lesson, question, &in_lesson), FormState::refused(typed, vec![fault]))
                .await;
        }
    };
    let tx = cx.site.db().begin().await?;
    let mut in_lesson = store::learning::in_lesson_now(&tx, place).await?;
    store::learning::save_try(&tx, place, (&question.id, &choice), cx.now()).await?;
    let said = said(&shape, &choice);
    in_lesson.tried.insert(question.id.clone(), Tried { first: choice.clone(), latest: choice });
    if let (Step::Finishes(finished), false) =
        (super::step(lesson, &in_lesson), here.has_finished(&lesson.slug))
    {
        super::finish(&tx, &cx, &here, (place, finished)).await?;
    }
    tx.commit().await?;
    Ok(cx.done_saying(&format!("/learn/{slug}/{}/check/{}", lesson.slug, question.id), said))
}

fn chosen(shape: &Shape, typed: &Typed) -> Result<Choice, NotChosen> {
    let field = match shape {
        Shape::One { .. } | Shape::Several { .. } => ANSWER,
        Shape::Order { .. } | Shape::Pairs { .. } => PLACE,
    };
    let values: Vec<_> = typed.fields().filter(|it| it.0 == field).map(|it| it.1).collect();
    shape.choose(&values)
}

fn said(shape: &Shape, choice: &Choice) -> &'static str {
    match (choice.is_left_out(), shape.fits(choice)) {
        (true, _) => "You left this one out. It counts as tried.",
        (false, true) => "That fits.",
        (false, false) => "Not quite. See why, and try again if you like: it counts as tried.",
    }
}

/// What somebody chose, as they would say it.
fn in_words(question: &Question, choice: &Choice) -> String {
    let these = choice.these();
    let told: Vec<String> = match &question.asks {
        _ if choice.is_left_out() => vec!["to leave it out".into()],
        Asks::One(answers) | Asks::Several(answers) => {
            these.iter().filter_map(|it| Some(answers.get(*it)?.text.to_text())).collect()
        }
        Asks::Order { items, .. } => {
            let mut placed: Vec<_> = these.iter().zip(question.shown()).collect();
            placed.sort_unstable();
            placed.iter().filter_map(|(_, item)| Some(items.get(*item)?.to_text())).collect()
        }
        Asks::Pairs { pairs, .. } => {
            let shown = question.shown();
            let right = |it: &usize| Some(pairs.get(*shown.get(*it)?)?.1.to_text());
            let pair = |(at, it): (usize, &usize)| {
                Some(format!("{} with {}", pairs.get(at)?.0.to_text(), right(it)?))
            };
            these.iter().enumerate().filter_map(pair).collect()
        }
    };
    told.join("; ")
}

/// The question has been changed or taken out since its page was opened.
async fn gone(cx: &Cx, here: &EnrolledHere, lesson: &Lesson) -> Answer {
    let back = format!("/learn/{}/{}#checks", here.published.course.slug, lesson.slug);
    let head = Head::new("This question has changed", Area::Learn);
    let page = move || {
        view! {
            <div class="wrap reading form-page stack">
                <h1>"This question has changed"</h1>
                <p class="lead">"The course was put right since you opened it, and this question with it. What you have finished stays finished."</p>
                <p><a class="button" href=back>"See the lesson as it is now"</a></p>
            </div>
        }
    };
    Ok(cx.page(StatusCode::CONFLICT, head, page).await)
}

/// A question in a preview, tried or not: the page is the same, and nothing is kept. `path` is where the lesson is.
pub(crate) async fn preview<V: IntoView + 'static>(
    cx: &Cx,
    (lesson, question): (&Lesson, &Question),
    path: String,
    typed: Option<Typed>,
    band: V,
) -> Answer {
    let chosen = typed.map(|typed| match typed.text("way") {
        "past" if lesson.is_noted() => Ok(Choice::LEFT_OUT),
        _ => chosen(&question.shape(), &typed).map_err(|refused| (typed, refused)),
    });
    let (tried, form) = match chosen {
        None => (None, FormState::default()),
        Some(Ok(choice)) => {
            if cx.wants_json() {
                let there = format!("{path}/check/{}", question.id);
                return Ok(cx.done_saying(&there, said(&question.shape(), &choice)));
            }
            (Some(Tried { first: choice.clone(), latest: choice }), FormState::default())
        }
        Some(Err((typed, refused))) => {
            let fault = FieldFault { field: ANSWER, remedy: refused.to_string() };
            (None, FormState::refused(typed, vec![fault]))
        }
    };
    let status = if form.faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let head = Head::new("A preview", Area::Me).failed(!form.faults.is_empty());
    let shown = Shown {
        lesson: lesson.title.clone(),
        question: question.clone(),
        tried,
        may_leave_out: lesson.is_noted(),
        is_finished: false,
        next: None,
        form,
        path,
    };
    Ok(cx.page(status, head, move || view! { {band} <CheckPage shown/> }).await)
}

async fn page(
    cx: &Cx,
    here: &EnrolledHere,
    (lesson, question, in_lesson): (&Lesson, &Question, &InLesson),
    form: FormState,
) -> Answer {
    let course = &here.published.course;
    let path = format!("/learn/{}/{}", course.slug, lesson.slug);
    let (number, _) = course.lesson(&lesson.slug).unwrap_or((1, lesson));
    let title = format!("{}, lesson {number}, a check", course.outline.discreet_title);
    let head = Head::new(&title, Area::Learn).failed(!form.faults.is_empty());
    let status = if form.faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let next = lesson.questions().find(|it| !in_lesson.tried.contains_key(&it.id));
    let next = next.filter(|it| it.id != question.id).map(|it| format!("{path}/check/{}", it.id));
    let shown = Shown {
        lesson: lesson.title.clone(),
        question: question.clone(),
        tried: in_lesson.tried.get(&question.id).cloned(),
        may_leave_out: lesson.is_noted(),
        is_finished: here.has_finished(&lesson.slug),
        next,
        form,
        path,
    };
    Ok(cx.page(status, head, move || view! { <CheckPage shown/> }).await)
}

/// What the page of a question shows.
struct Shown {
    lesson: String,
    question: Question,
    tried: Option<Tried>,
    may_leave_out: bool,
    is_finished: bool,
    /// Where the next question is that has not been tried.
    next: Option<String>,
    form: FormState,
    /// Where the lesson is.
    path: String,
}

#[component]
fn CheckPage(shown: Shown) -> impl IntoView {
    let Shown { lesson, question, tried, may_leave_out, is_finished, next, form, path } = shown;
    let first = tried.as_ref().filter(|it| it.first != it.latest).map(|it| in_words(&question, &it.first));
    let chosen = tried.map(|it| it.latest);
    let said = chosen.as_ref().filter(|_| form.faults.is_empty()).map(|it| said(&question.shape(), it));
    let action = format!("{path}/check/{}", question.id);
    view! {
        <div class="wrap reading form-page stack">
            <ErrorSummary form=form.clone()/>
            <p><a class="crumb" href=format!("{path}#checks")>{lesson}</a></p>
            <h1>"A check"</h1>
            {said.map(|it| view! { <p class="notice" role="status">{it}</p> })}
            <CheckForm question path=action is_tried=false may_leave_out alone=(form, chosen)/>
            {first.map(|it| view! { <p class="soft">"The first time you chose: "{it}". Only you see that."</p> })}
            {is_finished.then(|| view! { <p class="notice">"You have finished this lesson."</p> })}
            <p class="row">
                {next.map(|it| view! { <a class="button" href=it>"Next check"</a> })}
                <a href=format!("{path}#checks")>"Back to the lesson"</a>
            </p>
        </div>
    }
}
