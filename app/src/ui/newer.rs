//! What was kept meanwhile, from another tab or by somebody else, beside what was typed.

use leptos::prelude::*;

#[component]
pub(crate) fn Newer(
    /// Text by text, each with what it is called where there are several; all empty when it was taken back.
    texts: Vec<(&'static str, String)>,
) -> impl IntoView {
    let is_gone = texts.iter().all(|it| it.1.is_empty());
    let text = |(what, words): (&'static str, String)| {
        view! {
            {(!what.is_empty()).then(|| view! { <h3>{what}</h3> })}
            <p class="typed">{words}</p>
        }
    };
    view! {
        <section class="notice care stack" aria-labelledby="newer">
            <h2 id="newer">"What was kept meanwhile"</h2>
            {is_gone.then(|| view! { <p>"It was taken back."</p> })}
            {texts.into_iter().filter(|it| !it.1.is_empty()).map(text).collect_view()}
        </section>
    }
}
