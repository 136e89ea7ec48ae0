//! What a policy says, as everybody reads it.

use domain::training::requirement::Reading;
use leptos::prelude::*;
use store::content::{Html, written};

use crate::answer::Broken;
use crate::ui::prose::Prose;

/// What a policy says, ready to be shown.
#[derive(Clone)]
pub(super) enum Shown {
    Here(Html),
    There(String),
}

impl Shown {
    pub(super) fn of(reading: &Reading) -> Result<Self, Broken> {
        match reading {
            Reading::There(link) => Ok(Self::There(link.clone())),
            Reading::Here(words) => {
                let html = written(words).map_err(|faults| {
                    store::Failure::Content(faults.first().map(ToString::to_string).unwrap_or_default())
                })?;
                Ok(Self::Here(html))
            }
        }
    }
}

/// The words, or where they are.
#[component]
pub(super) fn Words(shown: Shown) -> impl IntoView {
    match shown {
        Shown::Here(html) => view! { <Prose html/> }.into_any(),
        Shown::There(link) => view! {
            <p>"It is read on another page:"</p>
            <p><a class="alone" href=link.clone() rel="noreferrer">{link.clone()}</a></p>
            <p class="soft">"What stands there can change without our knowing. What is kept here is the address."</p>
        }
        .into_any(),
    }
}

/// The number by which a text is known, and how it can be worked out again.
#[component]
pub(super) fn Checked(hash: String, #[prop(optional)] text: String) -> impl IntoView {
    view! {
        <section class="stack" aria-labelledby="hash">
            <h2 id="hash">"How this can be checked"</h2>
            <p>"This number changes if one letter of the text does:"</p>
            <p class="key"><code>{hash}</code></p>
            <p class="soft">"It is the SHA-256 of the plain text. Whoever has that file can compute it again, for example with sha256sum."</p>
            {(!text.is_empty()).then(|| view! { <p class="on-screen"><a class="alone" href=text>"The plain text, as a file"</a></p> })}
        </section>
    }
}
