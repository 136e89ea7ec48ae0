//! A check question that answers where it stands when scripts are on, and on its own page when they are not.

use leptos::prelude::*;

/// Wraps a server-made `<form>` of a check question. On submit it sends the form to its own action; once that is
/// done the form is marked as tried, which is all it takes for its styles to show what the chosen answers say for
/// themselves. Choosing otherwise takes the mark away. Whatever is not a plain success is sent the plain way.
#[island]
pub fn LiveCheck(children: Children) -> impl IntoView {
    let (said, say) = signal(String::new());
    let on_submit = move |event: leptos::ev::SubmitEvent| send(&event, say);
    let on_input = move |event: leptos::ev::Event| take_back(&event, say);
    view! {
        <div on:submit=on_submit on:input=on_input>{children()}</div>
        <p class="said" role="status">{move || said.get()}</p>
    }
}

#[cfg(not(feature = "hydrate"))]
fn send(_event: &leptos::ev::SubmitEvent, _say: WriteSignal<String>) {}

#[cfg(not(feature = "hydrate"))]
fn take_back(_event: &leptos::ev::Event, _say: WriteSignal<String>) {}

/// What a form carries whose question has been tried.
#[cfg(feature = "hydrate")]
const TRIED: &str = "data-tried";

#[cfg(feature = "hydrate")]
fn send(event: &leptos::ev::SubmitEvent, say: WriteSignal<String>) {
    use crate::browser::{Came, NO_LINE, button_of, form_of, post};

    let Some(form) = form_of(event) else { return };
    let button = button_of(event);
    event.prevent_default();
    leptos::task::spawn_local(async move {
        match post(&form, button).await {
            Came::Done { said, .. } if !said.is_empty() => {
                let _ = form.set_attribute(TRIED, "yes");
                say.set(said);
            }
            Came::Nothing => say.set(NO_LINE.to_owned()),
            Came::Done { .. } | Came::Otherwise { .. } => {
                let _ = form.submit();
            }
        }
    });
}

#[cfg(feature = "hydrate")]
fn take_back(event: &leptos::ev::Event, say: WriteSignal<String>) {
    if let Some(form) = crate::browser::form_of(event) {
        let _ = form.remove_attribute(TRIED);
        say.set(String::new());
    }
}
