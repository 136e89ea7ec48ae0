//! What a competence's owner and their assessor both see: its words, the evidence, and everything that was done.

use std::collections::BTreeMap;

use domain::people::PersonId;
use domain::training::evidence::Kind;
use domain::training::framework::Competence;
use domain::training::judgement::State;
use leptos::prelude::*;
use store::training::evidence::Piece;
use store::training::judgements::KeptStep;
use uuid::Uuid;

use super::file::FileLink;
use crate::ui::words::{date, list};

/// One competence of somebody, whoever looks at it.
#[derive(Clone, Debug)]
pub(crate) struct Whole {
    pub(crate) competence: Competence,
    /// The version in which it stands so.
    pub(crate) version: i64,
    /// It is in the latest version no more.
    pub(crate) is_earlier: bool,
    pub(crate) history: Vec<KeptStep>,
    /// How it was worded in versions that it was judged under, where that is different.
    pub(crate) worded: BTreeMap<i64, String>,
    pub(crate) pieces: Vec<Piece>,
    /// Courses that count and are finished, by title.
    pub(crate) finished: Vec<String>,
    pub(crate) names: BTreeMap<Uuid, String>,
}

impl Whole {
    pub(crate) fn state(&self) -> Option<State> {
        self.history.last().map(|it| it.step.state)
    }

    /// Whether there is anything to look at.
    pub(crate) fn has_evidence(&self) -> bool {
        !self.finished.is_empty() || self.pieces.iter().any(|it| it.withdrawn_at.is_none())
    }
}

/// What would count where there is no evidence yet.
pub(super) fn counts(competence: &Competence) -> String {
    let mut counts = Vec::new();
    if competence.accepts_lived_experience {
        counts.push("that you have lived through it".to_owned());
    }
    if !competence.courses.is_empty() {
        counts.push("a course here".to_owned());
    }
    counts.push("something you did, learned or thought about".to_owned());
    format!("What would count: {}", list(&counts).replace(" and ", " or "))
}

/// How far it is, never by colour alone.
#[component]
pub(crate) fn Tag(state: State) -> impl IntoView {
    let class = match state {
        State::Achieved => "tag good",
        State::Ready | State::Appealed => "tag wait",
        State::NeedsMore | State::Revisit => "tag now",
        _ => "tag",
    };
    view! { <span class=class>{state.label()}</span> }
}

/// The words of a competence: what it is, and what it looks like.
#[component]
pub(crate) fn WhatItIs(whole: Whole) -> impl IntoView {
    let Whole { competence, version, is_earlier, .. } = &whole;
    let mut about = vec![competence.need.label().to_owned()];
    about.extend(competence.is_optional.then(|| "optional".to_owned()));
    let indicators = competence.indicators.clone();
    view! {
        <p class="row">{whole.state().map(|state| view! { <Tag state/> })}<span class="soft">{about.join(", ")}</span></p>
        {is_earlier.then(|| view! { <p class="notice">"This stood in version "{*version}" and is in the list no more. What was judged stays."</p> })}
        {(!indicators.is_empty()).then(|| view! {
            <section class="prose">
                <h2>"What it looks like"</h2>
                <ul>{indicators.into_iter().map(|it| view! { <li>{it}</li> }).collect_view()}</ul>
            </section>
        })}
    }
}

/// All evidence, each with the way to take it back for whoever wrote it.
#[component]
pub(crate) fn Pieces(whole: Whole, reader: PersonId) -> impl IntoView {
    let Whole { pieces, finished, names, competence, .. } = whole;
    let none = pieces.is_empty() && finished.is_empty();
    let code = competence.code.to_string();
    let course = |title: String| {
        view! { <li class="card"><p><b>{title}</b></p><p class="soft">"A course finished here. It counts by itself."</p></li> }
    };
    let piece = |piece: Piece| {
        let by = names.get(&piece.by.as_uuid()).cloned();
        let code = code.clone();
        view! { <PieceCard piece by reader code/> }
    };
    view! {
        <section class="stack" aria-labelledby="evidence">
            <h2 id="evidence">"What shows it"</h2>
            {none.then(|| view! { <p>"Nothing yet. "{counts(&competence)}"."</p> })}
            {(!none).then(|| view! {
                <ul role="list" class="stack">
                    {finished.into_iter().map(course).collect_view()}
                    {pieces.into_iter().map(piece).collect_view()}
                </ul>
            })}
        </section>
    }
}

#[component]
fn PieceCard(piece: Piece, by: Option<String>, reader: PersonId, code: String) -> impl IntoView {
    let Piece { id, kind, by: author, title, words, made_at, withdrawn_at, file } = piece;
    let day = date(made_at.with_timezone(&chrono_tz::Europe::London).date_naive());
    let withdrawn = withdrawn_at.is_some();
    let said = if kind == Kind::LivedExperience { "Yes".to_owned() } else { words };
    let heading = if title.is_empty() { kind.noun().to_owned() } else { title };
    view! {
        <li class="card stack">
            <h3 class="typed">{heading}</h3>
            {match kind.is_said_by_others() {
                true => view! { <p class="soft">{kind.noun()}", "{day}</p> }.into_any(),
                false => view! { <p class="soft">{kind.noun()}", "<bdi>{by.unwrap_or_else(|| "somebody who has left".to_owned())}</bdi>", "{day}</p> }.into_any(),
            }}
            {withdrawn.then(|| view! { <p><span class="tag">"Withdrawn"</span></p> })}
            {(!said.is_empty()).then(|| view! { <p class="typed">{said}</p> })}
            {file.map(|file| view! { <FileLink piece=id file/> })}
            {(author == reader && !withdrawn).then(|| view! {
                <form method="post" action=format!("/training/evidence/{id}/take-back") class="on-screen">
                    <input type="hidden" name="code" value=code/>
                    <button class="button quiet">"Take this back"</button>
                </form>
            })}
        </li>
    }
}

/// Everything that was done, the latest first. No line of it ever changes.
#[component]
pub(crate) fn History(whole: Whole) -> impl IntoView {
    let Whole { history, names, worded, .. } = whole;
    (!history.is_empty()).then(|| {
        let line = |it: KeptStep| {
            let by = names.get(&it.step.by.as_uuid()).cloned();
            let worded = worded.get(&it.version).cloned().filter(|_| it.step.state.is_judged());
            view! { <HistoryLine step=it by worded/> }
        };
        view! {
            <section class="stack" aria-labelledby="history">
                <h2 id="history">"What has happened"</h2>
                <ol reversed role="list" class="stack">{history.into_iter().rev().map(line).collect_view()}</ol>
            </section>
        }
    })
}

/// One step in words.
#[component]
pub(crate) fn HistoryLine(step: KeptStep, by: Option<String>, worded: Option<String>) -> impl IntoView {
    let KeptStep { step, version, at } = step;
    let day = date(at.with_timezone(&chrono_tz::Europe::London).date_naive());
    let by_day = step.day.map(|it| format!(", by {}", date(it))).unwrap_or_default();
    view! {
        <li class="card stack">
            <p><Tag state=step.state/>{by_day}</p>
            <p class="soft"><bdi>{by.unwrap_or_else(|| "Somebody who has left".to_owned())}</bdi>", "{day}", version "{version}</p>
            {step.level.map(|it| view! { <p>"Level: "<bdi>{it}</bdi></p> })}
            {(!step.comment.is_empty()).then(|| view! { <p class="typed">{step.comment}</p> })}
            {worded.map(|it| view! { <p class="soft">"It was worded then: "{it}</p> })}
        </li>
    }
}
