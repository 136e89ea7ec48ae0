//! A check question as a form: its answers, and what each says for itself.

use domain::course::check::Choice;
use islands::LiveCheck;
use leptos::prelude::*;
use store::content::{Answer, Asks, Html, Question};

use super::{ANSWER, PLACE};
use crate::form::FormState;
use crate::ui::form::Why;
use crate::ui::prose::{Phrase, Prose};

/// One question with its answers.
#[component]
pub(in crate::learn) fn CheckForm(
    question: Question,
    /// Where it is sent.
    path: String,
    is_tried: bool,
    may_leave_out: bool,
    /// On its own page, with what was typed and what was chosen last.
    #[prop(optional)]
    alone: Option<(FormState, Option<Choice>)>,
) -> impl IntoView {
    let is_alone = alone.is_some();
    let (form, chosen) = alone.unwrap_or_default();
    let fault = form.fault(ANSWER);
    let wrong = fault.is_some();
    let described = wrong.then(|| format!("{ANSWER}-why"));
    let tried = (chosen.is_some() && !wrong).then_some("yes");
    let (id, text) = (format!("check-{}", question.id), question.text.clone());
    view! {
        <section class="check" id=id>
            <LiveCheck>
                <form method="post" action=path class="stack" data-tried=tried novalidate>
                    <fieldset class=if wrong { "field wrong" } else { "field" } aria-describedby=described>
                        <legend><Phrase html=text/></legend>
                        <Why name=ANSWER fault/>
                        <Answers question is_alone form chosen/>
                    </fieldset>
                    <p class="row">
                        <button class="button quiet">"Check my answer"</button>
                        {may_leave_out.then(|| view! { <button class="button quiet" name="way" value="past">"Leave this one out"</button> })}
                        {is_tried.then(|| view! { <span class="tag good">"Tried"</span> })}
                    </p>
                </form>
            </LiveCheck>
        </section>
    }
}

/// What can be chosen, and what each says for itself.
#[component]
fn Answers(question: Question, is_alone: bool, form: FormState, chosen: Option<Choice>) -> impl IntoView {
    let values: Vec<String> = match &chosen {
        Some(choice) if form.faults.is_empty() => {
            choice.these().iter().map(|it| (it + 1).to_string()).collect()
        }
        _ => form
            .typed
            .fields()
            .filter(|it| [ANSWER, PLACE].contains(&it.0))
            .map(|it| it.1.to_owned())
            .collect(),
    };
    // On its own page the summary's link has to find the field by its name.
    let id = if is_alone { String::new() } else { format!("{}-", question.id) };
    let shown = question.shown();
    match question.asks {
        Asks::One(answers) => view! { <Ticked id kind="radio" answers values/> }.into_any(),
        Asks::Several(answers) => view! { <Ticked id kind="checkbox" answers values/> }.into_any(),
        Asks::Order { items, because } => {
            let places = (1..=items.len()).map(|it| it.to_string()).collect();
            let things = shown.iter().filter_map(|it| items.get(*it)).cloned().collect();
            view! {
                <Placed id things choices=places none="Which place?" values/>
                <div class="because">
                    <p>"An order that makes sense:"</p>
                    <ol>{items.into_iter().map(|it| view! { <li><Phrase html=it/></li> }).collect_view()}</ol>
                    <Prose html=because/>
                </div>
            }
            .into_any()
        }
        Asks::Pairs { pairs, because } => {
            let partners = shown.iter().filter_map(|it| pairs.get(*it)).map(|it| it.1.to_text()).collect();
            let things = pairs.iter().map(|it| it.0.clone()).collect();
            let pair = |(left, right): (Html, Html)| view! { <div><dt><Phrase html=left/></dt><dd><Phrase html=right/></dd></div> };
            view! {
                <Placed id things choices=partners none="What belongs to it?" values/>
                <div class="because">
                    <p>"What belongs together:"</p>
                    <dl class="summary">{pairs.into_iter().map(pair).collect_view()}</dl>
                    <Prose html=because/>
                </div>
            }
            .into_any()
        }
    }
}

/// The id of an answer's field, of which the first is called like the field of a form.
fn named(of: &str, at: usize) -> String {
    if at == 0 { format!("{of}{ANSWER}") } else { format!("{of}{ANSWER}-{}", at + 1) }
}

/// Answers to tick, each with what it says for itself.
#[component]
fn Ticked(id: String, kind: &'static str, answers: Vec<Answer>, values: Vec<String>) -> impl IntoView {
    let answer = |(at, it): (usize, Answer)| {
        let value = (at + 1).to_string();
        let own = named(&id, at);
        let class = if it.right { "because fits" } else { "because" };
        view! {
            <div class="answer">
                <input type=kind id=own.clone() name=ANSWER checked=values.contains(&value) value=value/>
                <label for=own><Phrase html=it.text/></label>
                <div class=class><Prose html=it.because/></div>
            </div>
        }
    };
    answers.into_iter().enumerate().map(answer).collect_view()
}

/// Things that are each given one of several choices.
#[component]
fn Placed(
    id: String,
    things: Vec<Html>,
    choices: Vec<String>,
    none: &'static str,
    values: Vec<String>,
) -> impl IntoView {
    let thing = |(at, thing): (usize, Html)| {
        let own = named(&id, at);
        let value = values.get(at).cloned().unwrap_or_default();
        let option = |(at, text): (usize, &String)| {
            let its = (at + 1).to_string();
            view! { <option selected=its == value value=its>{text.clone()}</option> }
        };
        let options = choices.iter().enumerate().map(option).collect_view();
        view! {
            <p class="placed">
                <label for=own.clone()><Phrase html=thing/></label>
                <select id=own name=PLACE><option value="">{none}</option>{options}</select>
            </p>
        }
    };
    things.into_iter().enumerate().map(thing).collect_view()
}
