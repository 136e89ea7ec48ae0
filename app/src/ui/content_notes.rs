//! What somebody may want to know before they read on or come.

use leptos::prelude::*;

/// Nothing, where there is nothing to know.
#[component]
pub(crate) fn ContentNotes(heading: &'static str, notes: Vec<String>) -> impl IntoView {
    (!notes.is_empty()).then(|| {
        view! {
            <section class="notice care stack" aria-labelledby="notes">
                <h2 id="notes">{heading}</h2>
                {notes.into_iter().map(|it| view! { <p>{it}</p> }).collect_view()}
            </section>
        }
    })
}
