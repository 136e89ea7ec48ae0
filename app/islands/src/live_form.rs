//! A form that answers on the spot when scripts are on, and is a plain form when they are not.

use leptos::prelude::*;

/// Wraps a server-made `<form>` (its children). On submit it sends the form's own fields to the form's own
/// action with `Accept: application/json` and says what the server said. Whatever goes wrong, the form is
/// then sent the plain way, so that nothing depends on this island.
#[island]
pub fn LiveForm(children: Children) -> impl IntoView {
    let (said, say) = signal(String::new());
    let on_submit = move |event: leptos::ev::SubmitEvent| send(&event, say);
    view! {
        <div on:submit=on_submit>{children()}</div>
        <p class="said" role="status">{move || said.get()}</p>
    }
}

#[cfg(not(feature = "hydrate"))]
fn send(_event: &leptos::ev::SubmitEvent, _say: WriteSignal<String>) {}

#[cfg(feature = "hydrate")]
fn send(event: &leptos::ev::SubmitEvent, say: WriteSignal<String>) {
    use wasm_bindgen::JsCast;

    let Some(form) = event.target().and_then(|it| it.dyn_into::<web_sys::HtmlFormElement>().ok()) else {
        return;
    };
    event.prevent_default();
    leptos::task::spawn_local(async move {
        match browser::post(&form).await {
            Some(done) => {
                say.set(done);
                form.set_hidden(true);
            }
            None => {
                let _ = form.submit();
            }
        }
    });
}

#[cfg(feature = "hydrate")]
mod browser {
    use wasm_bindgen::{JsCast, JsValue};
    use wasm_bindgen_futures::JsFuture;
    use web_sys::{FormData, Headers, HtmlFormElement, RequestInit, Response, UrlSearchParams};

    /// Posts the form as it stands; the sentence the server answered with, or `None` for anything but a plain
    /// success, so that the caller can fall back to sending the form itself.
    pub(super) async fn post(form: &HtmlFormElement) -> Option<String> {
        let fields = FormData::new_with_form(form).ok()?;
        let body = UrlSearchParams::new_with_str_sequence_sequence(&fields).ok()?;
        let headers = Headers::new().ok()?;
        headers.set("accept", "application/json").ok()?;
        let ask = RequestInit::new();
        ask.set_method("POST");
        ask.set_headers(&headers);
        ask.set_body(&body);
        let answer =
            JsFuture::from(web_sys::window()?.fetch_with_str_and_init(&form.action(), &ask)).await.ok()?;
        let answer: Response = answer.dyn_into().ok()?;
        if !answer.ok() {
            return None;
        }
        let answer = JsFuture::from(answer.json().ok()?).await.ok()?;
        js_sys_get(&answer, "done")
    }

    fn js_sys_get(object: &JsValue, key: &str) -> Option<String> {
        wasm_bindgen_futures::js_sys::Reflect::get(object, &JsValue::from_str(key)).ok()?.as_string()
    }
}
