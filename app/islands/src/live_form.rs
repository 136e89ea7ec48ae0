//! A form that survives a bad connection when scripts are on, and is a plain form when they are not.

use leptos::prelude::*;

/// Wraps a server-made `<form>` (its children). On submit it sends the form's own fields to the form's own
/// action with `Accept: application/json`, and goes on to where the server says. Where a plain form would lead to
/// the browser's error page, it says that there is no connection and keeps the form. Any other answer than a
/// plain success is left to the form itself, which is then sent the plain way.
#[island]
pub fn LiveForm(children: Children) -> impl IntoView {
    let (said, say) = signal("");
    let on_submit = move |event: leptos::ev::SubmitEvent| send(&event, say);
    view! {
        <div on:submit=on_submit>{children()}</div>
        <p class="said" role="status">{move || said.get()}</p>
    }
}

#[cfg(not(feature = "hydrate"))]
fn send(_event: &leptos::ev::SubmitEvent, _say: WriteSignal<&'static str>) {}

#[cfg(feature = "hydrate")]
fn send(event: &leptos::ev::SubmitEvent, say: WriteSignal<&'static str>) {
    use crate::browser::{Came, NO_LINE, button_of, form_of, go, post, submit};

    let Some(form) = form_of(event) else { return };
    let button = button_of(event);
    event.prevent_default();
    say.set("");
    leptos::task::spawn_local(async move {
        match post(&form, button.clone()).await {
            Came::Done { next, .. } if go(&next) => {}
            Came::Nothing => say.set(NO_LINE),
            Came::Done { .. } | Came::Otherwise { .. } => {
                submit(&form, button.as_ref());
            }
        }
    });
}
