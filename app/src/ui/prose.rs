//! Markdown that the store has made safe: the one place besides the text area where markup is written raw.

use leptos::prelude::*;
use store::content::Html;

/// Rendered Markdown, as it is.
#[component]
pub(crate) fn Prose(html: Html) -> impl IntoView {
    view! { <div class="prose" inner_html=html.shared()></div> }
}

/// Rendered Markdown that stands inside a line, such as an answer.
#[component]
pub(crate) fn Phrase(html: Html) -> impl IntoView {
    view! { <span inner_html=html.shared()></span> }
}
