//! What whoever applies and whoever selects both see: answers, and steps.

use domain::training::{Answer, ApplicationStep as Step, Criterion};
use leptos::prelude::*;
use store::training::applications::{Application, Taken};
use store::training::{answers, rounds};

use crate::cx::Cx;
use crate::ui::words::{date, moment};

/// A criterion with its answer.
#[derive(Clone, Debug)]
pub(super) struct Answered {
    pub(super) criterion: Criterion,
    pub(super) answer: Answer,
}

/// What was answered, in the order of the criteria.
pub(super) async fn answered(cx: &Cx, application: &Application) -> store::Result<Vec<Answered>> {
    let criteria = rounds::criteria(cx.site.db(), application.round).await?;
    let mut answers = answers::answers(cx.site.db(), application.id).await?;
    let with = |criterion: Criterion| {
        let answer = answers.remove(&criterion.id).map(|it| it.value).unwrap_or_default();
        Answered { criterion, answer }
    };
    Ok(criteria.into_iter().map(with).collect())
}

/// All answers, one below the other; `edit` is where they are written, while they are.
#[component]
pub(super) fn Answers(answers: Vec<Answered>, edit: Option<String>) -> impl IntoView {
    let card = |(at, it): (usize, Answered)| {
        let Answered { criterion, answer } = it;
        let is_empty = answer.is_empty();
        let href = edit.as_ref().map(|it| format!("{it}/criteria/{}", criterion.id));
        let says = if is_empty { "Answer this" } else { "Change my answer" };
        let label = format!("{says}: number {}", at + 1);
        view! {
            <li class="card stack">
                <h3 class="typed">{at + 1}". "{criterion.words}</h3>
                <p><span class="tag">{criterion.need.label()}</span>" "{is_empty.then(|| view! { <span class="tag wait">"Not answered"</span> })}</p>
                {(!is_empty).then(|| view! { <Said answer/> })}
                {href.map(|it| view! { <p><a class="alone" href=it aria-label=label>{says}</a></p> })}
            </li>
        }
    };
    view! { <ol role="list" class="stack">{answers.into_iter().enumerate().map(card).collect_view()}</ol> }
}

#[component]
fn Said(answer: Answer) -> impl IntoView {
    let Answer { evidence, qualification, equivalence, lived, willing_by } = answer;
    let line = |what: &'static str, words: String| {
        (!words.is_empty()).then(|| view! { <div><dt>{what}</dt><dd class="typed">{words}</dd></div> })
    };
    let year = qualification.year.map(|it| it.to_string()).unwrap_or_default();
    let valid = qualification.valid_until.map(date).unwrap_or_default();
    let willing = willing_by.map(|it| format!("By {}", date(it))).unwrap_or_default();
    let lived = if lived { "Yes".to_owned() } else { String::new() };
    view! {
        <dl class="summary">
            {line("In my words", evidence)}
            {line("Qualification", qualification.title)}
            {line("Given by", qualification.body)}
            {line("In the year", year)}
            {line("Valid until", valid)}
            {line("Certificate seen by", qualification.seen_by)}
            {line("Something equivalent", equivalence)}
            {line("Lived experience", lived)}
            {line("Willing to learn it", willing)}
        </dl>
    }
}

const fn said(step: Step) -> &'static str {
    match step {
        Step::Send => "Sent it",
        Step::StepBack => "Stepped back",
        Step::Pause => "Paused",
        Step::Return => "Returned",
        Step::Accept => "Took the place",
        Step::Talk => "Talked together",
        Step::Offer => "Offered a place",
        Step::NotThisTime => "Not this time",
    }
}

/// Every step, the latest first.
#[component]
pub(super) fn History(
    /// Each with what whoever took it is called.
    history: Vec<(Taken, String)>,
) -> impl IntoView {
    let row = |(it, by): (Taken, String)| {
        view! {
            <tr>
                <th scope="row">{said(it.step)}</th>
                <td data-label="Who"><bdi>{by}</bdi></td>
                <td data-label="When"><time datetime=it.at.to_rfc3339()>{moment(it.at)}</time></td>
            </tr>
        }
    };
    (!history.is_empty()).then(|| {
        view! {
            <section class="stack" aria-labelledby="history">
                <h2 id="history">"What has happened"</h2>
                <table class="cards">
                    <caption class="hidden">"What has happened"</caption>
                    <thead><tr><th scope="col">"What"</th><th scope="col">"Who"</th><th scope="col">"When"</th></tr></thead>
                    <tbody>{history.into_iter().map(row).collect_view()}</tbody>
                </table>
            </section>
        }
    })
}
