//! What was kept meanwhile, from another tab or by somebody else, beside what was typed.

use leptos::prelude::*;

#[component]
pub(crate) fn Newer(
    /// Text by text, each with what it is called where there are several; all empty if nothing is to be shown.
    texts: Vec<(&'static str, String)>,
    /// What it means where there is no text.
    #[prop(default = "It was taken back.")]
    if_empty: &'static str,
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
            {is_gone.then(|| view! { <p>{if_empty}</p> })}
            {texts.into_iter().filter(|it| !it.1.is_empty()).map(text).collect_view()}
        </section>
    }
}
