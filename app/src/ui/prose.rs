//! Markdown that the store has made safe: the one place besides the text area where markup is written raw.

use leptos::prelude::*;
use store::content::Html;

/// Rendered Markdown, as it is.
#[component]
pub(crate) fn Prose(html: Html, #[prop(optional)] class: &'static str) -> impl IntoView {
    let class = if class.is_empty() { "prose" } else { class };
    view! { <div class=class inner_html=html.as_str().to_owned()></div> }
}
