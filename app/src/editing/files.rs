//! The files of a draft on its page, with what has to be put right in each and the buttons that move it.

use domain::course::Slug;
use leptos::prelude::*;
use store::content::{Checked, Fault};
use store::drafts::Draft;

use super::faults::many;

/// A file on the list.
pub(super) struct FileLine {
    /// Nothing for what is said about the course.
    lesson: Option<Slug>,
    title: String,
    faults: usize,
}

pub(super) fn files(draft: &Draft, checked: &Checked) -> Vec<FileLine> {
    let many = |it: Option<&Vec<Fault>>| it.map_or(0, Vec::len);
    let outline = FileLine {
        lesson: None,
        title: "About the course".into(),
        faults: many(checked.outline.as_ref().err()),
    };
    let lesson = |((slug, _), read): (&(Slug, _), &Result<store::content::Lesson, Vec<Fault>>)| FileLine {
        lesson: Some(slug.clone()),
        title: read.as_ref().map_or_else(|_| slug.to_string(), |it| it.title.clone()),
        faults: many(read.as_ref().err()),
    };
    std::iter::once(outline).chain(draft.lessons.iter().zip(&checked.lessons).map(lesson)).collect()
}

/// A file, with the buttons that move it; `ends` says whether it is the first and the last.
#[component]
pub(super) fn FileRow(path: String, file: FileLine, ends: (bool, bool)) -> impl IntoView {
    let (is_first, is_last) = ends;
    let FileLine { lesson, title, faults } = file;
    let href = lesson.as_ref().map_or_else(|| format!("{path}/outline"), |it| format!("{path}/lessons/{it}"));
    // A lesson that is alone goes nowhere.
    let order = lesson.filter(|_| !(is_first && is_last)).map(|it| {
        let button = |way: &'static str, word: &'static str, is_at_end: bool| {
            let label = format!("{word}: {title}");
            (!is_at_end).then(|| view! { <button class="button quiet" name="way" value=way aria-label=label>{word}</button> })
        };
        view! {
            <form method="post" action=format!("{path}/order") class="row">
                <input type="hidden" name="lesson" value=it.to_string()/>
                {button("up", "Up", is_first)}
                {button("down", "Down", is_last)}
            </form>
        }
    });
    view! {
        <li class="card stack">
            <h3><a class="alone" href=href>{title.clone()}</a></h3>
            {(faults > 0).then(|| view! { <p><span class="tag wait">{many(faults)}</span></p> })}
            {order}
        </li>
    }
}
